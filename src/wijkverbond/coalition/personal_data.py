"""For whom a person acts, which partner is that one person, and who was invited.

What a partner wrote is the partner's and stays, unless the partner is that one person.
"""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    ChairAndRules,
    Coalition,
    HandoverConfirmation,
    Invitation,
    InvitationText,
    Mandate,
    MandateOffer,
    MissingVoice,
    MissingVoiceText,
    NameJudgement,
    NameReport,
    Organisation,
    OrganisationDetails,
    Party,
    PartyConfirmation,
    Secretariat,
    SecretariatVoice,
    Successor,
    TakingPart,
    Unlisting,
    UnlistingReview,
)
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)
from wijkverbond.kernel.retention import RETENTION, Retention

classify(OrganisationDetails, personal=["place", "registration_number", "constituency", "website"])
classify(Organisation, personal=["name"], plain=["sector"])
classify(Coalition, free_text=["purpose", "rules", "area"], plain=["name", "slug", "place_codes"])
classify(TakingPart, free_text=["ground"])
classify(Party, people=["brought_by"], free_text=["left_reason"])
classify(MissingVoiceText, free_text=["what"], plain=["sector"])
classify(MissingVoice, free_text=["dismissed_reason"])
classify(InvitationText, personal=["email", "addressee"])
classify(Invitation, free_text=["declined_reason"], plain=["token_digest"])
classify(ChairAndRules, free_text=["rules"])
classify(HandoverConfirmation, people=["person"])
classify(Mandate, people=["person", "granted_by", "confirmed_by"])
classify(MandateOffer, people=["person", "offered_by"])
classify(Secretariat, people=["person"])
classify(PartyConfirmation, people=["person"])
classify(SecretariatVoice, people=["person"])
classify(Successor, people=["person"])
classify(NameReport, free_text=["why"])
classify(NameJudgement, people=["person"])
classify(Unlisting, people=["person"], free_text=["law"])
classify(UnlistingReview, people=["person"], free_text=["reason"])

party_texts(NameReport, by="reported_by")
party_texts(UnlistingReview, by="party")
party_texts(MissingVoice, by="suggested_by", fields=["what"])
party_texts(MissingVoice, by="dismissed_by", fields=["dismissed_reason"])

MANDATES = PersonalRows(
    model=Mandate,
    of=lambda person: Mandate.objects.filter(person=person).select_related("party__organisation"),
    shows={"partner": "party", "may": "sort", "since": "since"},
)
MANDATE_OFFERS = PersonalRows(
    model=MandateOffer,
    of=lambda person: MandateOffer.objects.filter(person=person).select_related(
        "party__organisation"
    ),
    shows={"partner": "party", "may": "types", "asked_at": "offered_at", "answer": "outcome"},
)
SECRETARIAT = PersonalRows(
    model=Secretariat,
    of=lambda person: Secretariat.objects.filter(person=person).select_related("coalition"),
    shows={"coalition": "coalition", "since": "since"},
)
PARTY_CONFIRMATIONS = PersonalRows(
    model=PartyConfirmation,
    of=lambda person: PartyConfirmation.objects.filter(person=person).select_related(
        "about__organisation"
    ),
    shows={"partner": "about", "on": "given_at"},
)

HANDOVERS = PersonalRows(
    model=HandoverConfirmation,
    of=lambda person: HandoverConfirmation.objects.filter(person=person).select_related(
        "handover__coalition", "party__organisation"
    ),
    shows={"coalition": "handover.coalition", "partner": "party"},
)
NAME_JUDGEMENTS = PersonalRows(
    model=NameJudgement,
    of=lambda person: NameJudgement.objects.filter(person=person).select_related(
        "report__about__organisation"
    ),
    shows={"partner": "report.about", "says": "whose"},
)

SECRETARIAT_VOICES = PersonalRows(
    model=SecretariatVoice,
    of=lambda person: SecretariatVoice.objects.filter(person=person).select_related(
        "secretariat__coalition", "party__organisation"
    ),
    shows={"coalition": "secretariat.coalition", "partner": "party", "at": "given_at"},
)

SUCCESSORS = PersonalRows(
    model=Successor,
    of=lambda person: Successor.objects.filter(person=person).select_related("party__organisation"),
    shows={"partner": "party", "since": "named_at"},
)
UNLISTINGS = PersonalRows(
    model=Unlisting,
    of=lambda person: Unlisting.objects.filter(person=person).select_related("coalition"),
    shows={"coalition": "coalition", "at": "unlisted_at"},
    not_emptied=("law",),  # on what ground it was taken off the list stays to be read
)
UNLISTING_REVIEWS = PersonalRows(
    model=UnlistingReview,
    of=lambda person: UnlistingReview.objects.filter(person=person).select_related(
        "unlisting", "party__organisation"
    ),
    shows={"ground": "unlisting.law", "partner": "party", "upholds": "upholds", "at": "at"},
    not_emptied=("reason",),  # what a partner said stays the partner's
)


def _export(person: uuid.UUID) -> object:
    return {
        "partners": MANDATES.export(person),
        "asked": MANDATE_OFFERS.export(person),
        "secretariat": SECRETARIAT.export(person),
        "chair_and_rules": HANDOVERS.export(person),
        "confirmed": PARTY_CONFIRMATIONS.export(person),
        "about_the_secretariat": SECRETARIAT_VOICES.export(person),
        "named": SUCCESSORS.export(person),
        "names": NAME_JUDGEMENTS.export(person),
        "off_the_list": UNLISTINGS.export(person),
        "reviewed": UNLISTING_REVIEWS.export(person),
    }


PERSONAL_DATA.declare(
    PersonalData(
        name="mandates",
        title=_("For which partners you act"),
        why=_("So that only people with a mandate decide and sign for a partner."),
        kept=_("Until you erase your account; the partner keeps that someone had the mandate."),
        rows=(
            MANDATES,
            MANDATE_OFFERS,
            SECRETARIAT,
            HANDOVERS,
            PARTY_CONFIRMATIONS,
            SECRETARIAT_VOICES,
            NAME_JUDGEMENTS,
            SUCCESSORS,
            UNLISTINGS,
            UNLISTING_REVIEWS,
        ),
        export=_export,
        beforehand=services.forget,
    )
)


def _one_person_parties(person: uuid.UUID) -> QuerySet[Party]:
    alone = Party.objects.filter(organisation__in=services.one_person_organisations(person))
    return alone.select_related("organisation", "coalition")


PARTIES = PersonalRows(model=Party, of=_one_person_parties, shows={"coalition": "coalition"})
ORGANISATIONS = PersonalRows(
    model=Organisation,
    of=services.one_person_organisations,
    not_emptied=("name",),  # it gets another: what it did goes on under a name of nobody
)


def _export_one_person_organisation(person: uuid.UUID) -> object:
    return [
        {**ORGANISATIONS.row(party.organisation), **PARTIES.row(party)}
        for party in _one_person_parties(person)
    ]


# After the mandates, because it is erased before them: they say of which partner one was the only one.
PERSONAL_DATA.declare(
    PersonalData(
        name="alone",
        title=_("A partner that is you alone"),
        why=_("So that the others know with whom they work."),
        kept=_("Until you erase your account. Then it goes on without its name and its own words."),
        rows=(PARTIES, ORGANISATIONS),
        export=_export_one_person_organisation,
        beforehand=services.forget_name,
    )
)

INVITATIONS = PersonalRows(
    model=Invitation,
    of=lambda person: services.invitations_to(person).select_related("coalition"),
    shows={
        "coalition": "coalition",
        "sent_at": "sent_at",
        "to": "addressee",
        "reason": "declined_reason",
    },
    not_exported=("email",),  # it may be of a colleague who passed the link on
)

PERSONAL_DATA.declare(
    PersonalData(
        name="invitations",
        title=_("Invitations to your e-mail address"),
        why=_("So that partners can ask you to join, and see whom they asked."),
        kept=_(
            "The address 30 days and the name a year after the answer; sooner when you have it erased."
        ),
        rows=(INVITATIONS,),
        export=INVITATIONS.export,
        beforehand=services.forget_invitations,
    )
)

RETENTION.declare(
    Retention(
        name="invited",
        title=_("To which address an invitation went, and whom it named"),
        fields=(
            "coalition.invitation.email",
            "coalition.invitation.addressee",
            "coalition.invitation.declined_reason",
        ),
        kept=_(
            "The address 30 days, the name and the reason a year after it was answered, was withdrawn "
            "or ended."
        ),
        forget=services.forget_invited,
    )
)
RETENTION.declare(
    Retention(
        name="mandate_offers",
        title=_("Who was asked to act for a partner"),
        fields=("coalition.mandateoffer.person", "coalition.mandateoffer.offered_by"),
        kept=_("30 days after it was answered, was taken back or lapsed."),
        forget=services.forget_offers,
    )
)
RETENTION.declare(
    Retention(
        name="unused",
        title=_("Accounts made for who was asked something, never used to sign in"),
        fields=("accounts.user.email", "coalition.mandate.person"),
        kept=_("180 days, or when the newest mandate is 180 days old and no question waits."),
        forget=services.forget_unused,
    )
)
