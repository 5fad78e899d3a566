"""Around the table today: who works with whom, who is missing, and what is being decided."""

from decimal import Decimal

from wijkverbond.coalition import services as coalition
from wijkverbond.coalition.models import Kind, MissingVoice
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Position, Stance, Via
from wijkverbond.decisions.services import own_proposals
from wijkverbond.demo.cast import NEWCOMER
from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage, join, organiser
from wijkverbond.vision import services as vision
from wijkverbond.vision.models import Goal

TIES = (
    ("bewonersgroep", "basisschool", "together"),
    ("bewonersgroep", "welzijn", "together"),
    ("bewonersgroep", "gemeente", "coordinates"),
    ("welzijn", "sportclub", "together"),
    ("welzijn", "huurders", "informs"),
    ("corporatie", "huurders", "coordinates"),
    ("corporatie", "gemeente", "coordinates"),
    ("winkeliers", "bewonersgroep", "informs"),
    ("basisschool", "kinderopvang", "together"),
    ("sportclub", "basisschool", "together"),
)


def ties(stage: Stage) -> Scene:
    """Partners say how they work together."""
    for number, (code, other, strength) in enumerate(TIES):
        day = STORY_DAYS - 23 + number * 0.1
        yield day
        coalition.report_tie(
            stage.parties[code],
            stage.parties[other],
            actor=stage.act(code, day),
            strength=strength,
        )


def missing(stage: Stage) -> Scene:
    """Two are missed; one of them would rather help now and then."""
    yield STORY_DAYS - 60
    coalition.suggest_missing(
        stage.coalition,
        actor=stage.act("welzijn", STORY_DAYS - 60),
        wording=MissingVoice(
            sector="care",
            what="Ouderen praten eerst met hun huisarts. Die praktijk zit nog niet aan tafel.",
        ),
    )
    yield STORY_DAYS - 55
    culture = coalition.suggest_missing(
        stage.coalition,
        actor=stage.act("basisschool", STORY_DAYS - 55),
        wording=MissingVoice(
            sector="culture", what="De bibliotheek komt elke maand bij ons op school."
        ),
    )
    yield STORY_DAYS - 50
    coalition.dismiss_missing(
        culture,
        actor=stage.act("bewonersgroep", STORY_DAYS - 50),
        reason="De bibliotheek helpt graag per keer en wil geen partner zijn.",
    )


def yearly_plan(stage: Stage) -> Scene:
    """The yearly plan is agreed; entrepreneurs were silent, also after a reminder and two more weeks."""
    begins = STORY_DAYS - 70
    yield begins
    decision = own_proposals.propose_freely(
        stage.coalition,
        actor=stage.act("welzijn", begins),
        title="We spreken het jaarplan af",
        text="Dit jaar doen we drie dingen eerst: de oversteek, de huizen en de ontmoetingsplek.",
    )
    for number, code in enumerate(stage.parties):
        if stage.parties[code].kind != Kind.ENTREPRENEURS:
            day = begins + 2 + number * 0.1
            yield day
            decisions.take_position(
                decision, actor=stage.act(code, day), wording=Position(stance=Stance.CONSENT)
            )
    for weeks in (2, 4):
        day = begins + weeks * 7
        yield day
        decisions.close(decision, actor=stage.clock(day))


def secretariat(stage: Stage) -> Scene:
    """Two partners ask somebody independent to organise, who enters what a partner says by telephone."""
    begins = STORY_DAYS - 30
    yield begins
    person = organiser(stage, begins)
    for code in ("welzijn", "winkeliers"):
        coalition.grant_secretariat(stage.coalition, person, actor=stage.act(code, begins))
    day = STORY_DAYS - 2
    yield day
    decisions.enter_position(
        Decision.objects.open().get(coalition=stage.coalition),
        stage.parties["kinderopvang"],
        actor=stage.organise(day),
        wording=Position(stance=Stance.CONSENT),
        via=Via.PHONE,
    )


def newcomer(stage: Stage) -> Scene:
    """Young people join; nobody confirmed yet that they are what they say."""
    yield NEWCOMER.joins - 1
    join(stage, NEWCOMER, invited_by="basisschool")


def proposal(stage: Stage, goal: Goal) -> Scene:
    """A proposal of this week, with an objection that nobody answered yet."""
    yield STORY_DAYS - 6
    decision = vision.propose_goal_change(
        goal,
        actor=stage.act("bewonersgroep", STORY_DAYS - 6),
        wording=Goal(
            sentence=goal.sentence,
            indicator_name=goal.indicator_name,
            unit=goal.unit,
            baseline=goal.baseline,
            baseline_on=goal.baseline_on,
            target=Decimal(75),
            due=goal.due,
        ),
        reason="Het gaat sneller dan we dachten. Dan mag het doel hoger.",
    )
    for number, code in enumerate(("huurders", "winkeliers", "welzijn")):
        day = STORY_DAYS - 4 + number * 0.1
        yield day
        decisions.take_position(
            decision, actor=stage.act(code, day), wording=Position(stance=Stance.CONSENT)
        )
    yield STORY_DAYS - 3
    decisions.take_position(
        decision,
        actor=stage.act("basisschool", STORY_DAYS - 3),
        wording=Position(
            stance=Stance.OBJECTION,
            argument="Wij tellen elke week. Vaker tellen lukt niet met deze klassen.",
        ),
    )
