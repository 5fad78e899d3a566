"""Who may do what with vision, goals and benefits."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind, MandateType
from wijkverbond.kernel.policy import Permission, PolicyAction, Whose, allow, declare, refuse
from wijkverbond.vision.models import Amendment, Benefit, Goal, VisionVersion

NOT_GOVERNMENT = _(
    "Residents, entrepreneurs and organisations set the course. Government may propose a change, "
    "put forward a legal limit and pledge for itself."
)

WRITE_VERSION = declare(
    PolicyAction(
        name="vision.write_version",
        title=_("Write a version of the vision and bring it before the coalition"),
        states=(*VisionVersion.State.values,),
        rules=(
            refuse(
                because=_("This version stands. A change is a new version."),
                states=["proposed", "adopted", "replaced", "withdrawn"],
            ),
            refuse(ActorKind.GOVERNMENT, because=NOT_GOVERNMENT),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the partner that wrote this version changes it."),
    )
)
PROPOSE_AMENDMENT = declare(
    PolicyAction(
        name="vision.propose_amendment",
        title=_("Propose a change to a version of the vision"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("Only a partner proposes a change, in its own name."),
    )
)
SETTLE_AMENDMENT = declare(
    PolicyAction(
        name="vision.settle_amendment",
        title=_("Say what came of a proposed change, and why"),
        rules=(
            refuse(ActorKind.GOVERNMENT, because=NOT_GOVERNMENT),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the partner that wrote this version answers."),
    )
)
SET_GOAL = declare(
    PolicyAction(
        name="vision.set_goal",
        title=_("Set a goal"),
        rules=(
            refuse(ActorKind.GOVERNMENT, because=NOT_GOVERNMENT),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("Only a partner sets a goal, as its owner."),
    )
)
CHANGE_GOAL = declare(
    PolicyAction(
        name="vision.change_goal",
        title=_("Propose to change or drop a goal"),
        rules=(
            refuse(ActorKind.GOVERNMENT, because=NOT_GOVERNMENT),
            allow(*SOCIETY, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the owner of a goal proposes to change it; the coalition decides."),
    )
)
STATE_BENEFIT = declare(
    PolicyAction(
        name="vision.state_benefit",
        title=_("Write down what a partner gains by a goal"),
        rules=(allow(*PARTIES),),
        otherwise=_("Only a partner writes this down; by another partner it is a suggestion."),
    )
)
CONFIRM_BENEFIT = declare(
    PolicyAction(
        name="vision.confirm_benefit",
        title=_("Confirm or take back what your partner gains"),
        rules=(allow(*PARTIES, whose=[Whose.OWN]),),
        otherwise=_("Only the partner itself says what it gains."),
        needs=MandateType.DECIDE,
    )
)


def may_write(actor: Actor, version: VisionVersion) -> Permission:
    """Change or bring forward a version that is still a draft."""
    return WRITE_VERSION.permission(
        actor,
        own=actor.party == version.author_id,
        coalition=version.coalition_id,
        state=version.state,
    )


def may_start_version(actor: Actor, coalition: Coalition) -> Permission:
    """Begin a version in one's own name."""
    return WRITE_VERSION.permission(
        actor, own=True, coalition=coalition.id, state=VisionVersion.State.DRAFT
    )


def may_amend(actor: Actor, version: VisionVersion) -> Permission:
    """Propose a change to a version."""
    return PROPOSE_AMENDMENT.permission(actor, own=True, coalition=version.coalition_id)


def may_settle(actor: Actor, amendment: Amendment) -> Permission:
    """Say what came of a proposed change."""
    return may_settle_changes(actor, amendment.version)


def may_settle_changes(actor: Actor, version: VisionVersion) -> Permission:
    """Say what came of the changes that are proposed to a version."""
    return SETTLE_AMENDMENT.permission(
        actor, own=actor.party == version.author_id, coalition=version.coalition_id
    )


def may_set_goal(actor: Actor, coalition: Coalition) -> Permission:
    """Set a goal in one's own name."""
    return SET_GOAL.permission(actor, own=True, coalition=coalition.id)


def may_change_goal(actor: Actor, goal: Goal) -> Permission:
    """Propose to change or drop a goal."""
    return CHANGE_GOAL.permission(
        actor, own=actor.party == goal.owner_id, coalition=goal.coalition_id
    )


def may_state_benefit(actor: Actor, party: Party) -> Permission:
    """Write down what a party gains."""
    return STATE_BENEFIT.permission(
        actor, own=actor.party == party.id, coalition=party.coalition_id
    )


def may_confirm_benefit(actor: Actor, benefit: Benefit) -> Permission:
    """Confirm or take back one's own benefit."""
    return CONFIRM_BENEFIT.permission(
        actor, own=actor.party == benefit.party_id, coalition=benefit.goal.coalition_id
    )
