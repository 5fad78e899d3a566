"""What each key figure means: name, unit, direction, source and how it adds up over an area.

The codes are the official column names (CBS, Kerncijfers wijken en buurten) where there is one.
"""

import dataclasses
import enum
import re
from decimal import Decimal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """The units in which figures are given."""

    NUMBER = "number", _("number")
    PERCENT = "percent", _("%")
    THOUSAND_EURO = "thousand_euro", _("× 1,000 euro")
    KILOMETRE = "km", _("km")
    PER_KM2 = "per_km2", _("per km²")
    HECTARE = "ha", _("hectare")
    KM2 = "km2", _("km²")
    PEOPLE = "people", _("people")
    PER_1000 = "per_1000", _("per 1,000 inhabitants")
    SCORE = "score", _("score")
    CLASS = "class", _("class 1 (very urban) to 5 (not urban)")


class Direction(models.TextChoices):
    """Whether more of it is better for the people who live there."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    NEUTRAL = "neutral", _("neither better nor worse")


class Aggregation(enum.Enum):
    """How the figures of neighbourhoods become the figure of an area."""

    SUM = "sum"
    MEAN = "inhabitant-weighted mean"
    NONE = "not"


@dataclasses.dataclass(frozen=True)
class Source:
    """Who publishes a figure, in which table, and under which licence it may be shown."""

    publisher: str
    table: str
    licence: str = "CC BY 4.0"

    def __str__(self) -> str:
        return f"{self.publisher}, {self.table}"


KWB = Source("CBS", "Kerncijfers wijken en buurten")
CRIME = Source("Politie, CBS", "Geregistreerde misdrijven per wijk en buurt (47022NED)")
HEALTH = Source("RIVM, GGD'en, CBS", "Gezondheid per wijk en buurt (50150NED)")
SES = Source("CBS", "SES-WOA per wijk en buurt (85163NED)")


@dataclasses.dataclass(frozen=True)
class IndicatorDefinition:
    """One key figure. Values outside `least`–`most` cannot be right and are refused on import."""

    code: str
    name: str | Promise
    unit: Unit = Unit.NUMBER
    direction: Direction = Direction.NEUTRAL
    aggregation: Aggregation = Aggregation.SUM
    decimals: int = 0
    source: Source = KWB
    least: Decimal = Decimal(0)
    most: Decimal = Decimal("999999999")

    @property
    def comparable(self) -> bool:
        """Whether a small and a large place can be set side by side: not so for counts."""
        return self.aggregation is not Aggregation.SUM


def _share(
    code: str,
    name: str | Promise,
    direction: Direction = Direction.NEUTRAL,
    source: Source = KWB,
) -> IndicatorDefinition:
    return IndicatorDefinition(
        code, name, Unit.PERCENT, direction, Aggregation.MEAN, 1, source, most=Decimal(100)
    )


def _distance(code: str, name: str | Promise) -> IndicatorDefinition:
    return IndicatorDefinition(code, name, Unit.KILOMETRE, Direction.DOWN, Aggregation.MEAN, 1)


INHABITANTS = "a_inw"
HEALTHY = "p_goed_ervaren_gezondheid"
CRIMES = "geregistreerde_misdrijven"
CRIMES_PER_1000 = "misdrijven_per_1000"

DEFINITIONS = {
    definition.code: definition
    for definition in (
        IndicatorDefinition(INHABITANTS, _("Inhabitants")),
        IndicatorDefinition("a_00_14", _("Children up to 14")),
        IndicatorDefinition("a_65_oo", _("People of 65 and older")),
        _share("p_00_14_jr", _("Share of children up to 14")),
        _share("p_15_24_jr", _("Share of people from 15 to 24")),
        _share("p_25_44_jr", _("Share of people from 25 to 44")),
        _share("p_45_64_jr", _("Share of people from 45 to 64")),
        _share("p_65_eo_jr", _("Share of people of 65 and older")),
        IndicatorDefinition("a_hh", _("Households")),
        IndicatorDefinition(
            "g_hhgro",
            _("People per household"),
            Unit.PEOPLE,
            aggregation=Aggregation.MEAN,
            decimals=1,
        ),
        _share(HEALTHY, _("Adults who say their health is good"), Direction.UP, HEALTH),
        IndicatorDefinition(CRIMES, _("Registered crimes"), direction=Direction.DOWN, source=CRIME),
        IndicatorDefinition(
            CRIMES_PER_1000,
            _("Registered crimes per 1,000 inhabitants"),
            Unit.PER_1000,
            Direction.DOWN,
            Aggregation.NONE,
            1,
            CRIME,
        ),
        IndicatorDefinition(
            "g_ink_pi",
            _("Average income per inhabitant"),
            Unit.THOUSAND_EURO,
            Direction.UP,
            Aggregation.MEAN,
            1,
        ),
        _share("p_ink_li", _("People with one of the lower incomes"), Direction.DOWN),
        _share("p_ink_hi", _("People with one of the higher incomes")),
        _share("p_arb_pp", _("People with paid work"), Direction.UP),
        _share("p_hbo_wo", _("People with higher education")),
        IndicatorDefinition("a_woning", _("Dwellings")),
        IndicatorDefinition(
            "g_woz",
            _("Average value of a dwelling (WOZ)"),
            Unit.THOUSAND_EURO,
            aggregation=Aggregation.MEAN,
        ),
        _share("p_koopw", _("Owner-occupied dwellings")),
        _share("p_1gezw", _("Single-family dwellings")),
        _distance("g_afs_hp", _("Distance to a general practitioner")),
        _distance("g_afs_gs", _("Distance to a large supermarket")),
        _distance("g_afs_sc", _("Distance to a primary school")),
        IndicatorDefinition(
            "g_3km_sc",
            _("Primary schools within 3 kilometres"),
            direction=Direction.UP,
            aggregation=Aggregation.MEAN,
            decimals=1,
        ),
        IndicatorDefinition(
            "bev_dich", _("Inhabitants per km² of land"), Unit.PER_KM2, aggregation=Aggregation.NONE
        ),
        IndicatorDefinition("a_lan_ha", _("Land"), Unit.HECTARE),
        IndicatorDefinition("opp_tot_km2", _("Area, water included"), Unit.KM2, decimals=2),
        IndicatorDefinition(
            "ste_mvs",
            _("Urbanity"),
            Unit.CLASS,
            aggregation=Aggregation.NONE,
            least=Decimal(1),
            most=Decimal(5),
        ),
        IndicatorDefinition(
            "ste_oad", _("Addresses per km²"), Unit.PER_KM2, aggregation=Aggregation.NONE
        ),
        IndicatorDefinition("ses_hh", _("Private households (SES-WOA)"), source=SES),
        _share("ses_opl_laag", _("People with a lower education"), source=SES),
        _share("ses_opl_midden", _("People with a middle education"), source=SES),
        _share("ses_opl_hoog", _("People with a higher education"), source=SES),
        IndicatorDefinition(
            "ses_woa",
            _("Social and economic status (SES-WOA)"),
            Unit.SCORE,
            Direction.UP,
            Aggregation.NONE,
            3,
            SES,
            Decimal(-9),
            Decimal(9),
        ),
        IndicatorDefinition(
            "ses_woa_spreiding",
            _("Spread of social and economic status"),
            Unit.SCORE,
            aggregation=Aggregation.NONE,
            decimals=3,
            source=SES,
            most=Decimal(9),
        ),
    )
}

# Titles of the columns in StatLine's own exports.
STATLINE_TITLES = {
    "Particuliere huishoudens (Aantal)": "ses_hh",
    "Opleidingsniveau/Laag/Waarde (%)": "ses_opl_laag",
    "Opleidingsniveau/Middelbaar/Waarde (%)": "ses_opl_midden",
    "Opleidingsniveau/Hoog/Waarde (%)": "ses_opl_hoog",
    "SES-WOA/Totaalscore/Gemiddelde score (Getal)": "ses_woa",
    "Spreiding/Spreiding totaal/Waarde (Getal)": "ses_woa_spreiding",
}
# Names of columns in the open data of CBS, without the number at their end ("AantalInwoners_5").
OPEN_DATA_NAMES = {
    "AantalInwoners": "a_inw",
    "k_0Tot15Jaar": "a_00_14",
    "k_65JaarOfOuder": "a_65_oo",
    "HuishoudensTotaal": "a_hh",
    "GemiddeldeHuishoudensgrootte": "g_hhgro",
    "Bevolkingsdichtheid": "bev_dich",
    "Woningvoorraad": "a_woning",
    "GemiddeldeWOZWaardeVanWoningen": "g_woz",
    "PercentageEengezinswoning": "p_1gezw",
    "Koopwoningen": "p_koopw",
    "GemiddeldInkomenPerInwoner": "g_ink_pi",
    "k_40PersonenMetLaagsteInkomen": "p_ink_li",
    "k_20PersonenMetHoogsteInkomen": "p_ink_hi",
    "AfstandTotHuisartsenpraktijk": "g_afs_hp",
    "AfstandTotGroteSupermarkt": "g_afs_gs",
    "AfstandTotSchool": "g_afs_sc",
    "ScholenBinnen3Km": "g_3km_sc",
    "OppervlakteLand": "a_lan_ha",
    "MateVanStedelijkheid": "ste_mvs",
    "Omgevingsadressendichtheid": "ste_oad",
}
NUMBER_AT_END = re.compile(r"_[0-9]{1,3}$")
YEAR_IN_NAME = re.compile(r"(.+)_((?:19|20)[0-9]{2})")


def column(title: str) -> tuple[IndicatorDefinition, int | None] | None:
    """The key figure that a column holds, and the year when its name says so; None if unknown."""
    definition = DEFINITIONS.get(STATLINE_TITLES.get(title) or _of_open_data(title) or title)
    if definition:
        return definition, None
    year_in_title = YEAR_IN_NAME.fullmatch(title)
    if year_in_title and year_in_title[1] in DEFINITIONS:
        return DEFINITIONS[year_in_title[1]], int(year_in_title[2])
    return None


def _of_open_data(title: str) -> str | None:
    return OPEN_DATA_NAMES.get(NUMBER_AT_END.sub("", title))
