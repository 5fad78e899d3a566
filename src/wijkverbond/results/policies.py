"""Who may record what was measured."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.actor import PARTIES, Actor
from wijkverbond.kernel.policy import Permission, PolicyAction, Whose, allow, declare
from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Goal

RECORD_MEASUREMENT = declare(
    PolicyAction(
        name="results.record_measurement",
        title=_("Record a measurement of a goal, with its source"),
        rules=(allow(*PARTIES),),
        otherwise=_("A partner records what was measured, with the source."),
    )
)
CORRECT_MEASUREMENT = declare(
    PolicyAction(
        name="results.correct_measurement",
        title=_("Correct a measurement, with a reason"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("Only the partner that recorded a measurement corrects it."),
    )
)


def may_measure(actor: Actor, goal: Goal) -> Permission:
    """Record a measurement of a goal."""
    return RECORD_MEASUREMENT.permission(
        actor, own=actor.party == goal.owner_id, coalition=goal.coalition_id
    )


def may_measure_goals(actor: Actor, coalition: Coalition) -> Permission:
    """Record measurements of the goals of a coalition."""
    return RECORD_MEASUREMENT.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_correct(actor: Actor, measurement: Measurement) -> Permission:
    """Correct what one's party recorded."""
    return CORRECT_MEASUREMENT.permission(
        actor,
        own=actor.party is not None and actor.party == measurement.recorded_by_id,
        coalition=measurement.goal.coalition_id,
    )
