"""Who is missing, who works with whom, and the hand-over to the coalition's own chair."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies, sectors
from wijkverbond.coalition.models import (
    SOCIETY_KINDS,
    Coalition,
    Handover,
    MissingVoice,
    Party,
    Tie,
)
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services.joining import lock_coalition
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import is_blank


@transaction.atomic
def suggest_missing(
    coalition: Coalition, *, actor: Actor, sector: str, what: str, figures: Sequence[str] = ()
) -> MissingVoice:
    """Say that a sort of organisation is missing at the table, and why it is needed.

    `figures` are the references of the official figures that point at it, if any.
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_suggest_missing(actor, coalition))
    if sector not in sectors.SECTORS:
        raise ValidationError({"sector": _("Choose a sort of organisation.")})
    if coalition.parties.present().filter(organisation__sector=sector).exists():
        raise ValidationError({"sector": _("This sort of organisation already takes part.")})
    voice = MissingVoice(
        coalition=coalition,
        kind=sectors.SECTORS[sector].kind,
        sector=sector,
        what=what.strip(),
        suggested_by_id=actor.party,
        suggested_at=actor.now,
    )
    voice.full_clean()
    voice.save()
    suggested = events.MissingVoiceSuggested(
        missing_voice=voice.id,
        kind=voice.kind,
        sector=sector,
        source="figures" if figures else "party",
        what=Text(voice.what),
        rests_on=tuple(figures),
    )
    record(suggested, actor=actor, stream=coalition.id)
    return voice


@transaction.atomic
def dismiss_missing(voice: MissingVoice, *, actor: Actor, reason: str) -> None:
    """Take a missing voice off the list, with a public reason."""
    voice = MissingVoice.objects.select_for_update(of=("self",)).get(id=voice.id)
    require(policies.may_dismiss_missing(actor, voice.coalition))
    if voice.filled_at or voice.dismissed_at:
        raise ValidationError(_("This voice is off the list already."))
    if is_blank(reason):
        raise ValidationError({"reason": _("Say why this voice is not needed.")})
    voice.dismissed_at, voice.dismissed_by_id = actor.now, actor.party
    voice.dismissed_reason = reason.strip()
    voice.full_clean()
    voice.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])
    dismissed = events.MissingVoiceDismissed(
        missing_voice=voice.id, kind=voice.kind, reason=Text(voice.dismissed_reason)
    )
    record(dismissed, actor=actor, stream=voice.coalition_id)


@transaction.atomic
def report_tie(party: Party, other: Party, *, actor: Actor, strength: str) -> Tie:
    """Say how the party works with another this year; saying it again replaces it."""
    require(policies.may_report_tie(actor, party))
    Party.objects.select_for_update(no_key=True).get(id=party.id)
    if other.coalition_id != party.coalition_id or other.id == party.id:
        raise ValidationError({"other": _("Choose another partner of this coalition.")})
    year = actor.today.year
    tie = Tie.objects.filter(party=party, other=other, year=year).first()
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


@transaction.atomic
def propose_handover(
    coalition: Coalition, *, actor: Actor, chair: Party, fallback: str, rules: str
) -> Handover:
    """Propose the coalition's own chair and rules; a new proposal starts the confirming again."""
    coalition = lock_coalition(coalition.id)
    require(policies.may_propose_handover(actor, coalition))
    _check_not_done(coalition)
    if chair.coalition_id != coalition.id or chair.kind not in SOCIETY_KINDS:
        raise ValidationError(
            {"chair": _("The chair comes from residents, entrepreneurs or social organisations.")}
        )
    Handover.objects.filter(coalition=coalition).delete()
    proposal = Handover(
        coalition=coalition,
        chair=chair,
        fallback=fallback,
        rules=rules.strip(),
        proposed_by=party_of(actor),
        proposed_at=actor.now,
    )
    proposal.full_clean()
    proposal.save()
    _confirm(proposal, actor)
    return proposal


@transaction.atomic
def confirm_handover(coalition: Coalition, *, actor: Actor) -> None:
    """Confirm the proposed chair and rules for one's party; done when all three kinds confirmed.

    Until decisions take this over: at least one party of each society kind. Government's own
    confirmation does not exist (R2).
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_confirm_handover(actor, coalition))
    _check_not_done(coalition)
    proposal = Handover.objects.filter(coalition=coalition).first()
    if not proposal:
        raise ValidationError(_("Nobody has proposed a chair and rules yet."))
    _confirm(proposal, actor)


def _check_not_done(coalition: Coalition) -> None:
    if coalition.handed_over_at:
        raise ValidationError(_("The partners have confirmed their chair and rules already."))


def _confirm(proposal: Handover, actor: Actor) -> None:
    proposal.confirmed_by.add(party_of(actor))
    confirmed = proposal.confirmed_by.present().select_related("organisation")
    if {party.kind for party in confirmed} >= set(SOCIETY_KINDS):
        record(handover_event(proposal, actor), actor=actor, stream=proposal.coalition_id)


def handover_event(proposal: Handover, actor: Actor) -> Event:
    """Give the coalition its own chair and rules; returns what happened, to be recorded."""
    coalition = proposal.coalition
    coalition.chair, coalition.fallback = proposal.chair, proposal.fallback
    coalition.rules, coalition.handed_over_at = proposal.rules, actor.now
    coalition.full_clean()
    coalition.save(update_fields=["chair", "fallback", "rules", "handed_over_at"])
    return events.ChairAndRulesConfirmed(
        coalition=coalition.id,
        chair=proposal.chair_id,
        fallback=proposal.fallback,
        rules=Text(proposal.rules),
    )
