"""Which whole names are those of a public body, and which only begin like one.

Written down by hand, and compared in December 2026 with public pages: provinces with the boundaries of
Statistics Netherlands (CBS); the water boards with two lists of the 21 that there are since August 2018;
the ministries with a list of the fifteen since July 2024 and what was written then of the new and the
renamed ones; the ten regional units of the police with the Police Act 2012, the two national ones with
the news of January 2024. Names from before that organisations still use stand apart. A ministry that is
founded or renamed later has to be added here; until then its name is in doubt, and others say what it
is. The names of municipalities are not here: they come with the areas.
"""

import re

from wijkverbond.places.models import folded

NO_LETTER = re.compile(r"[\W_]+")
ARTICLE = re.compile("^(de|het) ")
IN_BRACKETS = re.compile(r"\([^)]*\)")

PROVINCES = (
    "Drenthe", "Flevoland", "Friesland", "Fryslân", "Gelderland", "Groningen", "Limburg",
    "Noord-Brabant", "Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
)  # fmt: skip
WATER_BOARDS = (
    "Waterschap Aa en Maas",
    "Waterschap Amstel, Gooi en Vecht",
    "Waterschap Brabantse Delta",
    "Waterschap De Dommel",
    "Waterschap Drents Overijsselse Delta",
    "Waterschap Hollandse Delta",
    "Waterschap Hunze en Aa's",
    "Waterschap Limburg",
    "Waterschap Noorderzijlvest",
    "Waterschap Rijn en IJssel",
    "Waterschap Rivierenland",
    "Waterschap Scheldestromen",
    "Waterschap Vallei en Veluwe",
    "Waterschap Vechtstromen",
    "Waterschap Zuiderzeeland",
    "Hoogheemraadschap De Stichtse Rijnlanden",
    "Hoogheemraadschap Hollands Noorderkwartier",
    "Hoogheemraadschap van Delfland",
    "Hoogheemraadschap van Rijnland",
    "Hoogheemraadschap van Schieland en de Krimpenerwaard",
    "Wetterskip Fryslân",
)
POLICE_REGIONS = (
    "Amsterdam", "Den Haag", "Limburg", "Midden-Nederland", "Noord-Holland", "Noord-Nederland",
    "Oost-Brabant", "Oost-Nederland", "Rotterdam", "Zeeland-West-Brabant",
)  # fmt: skip
NATIONAL_POLICE_UNITS = (
    "Eenheid Landelijke Expertise en Operaties",
    "Eenheid Landelijke Opsporing en Interventies",
    "Landelijke Eenheid",
)
MINISTRIES = (
    "Algemene Zaken",
    "Asiel en Migratie",
    "Binnenlandse Zaken en Koninkrijksrelaties",
    "Buitenlandse Zaken",
    "Defensie",
    "Economische Zaken",
    "Financiën",
    "Infrastructuur en Waterstaat",
    "Justitie en Veiligheid",
    "Klimaat en Groene Groei",
    "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "Onderwijs, Cultuur en Wetenschap",
    "Sociale Zaken en Werkgelegenheid",
    "Volksgezondheid, Welzijn en Sport",
    "Volkshuisvesting en Ruimtelijke Ordening",
)
EARLIER_MINISTRIES = (
    "Economische Zaken en Klimaat",
    "Landbouw, Natuur en Voedselkwaliteit",
    "Veiligheid en Justitie",
    "Infrastructuur en Milieu",
    "Economische Zaken, Landbouw en Innovatie",
    "Justitie",
    "Verkeer en Waterstaat",
    "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer",
)
FIRST_WORDS = {
    "deelgemeente", "ggd", "hoogheemraadschap", "ministerie", "omgevingsdienst", "politie",
    "provincie", "provinsje", "rijksoverheid", "rijkswaterstaat", "stadsdeel", "veiligheidsregio",
    "waterschap", "wetterskip",
}  # fmt: skip
ALSO_CALLED = {"den haag": "s gravenhage", "den bosch": "s hertogenbosch"}


def plain(name: str) -> str:
    """A name as it is compared: letters and figures only, without an article in front."""
    return ARTICLE.sub("", NO_LETTER.sub(" ", folded(name)).strip())


def _named() -> dict[str, str]:
    units = [
        *POLICE_REGIONS,
        *(f"Eenheid {region}" for region in POLICE_REGIONS),
        *NATIONAL_POLICE_UNITS,
    ]
    sectors = {
        "province": [
            *PROVINCES,
            *(f"Provincie {name}" for name in PROVINCES),
            "Provinsje Fryslân",
        ],
        "water_board": WATER_BOARDS,
        "police": [
            "Politie",
            "Nationale Politie",
            "Politie Nederland",
            *(f"Politie {unit}" for unit in units),
            *NATIONAL_POLICE_UNITS,
        ],
        "state": [f"Ministerie van {name}" for name in (*MINISTRIES, *EARLIER_MINISTRIES)],
    }
    return {plain(name): sector for sector, names in sectors.items() for name in names}


NAMED = _named()


def municipality_in(name: str) -> str | None:
    """The plain name of the municipality of which this would be the whole name, if there is one."""
    words = plain(name)
    if not words.startswith("gemeente "):
        return None
    place = plain(words.removeprefix("gemeente "))
    return ALSO_CALLED.get(place, place)


def names_of(name: str) -> set[str]:
    """How a municipality can be called, as `municipality_in` gives it: "Bergen (NH.)" and "Bergen"."""
    return {plain(name), plain(IN_BRACKETS.sub("", name))}


def sector_of(name: str) -> str | None:
    """The sector of the province, water board, police or ministry that bears this whole name."""
    return NAMED.get(plain(name))


def begins_like_one(name: str) -> bool:
    """Whether a name begins as that of a public body does: others settle whether it is one."""
    first = plain(name).split(" ")[0]
    return first.startswith("gemeente") or first in FIRST_WORDS
