"""Around the table today: who works with whom, who is missing, and what is being decided."""

from decimal import Decimal

from wijkverbond.coalition import services as coalition
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Stance
from wijkverbond.demo.stage import STORY_DAYS, Stage
from wijkverbond.vision import services as vision
from wijkverbond.vision.models import Goal
from wijkverbond.vision.services import GoalWording

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


def tell(stage: Stage) -> None:
    """Partners say how they work together, and whom they miss."""
    for number, (code, other, strength) in enumerate(TIES):
        coalition.report_tie(
            stage.parties[code],
            stage.parties[other],
            actor=stage.act(code, STORY_DAYS - 23 + number * 0.1),
            strength=strength,
        )
    _missing(stage)


def _missing(stage: Stage) -> None:
    coalition.suggest_missing(
        stage.coalition,
        actor=stage.act("welzijn", STORY_DAYS - 21.9),
        sector="care",
        what="Ouderen praten eerst met hun huisarts. Die praktijk zit nog niet aan tafel.",
    )
    culture = coalition.suggest_missing(
        stage.coalition,
        actor=stage.act("basisschool", STORY_DAYS - 21.5),
        sector="culture",
        what="De bibliotheek komt elke maand bij ons op school.",
    )
    coalition.dismiss_missing(
        culture,
        actor=stage.act("bewonersgroep", STORY_DAYS - 21),
        reason="De bibliotheek helpt graag per keer en wil geen partner zijn.",
    )


def tell_now(stage: Stage, goal: Goal) -> None:
    """A proposal of this week, with an objection that nobody answered yet."""
    decision = vision.propose_goal_change(
        goal,
        actor=stage.act("bewonersgroep", STORY_DAYS - 3.8),
        wording=GoalWording(
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
    for code in ("huurders", "winkeliers", "welzijn"):
        consenting = stage.act(code, STORY_DAYS - 3)
        decisions.take_position(decision, actor=consenting, stance=Stance.CONSENT)
    decisions.take_position(
        decision,
        actor=stage.act("basisschool", STORY_DAYS - 2.5),
        stance=Stance.OBJECTION,
        argument="Wij tellen elke week. Vaker tellen lukt niet met deze klassen.",
    )
