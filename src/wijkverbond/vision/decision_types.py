"""The decisions that vision brings before the coalition."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType
from wijkverbond.vision import decision_effects, services

DECISION_TYPES.declare(
    DecisionType(
        name=services.ADOPT_VISION,
        title=_("Adopt a version of the vision"),
        propose_at="vision:index",
        on_carried=decision_effects.adopt_version,
        on_withdrawn=decision_effects.withdraw_version,
        on_objection_afterwards=decision_effects.amend_version,
        stands=decision_effects.version_stands,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=services.CHANGE_GOAL,
        title=_("Change or drop a goal"),
        propose_at="vision:index",
        on_carried=decision_effects.change_goal,
        on_withdrawn=decision_effects.keep_goal,
        adapt_at="vision:adapt_change",
    )
)
