"""What is stuck, and how it comes loose."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.actions import events, policies
from wijkverbond.actions.models import Obstacle, ObstacleText
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import is_blank


@transaction.atomic
def raise_obstacle(coalition: Coalition, *, actor: Actor, wording: ObstacleText) -> Obstacle:
    """Write down what is stuck, and what it blocks; `wording` comes unsaved."""
    require(policies.may_raise_obstacle(actor, coalition))
    party = party_of(actor)
    if not wording.blocked:
        raise ValidationError(
            {"goal": _("Choose what it blocks: a goal, a promise, an initiative.")}
        )
    if any(record.coalition_id != coalition.id for record in wording.blocked.values()):
        raise ValidationError({"goal": _("Choose something of this coalition.")})
    obstacle = Obstacle(
        coalition=coalition,
        party=party,
        raised_at=actor.now,
        **shared_fields.values(wording, ObstacleText),
    )
    obstacle.full_clean()
    obstacle.save(force_insert=True)
    raised = events.ObstacleRaised(
        obstacle=obstacle.id,
        party=party.id,
        kind=party.kind,
        sort=obstacle.sort,
        what=shreddable(obstacle.what),
        rests_on=tuple(f"{name}:{record.id}" for name, record in obstacle.blocked.items()),
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
