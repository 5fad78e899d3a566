"""What is done, what gets stuck, what government is asked, and what breaks through."""

from collections.abc import Iterator
from decimal import Decimal

from wijkverbond.actions.models import Initiative, Obstacle
from wijkverbond.actions.services import initiatives, obstacles
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.commitments import terms
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.commitments.services import covenants
from wijkverbond.demo.chapters import asking, reports
from wijkverbond.demo.chapters.commitments import STARTS
from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage
from wijkverbond.results import services as results
from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Goal

QUARTERS = range(STARTS + 78, STORY_DAYS - 20, 91)
LOOK_BACK = 740


def scenes(
    stage: Stage, goals: dict[str, Goal], pledges: dict[str, Pledge], covenant: Covenant
) -> Iterator[Scene]:
    """Nearly two years of doing."""
    first, _, third, _, fifth, sixth, *_ = QUARTERS
    yield from reports.scenes(stage, pledges, QUARTERS)
    yield _initiative(
        stage, goals["crossing"], "Samen naar school lopen", "bewonersgroep", first - 60
    )
    yield asking.resolved_with_government(stage, asking.CROSSING, goals["crossing"], first - 40)
    yield _initiative(stage, goals["homes"], "Schimmel de deur uit", "huurders", third - 60)
    yield _gym(stage, pledges["basisschool"], third - 50)
    yield _yearly_check(stage, covenant)
    yield _initiative(stage, goals["meeting"], "Koffie in het clubhuis", "sportclub", fifth - 50)
    yield _measurements(stage, goals, sixth - 30)
    yield from asking.scenes_of_today(stage, goals)
    yield _stopped(stage, goals["meeting"])
    yield _idea(stage, goals["meeting"])


def _initiative(stage: Stage, goal: Goal, title: str, lead: str, day: float) -> Scene:
    yield day
    initiative = initiatives.propose(
        stage.coalition,
        actor=stage.act(lead, day),
        wording=Initiative(
            title=title,
            description="Begonnen door partners uit de wijk zelf. Wie mee wil doen, kan zo aansluiten.",
        ),
        goals=[goal],
    )
    helper = reports.JUDGES[lead]
    yield day + 2
    initiatives.join(initiative, actor=stage.act(helper, day + 2))
    yield day + 4
    initiatives.start(initiative, actor=stage.act(lead, day + 4))
    yield day + 5
    planned = [
        initiatives.plan(
            initiative, actor=stage.act(code, day + 5), what=what, due=stage.on(day + 30)
        )
        for code, what in (
            (lead, "Rooster maken en mensen vragen"),
            (helper, "Ruimte en koffie regelen"),
        )
    ]
    yield day + 20
    for code, action in zip((lead, helper), planned, strict=True):
        initiatives.complete(action, actor=stage.act(code, day + 20), people=9)


def _gym(stage: Stage, pledge: Pledge, day: float) -> Scene:
    """The hall was closed in the evening; how that came loose, and that others see it too."""
    yield day
    obstacle = obstacles.raise_obstacle(
        stage.coalition,
        actor=stage.act("basisschool", day),
        wording=Obstacle(
            what="Na vijf uur heeft niemand de sleutel van de gymzaal.",
            sort="other",
            pledge=pledge,
        ),
    )
    yield day + 25
    obstacles.resolve_obstacle(
        obstacle,
        actor=stage.act("basisschool", day + 25),
        how="Sportvereniging en school delen nu één sleutel en één rooster.",
        resolved_by=[stage.parties["sportclub"]],
    )
    story = Breakthrough(
        title="De gymzaal is drie avonden per week open voor de buurt",
        before="Drie jaar praten. Sleutel, verzekering en sluiten waren van niemand.",
        after="Drie avonden open. Ongeveer veertig jongeren per week.",
        happened_on=stage.on(day + 30),
        evidence=["document", "story"],
        evidence_text="Het rooster hangt bij de school en staat op deze site.",
    )
    yield day + 31
    claimed = breakthroughs.claim(
        stage.coalition,
        actor=stage.act("sportclub", day + 31),
        story=story,
        named=[stage.parties["basisschool"], stage.parties["welzijn"]],
        pledges=[pledge],
        obstacles=[obstacle],
    )
    yield day + 32
    breakthroughs.say_worked_on(claimed, actor=stage.act("basisschool", day + 32))
    for code, later in (("bewonersgroep", day + 34), ("winkeliers", day + 35)):
        yield later
        breakthroughs.confirm(claimed, actor=stage.act(code, later), confirms=True)


def _yearly_check(stage: Stage, covenant: Covenant) -> Scene:
    yield LOOK_BACK
    covenants.hold_yearly_check(
        covenant,
        actor=stage.act("corporatie", LOOK_BACK),
        due=terms.checks(covenant.starts, covenant.ends)[0],
        conclusion="De meeste beloften lopen. De leerplekken blijven achter: winkels zijn vol.",
    )


def _measurements(stage: Stage, goals: dict[str, Goal], day: float) -> Scene:
    for number, (code, owner, value) in enumerate(
        (
            ("crossing", "bewonersgroep", 55),
            ("homes", "corporatie", 154),
            ("meeting", "welzijn", 62),
        )
    ):
        yield day + number
        measured = Measurement(
            edition=str(stage.on(day).year),
            measured_on=stage.on(day),
            value=Decimal(value),
            source="own",
            source_text="Eigen telling, de lijst ligt bij de partner",
        )
        results.measure(goals[code], actor=stage.act(owner, day + number), measured=measured)
    yield day + 4
    results.adopt(goals["safety"], actor=stage.act("winkeliers", day + 4))


def _stopped(stage: Stage, goal: Goal) -> Scene:
    yield STORY_DAYS - 29
    initiative = initiatives.propose(
        stage.coalition,
        actor=stage.act("winkeliers", STORY_DAYS - 29),
        wording=Initiative(title="Kerstmarkt op het plein"),
        goals=[goal],
    )
    yield STORY_DAYS - 28
    action = initiatives.plan(
        initiative,
        actor=stage.act("winkeliers", STORY_DAYS - 28),
        what="Vragen wie er een avond kan helpen",
        due=stage.on(STORY_DAYS - 20),
    )
    yield STORY_DAYS - 27.5
    initiatives.complete(action, actor=stage.act("winkeliers", STORY_DAYS - 27.5), people=2)
    yield STORY_DAYS - 27
    initiatives.stop(
        initiative,
        actor=stage.act("winkeliers", STORY_DAYS - 27),
        reason="Te weinig mensen. We sluiten aan bij de koffie in het clubhuis.",
    )


def _idea(stage: Stage, goal: Goal) -> Scene:
    """An idea that looks for people, with an action that is still to be done."""
    yield STORY_DAYS - 25
    idea = initiatives.propose(
        stage.coalition,
        actor=stage.act("huurders", STORY_DAYS - 25),
        wording=Initiative(
            title="Gereedschap lenen bij de buren",
            description="Een kast met gereedschap in het clubhuis. Wie doet mee?",
        ),
        goals=[goal],
    )
    yield STORY_DAYS - 24
    initiatives.plan(
        idea,
        actor=stage.act("huurders", STORY_DAYS - 24),
        what="Een kast zoeken",
        due=stage.on(STORY_DAYS + 21),
    )
