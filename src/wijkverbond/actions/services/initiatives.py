"""What people do with initiatives and the actions in them."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.actions import events, policies
from wijkverbond.actions.models import Action, Initiative, InitiativeText
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import check_reason
from wijkverbond.vision.models import Goal


@transaction.atomic
def propose(
    coalition: Coalition,
    *,
    actor: Actor,
    wording: InitiativeText,
    goals: Sequence[Goal] = (),
    rests_on: Sequence[str] = (),
) -> Initiative:
    """Begin with an idea (`wording`, unsaved); the kind of party it came from never changes."""
    require(policies.may_propose_initiative(actor, coalition))
    lead = party_of(actor)
    if any(goal.coalition_id != coalition.id for goal in goals):
        raise ValidationError({"goals": _("Choose a goal of this coalition.")})
    initiative = Initiative(
        coalition=coalition,
        lead=lead,
        origin_kind=lead.kind,
        place_codes=coalition.place_codes,
        proposed_at=actor.now,
        **shared_fields.values(wording, InitiativeText),
    )
    initiative.full_clean()
    initiative.save(force_insert=True)
    initiative.goals.set(goals)
    initiative.parties.add(lead)
    record(
        events.InitiativeProposed(
            initiative=initiative.id,
            lead=lead.id,
            origin_kind=lead.kind,
            goals=sorted(goal.id for goal in goals),
            places=initiative.place_codes,
            title=shreddable(initiative.title),
            rests_on=(*(f"goal:{goal.id}" for goal in goals), *rests_on),
        ),
        actor=actor,
    )
    return initiative


@transaction.atomic
def join(initiative: Initiative, *, actor: Actor) -> None:
    """Join an initiative in the name of one's party."""
    initiative = _locked(initiative)
    require(policies.may_join(actor, initiative))
    _check_open(initiative)
    party = party_of(actor)
    if initiative.parties.contains(party):
        raise ValidationError(_("Your organisation already takes part in this."))
    initiative.parties.add(party)
    joined = events.InitiativeJoined(
        initiative=initiative.id,
        party=party.id,
        kind=party.kind,
        rests_on=(f"initiative:{initiative.id}",),
    )
    record(joined, actor=actor)


@transaction.atomic
def start(initiative: Initiative, *, actor: Actor) -> Initiative:
    """The lead starts the initiative."""
    initiative = _locked(initiative)
    require(policies.may_lead(actor, initiative))
    if initiative.state != Initiative.State.IDEA:
        raise ValidationError(_("This initiative has already started."))
    initiative.state, initiative.started_on = (
        Initiative.State.STARTED,
        actor.today,
    )
    initiative.save(update_fields=["state", "started_on"])
    goals = sorted(initiative.goals.values_list("id", flat=True))
    record(
        events.InitiativeStarted(
            initiative=initiative.id,
            lead=initiative.lead_id,
            lead_kind=initiative.lead.kind,
            origin_kind=initiative.origin_kind,
            parties=sorted(initiative.parties.values_list("id", flat=True)),
            goals=goals,
            places=initiative.place_codes,
            started_on=initiative.started_on,
            rests_on=(
                f"initiative:{initiative.id}",
                *(f"goal:{goal}" for goal in goals),
            ),
        ),
        actor=actor,
    )
    return initiative


@transaction.atomic
def finish(initiative: Initiative, *, actor: Actor) -> Initiative:
    """The lead says that the initiative is done."""
    initiative = _locked(initiative)
    require(policies.may_lead(actor, initiative))
    if not initiative.is_running:
        raise ValidationError(_("Only an initiative that has started can be finished."))
    initiative.state, initiative.ended_on = Initiative.State.FINISHED, actor.today
    initiative.save(update_fields=["state", "ended_on"])
    finished = events.InitiativeFinished(
        initiative=initiative.id,
        lead=initiative.lead_id,
        lead_kind=initiative.lead.kind,
        finished_on=initiative.ended_on,
        rests_on=(f"initiative:{initiative.id}",),
    )
    record(finished, actor=actor)
    return initiative


@transaction.atomic
def stop(initiative: Initiative, *, actor: Actor, reason: str) -> Initiative:
    """The lead stops the initiative, with a reason."""
    initiative = _locked(initiative)
    require(policies.may_lead(actor, initiative))
    _check_open(initiative)
    check_reason(reason)
    initiative.state, initiative.ended_on = Initiative.State.STOPPED, actor.today
    initiative.stop_reason = reason.strip()
    initiative.full_clean()
    initiative.save(update_fields=["state", "ended_on", "stop_reason"])
    stopped = events.InitiativeStopped(
        initiative=initiative.id,
        lead=initiative.lead_id,
        lead_kind=initiative.lead.kind,
        stopped_on=initiative.ended_on,
        reason=shreddable(initiative.stop_reason),
        rests_on=(f"initiative:{initiative.id}",),
    )
    record(stopped, actor=actor)
    return initiative


@transaction.atomic
def plan(initiative: Initiative, *, actor: Actor, what: str, due: dt.date) -> Action:
    """A party says what it will do in an initiative, and by when; with that it takes part."""
    initiative = _locked(initiative)
    require(policies.may_join(actor, initiative))
    _check_open(initiative)
    if due < actor.today:
        raise ValidationError({"due": _("Choose a day that is still to come.")})
    party = party_of(actor)
    action = Action(
        initiative=initiative, party=party, what=what.strip(), due=due, planned_at=actor.now
    )
    action.full_clean()
    action.save(force_insert=True)
    initiative.parties.add(party)
    planned = events.ActionPlanned(
        action=action.id,
        initiative=initiative.id,
        party=party.id,
        kind=party.kind,
        due=due,
        what=shreddable(action.what),
        rests_on=(f"initiative:{initiative.id}",),
    )
    record(planned, actor=actor)
    return action


@transaction.atomic
def complete(action: Action, *, actor: Actor, people: int | None = None) -> Action:
    """A party says that its action is done, and if it knows how many people were active in it."""
    action = _locked_action(action)
    require(policies.may_settle_action(actor, action))
    _check_unsettled(action)
    action.done_on = actor.today
    action.save(update_fields=["done_on"])
    action_done = events.ActionDone(
        action=action.id,
        initiative=action.initiative_id,
        party=action.party_id,
        kind=action.party.kind,
        due=action.due,
        done_on=action.done_on,
        people=people,
        rests_on=(f"action:{action.id}", f"initiative:{action.initiative_id}"),
    )
    record(action_done, actor=actor)
    return action


@transaction.atomic
def drop(action: Action, *, actor: Actor, reason: str) -> Action:
    """A party drops its action, with a reason."""
    action = _locked_action(action)
    require(policies.may_settle_action(actor, action))
    _check_unsettled(action)
    check_reason(reason)
    action.dropped_at, action.drop_reason = actor.now, reason.strip()
    action.full_clean()
    action.save(update_fields=["dropped_at", "drop_reason"])
    dropped = events.ActionDropped(
        action=action.id,
        initiative=action.initiative_id,
        party=action.party_id,
        kind=action.party.kind,
        reason=shreddable(action.drop_reason),
        rests_on=(f"action:{action.id}",),
    )
    record(dropped, actor=actor)
    return action


def _locked(initiative: Initiative) -> Initiative:
    return (
        Initiative.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lead__organisation")
        .get(id=initiative.id)
    )


def _locked_action(action: Action) -> Action:
    return (
        Action.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party__organisation", "initiative")
        .get(id=action.id)
    )


def _check_open(initiative: Initiative) -> None:
    if initiative.ended_on:
        raise ValidationError(_("This initiative has ended."))


def _check_unsettled(action: Action) -> None:
    if action.settled:
        raise ValidationError(_("This action was already done or dropped."))
