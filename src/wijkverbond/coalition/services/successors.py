"""Waking a party for which nobody acts any more: the others decide together who is asked to."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Party, Successor
from wijkverbond.coalition.queries.dormancy import can_decide
from wijkverbond.coalition.queries.mandates import known_of_people
from wijkverbond.coalition.services.mandate_offers import ask, to_lead
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
    return Successor.objects.create(party=party, person=person, named_at=at)


def wake(successor: Successor, *, at: dt.datetime) -> list[Event]:
    """Ask them to act for it, and to say who else may; not when it woke meanwhile, or they were asked.

    It sleeps until they say yes. Returns what happened, to be recorded.
    """
    party, person = successor.party, successor.person
    successor.delete()
    woke = not party.is_present or not known_of_people(party, at).asleep
    if woke or person is None:
        return []
    if party.mandate_offers.open(at).filter(person=person).exists():
        return []
    return [ask(to_lead(party, person), at)]
