"""Adopted visions and confirmed benefits for tests, and what the journal says of them."""

from decimal import Decimal

from tests import make
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.vision import presenters, queries, services
from wijkverbond.vision.models import Benefit, Goal, VisionVersion

FURTHER = make.changed(make.GOAL, target=Decimal(80))


def adopted_version(world: make.World, body: str = make.VISION, reason: str = "") -> VisionVersion:
    """A version of the vision that everyone agreed to."""
    version = make.version(world.coalition, by=world.resident, body=body, reason=reason)
    make.carry(services.propose_version(version, actor=world.resident), world)
    version.refresh_from_db()
    return version


def confirmed_benefit(goal: Goal, actor: Actor) -> Benefit:
    """What a party gains by a goal, as the party itself confirmed it."""
    benefit = make.benefit(goal, party_of(actor), by=actor)
    services.confirm_benefit(benefit, actor=actor)
    benefit.refresh_from_db()
    return benefit


def benefit_cell(goal: Goal, actor: Actor) -> presenters.BenefitCell:
    """What the page of goals says of the benefit of this party."""
    goal.refresh_from_db()
    return presenters.benefit_matrix([party_of(actor)], [goal], queries.benefits([goal]))[0].cells[
        0
    ]


def recorded(world: make.World, name: str) -> list[dict[str, object]]:
    """The facts of the events of this name in the coalition, in order."""
    entries = Entry.objects.filter(stream=world.coalition.id, event=f"vision.{name}").order_by(
        "seq"
    )
    return list(entries.values_list("facts", flat=True))
