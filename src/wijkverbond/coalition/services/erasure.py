"""Letting go of the names of a person who is erased: in invitations, and of a party that was them."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Invitation, LegalForm, Mandate, Organisation, Party
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.own_texts import said_by
from wijkverbond.kernel.personal_fields import PARTY_TEXTS

ANSWERS = ("coalition.invitation_accepted", "coalition.invitation_declined")
NAMING = (
    "coalition.organisation_registered",
    "coalition.organisation_described",
    "coalition.party_joined",
    "coalition.party_described",
)


def invitations_to(person: uuid.UUID) -> QuerySet[Invitation]:
    """Invitations to this person's address, and those that they answered."""
    answered = Entry.objects.filter(person=person, event__in=ANSWERS)
    ids = answered.values_list("facts__invitation", flat=True)
    address = User.objects.filter(id=person).values_list(Lower("email"))
    addressed = Invitation.objects.alias(address=Lower("email"))
    return addressed.filter(Q(address__in=address) | Q(id__in=[*ids]))


@transaction.atomic
def forget_invitations(person: uuid.UUID) -> None:
    """An invitation of which the address goes (personal_data.py) did not come by e-mail any more."""
    invitations_to(person).update(channel=Invitation.Route.LINK)


def one_person_organisations(person: uuid.UUID) -> QuerySet[Organisation]:
    """The organisations that are this one person, and for which nobody else acts."""
    acted_for = Mandate.objects.filter(person=person).values("party__organisation")
    of_somebody = Mandate.objects.without_end().filter(person__isnull=False)
    mandates_of_others = of_somebody.exclude(person=person)
    organisations = Organisation.objects.filter(id__in=acted_for, legal_form=LegalForm.PERSON)
    return organisations.exclude(id__in=mandates_of_others.values("party__organisation"))


@transaction.atomic
def forget_name(person: uuid.UUID) -> None:
    """Take the name and the words off parties that were this one person; that they acted stays.

    Also where somebody else, who acted for the party before, had them recorded. A party of one
    person for which somebody else acts too keeps both, as every organisation does, and so does what
    the partners took over together. The other details go afterwards (personal_data.py).
    """
    organisations = list(one_person_organisations(person).select_for_update(no_key=True))
    for organisation in organisations:
        with translation.override(settings.LANGUAGE_CODE):
            organisation.name = _("Someone (%(number)s)") % {"number": organisation.id.hex[:8]}
        organisation.save(update_fields=["name"])
        naming_texts = EntryText.objects.filter(field="title", entry__event__in=NAMING)
        naming_texts.filter(entry__facts__organisation=str(organisation.id)).delete()
    parties = Party.objects.filter(organisation__in=organisations).values_list("id", flat=True)
    _forget_texts([*parties])


def _forget_texts(parties: Sequence[uuid.UUID]) -> None:
    if not parties:
        return
    with translation.override(settings.LANGUAGE_CODE):
        gone = _("(removed)")
    for texts in PARTY_TEXTS:
        texts.erase(parties, gone=gone)
    said_by(parties).delete()
