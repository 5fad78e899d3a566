"""Saying how a party works with another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import Party, Tie
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require


@transaction.atomic
def report_tie(party: Party, other: Party, *, actor: Actor, strength: str) -> Tie:
    """Say how the party works with another this year; saying it again replaces it.

    The same on the same day was said already.
    """
    require(policies.may_report_tie(actor, party))
    Party.objects.select_for_update(no_key=True).get(id=party.id)
    if other.coalition_id != party.coalition_id or other.id == party.id:
        raise ValidationError({"other": _("Choose another partner of this coalition.")})
    year = actor.today.year
    tie = Tie.objects.filter(party=party, other=other, year=year).first()
    if tie and tie.strength == strength and timezone.localdate(tie.reported_at) == actor.today:
        return tie
    tie = tie or Tie(party=party, other=other, year=year)
    tie.strength, tie.reported_at = strength, actor.now
    tie.full_clean()
    tie.save()
    reported = events.TieReported(
        party=party.id,
        kind=party.kind,
        other=other.id,
        other_kind=other.kind,
        strength=strength,
        year=year,
    )
    record(reported, actor=actor, stream=party.coalition_id)
    return tie
