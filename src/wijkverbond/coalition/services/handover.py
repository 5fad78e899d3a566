"""The handover to the coalition's own chair and rules."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import SOCIETY_KINDS, ChairAndRules, Coalition, Handover
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.queries.handover import confirmed_by, kinds_to_confirm, may_confirm
from wijkverbond.coalition.services.joining import lock_coalition
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown


@transaction.atomic
def propose_handover(
    coalition: Coalition, *, actor: Actor, chair_and_rules: ChairAndRules
) -> Handover:
    """Propose the coalition's own `chair_and_rules`, unsaved.

    A new proposal starts the confirming again.
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_propose_handover(actor, coalition))
    _check_not_done(coalition)
    proposal = new_chair_and_rules(coalition, chair_and_rules, actor)
    _confirm(proposal, actor)
    return proposal


def new_chair_and_rules(
    coalition: Coalition, chair_and_rules: ChairAndRules, actor: Actor
) -> Handover:
    """The proposal of a chair and rules, instead of the one before; whoever calls holds the coalition."""
    Handover.objects.filter(coalition=coalition).delete()
    proposal = Handover(
        coalition=coalition,
        proposed_by=party_of(actor),
        proposed_at=actor.now,
        **shared_fields.values(chair_and_rules, ChairAndRules),
    )
    check_chair(proposal)
    proposal.full_clean()
    proposal.save()
    return proposal


def check_chair(proposal: Handover) -> None:
    """Refuse a chair of another coalition, or of government (R2)."""
    chair = proposal.chair
    if chair.coalition_id != proposal.coalition_id or chair.kind not in SOCIETY_KINDS:
        raise ValidationError(
            {"chair": _("The chair comes from residents, entrepreneurs or social organisations.")}
        )


@transaction.atomic
def confirm_handover(coalition: Coalition, *, actor: Actor, shown: str | None = None) -> None:
    """Confirm the proposed chair and rules for one's party; done when all three kinds confirmed.

    At least one party of each society kind. Government's own confirmation does not exist (R2). Once it
    is done, a decision changes chair and rules.
    """
    coalition = lock_coalition(coalition.id)
    require(may_confirm(actor, coalition))
    _check_not_done(coalition)
    proposal = Handover.objects.filter(coalition=coalition).first()
    if not proposal:
        raise ValidationError(_("Nobody has proposed a chair and rules yet."))
    require_shown(shown, proposal)
    _confirm(proposal, actor)


def _check_not_done(coalition: Coalition) -> None:
    if coalition.handed_over_at:
        raise ValidationError(_("The partners have confirmed their chair and rules already."))


def _confirm(proposal: Handover, actor: Actor) -> None:
    proposal.confirmations.get_or_create(
        party=party_of(actor), defaults={"person_id": actor.person}
    )
    if not kinds_to_confirm(confirmed_by(proposal)):
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


def demand_second_step(coalition: Coalition, at: dt.datetime) -> Event:
    """Let who signs show a second step, carried by a decision, which records what this returns."""
    coalition.second_step_since = at
    coalition.save(update_fields=["second_step_since"])
    return events.SecondStepDemanded(coalition=coalition.id)


def end_second_step(coalition: Coalition) -> Event:
    """Let a code from a mail be enough again, carried by a decision, which records what this returns."""
    coalition.second_step_since = None
    coalition.save(update_fields=["second_step_since"])
    return events.SecondStepEnded(coalition=coalition.id)
