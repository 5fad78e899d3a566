"""The whole demonstration, once: a coalition in Pittelo, and one that is just beginning."""

import datetime as dt

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.coalition.models import Coalition
from wijkverbond.demo import stage
from wijkverbond.demo.cast import LARIKS, PITTELO
from wijkverbond.demo.chapters import commitments, course, doing, insights, partners, voices
from wijkverbond.demo.stage import Stage
from wijkverbond.kernel.actor import system
from wijkverbond.places import services as places

PITTELO_PLACES = ["BU01060400", "BU01060401", "BU01060402"]
LARIKS_PLACES = ["BU01060100", "BU01060102"]


class AlreadyInUse(Exception):
    """This installation has coalitions that are no example."""


@transaction.atomic
def seed(now: dt.datetime) -> bool:
    """Tell the story, ending today; False when it was told before, whatever was begun beside it.

    Raises AlreadyInUse where there are only real coalitions.
    """
    if Coalition.objects.filter(example=True).exists():
        return False
    if Coalition.objects.exists():
        raise AlreadyInUse
    places.load_assen(actor=system(now))
    _pittelo(now)
    _lariks(now)
    # What was mailed in the story was mailed then; nobody gets it today.
    ProcrastinateJob.objects.filter(task_name="accounts.send_mail", status="todo").delete()
    return True


def _pittelo(now: dt.datetime) -> None:
    coalition = Coalition(
        name="Pittelo",
        purpose="Een wijk waar kinderen veilig opgroeien en iedereen elkaar tegenkomt.",
        place_codes=PITTELO_PLACES,
        place_year=stage.YEAR,
        example=True,
    )
    story = Stage(now, coalition)
    starter, *others = PITTELO
    stage.start(story, starter)
    for role in others:
        stage.join(story, role, invited_by=starter.code)
        stage.confirm(story, role, by=starter.code)
    insight_records = insights.tell(story)
    urgency = voices.tell(story, insight_records)
    goals = course.tell(story, urgency)
    pledges, covenant = commitments.tell(story, goals)
    stage.play(
        [
            *doing.scenes(story, goals, pledges, covenant),
            partners.missing(story),
            partners.ties(story),
            partners.yearly_plan(story),
            partners.secretariat(story),
            voices.evening(story),
            partners.proposal(story, goals["crossing"]),
            insights.new_signal(story),
            partners.newcomer(story),
        ]
    )


def _lariks(now: dt.datetime) -> None:
    coalition = Coalition(
        name="De Lariks",
        purpose="Samen kijken wat de Lariks nodig heeft.",
        place_codes=LARIKS_PLACES,
        place_year=stage.YEAR,
        example=True,
    )
    story = Stage(now, coalition)
    starter, *others = LARIKS
    stage.start(story, starter)
    for role in others:
        stage.join(story, role, invited_by=starter.code)
