"""Mandates: who may act, decide and sign for a party; and the coalition's secretariat."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import addresses
from wijkverbond.accounts.models import User
from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    Coalition,
    LegalForm,
    Mandate,
    Party,
    Secretariat,
    SigningGround,
)
from wijkverbond.coalition.services.joining import lock_coalition
from wijkverbond.kernel.actor import Actor, MandateType, system
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.journal import record, record_in
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.races import refused_races


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

    `may` are the types of mandate (`MandateType`). Signing needs a ground and counts only after `confirm_mandate`.
    Who may grant has no end date, so that a party always keeps someone who can.
    """
    party = (
        Party.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(id=party.id)
    )
    require(policies.may_grant_mandate(actor, party))
    _check_grant(party, set(may), ground=ground, may_grant=may_grant, until=until)
    changed = []
    for mandate_type in MandateType:
        if mandate_type in {*may, MandateType.TAKE_PART}:
            signing = mandate_type == MandateType.SIGN
            mandate = _current(party, person, mandate_type, actor) or Mandate(
                party=party,
                person=person,
                sort=mandate_type,
                ground=ground if signing else "",
                jointly=jointly and signing,
                granted_by_id=actor.person,
                since=actor.now,
                until=until,
            )
            grants = may_grant and mandate_type == MandateType.TAKE_PART
            changed += _give(mandate, may_grant=grants)
    if not changed:
        raise ValidationError(_("This person already has this mandate."))
    granted = [_granted(mandate) for mandate in changed]
    record(*granted, actor=actor, stream=party.coalition_id)
    return changed


@refused_races()
@transaction.atomic
def confirm_mandate(mandate: Mandate, *, actor: Actor) -> None:
    """Confirm, as a second person, that somebody may sign for the party."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party")
        .get(id=mandate.id)
    )
    require(policies.may_confirm_mandate(actor, mandate))
    if mandate.sort != MandateType.SIGN or mandate.confirmed_at or mandate.until:
        raise ValidationError(_("There is nothing to confirm here any more."))
    mandate.confirmed_at, mandate.confirmed_by_id = actor.now, actor.person
    mandate.save(update_fields=["confirmed_at", "confirmed_by"])
    confirmed = events.MandateConfirmed(mandate=mandate.id, party=mandate.party_id)
    record(confirmed, actor=actor, stream=mandate.party.coalition_id)


@transaction.atomic
def end_mandate(mandate: Mandate, *, actor: Actor) -> None:
    """End a mandate; ending the one to take part ends the person's others for this party too.

    Refused for the last person who can grant: a party always keeps one.
    """
    party = Party.objects.select_for_update(no_key=True).get(id=mandate.party_id)
    mandate = Mandate.objects.select_related("party").get(id=mandate.id)
    require(policies.may_end_mandate(actor, mandate))
    ending = Mandate.objects.current(actor.now).filter(party=party, person=mandate.person_id)
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
        ending_mandate.until = actor.now
        ending_mandate.save(update_fields=["until"])
    endings = [
        events.MandateEnded(mandate=ending_mandate.id, party=party.id, why="withdrawn")
        for ending_mandate in ended
    ]
    record(*endings, actor=actor, stream=party.coalition_id)


@refused_races()
@transaction.atomic
def grant_secretariat(
    coalition: Coalition, person: User, *, actor: Actor, lent_by: Party | None = None
) -> Secretariat:
    """Ask a person to organise for the coalition; a party may lend them. Decides nothing.

    Thin: one society party with a mandate to decide does this; every society party can end it.
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_grant_secretariat(actor, coalition))
    if lent_by and lent_by.coalition_id != coalition.id:
        raise ValidationError({"lent_by": _("Choose a partner of this coalition.")})
    secretariat = Secretariat(coalition=coalition, person=person, lent_by=lent_by, since=actor.now)
    secretariat.full_clean()
    secretariat.save()
    granted = events.SecretariatGranted(
        secretariat=secretariat.id,
        party=lent_by.id if lent_by else None,
        kind=lent_by.kind if lent_by else None,
    )
    record(granted, actor=actor, stream=coalition.id)
    return secretariat


@transaction.atomic
def revoke_secretariat(secretariat: Secretariat, *, actor: Actor) -> None:
    """End a person's work in the secretariat."""
    secretariat = Secretariat.objects.select_for_update(no_key=True).get(id=secretariat.id)
    require(policies.may_revoke_secretariat(actor, secretariat))
    if secretariat.until:
        raise ValidationError(_("This person left the secretariat already."))
    secretariat.until = actor.now
    secretariat.save(update_fields=["until"])
    revoked = events.SecretariatRevoked(secretariat=secretariat.id)
    record(revoked, actor=actor, stream=secretariat.coalition_id)


@transaction.atomic
def forget(person: uuid.UUID) -> None:
    """End what a person who is erased could do: their mandates; the party and what it did stay.

    The links to the person go afterwards (personal_data.py).

    When nobody else of a party can give mandates, whoever has acted for it longest can from now on.
    """
    software = system()
    events_of: dict[uuid.UUID, list[Event]] = {}
    mandates = Mandate.objects.current(software.now).filter(person=person)
    # The party before its mandates, as everyone takes them: else two people wait for each other.
    list(
        Party.objects.filter(id__in=mandates.values("party"))
        .select_for_update(no_key=True)
        .order_by("id")
    )
    for mandate in mandates.select_related("party").order_by("party_id", "id"):
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
    ending = Coalesce(F("until"), software.now)
    Secretariat.objects.filter(person=person).update(until=ending)


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
    return [_granted(successor)]


def _current(party: Party, person: User, mandate_type: str, actor: Actor) -> Mandate | None:
    current = Mandate.objects.current(actor.now).filter(party=party, person=person)
    return current.filter(sort=mandate_type).first()


def _give(mandate: Mandate, *, may_grant: bool) -> list[Mandate]:
    if not mandate._state.adding and (mandate.may_grant or not may_grant):
        return []
    mandate.may_grant = may_grant
    mandate.full_clean()
    mandate.save()
    return [mandate]


def _check_grant(
    party: Party, may: set[str], *, ground: str, may_grant: bool, until: dt.datetime | None
) -> None:
    if may_grant and until:
        raise ValidationError(
            {"until": _("Who may give mandates has no end date; you can end it later.")}
        )
    if MandateType.SIGN not in may:
        return
    if ground not in SigningGround.values:
        raise ValidationError({"ground": _("Say on which ground this person may sign.")})
    alone = party.organisation.legal_form == LegalForm.PERSON
    if (ground == SigningGround.SELF) != alone:
        raise ValidationError({"ground": _("This ground does not fit the organisation's form.")})


def _granted(mandate: Mandate) -> events.MandateGranted:
    return events.MandateGranted(
        mandate=mandate.id,
        party=mandate.party_id,
        may=[mandate.sort],
        ground=mandate.ground or None,
        jointly="yes" if mandate.jointly else "no",
        starts=timezone.localdate(mandate.since),
        until=timezone.localdate(mandate.until) if mandate.until else None,
    )
