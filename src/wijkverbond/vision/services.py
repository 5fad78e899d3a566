"""What people do with the vision, goals and benefits."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services import lock_coalition
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import check_reason
from wijkverbond.urgency.models import SharedUrgency
from wijkverbond.vision import decision_effects, events, policies
from wijkverbond.vision.models import (
    Amendment,
    Benefit,
    BenefitText,
    Goal,
    GoalChange,
    GoalText,
    VisionVersion,
)

ADOPT_VISION = "adopt-vision"
CHANGE_GOAL = "change-goal"


@transaction.atomic
def write_version(  # the first writing and the changes of a draft are the same deed
    coalition: Coalition,
    *,
    actor: Actor,
    body: str,
    horizon: dt.date,
    urgencies: Sequence[SharedUrgency] = (),
    reason: str = "",
    version: VisionVersion | None = None,
) -> VisionVersion:
    """Write a draft of the next version, or change one's own draft. Nobody is told yet."""
    lock_coalition(coalition.id)
    if version:
        version.refresh_from_db()
        require(policies.may_write(actor, version))
    else:
        require(policies.may_start_version(actor, coalition))
        version = VisionVersion(
            coalition=coalition,
            number=_next_number(coalition),
            author=party_of(actor),
            previous=coalition.vision_versions.adopted().first(),
        )
    version.body, version.horizon, version.reason = body.strip(), horizon, reason.strip()
    version.written_at = actor.now
    if version.previous and not version.reason:
        raise ValidationError({"reason": _("Say in a few words why a new version is needed.")})
    if horizon <= actor.today:
        raise ValidationError({"horizon": _("Choose a day still to come.")})
    version.full_clean()
    version.save()
    version.urgencies.set(urgencies)
    return version


@transaction.atomic
def propose_version(
    version: VisionVersion, *, actor: Actor, closes_at: dt.datetime | None = None
) -> Decision:
    """Bring one's draft before the coalition; from now on its text stands."""
    lock_coalition(version.coalition_id)
    version = VisionVersion.objects.select_for_update(no_key=True).get(id=version.id)
    require(policies.may_write(actor, version))
    version.previous = version.coalition.vision_versions.adopted().first()
    if version.previous and not version.reason:
        raise ValidationError({"reason": _("Say in a few words why a new version is needed.")})
    version.state = VisionVersion.State.PROPOSED
    version.save(update_fields=["state", "previous"])
    rests_on = decision_effects.version_rests_on(version)
    proposed = events.VersionProposed(
        vision=version.coalition_id,
        vision_version=version.id,
        number=version.number,
        previous=version.previous_id,
        horizon=version.horizon,
        body=shreddable(version.body),
        reason=shreddable(version.reason),
        rests_on=rests_on,
    )
    return decisions.propose(
        version.coalition,
        actor=actor,
        kind=ADOPT_VISION,
        subject=version.id,
        title=str(version),
        text=version.body,
        closes_at=closes_at,
        rests_on=(f"vision_version:{version.id}", *rests_on),
        also=[proposed],
    )


@transaction.atomic
def propose_amendment(version: VisionVersion, *, actor: Actor, change: str) -> Amendment:
    """Any party proposes a change to a draft or a version that is open for answers."""
    require(policies.may_amend(actor, version))
    if version.state not in (VisionVersion.State.DRAFT, VisionVersion.State.PROPOSED):
        raise ValidationError({"change": _("This version stands. Write a new version instead.")})
    amendment = decision_effects.new_amendment(version.id, actor, change.strip())
    record(decision_effects.amendment_proposed(amendment), actor=actor)
    return amendment


@transaction.atomic
def settle_amendment(amendment: Amendment, *, actor: Actor, outcome: str, reason: str) -> None:
    """The author says what came of a proposed change, and why."""
    amendment = Amendment.objects.select_for_update(no_key=True).get(id=amendment.id)
    require(policies.may_settle(actor, amendment))
    if amendment.outcome:
        raise ValidationError({"outcome": _("This proposal already has an answer.")})
    check_reason(reason)
    amendment.outcome, amendment.reason = outcome, reason.strip()
    amendment.settled_at = actor.now
    amendment.full_clean()
    amendment.save(update_fields=["outcome", "reason", "settled_at"])
    record(
        events.AmendmentSettled(
            amendment=amendment.id,
            vision_version=amendment.version_id,
            outcome=outcome,
            reason=shreddable(amendment.reason),
        ),
        actor=actor,
    )


@transaction.atomic
def set_goal(
    coalition: Coalition,
    *,
    actor: Actor,
    wording: GoalText,
    urgency: SharedUrgency | None = None,
    insights: Sequence[str] = (),
) -> Goal:
    """A society party sets a goal that it owns. What is missing in it is shown as a gap.

    `wording` comes unsaved; what is not known yet stays empty.
    """
    require(policies.may_set_goal(actor, coalition))
    goal = Goal(
        coalition=coalition,
        owner=party_of(actor),
        urgency=urgency,
        insights=list(insights),
        place_codes=coalition.place_codes,
        set_at=actor.now,
        changed_at=actor.now,
        **shared_fields.values(wording, GoalText),
    )
    _check_goal(goal, coalition)
    goal.save(force_insert=True)
    record(decision_effects.goal_set(goal), actor=actor)
    return goal


@transaction.atomic
def propose_goal_change(  # a change and the dropping of a goal go the same way
    goal: Goal,
    *,
    actor: Actor,
    reason: str,
    wording: GoalText | None = None,
    closes_at: dt.datetime | None = None,
) -> Decision:
    """The owner proposes to change a goal, or without wording to drop it; the coalition decides."""
    goal = Goal.objects.select_for_update(no_key=True).get(id=goal.id)
    require(policies.may_change_goal(actor, goal))
    _check_stands(goal)
    check_reason(reason)
    change = GoalChange(
        goal=goal,
        drops=wording is None,
        reason=reason.strip(),
        proposed_at=actor.now,
        **shared_fields.values(wording or goal, GoalText),
    )
    change.full_clean()
    _check_days(change)
    change.save(force_insert=True)
    return decisions.propose(
        goal.coalition,
        actor=actor,
        kind=CHANGE_GOAL,
        subject=change.id,
        title=goal.sentence[:140],
        text=decision_effects.in_words(change),
        closes_at=closes_at,
        rests_on=(f"goal:{goal.id}",),
    )


@transaction.atomic
def adapt_goal_change(
    change: GoalChange, *, actor: Actor, reason: str, wording: GoalText | None = None
) -> Decision:
    """The owner adapts a proposed change; what is carried is the change as it was adapted.

    A proposal to drop a goal has no wording: only its reason is adapted.
    """
    decisions.hold(CHANGE_GOAL, change.id)
    change = GoalChange.objects.select_for_update(no_key=True).get(id=change.id)
    goal = Goal.objects.select_for_update(no_key=True).get(id=change.goal_id)
    require(policies.may_change_goal(actor, goal))
    decision = Decision.objects.get(kind=CHANGE_GOAL, subject=change.id)
    check_reason(reason)
    says_so = wording is None or shared_fields.says(change, GoalText, wording)
    if says_so and change.reason == reason.strip():
        raise ValidationError({"reason": decisions.SAME_TEXT})
    if wording:
        shared_fields.write(change, GoalText, wording)
    change.reason = reason.strip()
    change.full_clean()
    _check_days(change)
    change.save()
    return decisions.adapt(
        decision, actor=actor, text=decision_effects.in_words(change), with_subject=True
    )


@transaction.atomic
def state_benefit(goal: Goal, party: Party, *, actor: Actor, wording: BenefitText) -> Benefit:
    """Write down what a party gains by a goal. By another party it is a suggestion, no more.

    `wording` comes unsaved.
    """
    require(policies.may_state_benefit(actor, party))
    if party.coalition_id != goal.coalition_id:
        raise ValidationError({"party": _("This partner does not take part here.")})
    _check_stands(goal)
    Party.objects.select_for_update(no_key=True).get(id=party.id)
    benefit = Benefit.objects.standing().filter(goal=goal, party=party).first()
    taken = benefit and (benefit.stated_by_id == party.id or benefit.confirmed_at)
    if taken and actor.party != party.id:
        raise ValidationError({"own": _("This partner has already written this down itself.")})
    own = benefit and benefit.stated_by_id == actor.party
    if benefit and own and shared_fields.says(benefit, BenefitText, wording):
        return benefit
    benefit = benefit or Benefit(goal=goal, party=party)
    benefit.stated_by, benefit.stated_at = party_of(actor), actor.now
    shared_fields.write(benefit, BenefitText, wording)
    benefit.confirmed_at = benefit.confirmed_revision = None
    benefit.full_clean()
    benefit.save()
    record(
        events.BenefitStated(
            benefit=benefit.id,
            party=party.id,
            kind=party.kind,
            goal=goal.id,
            goal_revision=goal.revision,
            sorts=[benefit.sort],
            stated_by="itself" if actor.party == party.id else "another",
            shared=shreddable(benefit.shared),
            own=shreddable(benefit.own),
            rests_on=(f"goal:{goal.id}",),
        ),
        actor=actor,
    )
    return benefit


@transaction.atomic
def confirm_benefit(benefit: Benefit, *, actor: Actor, shown: str | None = None) -> None:
    """The party itself confirms what it gains by the goal as it now reads."""
    benefit = Benefit.objects.select_for_update(no_key=True).get(id=benefit.id)
    require(policies.may_confirm_benefit(actor, benefit))
    require_shown(shown, benefit)
    if benefit.withdrawn_at or benefit.confirmed_revision == benefit.goal.revision:
        raise ValidationError(_("There is nothing left to confirm here."))
    benefit.confirmed_at, benefit.confirmed_revision = actor.now, benefit.goal.revision
    benefit.save(update_fields=["confirmed_at", "confirmed_revision"])
    record(
        events.BenefitConfirmed(
            benefit=benefit.id,
            party=benefit.party_id,
            kind=benefit.party.kind,
            goal=benefit.goal_id,
            goal_revision=benefit.goal.revision,
            rests_on=(f"goal:{benefit.goal_id}", f"benefit:{benefit.id}"),
        ),
        actor=actor,
    )


@transaction.atomic
def withdraw_benefit(benefit: Benefit, *, actor: Actor, reason: str = "") -> None:
    """The party takes back what stands there as its benefit."""
    benefit = Benefit.objects.select_for_update(no_key=True).get(id=benefit.id)
    require(policies.may_confirm_benefit(actor, benefit))
    if benefit.withdrawn_at:
        raise ValidationError(_("This was already taken back."))
    benefit.withdrawn_at = actor.now
    benefit.save(update_fields=["withdrawn_at"])
    record(
        events.BenefitWithdrawn(
            benefit=benefit.id,
            party=benefit.party_id,
            kind=benefit.party.kind,
            goal=benefit.goal_id,
            reason=shreddable(reason.strip()),
            rests_on=(f"benefit:{benefit.id}",),
        ),
        actor=actor,
    )


def _next_number(coalition: Coalition) -> int:
    last = VisionVersion.objects.filter(coalition=coalition).aggregate(Max("number"))
    return (last["number__max"] or 0) + 1


def _check_goal(goal: Goal, coalition: Coalition) -> None:
    goal.full_clean()
    if goal.urgency and goal.urgency.coalition_id != coalition.id:
        raise ValidationError({"urgency": _("Choose an urgency of this coalition.")})
    _check_days(goal)


def _check_stands(goal: Goal) -> None:
    if not goal.stands:
        raise ValidationError(_("This goal was dropped."))


def _check_days(text: GoalText) -> None:
    if text.due and text.baseline_on and text.due <= text.baseline_on:
        raise ValidationError({"due": _("Choose a day after the day of the first measurement.")})
