"""The decision that urgency brings before the coalition."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.registry import DECISION_KINDS, DecisionKind
from wijkverbond.urgency.services import sharing

DECISION_KINDS.declare(
    DecisionKind(
        name=sharing.ADOPT,
        title=_("Adopt a shared urgency"),
        on_carried=sharing.adopt,
        adapt_at="urgency:word",
    )
)
