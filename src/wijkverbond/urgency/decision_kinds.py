"""The decision that urgency brings before the coalition."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.registry import DECISION_KINDS, DecisionKind
from wijkverbond.urgency.services import shared_urgencies

DECISION_KINDS.declare(
    DecisionKind(
        name=shared_urgencies.ADOPT,
        title=_("Adopt a shared urgency"),
        on_carried=shared_urgencies.adopt,
        adapt_at="urgency:word",
    )
)
