"""For whom people act: for which parties and with which mandates, or as secretariat."""

import uuid
from collections.abc import Collection

import structlog
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.memberships import MEMBERSHIP_SOURCES, Membership, MembershipSource
from wijkverbond.accounts.models import User
from wijkverbond.accounts.organisation import GROUP_FOLLOWERS, GroupFollower, MandateOfGroup
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Mandate, Party, Secretariat
from wijkverbond.coalition.queries.sign_in import organisations_meant
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import MandateType, system

log = structlog.get_logger()

# What a group gives. To sign for a partner always takes a second person, so no group gives that.
MAY = {
    "take_part": (MandateType.TAKE_PART,),
    "decide": (MandateType.TAKE_PART, MandateType.DECIDE),
}


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


def _follow_sign_in(person: uuid.UUID, groups: Collection[MandateOfGroup]) -> None:
    """What somebody may do for the parties of an organisation, by the groups in which they are there.

    Where it is unclear which organisation is meant, everything stays as it is.
    """
    wanted: dict[uuid.UUID, set[MandateType]] = {}
    for each in groups:
        meant = list(organisations_meant(each.organisation)[:2])
        if len(meant) != 1:
            log.warning("coalition.organisation_of_group_unclear", found=len(meant))
            return
        wanted.setdefault(meant[0].id, set()).update(MAY[each.may])
    services.follow_sign_in(User.objects.get(id=person), wanted, actor=system())


GROUP_FOLLOWERS.declare(GroupFollower(name="parties", follow=_follow_sign_in))
MEMBERSHIP_SOURCES.declare(MembershipSource(name="parties", everyone=_for_parties))
MEMBERSHIP_SOURCES.declare(MembershipSource(name="secretariat", everyone=_as_secretariat))
