"""Mandates: who may act, decide and sign for a party."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import addresses
from wijkverbond.accounts.models import User
from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    SOCIETY_KINDS,
    Coalition,
    Kind,
    Mandate,
    MandateOffer,
    Party,
    Secretariat,
    Side,
    SigningGround,
)
from wijkverbond.coalition.queries.sides import barring_mandates, was_put_on
from wijkverbond.coalition.services.giving import current, give, granted
from wijkverbond.coalition.services.mandate_offers import (
    ask,
    end_offer,
    take_back_offers_by,
    to_lead,
)
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, MandateType, system
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.journal import record, record_in
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.races import refused_races
from wijkverbond.kernel.shown import require_shown


def person_with(address: str) -> User:
    """The person with this e-mail address; somebody new gets an account, to be used by signing in."""
    newcomer = User(email=addresses.canonical(address))
    newcomer.set_unusable_password()
    person, _created = User.objects.get_or_create(
        email=newcomer.email, defaults={"password": newcomer.password}
    )
    return person


@refused_races()
@transaction.atomic
def grant(
    party: Party,
    person: User,
    *,
    actor: Actor,
    may: Iterable[str],
    may_grant: bool = False,
    ground: str = "",
    jointly: bool = False,
    until: dt.datetime | None = None,
) -> list[Mandate]:
    """Let a person act for the party; taking part is always included.

    Who does not act for it yet is asked first (`mandate_offers`): then nothing is given before their
    yes, and none is returned. `may` are the types of mandate (`MandateType`). Signing needs a ground
    and counts only after `confirm_mandate`. Who may grant has no end date, so that a party always
    keeps someone who can.
    """
    party = (
        Party.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(id=party.id)
    )
    require(policies.may_grant_mandate(actor, party))
    wanted = {*may, MandateType.TAKE_PART}
    signing = MandateType.SIGN in wanted
    offer = MandateOffer(
        party=party,
        person=person,
        types=[mandate_type for mandate_type in MandateType if mandate_type in wanted],
        may_grant=may_grant,
        ground=ground if signing else "",
        jointly=jointly and signing,
        until=until,
        offered_by_id=actor.person,
    )
    _check_offer(offer)
    given: list[Mandate] = []
    if current(offer, actor.now).filter(sort=MandateType.TAKE_PART).exists():
        given = give(offer, actor.now)
        happened: list[Event] = [granted(mandate) for mandate in given]
    else:
        happened = [ask(offer, actor.now)]
    record(*happened, actor=actor, stream=party.coalition_id)
    return given


@refused_races()
@transaction.atomic
def confirm_mandate(mandate: Mandate, *, actor: Actor, shown: str | None = None) -> None:
    """Confirm, as a second person, that somebody may sign for the party."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party")
        .get(id=mandate.id)
    )
    require(policies.may_confirm_mandate(actor, mandate))
    require_shown(shown, mandate)
    if mandate.sort != MandateType.SIGN or mandate.confirmed_at or mandate.until:
        raise ValidationError(_("There is nothing to confirm here any more."))
    mandate.confirmed_at, mandate.confirmed_by_id = actor.now, actor.person
    mandate.save(update_fields=["confirmed_at", "confirmed_by"])
    confirmed = events.MandateConfirmed(mandate=mandate.id, party=mandate.party_id)
    record(confirmed, actor=actor, stream=mandate.party.coalition_id)


@transaction.atomic
def end_mandate(mandate: Mandate, *, actor: Actor) -> None:
    """End a mandate; ending the one to take part ends the person's others for this party too.

    Whom they asked to act for it, and who did not answer yet, is asked no longer. Refused for the last person who can grant: a party always keeps one.
    """
    party = Party.objects.select_for_update(no_key=True).get(id=mandate.party_id)
    mandate = Mandate.objects.select_related("party").get(id=mandate.id)
    require(policies.may_end_mandate(actor, mandate))
    ending = _not_ended(actor).filter(party=party, person=mandate.person_id)
    if mandate.sort != MandateType.TAKE_PART:
        ending = ending.filter(id=mandate.id)
    ended = list(ending)
    if not ended:
        raise ValidationError(_("This mandate has ended already."))
    granters = Mandate.objects.current(actor.now).filter(party=party, may_grant=True)
    if not granters.exclude(id__in=[mandate.id for mandate in ended]).exists():
        raise ValidationError(
            _("Let someone else give mandates first: a partner always keeps one person who can.")
        )
    for ending_mandate in ended:
        _end(ending_mandate, actor.now)
    endings: list[Event] = [
        events.MandateEnded(mandate=ending_mandate.id, party=party.id, why="withdrawn")
        for ending_mandate in ended
    ]
    if any(ending_mandate.may_grant for ending_mandate in ended):
        endings += take_back_offers_by(mandate.person_id, party, actor.now)
    record(*endings, actor=actor, stream=party.coalition_id)


@refused_races()
@transaction.atomic
def choose_side(
    coalition: Coalition, *, actor: Actor, side: str, successor: User | None = None
) -> None:
    """Go on for government or for society: one's mandates of the other side end.

    `side` is one of `Side`. For government: those for the partners of society in this coalition. For
    society: those for government that keep one from acting here, wherever they are. What nobody else
    could give mandates for goes on with whoever has acted for it longest. The `successor` is asked;
    where nobody else acts for it, the party sleeps until they say yes.
    """
    coalition = Coalition.objects.get(id=coalition.id)
    require(policies.may_choose_side(actor, coalition))
    chosen = _of_the_other_side(coalition, side, actor)
    parties = Party.objects.filter(id__in=[mandate.party_id for mandate in chosen])
    locked = parties.select_for_update(of=("self",), no_key=True)
    locked = locked.select_related("organisation", "coalition")
    events_of: dict[uuid.UUID, list[Event]] = {}
    for party in locked.order_by("id"):
        happened = events_of.setdefault(party.coalition_id, [])
        happened += _hand_on(party, actor, successor)
    # In several coalitions, for none of the parties: the person says it of themselves.
    record_in(events_of, actor=dataclasses.replace(actor, party=None))


@transaction.atomic
def follow_sign_in(
    person: User, wanted: Mapping[uuid.UUID, Collection[MandateType]], *, actor: Actor
) -> None:
    """Go by what the sign-in at an organisation says that a person may do: for which, by its id.

    What they may not do yet they are asked, and need to say yes to; what they may no longer do, and
    could because of this, ends. What somebody of the partner ended is not asked again. Only for
    government: who signs in there says nothing of whom they act for in society.
    """
    require(policies.may_follow_sign_in(actor))
    by_sign_in = Mandate.objects.current(actor.now).filter(person=person, by_sign_in=True)
    offers = MandateOffer.objects.open(actor.now).filter(person=person, by_sign_in=True)
    parties = Party.objects.filter(
        Q(organisation__in=wanted, organisation__kind=Kind.GOVERNMENT, left_at=None)
        | Q(id__in=by_sign_in.values("party"))
        | Q(id__in=offers.values("party"))
    )
    locked = parties.select_for_update(of=("self",), no_key=True).select_related("organisation")
    events_of: dict[uuid.UUID, list[Event]] = {}
    for party in locked.order_by("id"):
        may = wanted.get(party.organisation_id, ()) if party.kind == Kind.GOVERNMENT else ()
        happened = [
            *_no_longer(party, person, may, actor),
            *_asked_no_longer(offers.filter(party=party), may, actor),
            *_asked_by_sign_in(party, person, may, actor),
        ]
        if happened:
            events_of.setdefault(party.coalition_id, []).extend(happened)
    if events_of:
        record_in(events_of, actor=actor)


@transaction.atomic
def forget(person: uuid.UUID) -> None:
    """End what a person who is erased could do: their mandates; the party and what it did stay.

    The links to the person go afterwards (personal_data.py), and what they were asked goes at once.

    When nobody else of a party can give mandates, whoever has acted for it longest can from now on.
    """
    software = system()
    events_of: dict[uuid.UUID, list[Event]] = {}
    mandates = Mandate.objects.current(software.now).filter(person=person)
    # The party before its mandates, as everyone takes them: else two people wait for each other.
    offers = MandateOffer.objects.filter(person=person)
    parties = Q(id__in=mandates.values("party")) | Q(id__in=offers.values("party"))
    list(Party.objects.filter(parties).select_for_update(no_key=True).order_by("id"))
    offers.delete()
    ending = _not_ended(software).filter(person=person)
    for mandate in ending.select_related("party").order_by("party_id", "id"):
        mandate.until = software.now
        mandate.save(update_fields=["until"])
        ended = events.MandateEnded(mandate=mandate.id, party=mandate.party_id, why="person_left")
        endings = events_of.setdefault(mandate.party.coalition_id, [])
        endings += [ended, *_succession(mandate, software)]
    secretariats = Secretariat.objects.current().filter(person=person).order_by("id")
    for secretariat in secretariats.select_for_update(no_key=True):
        revoked = events.SecretariatRevoked(secretariat=secretariat.id)
        events_of.setdefault(secretariat.coalition_id, []).append(revoked)
    if events_of:
        record_in(events_of, actor=software)
    until = Coalesce(F("until"), software.now)
    Secretariat.objects.filter(person=person).update(until=until)


def _no_longer(
    party: Party, person: User, may: Collection[MandateType], actor: Actor
) -> list[Event]:
    """End what the group gave; with taking part also what colleagues gave beside it."""
    held = _not_ended(actor).filter(party=party, person=person)
    ending = held.filter(by_sign_in=True).exclude(sort__in=may)
    ended = list(held if ending.filter(sort=MandateType.TAKE_PART).exists() else ending)
    happened: list[Event] = []
    for mandate in ended:
        _end(mandate, actor.now)
        mandate.by_sign_in = False  # it comes back with the group
        mandate.save(update_fields=["by_sign_in"])
        end = events.MandateEnded(mandate=mandate.id, party=party.id, why="withdrawn")
        happened += [end, *_succession(mandate, actor)]
    if any(mandate.may_grant for mandate in ended):
        happened += take_back_offers_by(person.id, party, actor.now)
    return happened


def _asked_no_longer(
    offers: "QuerySet[MandateOffer]", may: Collection[MandateType], actor: Actor
) -> list[Event]:
    taken_back = [offer for offer in offers if not set(offer.types) <= set(may)]
    return [end_offer(offer, MandateOffer.Outcome.TAKEN_BACK, actor.now) for offer in taken_back]


def _asked_by_sign_in(
    party: Party, person: User, may: Collection[MandateType], actor: Actor
) -> list[Event]:
    """Ask what a person may not do yet; who acts for the party already may do more at once."""
    held = Mandate.objects.filter(party=party, person=person)
    held_now = held.current(actor.now).values_list("sort", flat=True)
    ended_by_others = held.filter(by_sign_in=True, until__lte=actor.now)
    missing = {*may} - {*held_now} - {*ended_by_others.values_list("sort", flat=True)}
    answered = MandateOffer.objects.filter(party=party, person=person)
    answered = answered.filter(
        Q(outcome=MandateOffer.Outcome.NO) | Q(id__in=answered.open(actor.now))
    )
    if not missing or party.left_at or answered.exists():
        return []
    types = [mandate_type for mandate_type in MandateType if mandate_type in missing]
    offer = MandateOffer(party=party, person=person, types=types, by_sign_in=True)
    if MandateType.TAKE_PART in held_now:
        return [granted(mandate) for mandate in give(offer, actor.now)]
    return [ask(offer, actor.now)]


def _of_the_other_side(coalition: Coalition, side: str, actor: Actor) -> list[Mandate]:
    """The mandates that end with this choice; refused when there is nothing to choose."""
    assert actor.person
    barring = barring_mandates([actor.person], [coalition], actor.now)
    for_government = barring.get((actor.person, coalition.id), [])
    current = Mandate.objects.current(actor.now).filter(person=actor.person)
    for_society = current.present().filter(
        party__coalition=coalition, party__organisation__kind__in=SOCIETY_KINDS
    )
    if not for_government or not for_society:
        raise ValidationError(_("You act for one side only. There is nothing to choose."))
    if side == Side.GOVERNMENT:
        return list(for_society)
    ending = [mandate for mandate in for_government if mandate in current]
    if not ending:
        raise ValidationError(
            {"side": _("You have stopped for government already. Now the 90 days go by.")}
        )
    return ending


def _hand_on(party: Party, actor: Actor, successor: User | None) -> list[Event]:
    """End what the actor may do for a party, and let somebody else give mandates from now on."""
    mandates = _not_ended(actor).filter(party=party, person=actor.person)
    happened: list[Event] = []
    ended = sorted(mandates, key=lambda mandate: mandate.may_grant)
    for mandate in ended:
        _end(mandate, actor.now)
        happened.append(
            events.MandateEnded(mandate=mandate.id, party=party.id, why="chose_other_side")
        )
    if not any(mandate.may_grant for mandate in ended):
        return happened
    happened += _succession(ended[-1], actor)
    if successor:
        happened.append(_ask_successor(party, successor, actor))
    return happened


def _ask_successor(party: Party, successor: User, actor: Actor) -> Event:
    if successor.id == actor.person:
        raise ValidationError({"successor": _("Name somebody else.")})
    return ask(to_lead(party, successor, offered_by=actor.person), actor.now)


def _succession(ended: Mandate, actor: Actor) -> list[Event]:
    others = Mandate.objects.current(actor.now).filter(
        party=ended.party_id, sort=MandateType.TAKE_PART, person__isnull=False
    )
    if not ended.may_grant or others.filter(may_grant=True).exists():
        return []
    possible = others.without_end().exclude(person=ended.person_id)
    successor = possible.order_by("since", "id").first()
    if not successor:
        return []
    successor.may_grant = True
    successor.save(update_fields=["may_grant"])
    return [granted(successor)]


def _end(mandate: Mandate, at: dt.datetime) -> None:
    """End a mandate; what was only put on somebody ends when it began, as if it was never held."""
    mandate.until = mandate.since if was_put_on(mandate) else at
    mandate.save(update_fields=["until"])


def _not_ended(actor: Actor) -> "QuerySet[Mandate]":
    """The mandates that still hold for who may have waited for a lock, while somebody ended some."""
    return Mandate.objects.current(max(actor.now, clock.now()))


def _check_offer(offer: MandateOffer) -> None:
    if offer.may_grant and offer.until:
        raise ValidationError(
            {"until": _("Who may give mandates has no end date; you can end it later.")}
        )
    if MandateType.SIGN not in offer.types:
        return
    if offer.ground not in SigningGround.values:
        raise ValidationError({"ground": _("Say on which ground this person may sign.")})
    fitting = SigningGround.fitting(offer.party.organisation.legal_form)
    if offer.ground not in fitting:
        refusal = _("This ground does not fit your legal form. Choose: %(grounds)s.")
        grounds = "; ".join(str(possible.label) for possible in fitting)
        raise ValidationError({"ground": refusal % {"grounds": grounds}})
