"""Signals and insights for tests, made through the services."""

import uuid

from tests import make
from wijkverbond.coalition.models import Coalition, Involvement
from wijkverbond.insights import services
from wijkverbond.insights.models import Insight, Signal, Source, SourceGiven, View
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry

TEXT = "De lamp bij het schoolpad is al weken stuk."
WORDING = Insight(
    statement="Kinderen fietsen om naar school.",
    explanation="Twee van de drie gezinnen kiezen een langere weg.",
)
STORY = Source(sort=Source.Type.STORY, description="Ouders op het schoolplein, mei")


def signal(
    coalition: Coalition, *, by: Actor | None = None, text: str = TEXT, place_code: str = ""
) -> Signal:
    """A signal that nobody has read yet."""
    giver = by or make.someone(coalition=coalition)
    return services.give_signal(
        coalition, actor=giver, category=Signal.Category.SAFETY, text=text, place_code=place_code
    )


def published_signal(coalition: Coalition, *, text: str = TEXT) -> Signal:
    """A signal that everyone sees."""
    return services.moderate_signal(
        signal(coalition, text=text), actor=make.first_actor(coalition), publish=True
    )


def insight(
    coalition: Coalition, *, by: Actor | None = None, sources: tuple[SourceGiven, ...] = (STORY,)
) -> Insight:
    """A published insight that rests on a story, unless said otherwise."""
    return services.publish_insight(
        coalition,
        actor=by or make.first_actor(coalition),
        wording=WORDING,
        sources=sources,
    )


def recognitions(insight: Insight, kind: str, number: int, view: str = View.RECOGNISES) -> None:
    """So many people of a kind who give the same view."""
    someone = make.someone(coalition=insight.coalition)
    for _ in range(number):
        services.recognise_as_person(
            insight,
            actor=someone,
            pseudonym=uuid.uuid4(),
            kind=kind,
            involvement=Involvement.LIVES,
            view=view,
        )


def last_entry(name: str) -> Entry:
    """The newest entry of the event of this name."""
    entry = Entry.objects.filter(event=f"insights.{name}").order_by("-id").first()
    assert entry
    return entry
