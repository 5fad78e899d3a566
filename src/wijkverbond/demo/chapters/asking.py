"""What government is asked: two requests it answered in time, and one that waits too long."""

import dataclasses
from collections.abc import Iterator

from wijkverbond.actions.models import FacilitationRequest, Obstacle
from wijkverbond.actions.services import obstacles, requests
from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage
from wijkverbond.vision.models import Goal

LATE = STORY_DAYS - 45


@dataclasses.dataclass(frozen=True, kw_only=True)
class ObstacleStory:
    """What was stuck, what was asked, what government answered, and how it came loose."""

    by: str
    obstacle: str
    sort: str
    asks: str
    title: str
    body: str
    answer: str
    resolution: str


CROSSING = ObstacleStory(
    by="bewonersgroep",
    obstacle="Niemand mag zomaar een tijdelijk zebrapad maken.",
    sort="rule",
    asks="exception",
    title="Mag er een proef komen met een tijdelijk zebrapad bij de school?",
    body="We zorgen zelf voor klaar-overs. De proef duurt een half jaar.",
    answer="Ja. De proef mag een half jaar. Daarna kijken we er samen naar.",
    resolution="De gemeente gaf toestemming voor een proef.",
)
LIGHT = ObstacleStory(
    by="sportclub",
    obstacle="Het pad naar het clubhuis is ’s avonds donker.",
    sort="permission",
    asks="permission",
    title="Mogen er drie lampen komen langs het pad naar het clubhuis?",
    body="De lampen hangen we zelf op. Stroom komt uit het clubhuis.",
    answer="Ja. De lampen mogen er komen. Onze monteur kijkt mee of het veilig is.",
    resolution="De lampen hangen. De gemeente keek mee of het veilig is.",
)


def resolved_with_government(stage: Stage, story: ObstacleStory, goal: Goal, day: float) -> Scene:
    """Something is stuck, government is asked, answers in time, and it comes loose."""
    yield day
    obstacle = obstacles.raise_obstacle(
        stage.coalition,
        actor=stage.act(story.by, day),
        wording=Obstacle(what=story.obstacle, sort=story.sort, goal=goal),
    )
    yield day + 1
    request = requests.ask(
        stage.coalition,
        actor=stage.act(story.by, day + 1),
        addressee=stage.parties["gemeente"],
        wording=FacilitationRequest(
            asks=story.asks, title=story.title, body=story.body, obstacle=obstacle
        ),
    )
    yield day + 3
    requests.acknowledge(request, actor=stage.act("gemeente", day + 3))
    yield day + 15
    requests.answer(
        request,
        actor=stage.act("gemeente", day + 15),
        verdict="granted",
        text=story.answer,
        role="facilitate",
    )
    yield day + 17
    requests.accept(request, actor=stage.act(story.by, day + 17), helpful="yes")
    yield day + 18
    obstacles.resolve_obstacle(
        obstacle,
        actor=stage.act(story.by, day + 18),
        how=story.resolution,
        resolved_by=[stage.parties["gemeente"]],
    )


def scenes_of_today(stage: Stage, goals: dict[str, Goal]) -> Iterator[Scene]:
    """The last months: an answer in time, one that is late, and something that is stuck."""
    yield resolved_with_government(stage, LIGHT, goals["meeting"], LATE - 25)
    yield _unanswered_request(stage)
    yield _open_obstacle(stage, goals["safety"])


def _unanswered_request(stage: Stage) -> Scene:
    yield LATE
    requests.ask(
        stage.coalition,
        actor=stage.act("corporatie", LATE),
        addressee=stage.parties["gemeente"],
        wording=FacilitationRequest(
            asks="permission",
            title="Toestemming voor steigers op de stoep tijdens het isoleren",
            body="Zonder toestemming ligt het werk aan twintig woningen stil.",
        ),
    )


def _open_obstacle(stage: Stage, goal: Goal) -> Scene:
    yield STORY_DAYS - 30
    obstacles.raise_obstacle(
        stage.coalition,
        actor=stage.act("winkeliers", STORY_DAYS - 30),
        wording=Obstacle(
            what="Winkeliers hebben te weinig mensen om jongeren te begeleiden.",
            sort="capacity",
            goal=goal,
        ),
    )
