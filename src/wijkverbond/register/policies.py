"""Who may let the registers go on with another key."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Permission, PolicyAction, allow, declare

CHANGE_KEY = declare(
    PolicyAction(
        name="register.change_key",
        title=_("Let the registers go on with another key"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_(
            "Only who has the server itself changes the key, by a command that everyone sees."
        ),
        needs=None,
    )
)


def may_change_key(actor: Actor) -> Permission:
    """Nobody through a page."""
    return CHANGE_KEY.permission(actor, own=False, coalition=None)
