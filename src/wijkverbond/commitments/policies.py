"""Who may do what with pledges and covenants."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind, MandateType
from wijkverbond.kernel.policy import (
    Permission,
    PolicyAction,
    Whose,
    allow,
    declare,
    once_shown,
    refuse,
)

PLEDGE = declare(
    PolicyAction(
        name="commitments.pledge",
        title=_("Make, change or take back a promise"),
        states=(*Pledge.State.values,),
        rules=(
            refuse(because=_("This promise was taken back."), states=["withdrawn"]),
            allow(*PARTIES, whose=[Whose.OWN]),
        ),
        otherwise=_("Only the partner itself makes, changes or takes back its promise."),
        needs=MandateType.DECIDE,
    )
)
COMPOSE_COVENANT = declare(
    PolicyAction(
        name="commitments.compose_covenant",
        title=_("Compose the covenant and open it for signing"),
        states=(*Covenant.State.values,),
        rules=(
            refuse(
                because=_("This text stands. A change is a new version of the covenant."),
                states=["signing", "unsigned", "in_force", "replaced", "renewed", "ended"],
            ),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Residents, entrepreneurs and organisations compose the covenant."),
            ),
            allow(*SOCIETY),
        ),
        otherwise=_("Only a partner composes the covenant."),
    )
)
REOPEN_COVENANT = declare(
    PolicyAction(
        name="commitments.reopen_covenant",
        title=_("Open a covenant for signing again when too few signed"),
        states=(*Covenant.State.values,),
        rules=(
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Residents, entrepreneurs and organisations compose the covenant."),
            ),
            allow(*SOCIETY, states=["unsigned"]),
        ),
        otherwise=_(
            "Only a partner does this, with a covenant that too few signed by its last day."
        ),
    )
)
SIGN = declare(
    PolicyAction(
        name="commitments.sign",
        title=_("Sign the covenant, or say that you do not sign"),
        states=(*Covenant.State.values,),
        rules=(
            refuse(because=_("This covenant is not open for signing."), states=["draft"]),
            refuse(
                because=_("The last day to sign has passed. It can be opened again."),
                states=["unsigned"],
            ),
            refuse(
                because=_("This covenant was replaced or has ended."),
                states=["replaced", "renewed", "ended"],
            ),
            allow(*PARTIES, whose=[Whose.OWN]),
        ),
        otherwise=_("Nobody signs for another partner."),
        needs=MandateType.SIGN,
    )
)
LOOK_BACK = declare(
    PolicyAction(
        name="commitments.look_back",
        title=_("Record the yearly look back on the covenant"),
        rules=(
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Residents, entrepreneurs and organisations record the look back."),
            ),
            allow(*SOCIETY),
        ),
        otherwise=_("Only a partner records the yearly look back."),
    )
)
KEEP_TIME = declare(
    PolicyAction(
        name="commitments.keep_time",
        title=_(
            "Let a covenant begin and end on time: in force once three quarters of each kind at the "
            "table signed, and two kinds carry it"
        ),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("The software does this, on the days that stand in the covenant."),
    )
)
ASK_AFTERWARDS = declare(
    PolicyAction(
        name="commitments.ask_afterwards",
        title=_("Ask a partner that came later to sign the covenant that holds without its kind"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("This goes by itself, when others have confirmed the partner."),
    )
)


def may_start_pledge(actor: Actor, coalition: Coalition) -> Permission:
    """Make a pledge in one's own name."""
    return PLEDGE.permission(
        actor, own=actor.is_party, coalition=coalition.id, state=Pledge.State.DRAFT
    )


def may_pledge(actor: Actor, pledge: Pledge) -> Permission:
    """Offer, change or take back a pledge."""
    return PLEDGE.permission(
        actor,
        own=actor.party == pledge.party_id,
        coalition=pledge.coalition_id,
        state=pledge.state,
    )


def may_start_covenant(actor: Actor, coalition: Coalition) -> Permission:
    """Begin a covenant."""
    return COMPOSE_COVENANT.permission(
        actor, own=True, coalition=coalition.id, state=Covenant.State.DRAFT
    )


def may_compose(actor: Actor, covenant: Covenant) -> Permission:
    """Change a draft or open it for signing."""
    return COMPOSE_COVENANT.permission(
        actor,
        own=actor.party == covenant.drafted_by_id,
        coalition=covenant.coalition_id,
        state=covenant.state,
    )


def may_reopen(actor: Actor, covenant: Covenant) -> Permission:
    """Ask again to sign a covenant that too few signed."""
    return REOPEN_COVENANT.permission(
        actor,
        own=actor.party == covenant.drafted_by_id,
        coalition=covenant.coalition_id,
        state=covenant.state,
    )


def may_sign(actor: Actor, covenant: Covenant) -> Permission:
    """Sign for one's own party, unless one answered here for another.

    With a second step when the coalition decided so.
    """
    permission = SIGN.permission(
        actor, own=actor.is_party, coalition=covenant.coalition_id, state=covenant.state
    )
    if permission and covenant.coalition.second_step_since:
        permission = once_shown(actor)
    answers = [*covenant.signatures.all(), *covenant.declines.all()] if permission else []
    return permission and voices.one_voice_among(answers, actor)


def may_hold_yearly_check(actor: Actor, covenant: Covenant) -> Permission:
    """Record the yearly check."""
    return LOOK_BACK.permission(actor, own=False, coalition=covenant.coalition_id)


def may_keep_time(actor: Actor, covenant: Covenant) -> Permission:
    """Announce the end, and end it."""
    return KEEP_TIME.permission(actor, own=False, coalition=covenant.coalition_id)


def may_ask_afterwards(actor: Actor, covenant: Covenant) -> Permission:
    """Ask who came later to sign what holds without its kind."""
    return ASK_AFTERWARDS.permission(actor, own=False, coalition=covenant.coalition_id)
