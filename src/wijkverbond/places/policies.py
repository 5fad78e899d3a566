"""Who may bring in official figures and boundaries."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Permission, PolicyAction, allow, declare

IMPORT = declare(
    PolicyAction(
        name="places.import",
        title=_("Bring in official figures and boundaries"),
        rules=(allow(ActorKind.OPERATOR, ActorKind.SYSTEM),),
        otherwise=_("Official figures are brought in, unchanged, by the host of the site."),
        needs=None,
    )
)


def may_import(actor: Actor) -> Permission:
    """The host brings in what the publishers publish; nobody can change a figure."""
    return IMPORT.permission(actor, own=False, coalition=None)
