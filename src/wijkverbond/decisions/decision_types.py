"""The proposals that are of no other capability: a free one, and those about the coalition itself."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.decisions import decision_effects
from wijkverbond.decisions.services import coalition_proposals, own_proposals
from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType

DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.FREE,
        title=_("A free proposal"),
        propose_at="decisions:propose",
        on_carried=lambda _subject, _actor: (),
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.SUSPEND,
        title=_("Suspend a partner"),
        propose_at="decisions:propose_suspension",
        on_carried=decision_effects.suspend,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.END_SUSPENSION,
        title=_("End the suspension of a partner"),
        propose_at="decisions:propose_suspension",
        on_carried=decision_effects.end_suspension,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=coalition_proposals.ASK_SECRETARIAT,
        title=_("Ask somebody for the secretariat"),
        propose_at="decisions:propose_secretariat",
        on_carried=decision_effects.begin_secretariat,
        on_withdrawn=decision_effects.drop_nomination,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=coalition_proposals.END_SECRETARIAT,
        title=_("End somebody's work in the secretariat"),
        propose_at="coalition:secretariat",
        on_carried=decision_effects.end_secretariat,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=coalition_proposals.CHAIR_AND_RULES,
        title=_("Our chair and rules"),
        propose_at="decisions:propose_chair_and_rules",
        on_carried=decision_effects.change_chair_and_rules,
        adapt_at="decisions:adapt_chair_and_rules",
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=coalition_proposals.SECOND_STEP,
        title=_("Who signs shows a second step"),
        propose_at="decisions:propose_second_step",
        on_carried=decision_effects.demand_second_step,
        stands=decision_effects.second_step_stands,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=coalition_proposals.END_SECOND_STEP,
        title=_("Who signs shows no second step any more"),
        propose_at="decisions:propose_second_step",
        on_carried=decision_effects.end_second_step,
    )
)
DECISION_TYPES.declare(
    DecisionType(
        name=own_proposals.WAKE,
        title=_("Let somebody act for a partner again"),
        propose_at="coalition:who",
        on_carried=decision_effects.wake,
        on_withdrawn=decision_effects.drop_successor,
    )
)
