"""What the portal and "my work" show."""

import dataclasses
import uuid

from django.db.models import Q

from wijkverbond.coalition.circle import missing_kinds
from wijkverbond.coalition.models import Access, Coalition, Kind, Party
from wijkverbond.ui import street
from wijkverbond.ui.street import Facade

MANY = 60


@dataclasses.dataclass(frozen=True)
class Neighbourhood:
    """A coalition as the portal lists it."""

    coalition: Coalition
    parties: list[Party]
    missing: list[Kind]


def neighbourhoods(name: str) -> list[Neighbourhood]:
    """The public coalitions that are listed, or an example, by name; at most sixty."""
    found = Coalition.objects.filter(
        Q(listed_at__isnull=False) | Q(example=True), access=Access.PUBLIC, name__icontains=name
    ).order_by("name")[:MANY]
    parties: dict[uuid.UUID, list[Party]] = {coalition.id: [] for coalition in found}
    present = Party.objects.present().filter(coalition__in=parties).select_related("organisation")
    for party in present:
        parties[party.coalition_id].append(party)
    return [
        Neighbourhood(coalition, parties[coalition.id], list(missing_kinds(parties[coalition.id])))
        for coalition in found
    ]


def houses(found: list[Neighbourhood]) -> list[Facade]:
    """A street of the first partners, as the picture of the portal."""
    return street.row([party for one in found for party in one.parties][:12])
