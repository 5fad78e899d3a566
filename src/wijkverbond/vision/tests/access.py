"""What the addresses of vision, goals and benefits need beside the coalition's slug."""

from tests import make
from wijkverbond.coalition.queries import party_of
from wijkverbond.vision import services as visions
from wijkverbond.vision.models import Amendment, Benefit, GoalChange, VisionVersion


def _version(world: make.World) -> VisionVersion:
    drafts = world.coalition.vision_versions.filter(state=VisionVersion.State.DRAFT)
    return drafts.first() or make.version(
        world.coalition, by=world.resident, reason="Er zijn nieuwe cijfers."
    )


def _of_version(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "version_id": _version(world).id}


def _of_amendment(world: make.World) -> dict[str, object]:
    existing = Amendment.objects.filter(version__coalition=world.coalition).first()
    amendment = existing or make.amendment(_version(world), by=world.shopkeeper)
    return {"slug": world.coalition.slug, "amendment_id": amendment.id}


def _of_goal(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "goal_id": make.goal_of(world).id}


def _of_party(world: make.World) -> dict[str, object]:
    return {**_of_goal(world), "party_id": world.shopkeeper.party}


def _of_benefit(world: make.World) -> dict[str, object]:
    existing = Benefit.objects.filter(goal__coalition=world.coalition).first()
    shopkeepers = party_of(world.shopkeeper)
    benefit = existing or make.benefit(make.goal_of(world), shopkeepers, by=world.shopkeeper)
    return {"slug": world.coalition.slug, "benefit_id": benefit.id}


def _of_change(world: make.World) -> dict[str, object]:
    goal = make.goal_of(world)
    change = GoalChange.objects.filter(goal=goal).first()
    if not change:
        visions.propose_goal_change(goal, actor=world.resident, reason="Verder.", wording=make.GOAL)
        change = goal.changes.get()
    return {"slug": world.coalition.slug, "change_id": change.id}


ARGUMENTS = {
    "vision:adapt_change": _of_change,
    "vision:version": _of_version,
    "vision:rewrite": _of_version,
    "vision:decide": _of_version,
    "vision:amend": _of_version,
    "vision:settle": _of_amendment,
    "vision:goal": _of_goal,
    "vision:change": _of_goal,
    "vision:drop": _of_goal,
    "vision:benefit": _of_party,
    "vision:confirm": _of_benefit,
    "vision:withdraw": _of_benefit,
}
