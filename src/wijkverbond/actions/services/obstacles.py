"""What is stuck, and how it comes loose."""

import dataclasses
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.actions import events, policies
from wijkverbond.actions.models import Initiative, Obstacle
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import is_blank
from wijkverbond.vision.models import Goal


@dataclasses.dataclass(frozen=True, kw_only=True)
class Blocked:
    """What an obstacle blocks: at least one of these."""

    initiative: Initiative | None = None
    pledge: Pledge | None = None
    goal: Goal | None = None

    def references(self) -> tuple[str, ...]:
        """As references of the journal."""
        records = {"initiative": self.initiative, "pledge": self.pledge, "goal": self.goal}
        return tuple(f"{name}:{record.id}" for name, record in records.items() if record)


@transaction.atomic
def raise_obstacle(
    coalition: Coalition, *, actor: Actor, what: str, sort: str, blocked: Blocked
) -> Obstacle:
    """Write down what is stuck, and what it blocks."""
    require(policies.may_raise_obstacle(actor, coalition))
    party = party_of(actor)
    things = [blocked.initiative, blocked.pledge, blocked.goal]
    if not any(things):
        raise ValidationError(
            {"goal": _("Choose what it blocks: a goal, a promise, an initiative.")}
        )
    if any(
        blocked_record and blocked_record.coalition_id != coalition.id for blocked_record in things
    ):
        raise ValidationError({"goal": _("Choose something of this coalition.")})
    obstacle = Obstacle(
        coalition=coalition,
        party=party,
        what=what.strip(),
        sort=sort,
        initiative=blocked.initiative,
        pledge=blocked.pledge,
        goal=blocked.goal,
        raised_at=actor.now,
    )
    obstacle.full_clean()
    obstacle.save(force_insert=True)
    raised = events.ObstacleRaised(
        obstacle=obstacle.id,
        party=party.id,
        kind=party.kind,
        sort=sort,
        what=shreddable(obstacle.what),
        rests_on=blocked.references(),
    )
    record(raised, actor=actor)
    return obstacle


@transaction.atomic
def resolve_obstacle(
    obstacle: Obstacle, *, actor: Actor, how: str, resolved_by: Sequence[Party] = ()
) -> Obstacle:
    """The party that was stuck says that it has come loose, how, and thanks to whom."""
    obstacle = (
        Obstacle.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party__organisation")
        .get(id=obstacle.id)
    )
    require(policies.may_resolve(actor, obstacle))
    if obstacle.resolved_on:
        raise ValidationError(_("This has already come loose."))
    if is_blank(how):
        raise ValidationError({"how": _("Say how, in a few words. Others can learn from it.")})
    obstacle.resolved_on, obstacle.how = actor.today, how.strip()
    obstacle.full_clean()
    obstacle.save(update_fields=["resolved_on", "how"])
    resolved = events.ObstacleResolved(
        obstacle=obstacle.id,
        party=obstacle.party_id,
        kind=obstacle.party.kind,
        resolved_by=sorted(party.id for party in resolved_by),
        resolved_on=obstacle.resolved_on,
        how=shreddable(obstacle.how),
        rests_on=(f"obstacle:{obstacle.id}",),
    )
    record(resolved, actor=actor)
    return obstacle
