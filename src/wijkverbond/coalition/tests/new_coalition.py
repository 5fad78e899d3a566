"""A coalition that has just been started, and what the journal says of one."""

from typing import Any

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Coalition, Invitation
from wijkverbond.kernel.models import Entry


def unsaved_coalition(name: str = "Lariks") -> Coalition:
    """A coalition that is not stored yet."""
    return Coalition(name=name, place_codes=["BU01060101"], place_year=2024)


def started_coalition(sector: str = "residents_group", **how: str) -> Coalition:
    """A coalition that an organisation of this sector has just started."""
    coalition = unsaved_coalition()
    actor = make.someone(make.user())
    services.start(coalition, make.organisation(sector), make.taking_part(**how), actor=actor)
    return coalition


def pending_invitation(coalition: Coalition) -> Invitation:
    """An invitation by the first party."""
    return services.invite(
        coalition, actor=make.first_actor(coalition), wording=Invitation(addressee="Iemand")
    )


def recorded_facts(coalition: Coalition, event: str) -> list[dict[str, Any]]:
    """The facts of the events of this name, in order."""
    entries = Entry.objects.filter(stream=coalition.id, event=f"coalition.{event}").order_by("seq")
    return [entry.facts for entry in entries]


def recorded_events(coalition: Coalition) -> list[str]:
    """The events of a coalition, in order."""
    entries = Entry.objects.filter(stream=coalition.id).order_by("seq")
    return [entry.event.removeprefix("coalition.") for entry in entries]
