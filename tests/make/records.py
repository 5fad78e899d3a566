"""Records of a coalition, made through the services as people would."""

import copy
import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from tests.make.cast import World, first_actor
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.actions.services import requests
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.models import (
    Coalition,
    Involvement,
    Party,
)
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Objection, Position, Stance
from wijkverbond.kernel.actor import Actor, system
from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType
from wijkverbond.results import services as results
from wijkverbond.results.models import Measurement
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.models import Conversation, SharedUrgency
from wijkverbond.vision import services as visions
from wijkverbond.vision.models import Amendment, Benefit, Goal, GoalText, VisionVersion

M = TypeVar("M", bound=Model)
DECIDABLE = DECISION_TYPES.declare(
    DecisionType(
        name="tests",
        title="Tests",
        propose_at="decisions:propose",
        on_carried=lambda subject, actor: [],
    )
)


def decision(
    coalition: Coalition,
    *,
    by: Actor | None = None,
    decision_type: DecisionType = DECIDABLE,
    text: str = "We doen het zo.",
) -> Decision:
    """A proposal that is open for answers."""
    return decisions.propose(
        coalition,
        actor=by or first_actor(coalition),
        kind=decision_type.name,
        subject=uuid.uuid4(),
        title="Doen we het zo?",
        text=text,
    )


def position(
    decision: Decision, *, by: Actor, stance: str = Stance.CONSENT, argument: str = ""
) -> Position:
    """What a partner says to a proposal; it agrees unless said."""
    wording = Position(stance=stance, argument=argument)
    return decisions.take_position(decision, actor=by, wording=wording)


def objection(decision: Decision, *, by: Actor, argument: str = "Dit helpt niet.") -> Objection:
    """An argued objection to a proposal."""
    position(decision, by=by, stance=Stance.OBJECTION, argument=argument)
    return decision.objections.get(party=by.party)


def carry(decision: Decision, world: World) -> None:
    """Everyone agrees, and it is closed."""
    for actor in world.parties:
        position(decision, by=actor)
    decisions.close(decision, actor=world.resident)


def closed_by_the_clock(decision: Decision) -> Decision:
    """The proposal on its day; two weeks later when a kind was silent."""
    closed = decisions.close(decision, actor=system(decision.closes_at))
    return decisions.close(closed, actor=system(closed.closes_at)) if closed.is_open else closed


SEEDS = (
    "Kinderen moeten veilig naar school kunnen lopen.",
    "Er moet een plek komen voor jongeren in de avond.",
    "Het plein moet eerst worden opgeknapt.",
    "De auto moet overal kunnen parkeren.",
)


def conversation(
    coalition: Coalition, *, by: Actor | None = None, seeds: Iterable[str] = SEEDS
) -> Conversation:
    """A question to the neighbourhood that is open for thirty days."""
    asker = by or first_actor(coalition)
    return urgencies.open_conversation(
        coalition,
        actor=asker,
        question="Wat moet als eerste beter?",
        seeds=list(seeds),
        opens_at=asker.now - dt.timedelta(hours=1),
        closes_at=asker.now + dt.timedelta(days=30),
    )


def answers(
    conversation: Conversation,
    kind: str,
    number: int,
    answer: Mapping[int, int],
    *,
    first: Sequence[int] = (),
    involvement: str = Involvement.LIVES,
) -> None:
    """So many people of a kind who all answer the same, taken in from paper."""
    sheet = urgencies.Sheet(
        kind=kind, involvement=involvement, entry="paper", answers=answer, priorities=first
    )
    asker = first_actor(conversation.coalition)
    urgencies.take_in(conversation, [sheet] * number, actor=asker)


def urgency(conversation: Conversation, *, by: Actor | None = None) -> SharedUrgency:
    """A proposed shared urgency that rests on the first sentence of a question."""
    return urgencies.propose_urgency(
        conversation.coalition,
        actor=by or first_actor(conversation.coalition),
        sentence="Kinderen kunnen veilig naar school.",
        statements=[conversation.statements.get(number=1)],
        reading=conversation.readings.first(),
    )


def request(
    world: World, *, by: Actor | None = None, now: dt.datetime | None = None
) -> FacilitationRequest:
    """A request to the world's municipality."""
    asker = by or world.resident
    return requests.ask(
        world.coalition,
        actor=dataclasses.replace(asker, now=now or asker.now),
        addressee=party_of(world.municipality),
        wording=FacilitationRequest(asks="permission", title="Mag het plein een zondag dicht?"),
    )


VISION = "Hier kom je veilig thuis."
GOAL = Goal(
    sentence="Kinderen lopen naar school",
    indicator_name="Leerlingen die lopend komen",
    unit="%",
    baseline=Decimal(40),
    baseline_on=dt.date(2024, 1, 1),
    target=Decimal(70),
    due=dt.date(2030, 1, 1),
)


def changed(wording: M, **more: object) -> M:
    """Another unsaved record with the same words, but for what is given."""
    other = copy.copy(wording)
    for name, value in more.items():
        setattr(other, name, value)
    return other


def version(
    coalition: Coalition, *, by: Actor | None = None, body: str = VISION, reason: str = ""
) -> VisionVersion:
    """A draft of the next version of the vision."""
    return visions.write_version(
        coalition,
        actor=by or first_actor(coalition),
        body=body,
        horizon=dt.date(2045, 1, 1),
        reason=reason,
    )


def amendment(version: VisionVersion, *, by: Actor, change: str = "Noem de avond.") -> Amendment:
    """A proposed change to a version, that waits for an answer."""
    return visions.propose_amendment(version, actor=by, change=change)


def goal(
    coalition: Coalition,
    *,
    by: Actor | None = None,
    wording: GoalText = GOAL,
    urgency: SharedUrgency | None = None,
) -> Goal:
    """A goal of the coalition's first party, unless somebody else sets it."""
    return visions.set_goal(
        coalition, actor=by or first_actor(coalition), wording=wording, urgency=urgency
    )


def goal_of(world: World) -> Goal:
    """A goal of the world's coalition, of its residents when there was none yet."""
    return Goal.objects.filter(coalition=world.coalition).first() or goal(
        world.coalition, by=world.resident
    )


def benefit(goal: Goal, party: Party, *, by: Actor, own: str = "Minder te laat.") -> Benefit:
    """What a party gains by a goal, not confirmed yet."""
    wording = Benefit(shared="Een fijne wijk.", own=own, sort=Benefit.Type.SOCIAL)
    return visions.state_benefit(goal, party, actor=by, wording=wording)


def breakthrough(coalition: Coalition, *, by: Actor | None = None, **more: Any) -> Breakthrough:
    """A reported breakthrough; `more` is what the service takes beside the story."""
    claimant = by or first_actor(coalition)
    story = Breakthrough(
        title="Het plein is in de avond open",
        before="Niemand had de sleutel.",
        after="Er is één sleutel en één rooster.",
        happened_on=claimant.today,
        evidence=["figure", "story"],
        evidence_text="Het rooster hangt bij de deur.",
    )
    return breakthroughs.claim(coalition, actor=claimant, story=story, **more)


def measurement(goal: Goal, *, by: Actor, value: object = 55, **more: Any) -> Measurement:
    """A measurement that a party counted itself; `more` is what else is different."""
    values: dict[str, Any] = {
        "edition": str(more.get("measured_on", by.today).year),
        "measured_on": by.today,
        "value": Decimal(str(value)),
        "source": Measurement.Source.OWN,
        "source_text": "Telling aan de poort",
    }
    return results.measure(goal, actor=by, measured=Measurement(**{**values, **more}))
