"""What government is asked: two requests it answered in time, and one that waits too long."""

import dataclasses

from wijkverbond.actions.services import obstacles, requests
from wijkverbond.actions.services.obstacles import Blocked
from wijkverbond.demo.stage import STORY_DAYS, Stage
from wijkverbond.vision.models import Goal

LATE = STORY_DAYS - 45


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What was stuck, what was asked, what government answered, and how it came loose."""

    by: str
    stuck: str
    sort: str
    asks: str
    title: str
    body: str
    answer: str
    loose: str


CROSSING = Asked(
    by="bewonersgroep",
    stuck="Niemand mag zomaar een tijdelijk zebrapad maken.",
    sort="rule",
    asks="exception",
    title="Mag er een proef komen met een tijdelijk zebrapad bij de school?",
    body="We zorgen zelf voor klaar-overs. De proef duurt een half jaar.",
    answer="Ja. De proef mag een half jaar. Daarna kijken we er samen naar.",
    loose="De gemeente gaf toestemming voor een proef.",
)
LIGHT = Asked(
    by="sportclub",
    stuck="Het pad naar het clubhuis is ’s avonds donker.",
    sort="permission",
    asks="permission",
    title="Mogen er drie lampen komen langs het pad naar het clubhuis?",
    body="De lampen hangen we zelf op. Stroom komt uit het clubhuis.",
    answer="Ja. De lampen mogen er komen. Onze monteur kijkt mee of het veilig is.",
    loose="De lampen hangen. De gemeente keek mee of het veilig is.",
)


def tell_helpful(stage: Stage, asked: Asked, goal: Goal, day: float) -> None:
    """Something is stuck, government is asked, answers in time, and it comes loose."""
    obstacle = obstacles.raise_obstacle(
        stage.coalition,
        actor=stage.act(asked.by, day),
        what=asked.stuck,
        sort=asked.sort,
        blocked=Blocked(goal=goal),
    )
    request = requests.ask(
        stage.coalition,
        actor=stage.act(asked.by, day + 1),
        addressee=stage.parties["gemeente"],
        asks=asked.asks,
        title=asked.title,
        body=asked.body,
        obstacle=obstacle,
    )
    requests.acknowledge(request, actor=stage.act("gemeente", day + 3))
    requests.answer(
        request,
        actor=stage.act("gemeente", day + 15),
        verdict="granted",
        text=asked.answer,
        role="facilitate",
    )
    requests.accept(request, actor=stage.act(asked.by, day + 17), helpful="yes")
    obstacles.resolve_obstacle(
        obstacle,
        actor=stage.act(asked.by, day + 18),
        how=asked.loose,
        resolved_by=[stage.parties["gemeente"]],
    )


def tell_now(stage: Stage, goals: dict[str, Goal]) -> None:
    """The last months: an answer in time, one that is late, and something that is stuck."""
    tell_helpful(stage, LIGHT, goals["meeting"], LATE - 25)
    requests.ask(
        stage.coalition,
        actor=stage.act("corporatie", LATE),
        addressee=stage.parties["gemeente"],
        asks="permission",
        title="Toestemming voor steigers op de stoep tijdens het isoleren",
        body="Zonder toestemming ligt het werk aan twintig woningen stil.",
    )
    obstacles.raise_obstacle(
        stage.coalition,
        actor=stage.act("winkeliers", STORY_DAYS - 30),
        what="Winkeliers hebben te weinig mensen om jongeren te begeleiden.",
        sort="capacity",
        blocked=Blocked(goal=goals["safety"]),
    )
