"""For whom people act: for which parties and with which mandates, or as secretariat."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.memberships import MEMBERSHIP_SOURCES, Membership, MembershipSource
from wijkverbond.coalition.models import Mandate, Party, Secretariat
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import MandateType


def _for_parties() -> dict[uuid.UUID, list[Membership]]:
    held = (
        Mandate.objects.valid(clock.now())
        .present()
        .filter(person__isnull=False)
        .select_related("party__organisation", "party__coalition")
        .order_by("party__joined_at", "party_id", "since", "id")
    )
    sorts: dict[tuple[uuid.UUID, Party], list[MandateType]] = {}
    for mandate in held:
        assert mandate.person_id
        sorts.setdefault((mandate.person_id, mandate.party), []).append(MandateType(mandate.sort))
    found: dict[uuid.UUID, list[Membership]] = {}
    for (person, party), may in sorts.items():
        whom = f"{party} ({party.coalition})"
        labels = tuple(sort.label for sort in MandateType if sort in may)
        found.setdefault(person, []).append(Membership(whom=whom, kind=party.kind, may=labels))
    return found


def _as_secretariat() -> dict[uuid.UUID, list[Membership]]:
    found: dict[uuid.UUID, list[Membership]] = {}
    organising = Secretariat.objects.current().filter(person__isnull=False)
    for held in organising.select_related("coalition"):
        assert held.person_id
        standing = Membership(whom=str(held.coalition), may=(_("Secretariat"),))
        found.setdefault(held.person_id, []).append(standing)
    return found


MEMBERSHIP_SOURCES.declare(MembershipSource(name="parties", everyone=_for_parties))
MEMBERSHIP_SOURCES.declare(MembershipSource(name="secretariat", everyone=_as_secretariat))
