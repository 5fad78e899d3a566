"""The decision that urgency brings before the coalition."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType
from wijkverbond.urgency.services import shared_urgencies

DECISION_TYPES.declare(
    DecisionType(
        name=shared_urgencies.ADOPT,
        title=_("Adopt a shared urgency"),
        propose_at="urgency:index",
        on_carried=shared_urgencies.adopt,
        adapt_at="urgency:word",
    )
)
