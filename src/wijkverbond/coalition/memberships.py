"""For whom people act: for which parties and with which mandates, or as secretariat."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.memberships import MEMBERSHIP_SOURCES, Membership, MembershipSource
from wijkverbond.coalition.models import Mandate, Party, Secretariat
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import MandateType


def _for_parties() -> dict[uuid.UUID, list[Membership]]:
    mandates = (
        Mandate.objects.valid(clock.now())
        .present()
        .filter(person__isnull=False)
        .select_related("party__organisation", "party__coalition")
        .order_by("party__joined_at", "party_id", "since", "id")
    )
    types: dict[tuple[uuid.UUID, Party], set[MandateType]] = {}
    for mandate in mandates:
        assert mandate.person_id
        types.setdefault((mandate.person_id, mandate.party), set()).add(MandateType(mandate.sort))
    memberships: dict[uuid.UUID, list[Membership]] = {}
    for (person, party), may in types.items():
        whom = f"{party} ({party.coalition})"
        labels = tuple(mandate_type.label for mandate_type in MandateType if mandate_type in may)
        membership = Membership(whom=whom, kind=party.kind, may=labels)
        memberships.setdefault(person, []).append(membership)
    return memberships


def _as_secretariat() -> dict[uuid.UUID, list[Membership]]:
    memberships: dict[uuid.UUID, list[Membership]] = {}
    organising = Secretariat.objects.current().filter(person__isnull=False)
    for secretariat in organising.select_related("coalition"):
        assert secretariat.person_id
        membership = Membership(whom=str(secretariat.coalition), may=(_("Secretariat"),))
        memberships.setdefault(secretariat.person_id, []).append(membership)
    return memberships


MEMBERSHIP_SOURCES.declare(MembershipSource(name="parties", everyone=_for_parties))
MEMBERSHIP_SOURCES.declare(MembershipSource(name="secretariat", everyone=_as_secretariat))
