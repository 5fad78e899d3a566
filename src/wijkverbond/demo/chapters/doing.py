"""What is done, what gets stuck, what government is asked, and what breaks through."""

from decimal import Decimal

from wijkverbond.actions.models import Initiative, Obstacle
from wijkverbond.actions.services import initiatives, obstacles
from wijkverbond.actions.services.obstacles import Blocked
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.breakthroughs.services import Story
from wijkverbond.commitments import terms
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.commitments.services import covenants
from wijkverbond.demo.chapters import asking, reports
from wijkverbond.demo.chapters.promises import STARTS
from wijkverbond.demo.stage import STORY_DAYS, Stage
from wijkverbond.results import services as results
from wijkverbond.results.services import Measured
from wijkverbond.vision.models import Goal

QUARTERS = range(STARTS + 85, STORY_DAYS - 20, 91)


def tell(
    stage: Stage, goals: dict[str, Goal], pledges: dict[str, Pledge], covenant: Covenant
) -> None:
    """Nearly two years of doing, in the order in which it happened."""
    told = reports.planned(stage, pledges, QUARTERS)
    for day in QUARTERS:
        _chapter(stage, goals, pledges, covenant, day)
        for report in told:
            if day <= report.day < day + QUARTERS.step:
                reports.tell(stage, pledges[report.code], report)
    asking.tell_now(stage, goals)
    _idea(stage, goals["meeting"])


def _chapter(
    stage: Stage, goals: dict[str, Goal], pledges: dict[str, Pledge], covenant: Covenant, day: int
) -> None:
    number = list(QUARTERS).index(day)
    if number == 0:
        _initiative(stage, goals["crossing"], "Samen naar school lopen", "bewonersgroep", day - 60)
        asking.tell_helpful(stage, asking.CROSSING, goals["crossing"], day - 40)
    elif number == 2:
        _initiative(stage, goals["homes"], "Schimmel de deur uit", "huurders", day - 60)
        obstacle = _key(stage, pledges["basisschool"], day - 50)
        _breakthrough(stage, pledges, obstacle, day - 20)
    elif number == 4:
        covenants.look_back(
            covenant,
            actor=stage.act("corporatie", 740),
            due=terms.checks(covenant.starts, covenant.ends)[0],
            conclusion="De meeste beloften lopen. De leerplekken blijven achter: winkels zijn vol.",
        )
        _initiative(stage, goals["meeting"], "Koffie in het clubhuis", "sportclub", day - 50)
    elif number == 5:
        _measurements(stage, goals, day - 30)


def _initiative(stage: Stage, goal: Goal, title: str, lead: str, day: float) -> Initiative:
    initiative = initiatives.propose(
        stage.coalition,
        actor=stage.act(lead, day),
        title=title,
        description="Begonnen door partners uit de wijk zelf. Wie mee wil doen, kan zo aansluiten.",
        goals=[goal],
    )
    helper = reports.JUDGES[lead]
    initiatives.join(initiative, actor=stage.act(helper, day + 2))
    initiatives.start(initiative, actor=stage.act(lead, day + 4))
    for code, what in (
        (lead, "Rooster maken en mensen vragen"),
        (helper, "Ruimte en koffie regelen"),
    ):
        action = initiatives.plan(
            initiative, actor=stage.act(code, day + 5), what=what, due=stage.on(day + 30)
        )
        initiatives.done(action, actor=stage.act(code, day + 20), people=9)
    return initiative


def _key(stage: Stage, pledge: Pledge, day: float) -> Obstacle:
    obstacle = obstacles.raise_obstacle(
        stage.coalition,
        actor=stage.act("basisschool", day),
        what="Na vijf uur heeft niemand de sleutel van de gymzaal.",
        sort="other",
        blocked=Blocked(pledge=pledge),
    )
    return obstacles.resolve_obstacle(
        obstacle,
        actor=stage.act("basisschool", day + 25),
        how="Sportvereniging en school delen nu één sleutel en één rooster.",
        resolved_by=[stage.parties["sportclub"]],
    )


def _breakthrough(stage: Stage, pledges: dict[str, Pledge], obstacle: Obstacle, day: float) -> None:
    story = Story(
        title="De gymzaal is drie avonden per week open voor de buurt",
        before="Drie jaar praten. Sleutel, verzekering en sluiten waren van niemand.",
        after="Drie avonden open. Ongeveer veertig jongeren per week.",
        happened_on=stage.on(day),
        evidence=["document", "story"],
        evidence_text="Het rooster hangt bij de school en staat op deze site.",
    )
    claimed = breakthroughs.claim(
        stage.coalition,
        actor=stage.act("sportclub", day + 1),
        story=story,
        contributors=[stage.parties["basisschool"]],
        pledges=[pledges["basisschool"]],
        obstacles=[obstacle],
    )
    for number, code in enumerate(("bewonersgroep", "winkeliers")):
        breakthroughs.confirm(claimed, actor=stage.act(code, day + 4 + number), confirms=True)


def _measurements(stage: Stage, goals: dict[str, Goal], day: float) -> None:
    for number, (code, owner, value) in enumerate(
        (
            ("crossing", "bewonersgroep", 55),
            ("homes", "corporatie", 154),
            ("meeting", "welzijn", 62),
        )
    ):
        measured = Measured(
            edition=str(stage.on(day).year),
            measured_on=stage.on(day),
            value=Decimal(value),
            source="own",
            source_text="Eigen telling, de lijst ligt bij de partner",
        )
        results.measure(goals[code], actor=stage.act(owner, day + number), measured=measured)
    results.adopt(goals["safety"], actor=stage.act("winkeliers", day + 4))


def _idea(stage: Stage, goal: Goal) -> None:
    """One more idea, one that stopped with its reason, and an action that is still to be done."""
    stopped = initiatives.propose(
        stage.coalition,
        actor=stage.act("winkeliers", STORY_DAYS - 29),
        title="Kerstmarkt op het plein",
        goals=[goal],
    )
    initiatives.stop(
        stopped,
        actor=stage.act("winkeliers", STORY_DAYS - 27),
        reason="Te weinig mensen. We sluiten aan bij de koffie in het clubhuis.",
    )
    idea = initiatives.propose(
        stage.coalition,
        actor=stage.act("huurders", STORY_DAYS - 25),
        title="Gereedschap lenen bij de buren",
        description="Een kast met gereedschap in het clubhuis. Wie doet mee?",
        goals=[goal],
    )
    initiatives.plan(
        idea,
        actor=stage.act("huurders", STORY_DAYS - 24),
        what="Een kast zoeken",
        due=stage.on(STORY_DAYS + 21),
    )
