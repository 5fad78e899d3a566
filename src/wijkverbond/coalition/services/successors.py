"""Waking a party for which nobody acts any more: the others decide together who does from now on."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import mail
from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Kind, Party, Successor
from wijkverbond.coalition.queries.dormancy import can_decide
from wijkverbond.coalition.queries.mandates import known_of_people
from wijkverbond.coalition.queries.sides import is_barred
from wijkverbond.coalition.services.mandates import begin_to_lead, check_one_side
from wijkverbond.kernel.events import Event


def name_successor(party: Party, person: User, *, at: dt.datetime) -> Successor:
    """Somebody of whom the partners decide whether they act for a party that sleeps."""
    if not party.is_present:
        raise ValidationError(_("This partner has left the coalition."))
    if not known_of_people(party, at).asleep:
        raise ValidationError(_("Somebody acts for this partner. Ask them."))
    if not can_decide(party.coalition, at):
        raise ValidationError(
            _("This needs confirmed partners of two kinds, with different people, who are awake.")
        )
    check_one_side(party, person, at, field="email")
    return Successor.objects.create(party=party, person=person, named_at=at)


def wake(successor: Successor, *, at: dt.datetime) -> list[Event]:
    """Let them act for it, and say who else may; not when it woke, or they chose another side, meanwhile.

    Returns what happened, to be recorded.
    """
    party, person = successor.party, successor.person
    successor.delete()
    woke = not party.is_present or not known_of_people(party, at).asleep
    if woke or person is None:
        return []
    if party.kind != Kind.GOVERNMENT and is_barred(person.id, party.coalition, at):
        return []
    about = {"party": party.name, "party_id": str(party.id), "slug": party.coalition.slug}
    mail.queue(person, "coalition/mail/woken.txt", about, register=party.coalition_id)
    return begin_to_lead(party, person, at)
