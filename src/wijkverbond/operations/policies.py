"""Who looks after the installation."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Permission, PolicyAction, allow, declare

LOOK_AFTER = declare(
    PolicyAction(
        name="operations.look_after",
        title=_("See what the site could not do, and let it try again"),
        rules=(allow(ActorKind.OPERATOR),),
        otherwise=_("Only who hosts the site sees this."),
        needs=None,
    )
)


def may_look_after(actor: Actor) -> Permission:
    """Look after the installation."""
    return LOOK_AFTER.permission(actor, own=False, coalition=None)
