"""Each service of coalition: the action that it asks for, and who owns the record."""

from collections.abc import Callable

from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.service_cases import (
    ServiceCase,
    World,
    act_on,
    owned_by_a_partner,
    owned_by_anyone,
    owned_by_nobody,
    owned_by_person,
    owned_by_residents,
    residents_party,
    the_coalition,
)
from wijkverbond.accounts import mail
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import (
    Coalition,
    Handover,
    Invitation,
    Mandate,
    MandateOffer,
    MissingVoice,
    Organisation,
    Secretariat,
    Unlisting,
)
from wijkverbond.coalition.policies.table import Word
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor


def unconfirmed(world: World) -> Mandate:
    """A mandate to sign for the residents' group, still to be confirmed."""
    mandates = make.grant(
        residents_party(world), make.user(), actor=world.resident, may=["sign"], ground="statutes"
    )
    return mandates[-1]


def offered(world: World) -> MandateOffer:
    """The participant is asked to act for the residents' group, and did not answer yet."""
    person = make.account_of(world.participant)
    coalitions.grant(residents_party(world), person, actor=world.resident, may=["decide"])
    return MandateOffer.objects.get(person=person)


def off_the_list(world: World) -> Unlisting:
    """The coalition was listed, and the host took it off the list."""
    return coalitions.unlist(
        listed(world), actor=world.operator, ground="law", law="Wetboek, artikel 1"
    )


def not_delivered(world: World) -> int:
    """A mail that went out for the residents' group and was given up."""
    party = residents_party(world)
    mail.queue(
        make.account_of(world.shopkeeper),
        "coalition/mail/off_the_list.txt",
        {"coalition": "Pittelo", "slug": world.coalition.slug, "law": "", "stands": False},
        register=world.coalition.id,
        by=party.id,
    )
    job: int = ProcrastinateJob.objects.latest("id").id
    ProcrastinateJob.objects.filter(id=job).update(status="failed")
    return job


def listed(world: World) -> Coalition:
    """The coalition, on the list."""
    Coalition.objects.filter(id=world.coalition.id).update(listed_at=world.resident.now)
    return world.coalition


def _sends_again(world: World, job: int) -> Callable[[Actor], None]:
    return lambda actor: coalitions.send_again(job, world.coalition, actor=actor)


SERVICE_CASES: dict[str, ServiceCase] = {
    "coalition.services.undelivered.send_again": ServiceCase(
        "coalition.send_again",
        owned_by_residents,
        lambda world: _sends_again(world, not_delivered(world)),
    ),
    "coalition.services.unlistings.unlist": ServiceCase(
        "coalition.unlist",
        owned_by_nobody,
        act_on(listed, coalitions.unlist, ground="law", law="Wetboek, artikel 1"),
        anywhere=True,
    ),
    "coalition.services.unlistings.list_again": ServiceCase(
        "coalition.unlist",
        owned_by_nobody,
        act_on(off_the_list, coalitions.list_again),
        anywhere=True,
    ),
    "coalition.services.unlistings.review_unlisting": ServiceCase(
        "coalition.review_unlisting",
        owned_by_nobody,
        act_on(off_the_list, coalitions.review_unlisting, upholds=True, reason="Terecht"),
        state="open",
    ),
    "coalition.services.unlistings.keep_unlisting_time": ServiceCase(
        "coalition.keep_review_time",
        owned_by_nobody,
        act_on(off_the_list, coalitions.keep_unlisting_time),
    ),
    "coalition.services.missing_voices.suggest_missing": ServiceCase(
        "coalition.suggest_missing_voice",
        owned_by_anyone,
        act_on(
            the_coalition,
            coalitions.suggest_missing,
            wording=MissingVoice(sector="school", what="340 leerlingen"),
        ),
    ),
    "coalition.services.missing_voices.dismiss_missing": ServiceCase(
        "coalition.dismiss_missing_voice",
        owned_by_nobody,
        act_on(
            lambda world: coalitions.suggest_missing(
                world.coalition,
                actor=world.resident,
                wording=MissingVoice(sector="school", what="340 leerlingen"),
            ),
            coalitions.dismiss_missing,
            reason="Er is er geen",
        ),
    ),
    "coalition.services.ties.report_tie": ServiceCase(
        "coalition.report_tie",
        owned_by_residents,
        act_on(
            residents_party,
            lambda party, *, actor, other: coalitions.report_tie(
                party, other, actor=actor, strength="coordinates"
            ),
            other=lambda world: party_of(world.shopkeeper),
        ),
    ),
    "coalition.services.handover.propose_handover": ServiceCase(
        "coalition.propose_chair_and_rules",
        owned_by_nobody,
        act_on(
            the_coalition,
            coalitions.propose_handover,
            chair_and_rules=lambda world: Handover(chair=residents_party(world), rules="Zo."),
        ),
    ),
    "coalition.services.handover.confirm_handover": ServiceCase(
        "coalition.confirm_chair_and_rules",
        lambda world, actor: actor.is_party,
        act_on(the_coalition, coalitions.confirm_handover),
    ),
    "coalition.services.invitations.invite": ServiceCase(
        "coalition.invite",
        owned_by_anyone,
        act_on(the_coalition, coalitions.invite, wording=Invitation(addressee="De school")),
    ),
    "coalition.services.invitations.revoke_invitation": ServiceCase(
        "coalition.revoke_invitation",
        owned_by_residents,
        act_on(
            lambda world: coalitions.invite(
                world.coalition, actor=world.resident, wording=Invitation(addressee="De school")
            ),
            coalitions.revoke_invitation,
        ),
    ),
    "coalition.services.invitations.invite_again": ServiceCase(
        "coalition.revoke_invitation",
        owned_by_residents,
        act_on(
            lambda world: coalitions.invite(
                world.coalition,
                actor=world.resident,
                wording=Invitation(addressee="De school", email="school@voorbeeld.example"),
            ),
            coalitions.invite_again,
        ),
    ),
    "coalition.services.invitations.decline": ServiceCase(
        "coalition.decline_invitation",
        owned_by_anyone,
        act_on(
            lambda world: coalitions.invite(
                world.coalition, actor=world.resident, wording=Invitation(addressee="De school")
            ),
            coalitions.decline,
            reason="Geen tijd",
        ),
    ),
    "coalition.services.mandates.grant": ServiceCase(
        "coalition.grant_mandate",
        owned_by_residents,
        act_on(
            residents_party,
            lambda party, *, actor, person: coalitions.grant(
                party, person, actor=actor, may=["decide"]
            ),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.mandate_offers.accept_mandate": ServiceCase(
        "coalition.answer_mandate_offer",
        owned_by_person("participant"),
        act_on(offered, coalitions.accept_mandate),
    ),
    "coalition.services.mandate_offers.ask_successor": ServiceCase(
        "coalition.ask_successor",
        owned_by_person("participant"),
        act_on(
            lambda world: make.asleep(
                make.party(world.coalition, "sport", person=make.account_of(world.participant))
            ),
            lambda party, *, actor, person: coalitions.ask_successor(party, person, actor=actor),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.mandate_offers.decline_mandate": ServiceCase(
        "coalition.answer_mandate_offer",
        owned_by_person("participant"),
        act_on(offered, coalitions.decline_mandate),
    ),
    "coalition.services.mandate_offers.take_back_offer": ServiceCase(
        "coalition.grant_mandate",
        owned_by_residents,
        act_on(offered, coalitions.take_back_offer),
    ),
    "coalition.services.mandates.follow_sign_in": ServiceCase(
        "coalition.follow_sign_in",
        owned_by_nobody,
        act_on(
            lambda _world: make.user(),
            coalitions.follow_sign_in,
            wanted=lambda world: {party_of(world.municipality).organisation_id: ["take_part"]},
        ),
    ),
    "coalition.services.mandates.confirm_mandate": ServiceCase(
        "coalition.confirm_mandate",
        owned_by_residents,
        act_on(unconfirmed, coalitions.confirm_mandate),
        refused=("residents",),  # who gave it does not confirm it
    ),
    "coalition.services.confirming.confirm_party": ServiceCase(
        "coalition.confirm_party",
        owned_by_nobody,
        act_on(
            lambda world: make.party(world.coalition, "school", confirmed=False),
            coalitions.confirm_party,
        ),
        state=Word.COUNTS,
    ),
    "coalition.services.names.report_name": ServiceCase(
        "coalition.report_name",
        owned_by_a_partner,
        act_on(residents_party, coalitions.report_name, why="Wij heten al dertig jaar zo."),
        refused=("residents",),  # it is their own name
    ),
    "coalition.services.names.judge_name": ServiceCase(
        "coalition.judge_name",
        lambda world, actor: actor.party in (world.resident.party, world.municipality.party),
        act_on(
            lambda world: coalitions.report_name(
                party_of(world.resident), actor=world.municipality, why="Wij heten zo."
            ),
            coalitions.judge_name,
            whose="of_the_bearer",
        ),
    ),
    "coalition.services.mandates.end_mandate": ServiceCase(
        "coalition.end_mandate", owned_by_residents, act_on(unconfirmed, coalitions.end_mandate)
    ),
    "coalition.services.mandates.choose_side": ServiceCase(
        "coalition.choose_side",
        owned_by_a_partner,
        act_on(the_coalition, coalitions.choose_side, side="for_government"),
    ),
    "coalition.services.secretariat.grant_secretariat": ServiceCase(
        "coalition.grant_secretariat",
        owned_by_nobody,
        act_on(
            the_coalition,
            lambda coalition, *, actor, person: coalitions.grant_secretariat(
                coalition, person, actor=actor
            ),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.secretariat.revoke_secretariat": ServiceCase(
        "coalition.revoke_secretariat",
        owned_by_nobody,
        act_on(
            lambda world: Secretariat.objects.get(person=world.coordinator.person),
            coalitions.revoke_secretariat,
        ),
    ),
    "coalition.services.secretariat.step_down": ServiceCase(
        "coalition.step_down",
        owned_by_person("coordinator"),
        act_on(
            lambda world: Secretariat.objects.get(person=world.coordinator.person),
            coalitions.step_down,
        ),
    ),
    "coalition.services.secretariat.keep_secretariat": ServiceCase(
        "coalition.revoke_secretariat",
        owned_by_nobody,
        act_on(
            lambda world: Secretariat.objects.get(person=world.coordinator.person),
            coalitions.keep_secretariat,
        ),
    ),
    "coalition.services.participation.describe_party": ServiceCase(
        "coalition.describe_party",
        owned_by_residents,
        act_on(
            residents_party,
            lambda party, *, actor: coalitions.describe_party(
                party, make.taking_part(), actor=actor
            ),
        ),
    ),
    "coalition.services.participation.describe_organisation": ServiceCase(
        "coalition.describe_organisation",
        owned_by_residents,
        act_on(
            residents_party,
            coalitions.describe_organisation,
            details=Organisation(constituency="De straat", paid=False),
        ),
    ),
    "coalition.services.participation.leave": ServiceCase(
        "coalition.leave",
        owned_by_residents,
        act_on(residents_party, coalitions.leave, reason="We stoppen."),
    ),
    "coalition.services.participation.set_places": ServiceCase(
        "coalition.set_places",
        owned_by_nobody,
        act_on(the_coalition, coalitions.set_places, codes=["BU01060401"], year=2024),
    ),
    "coalition.services.participation.change_access": ServiceCase(
        "coalition.change_access",
        owned_by_nobody,
        act_on(the_coalition, coalitions.change_access, access="preparing"),
    ),
}
