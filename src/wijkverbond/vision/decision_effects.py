"""What a carried decision does to vision and goals, and how they are put into events."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services import lock_coalition
from wijkverbond.decisions.models import Decision, State
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.places.indicators import DEFINITIONS
from wijkverbond.ui.templatetags.wv import amount
from wijkverbond.vision import events
from wijkverbond.vision.models import (
    Amendment,
    Benefit,
    EarlierGoal,
    Goal,
    GoalChange,
    GoalText,
    VisionVersion,
)

ANSWER_WITHIN = dt.timedelta(days=30)


def adopt_version(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The version becomes the coalition's vision, in the words that were carried.

    The one before it stays readable; so does the first text, with the decision.
    """
    lock_coalition(VisionVersion.objects.get(id=subject).coalition_id)
    version = VisionVersion.objects.select_for_update(no_key=True).get(id=subject)
    earlier_adopted = VisionVersion.objects.adopted().filter(coalition=version.coalition_id)
    version.previous = earlier_adopted.first() or version.previous
    earlier_adopted.update(state=VisionVersion.State.REPLACED)
    carried = Decision.objects.get(subject=version.id, state=State.CARRIED)
    version.body, version.without = carried.proposal, carried.without
    version.state, version.adopted_at = VisionVersion.State.ADOPTED, actor.now
    version.save(update_fields=["body", "without", "previous", "state", "adopted_at"])
    adopted = events.VersionAdopted(
        vision=version.coalition_id,
        vision_version=version.id,
        number=version.number,
        rests_on=(f"vision_version:{version.id}",),
    )
    return [adopted]


def version_stands(subject: uuid.UUID) -> bool:
    """Whether this version is still the coalition's vision."""
    return VisionVersion.objects.adopted().filter(id=subject).exists()


def amend_version(subject: uuid.UUID, actor: Actor, argument: str) -> Sequence[Event]:
    """Who came after the adoption and objects proposes a change: the author answers it."""
    return [amendment_proposed(new_amendment(subject, actor, argument))]


def new_amendment(version: uuid.UUID, actor: Actor, change: str) -> Amendment:
    """A change that a party proposes to a version; it gets an answer within thirty days."""
    amendment = Amendment(
        version_id=version,
        party=party_of(actor),
        change=change,
        proposed_at=actor.now,
        answer_by=timezone.localdate(actor.now + ANSWER_WITHIN),
    )
    amendment.full_clean()
    amendment.save(force_insert=True)
    return amendment


def amendment_proposed(amendment: Amendment) -> Event:
    """The event of a change that is proposed."""
    return events.AmendmentProposed(
        amendment=amendment.id,
        vision_version=amendment.version_id,
        party=amendment.party_id,
        kind=amendment.party.kind,
        change=shreddable(amendment.change),
        answer_by=amendment.answer_by,
        rests_on=(f"vision_version:{amendment.version_id}",),
    )


def withdraw_version(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """A version that was not carried is put aside, still readable."""
    VisionVersion.objects.filter(id=subject).update(state=VisionVersion.State.WITHDRAWN)
    return []


def change_goal(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """The goal gets its new wording or is dropped; every confirmed benefit is reopened."""
    change = GoalChange.objects.select_for_update(no_key=True).get(id=subject)
    goal = Goal.objects.select_for_update(no_key=True).get(id=change.goal_id)
    change.settled_at = actor.now
    change.save(update_fields=["settled_at"])
    if change.drops:
        goal.dropped_at = actor.now
        goal.save(update_fields=["dropped_at"])
        dropped = events.GoalDropped(
            goal=goal.id,
            revision=goal.revision,
            reason=shreddable(change.reason),
            rests_on=(f"goal:{goal.id}",),
        )
        return [dropped]
    _keep_earlier(goal, change, actor)
    shared_fields.write(goal, GoalText, change)
    goal.revision += 1
    goal.changed_at = actor.now
    goal.full_clean()
    goal.save()
    return [_changed(goal, change), *_reopened(goal)]


def keep_goal(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """A change that was not carried is settled; the goal stays as it is."""
    GoalChange.objects.filter(id=subject).update(settled_at=actor.now)
    return []


def goal_set(goal: Goal) -> Event:
    """The event of a goal that is set."""
    return events.GoalSet(**_facts(goal))


def in_words(change: GoalChange) -> str:
    """A proposed change as the text that parties answer to: everything that will be carried."""
    if change.drops:
        sentences = [_("Drop this goal: %(goal)s") % {"goal": change.sentence}]
    else:
        sentences = [
            _("Change this goal to: %(goal)s") % {"goal": change.sentence},
            *_measure(change),
        ]
    return "\n".join([*sentences, "", change.reason])


def version_rests_on(version: VisionVersion) -> tuple[str, ...]:
    """What a version rests on: its urgencies and the version before it."""
    urgencies = version.urgencies.order_by("id").values_list("id", flat=True)
    previous = [f"vision_version:{version.previous_id}"] if version.previous_id else []
    return (*(f"shared_urgency:{urgency}" for urgency in urgencies), *previous)


def _measure(text: GoalText) -> Iterator[str]:
    if text.indicator_name:
        better = text.get_direction_display()
        yield _("Measured by: %(name)s (%(better)s)") % {
            "name": text.indicator_name,
            "better": better.lower(),
        }
    if text.figure in DEFINITIONS:
        yield _("Official figure: %(name)s") % {"name": DEFINITIONS[text.figure].name}
    ends = [
        (_("Start: %(value)s (%(day)s)"), text.baseline, text.baseline_on),
        (_("Target: %(value)s (%(day)s)"), text.target, text.due),
    ]
    for sentence, value, day in ends:
        if value is not None or day:
            yield sentence % {
                "value": amount(value, text.unit),
                "day": date_format(day, "j F Y") if day else _("no day yet"),
            }


def _keep_earlier(goal: Goal, change: GoalChange, actor: Actor) -> None:
    EarlierGoal.objects.create(
        goal=goal,
        revision=goal.revision,
        since=goal.changed_at,
        replaced_at=actor.now,
        reason=change.reason,
        **shared_fields.values(goal, GoalText),
    )


def _changed(goal: Goal, change: GoalChange) -> Event:
    return events.GoalChanged(**_facts(goal), reason=shreddable(change.reason))


def _reopened(goal: Goal) -> list[Event]:
    confirmed = Benefit.objects.confirmed().filter(goal=goal).select_related("party__organisation")
    reopened = [
        events.BenefitReopened(
            benefit=benefit.id,
            party=benefit.party_id,
            kind=benefit.party.kind,
            goal=goal.id,
            goal_revision=goal.revision,
            rests_on=(f"goal:{goal.id}",),
        )
        for benefit in confirmed
    ]
    confirmed.update(confirmed_at=None, confirmed_revision=None)
    return list(reopened)


def _facts(goal: Goal) -> dict[str, Any]:
    measured = bool(goal.indicator_name)
    rests_on = [f"insight:{insight}" for insight in goal.insights]
    if goal.urgency_id:
        rests_on.insert(0, f"shared_urgency:{goal.urgency_id}")
    return {
        "goal": goal.id,
        "revision": goal.revision,
        "owner": goal.owner_id,
        "owner_kind": goal.owner.kind,
        "indicator": goal.indicator if measured else None,
        "indicator_sort": ("figure" if goal.figure else "own") if measured else None,
        "direction": goal.direction if measured else None,
        "unit": None,
        "baseline": goal.baseline,
        "baseline_on": goal.baseline_on,
        "target": goal.target,
        "due": goal.due,
        "places": list(goal.place_codes),
        "sentence": shreddable(goal.sentence),
        "rests_on": tuple(rests_on),
    }
