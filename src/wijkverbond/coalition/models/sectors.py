"""Which sector is of which kind: the one place where this is said.

Source: product.md (R1, R2) and domain-model.md (coalition). Police, public health service, water
board, a municipality's care team and a neighbourhood council with delegated powers are government, one
that only advises is of the residents; school,
housing corporation, welfare, sport, faith and care are civil society. A political party cannot
take part: it speaks in the council.
"""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.kinds import Kind

POLITICAL_PARTY = "political_party"
MUNICIPALITY = "municipality"
OTHER_GOVERNMENT = "other_government"
POLITICAL_PARTY_REFUSED = _(
    "A political party cannot be a partner: it has its place in the council. "
    "Its members are welcome as residents."
)


@dataclasses.dataclass(frozen=True)
class Sector:
    """A sector: its code, the kind that organisations in it are of, and how it is called."""

    code: str
    kind: Kind
    title: str | Promise


_SECTORS_OF: dict[Kind, dict[str, str | Promise]] = {
    Kind.RESIDENTS: {
        "residents_group": _("Residents' group"),
        "tenants": _("Tenants' association"),
        "owners": _("Owners' association (VvE)"),
        "residents_cooperative": _("Residents' cooperative or neighbourhood company"),
        "youth": _("Young people's group"),
        "parents": _("Parents' group"),
        "playground": _("Playground or garden association"),
        "advisory_council": _("Neighbourhood or village council that advises"),
        "resident": _("One resident"),
    },
    Kind.ENTREPRENEURS: {
        "shopkeepers": _("Shopkeepers' association"),
        "shop": _("Shop"),
        "hospitality": _("Café or restaurant"),
        "business": _("Local company"),
        "care_company": _("Care company"),
        "childcare": _("Childcare company"),
        "landlord": _("Private landlord"),
        "builder": _("Builder or developer"),
    },
    Kind.CIVIL_SOCIETY: {
        "school": _("School"),
        "housing_corporation": _("Housing corporation"),
        "welfare": _("Welfare organisation"),
        "sport": _("Sports club"),
        "faith": _("Faith community"),
        "care": _("Care organisation or general practice"),
        "culture": _("Library or cultural organisation"),
        "fund": _("Charitable fund"),
        "knowledge": _("University or research institute"),
        "other_civil_society": _("Another social organisation"),
    },
    Kind.GOVERNMENT: {
        MUNICIPALITY: _("Municipality"),
        "province": _("Province"),
        "state": _("National government"),
        "police": _("Police"),
        "public_prosecutor": _("Public prosecutor"),
        "public_health": _("Public health service (GGD)"),
        "water_board": _("Water board"),
        "care_team": _("The municipality's care team"),
        "statutory_council": _("Neighbourhood council with powers of the municipality"),
        "safety_region": _("Safety region"),
        OTHER_GOVERNMENT: _("Another public authority"),
    },
}

SECTORS = {
    code: Sector(code, kind, title)
    for kind, sectors in _SECTORS_OF.items()
    for code, title in sectors.items()
}

# Two that are called the same in the street, and are of different kinds.
EXPLANATIONS: dict[str, str | Promise] = {
    "advisory_council": _(
        "A neighbourhood or village council that residents elect and that advises is of the residents. "
        "Officials of the municipality have no mandate for it."
    ),
    "statutory_council": _(
        "A neighbourhood council to which the municipality gave powers to decide is government."
    ),
}


def choices() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """The sectors grouped by kind, for a form; the refused one is last."""
    grouped: list[tuple[str | Promise, list[tuple[str, str | Promise]]]] = [
        (kind.label, list(sectors.items())) for kind, sectors in _SECTORS_OF.items()
    ]
    return [*grouped, (_("Cannot take part"), [(POLITICAL_PARTY, _("Political party"))])]
