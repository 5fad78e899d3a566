"""What the neighbourhood says: a conversation that was answered, one that is open, and an urgency.

About four hundred respondents with known groups. They are made by a fixed rule, so that every
demonstration counts the same.
"""

import random
from collections.abc import Iterator, Sequence

from wijkverbond.coalition.models import Kind
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position, Resolution, Stance
from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage
from wijkverbond.insights.models import Insight
from wijkverbond.urgency import services as urgency
from wijkverbond.urgency.models import Conversation, SharedUrgency
from wijkverbond.urgency.services import Sheet

SENTENCES = (
    "Kinderen moeten veilig naar school kunnen lopen en fietsen.",
    "De huurwoningen moeten eerst warm en droog worden.",
    "Er moet een plek komen waar jong en oud elkaar tegenkomen.",
    "Bij de school moet de straat dicht zijn als de school begint en uitgaat.",
    "Er moeten meer parkeerplaatsen komen bij het winkelplein.",
    "Jongeren hebben in de avond een eigen plek nodig.",
    "Het groen mag wilder, met minder gras en meer bloemen.",
    "Er moet ’s avonds meer licht zijn op de paden.",
    "De buurt kan zelf het onderhoud van het plein doen.",
    "Zwerfafval is het eerste wat we moeten aanpakken.",
    "Eerst de woningen opknappen, daarna pas de pleinen.",
    "Ouderen moeten hulp kunnen vragen zonder formulier.",
)
# Three known groups: how likely each is to agree with the sentences, in order.
GROUPS = {
    "street first": (0.97, 0.7, 0.75, 0.9, 0.15, 0.6, 0.6, 0.85, 0.6, 0.6, 0.25, 0.75),
    "homes first": (0.92, 0.97, 0.7, 0.45, 0.4, 0.45, 0.3, 0.7, 0.25, 0.55, 0.92, 0.85),
    "within reach": (0.9, 0.6, 0.8, 0.1, 0.93, 0.7, 0.45, 0.8, 0.55, 0.75, 0.35, 0.6),
}
PEOPLE = {
    Kind.RESIDENTS: (("street first", 130), ("homes first", 120), ("within reach", 70)),
    Kind.ENTREPRENEURS: (("street first", 12), ("homes first", 3), ("within reach", 22)),
    Kind.CIVIL_SOCIETY: (("street first", 14), ("homes first", 16), ("within reach", 6)),
    Kind.GOVERNMENT: (("street first", 8), ("homes first", 4), ("within reach", 2)),
}
INVOLVED = {
    Kind.RESIDENTS: "lives",
    Kind.ENTREPRENEURS: "works",
    Kind.CIVIL_SOCIETY: "works",
    Kind.GOVERNMENT: "distance",
}
ANSWERED, PASSED = 0.88, 0.07
NEW_SENTENCES = (
    "Er moeten vaste spreekuren komen in de wijk zelf.",
    "Leegstaande winkels mogen tijdelijk voor de buurt zijn.",
    "De speeltuin moet ook voor grotere kinderen zijn.",
    "Er moet een plek komen om spullen te lenen en te repareren.",
    "Fietsers en voetgangers gaan voor op auto’s.",
)


def tell(stage: Stage, insights: Sequence[Insight]) -> SharedUrgency:
    """The first conversation, its reading, and the urgency that the coalition adopts."""
    conversation = urgency.open_conversation(
        stage.coalition,
        actor=stage.act("bewonersgroep", 120),
        question="Wat moet als eerste beter in Pittelo?",
        seeds=SENTENCES,
        closes_at=stage.at(165),
    )
    urgency.take_in(conversation, _sheets(), actor=stage.act("welzijn", 160))
    closing = stage.clock(165)
    urgency.close(conversation, actor=closing)
    urgency.publish_closing(conversation, actor=closing)
    shared = urgency.propose_urgency(
        stage.coalition,
        actor=stage.act("bewonersgroep", 175),
        sentence="Kinderen kunnen veilig naar school lopen en fietsen",
        statements=[conversation.statements.get(number=1)],
        reading=conversation.readings.get(),
        insights=[insights[0].id],
    )
    for number, code in enumerate(stage.parties):
        urgency.endorse(shared, actor=stage.act(code, 178 + number * 0.3))
    _decide(stage, shared)
    shared.refresh_from_db()
    return shared


def evening(stage: Stage) -> Scene:
    """A conversation that is open today; entrepreneurs were hardly heard yet."""
    yield STORY_DAYS - 20
    conversation = urgency.open_conversation(
        stage.coalition,
        actor=stage.act("huurders", STORY_DAYS - 20),
        question="Wat maakt Pittelo in de avond prettiger?",
        seeds=NEW_SENTENCES,
        closes_at=stage.at(STORY_DAYS + 25),
    )
    yield STORY_DAYS - 10
    urgency.take_in(conversation, _few(), actor=stage.act("welzijn", STORY_DAYS - 10))
    yield STORY_DAYS - 9
    urgency.publish_reading(conversation, actor=stage.clock(STORY_DAYS - 9))
    yield STORY_DAYS - 7
    proposed = urgency.propose_urgency(
        stage.coalition,
        actor=stage.act("huurders", STORY_DAYS - 7),
        sentence="Er is in de avond een plek in de wijk waar iedereen welkom is",
        statements=[conversation.statements.get(number=2)],
        reading=conversation.readings.get(),
    )
    for code, day in (("huurders", STORY_DAYS - 6.5), ("bewonersgroep", STORY_DAYS - 6)):
        yield day
        urgency.endorse(proposed, actor=stage.act(code, day))
    yield STORY_DAYS - 5
    _new_sentences(stage, conversation)


def _new_sentences(stage: Stage, conversation: Conversation) -> None:
    someone = stage.someone(STORY_DAYS - 5)
    participant = urgency.join(conversation, actor=someone, kind="residents", involvement="lives")
    reader = stage.act("welzijn", STORY_DAYS - 5)
    good = urgency.add_statement(participant, "Een bankje bij de vijver, met licht.", actor=someone)
    urgency.moderate(good, actor=reader, publish=True)
    other = urgency.add_statement(
        participant, "Bij ons in de straat is het altijd rommel.", actor=someone
    )
    urgency.moderate(
        other,
        actor=reader,
        publish=False,
        why="off_topic",
        reason="Dit gaat niet over de avond. Geef het door als signaal.",
    )
    urgency.add_statement(participant, "Muziek op het plein mag tot tien uur.", actor=someone)


def _decide(stage: Stage, shared: SharedUrgency) -> None:
    decision = urgency.bring_to_decision(shared, actor=stage.act("bewonersgroep", 185))
    for code in stage.parties:
        if code != "winkeliers":
            decisions.take_position(
                decision, actor=stage.act(code, 187), wording=Position(stance=Stance.CONSENT)
            )
    decisions.take_position(
        decision,
        actor=stage.act("winkeliers", 188),
        wording=Position(
            stance=Stance.OBJECTION,
            argument="Onze klanten komen met de auto. Als de straat dicht gaat, missen wij omzet.",
        ),
    )
    objection = decision.objections.get()
    decisions.answer_objection(
        objection,
        actor=stage.act("bewonersgroep", 189),
        answer="De urgentie zegt niet hoe. Over de straat bij het plein beslissen we apart.",
    )
    decisions.resolve_objection(
        objection, actor=stage.act("winkeliers", 190), how=Resolution.ANSWERED
    )
    decisions.take_position(
        decision, actor=stage.act("winkeliers", 190.5), wording=Position(stance=Stance.CONCERN)
    )
    decisions.close(decision, actor=stage.act("bewonersgroep", 191))


def _sheets() -> list[Sheet]:
    chance = random.Random(5404)  # noqa: S311 - a fixed rule, no secret
    return [
        _sheet(kind, GROUPS[group], chance)
        for kind, groups in PEOPLE.items()
        for group, number in groups
        for _ in range(number)
    ]


def _sheet(kind: Kind, likely: Sequence[float], chance: random.Random) -> Sheet:
    answers = {
        number: _answer(agrees, chance)
        for number, agrees in enumerate(likely, start=1)
        if chance.random() < ANSWERED
    }
    agreed = sorted(
        (number for number, value in answers.items() if value == 1),
        key=lambda number: likely[number - 1] + chance.random() * 0.25,
        reverse=True,
    )
    return Sheet(
        kind=kind,
        involvement=INVOLVED[kind],
        entry="meeting",
        answers=answers,
        priorities=agreed[:3],
    )


def _answer(agrees: float, chance: random.Random) -> int:
    drawn = chance.random()
    if drawn < PASSED:
        return 0
    return 1 if drawn < PASSED + (1 - PASSED) * agrees else -1


def _few() -> Iterator[Sheet]:
    chance = random.Random(1060)  # noqa: S311 - a fixed rule, no secret
    likely = (0.7, 0.9, 0.6, 0.55, 0.5)
    for kind, number in ((Kind.RESIDENTS, 46), (Kind.CIVIL_SOCIETY, 11), (Kind.ENTREPRENEURS, 2)):
        for _ in range(number):
            yield _sheet(kind, likely, chance)
