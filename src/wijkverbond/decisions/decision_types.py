"""The proposals that are of no other capability: a free one, and those about a partner itself."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.decisions import own_proposals
from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType

DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.FREE,
        title=_("A free proposal"),
        on_carried=lambda _subject, _actor: (),
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.SUSPEND,
        title=_("Suspend a partner"),
        on_carried=own_proposals.suspend,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.END_SUSPENSION,
        title=_("End the suspension of a partner"),
        on_carried=own_proposals.end_suspension,
    )
)
