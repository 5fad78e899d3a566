"""Small official tables and boundary files, made up for these tests; codes are of no real place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wijkverbond.kernel.actor import Actor, ActorKind, Channel
from wijkverbond.places import services
from wijkverbond.places.services import ImportReport

Write = Callable[..., Path]
Bring = Callable[..., ImportReport]

KWB = """\
gwb_code,regio,recs,gm_code,gm_naam,ouder_code,a_inw,a_hh,g_woz,p_koopw,pst_mvp
GM9001,Waterstad,Gemeente,GM9001,Waterstad,PV22,1700,800,300,60,
WK900101,De Oever,Wijk,GM9001,Waterstad,GM9001,1000,500,250,40,
BU90010101,Kade,Buurt,GM9001,Waterstad,WK900101,600,300,240,30,9401
BU90010102,Sluis,Buurt,GM9001,Waterstad,WK900101,400,200,260,55,9402
WK9001AB,Het Érf,Wijk,GM9001,Waterstad,GM9001,700,300,350,80,
BU9001AB01,'t Hoge Érf,Buurt,GM9001,Waterstad,WK9001AB,700,300,350,80,9403
BU9001AB02,Leeg land,Buurt,GM9001,Waterstad,WK9001AB,,,,,
"""
COUNTRY = """\
gwb_code,regio,recs,a_inw,p_koopw,p_goed_ervaren_gezondheid_2022,p_goed_ervaren_gezondheid_2024
NL00,Nederland,Land,17942942,57,69.0,72.8
"""
CRIMES = """\
gwb_code,recs,gm_code,jaar,geregistreerde_misdrijven
GM9001,Gemeente,GM9001,2023,85
BU90010101,Buurt,GM9001,2023,30
BU90010102,Buurt,GM9001,2023,10
BU9001AB01,Buurt,GM9001,2023,40
BU9001AB02,Buurt,GM9001,2023,5
GM9001,Gemeente,GM9001,2024,90
"""
HEALTH = """\
gwb_code,recs,gm_code,jaar,p_goed_ervaren_gezondheid
GM9001,Gemeente,GM9001,2022,70.0
BU90010101,Buurt,GM9001,2022,60.0
BU90010102,Buurt,GM9001,2022,70.0
GM9001,Gemeente,GM9001,2024,71.0
BU90010101,Buurt,GM9001,2024,62.0
BU90010102,Buurt,GM9001,2024,
"""


def square(west: float, south: float, size: float = 0.01) -> list[list[list[float]]]:
    """The coordinates of a square polygon."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return [ring]


def feature(
    code: str, coordinates: object, *, geometry_type: str = "Polygon", **more: Any
) -> dict[str, Any]:
    """One GeoJSON feature with CBS's own property names."""
    return {
        "type": "Feature",
        "properties": {"statcode": code, "statnaam": f"Grens van {code}", "jaar": 2024, **more},
        "geometry": {"type": geometry_type, "coordinates": coordinates},
    }


def collection(*features: object) -> str:
    """A GeoJSON collection as text."""
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and gives its path."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def host() -> Actor:
    """The host of the site, at the command line."""
    return Actor(kind=ActorKind.OPERATOR, channel=Channel.COMMAND)


@pytest.fixture
def bring(db: None, write: Write, host: Actor) -> Bring:
    """Brings in tables and boundary files given as text, for a division."""

    def brought(*tables: str, boundaries: tuple[str, ...] = (), year: int = 2024) -> ImportReport:
        return services.import_places(
            year,
            figures=[write(f"table{i}.csv", text) for i, text in enumerate(tables)],
            boundaries=[write(f"grens{i}.geojson", text) for i, text in enumerate(boundaries)],
            actor=host,
        )

    return brought


@pytest.fixture
def waterstad(bring: Bring) -> None:
    """A made-up municipality with two districts, four neighbourhoods, and a country around it."""
    squares = [("BU90010101", 6.5), ("BU90010102", 6.51), ("BU9001AB01", 6.52)]
    outlines = collection(
        feature("GM9001", square(6.5, 53.0, 0.03)),
        *(feature(code, square(west, 53.0)) for code, west in squares),
    )
    bring(KWB, COUNTRY, CRIMES, HEALTH, boundaries=(outlines,))
