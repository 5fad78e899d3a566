"""Taking part: describing oneself, leaving, being suspended; who sees the coalition."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    Coalition,
    Involvement,
    Organisation,
    OrganisationDetails,
    Party,
    PartyRole,
    TakingPart,
)
from wijkverbond.coalition.services.joining import (
    change,
    enter,
    facts_of,
    listing,
    lock_coalition,
    organisation_described,
    role_at,
)
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.models import INSTALLATION
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import is_blank


@transaction.atomic
def describe_party(party: Party, taking_part: TakingPart, *, actor: Actor) -> None:
    """Say anew how the party takes part; with or without a tie to the area its role follows."""
    coalition = lock_coalition(party.coalition_id)
    require(policies.may_describe_party(actor, party))
    party.refresh_from_db()
    _check_present(party)
    before = (shared_fields.values(party, TakingPart), party.role)
    answer_term_days = party.answer_term_days
    shared_fields.write(party, TakingPart, taking_part)
    # Government keeps its term unless it gives another; others have none.
    party.answer_term_days = answer_term_days and (party.answer_term_days or answer_term_days)
    if party.role == PartyRole.ADVISER and party.involvement != Involvement.DISTANCE:
        party.role = PartyRole.PARTNER
    party.role = role_at(party.role, party.kind, party.involvement)
    if before == (shared_fields.values(party, TakingPart), party.role):
        return
    party.full_clean()
    party.save(update_fields=[*shared_fields.names(TakingPart), "role"])
    anew = events.PartyDescribed(**facts_of(party))
    record(anew, *listing(coalition, actor), actor=actor, stream=party.coalition_id)


@transaction.atomic
def describe_organisation(party: Party, details: OrganisationDetails, *, actor: Actor) -> None:
    """Change the details of the organisation behind a party."""
    require(policies.may_describe_organisation(actor, party))
    organisation = Organisation.objects.select_for_update(no_key=True).get(id=party.organisation_id)
    if shared_fields.says(organisation, OrganisationDetails, details):
        return
    shared_fields.write(organisation, OrganisationDetails, details)
    change(organisation, shared_fields.names(OrganisationDetails))
    record(organisation_described(organisation), actor=actor, stream=INSTALLATION)


@transaction.atomic
def leave(party: Party, *, actor: Actor, reason: str) -> None:
    """Let the party leave, with a public reason. What it promised is settled in commitments."""
    party = (
        Party.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(id=party.id)
    )
    require(policies.may_leave(actor, party))
    _check_present(party)
    if is_blank(reason):
        raise ValidationError({"reason": _("Say why you leave. The others would like to know.")})
    party.left_at, party.left_reason = actor.now, reason.strip()
    party.full_clean()
    party.save(update_fields=["left_at", "left_reason"])
    left = events.PartyLeft(
        party=party.id,
        kind=party.kind,
        left_on=actor.today,
        reason=Text(party.left_reason),
    )
    record(left, actor=actor, stream=party.coalition_id)


@transaction.atomic
def change_access(coalition: Coalition, *, actor: Actor, access: str) -> None:
    """Show the coalition's pages to everyone, or only to its own people while it prepares."""
    coalition = lock_coalition(coalition.id)
    require(policies.may_change_access(actor, coalition))
    if access == coalition.access:
        return
    coalition.access = access
    coalition.full_clean()
    coalition.save(update_fields=["access"])
    for party in coalition.parties.present().select_related("organisation"):
        _make_known(party.organisation, coalition)
    changed = events.AccessChanged(coalition=coalition.id, access=access)
    record(changed, *listing(coalition, actor), actor=actor, stream=coalition.id)


@transaction.atomic
def set_places(coalition: Coalition, codes: Sequence[str], *, year: int, actor: Actor) -> None:
    """Say which places of the official division a coalition is about that named its area in words."""
    coalition = lock_coalition(coalition.id)
    require(policies.may_set_places(actor, coalition))
    if coalition.place_codes == [*codes]:
        return
    if coalition.place_codes:
        raise ValidationError(_("Which neighbourhoods it is about was said already."))
    coalition.place_codes, coalition.place_year = [*codes], year
    coalition.full_clean()
    coalition.save(update_fields=["place_codes", "place_year"])
    said = events.PlacesSet(coalition=coalition.id, places=[*codes], division_year=year)
    record(said, actor=actor, stream=coalition.id)


def suspend(party: Party, *, at: dt.datetime, reason: str, until: dt.date | None = None) -> Event:
    """Suspend a party, carried by a decision of the coalition, which records what this returns."""
    party.suspended_at = at
    party.save(update_fields=["suspended_at"])
    return events.PartySuspended(party=party.id, kind=party.kind, until=until, reason=Text(reason))


def end_suspension(party: Party) -> Event:
    """End a suspension, carried by a decision of the coalition, which records what this returns."""
    party.suspended_at = None
    party.save(update_fields=["suspended_at"])
    return events.SuspensionEnded(party=party.id, kind=party.kind)


def _make_known(organisation: Organisation, coalition: Coalition) -> None:
    try:
        enter(organisation, coalition)
    except ValidationError as refused:
        taken = _(
            "There is another organisation called %(name)s. It fills in its place or number first."
        )
        raise ValidationError(taken % {"name": organisation.name}) from refused


def _check_present(party: Party) -> None:
    if party.left_at:
        raise ValidationError(_("This partner has left the coalition."))
