"""Who may do what with an account: everyone with their own, nobody with another's."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.kernel.actor import PARTIES, Actor, ActorKind
from wijkverbond.kernel.policy import Permission, PolicyAction, Whose, allow, declare

PEOPLE = (*PARTIES, ActorKind.PARTICIPANT, ActorKind.SECRETARIAT, ActorKind.OPERATOR)

CHANGE = declare(
    PolicyAction(
        name="accounts.change",
        title=_("Change one's name or language, sign out everywhere"),
        rules=(allow(*PEOPLE, whose=[Whose.OWN]),),
        otherwise=_("Only you can change your own details."),
        needs=None,
    )
)
EXPORT = declare(
    PolicyAction(
        name="accounts.export",
        title=_("Download everything about oneself"),
        rules=(allow(*PEOPLE, whose=[Whose.OWN]),),
        otherwise=_("Only you can see what the site keeps about you."),
        needs=None,
    )
)
ERASE = declare(
    PolicyAction(
        name="accounts.erase",
        title=_("Erase one's account"),
        rules=(allow(*PEOPLE, whose=[Whose.OWN]),),
        otherwise=_("Only you can erase your own account."),
        needs=None,
    )
)
APPOINT_OPERATOR = declare(
    PolicyAction(
        name="accounts.appoint_operator",
        title=_("Say who hosts the site"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("Only whoever runs the server does this, on the command line."),
        needs=None,
    )
)

RESET_SECOND_STEP = declare(
    PolicyAction(
        name="accounts.reset_second_step",
        title=_("Take the second step off an account"),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("Only whoever runs the server does this, on the command line."),
        needs=None,
    )
)


def may_change(actor: Actor, person: User) -> Permission:
    """Change a person's details."""
    return CHANGE.permission(actor, own=actor.person == person.id, coalition=None)


def may_export(actor: Actor, person: User) -> Permission:
    """Read everything that the site keeps about a person."""
    return EXPORT.permission(actor, own=actor.person == person.id, coalition=None)


def may_erase(actor: Actor, person: User) -> Permission:
    """Erase a person."""
    return ERASE.permission(actor, own=actor.person == person.id, coalition=None)


def may_appoint_operator(actor: Actor) -> Permission:
    """Make somebody a host of the site, or no longer."""
    return APPOINT_OPERATOR.permission(actor, own=False, coalition=None)


def may_reset_second_step(actor: Actor) -> Permission:
    """Take the second step off the account of somebody who lost it."""
    return RESET_SECOND_STEP.permission(actor, own=False, coalition=None)
