"""The official division of the Netherlands: what a code says about level and parent.

Source of the code system: CBS, Kerncijfers wijken en buurten, explanation of `gwb_code`.
"""

import re
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

COUNTRY = "NL00"
PROVINCES = {
    "PV20": "Groningen",
    "PV21": "Fryslân",
    "PV22": "Drenthe",
    "PV23": "Overijssel",
    "PV24": "Flevoland",
    "PV25": "Gelderland",
    "PV26": "Utrecht",
    "PV27": "Noord-Holland",
    "PV28": "Zuid-Holland",
    "PV29": "Zeeland",
    "PV30": "Noord-Brabant",
    "PV31": "Limburg",
}
PROVINCE_CODES = {name.casefold(): code for code, name in PROVINCES.items()} | {"friesland": "PV21"}


class Level(models.TextChoices):
    """The levels of the division, from large to small."""

    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province")
    MUNICIPALITY = "municipality", _("Municipality")
    DISTRICT = "district", _("District")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")


FORMS = {
    Level.COUNTRY: re.compile(r"NL[0-9]{2}"),
    Level.PROVINCE: re.compile(r"PV[0-9]{2}"),
    Level.MUNICIPALITY: re.compile(r"GM[0-9]{4}"),
    Level.DISTRICT: re.compile(r"WK[0-9]{4}[0-9A-Z]{2}"),
    Level.NEIGHBOURHOOD: re.compile(r"BU[0-9]{4}[0-9A-Z]{4}"),
}
PREFIXES = {form.pattern[:2]: level for level, form in FORMS.items()}


def level_of(code: str) -> Level | None:
    """The level that a code stands for; None when it is not an official code."""
    level = PREFIXES.get(code[:2])
    return level if level and FORMS[level].fullmatch(code) else None


def municipality_of(code: str) -> str | None:
    """The code of the municipality that a municipality, district or neighbourhood is in."""
    below = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)
    return "GM" + code[2:6] if level_of(code) in below else None


def municipalities_of(codes: Iterable[str]) -> set[str]:
    """The municipalities that these places are in."""
    return {code for code in map(municipality_of, codes) if code}


def province_code(text: str) -> str | None:
    """The code of a province, given as code or as name."""
    cleaned = text.strip()
    return cleaned if cleaned in PROVINCES else PROVINCE_CODES.get(cleaned.casefold())
