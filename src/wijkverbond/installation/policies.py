"""Who sets up the site."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Permission, PolicyAction, allow, declare

SET_UP = declare(
    PolicyAction(
        name="installation.set_up",
        title=_("Set up the site: its name, mail, look and texts"),
        rules=(allow(ActorKind.OPERATOR, ActorKind.SYSTEM),),
        otherwise=_("Only who hosts the site sets it up."),
        needs=None,
    )
)


def may_set_up(actor: Actor) -> Permission:
    """Set up the site. Who holds the link of the log acts as the software itself."""
    return SET_UP.permission(actor, own=False, coalition=None)
