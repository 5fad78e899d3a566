"""Official files of a made-up country, as large as one asks, in the shape of the national ones."""

import csv
import dataclasses
import json
import math
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from wijkverbond.ui.maps import Ring

YEAR = 2024
FIGURES = (
    "a_inw", "a_00_14", "a_65_oo", "bev_dich", "a_hh", "g_hhgro", "g_woz", "p_1gezw", "p_koopw",
    "g_ink_pi", "g_afs_hp", "g_afs_gs", "g_afs_sc", "g_3km_sc", "a_lan_ha", "ste_mvs", "ste_oad",
)  # fmt: skip
BY_YEAR = {
    "geregistreerde_misdrijven": (2021, 2022, 2023, 2024, 2025),
    "p_goed_ervaren_gezondheid": (2012, 2016, 2020, 2022, 2024),
}
WEST, SOUTH, WIDTH, HEIGHT = 3.0, 50.5, 4.5, 3.5


@dataclasses.dataclass(frozen=True)
class Nation:
    """How many places of each level there are; all lie in one province."""

    municipalities: int
    districts: int
    neighbourhoods: int

    @property
    def places(self) -> int:
        """The places that the files name; the province and the country are not among them."""
        return self.municipalities + self.districts + self.neighbourhoods

    def municipality_codes(self) -> list[str]:
        """The codes of all municipalities."""
        return [f"GM{number + 1:04}" for number in range(self.municipalities)]

    def district_codes(self) -> list[str]:
        """The codes of all districts, in turn of each municipality."""
        above = [code[2:] for code in self.municipality_codes()]
        return [f"WK{code}" for code in _spread(above, self.districts)]

    def neighbourhood_codes(self) -> list[str]:
        """The codes of all neighbourhoods, in turn of each district."""
        above = [code[2:] for code in self.district_codes()]
        return [f"BU{code}" for code in _spread(above, self.neighbourhoods)]

    def codes(self) -> list[str]:
        """The codes of all places, from large to small."""
        return self.municipality_codes() + self.district_codes() + self.neighbourhood_codes()


NETHERLANDS = Nation(municipalities=340, districts=3_356, neighbourhoods=14_374)


def _spread(above: list[str], number: int) -> Iterator[str]:
    for place in range(number):
        turn, index = divmod(place, len(above))
        yield f"{above[index]}{turn:02}"


def write_table(path: Path, nation: Nation) -> None:
    """The table with the names of all places and their figures of one year."""
    draw = random.Random(1)
    rows = (
        [code, f"Plek {code}", "PV20", *(draw.randint(1, 5) for _ in FIGURES)]
        for code in nation.codes()
    )
    _write(path, ["gwb_code", "regio", "ouder_code", *FIGURES], rows)


def write_figures_by_year(path: Path, nation: Nation, indicator: str) -> None:
    """The table of one figure in several years, for municipalities and neighbourhoods."""
    draw = random.Random(2)
    codes = nation.municipality_codes() + nation.neighbourhood_codes()
    rows = ([code, year, draw.randint(1, 99)] for code in codes for year in BY_YEAR[indicator])
    _write(path, ["gwb_code", "jaar", indicator], rows)


def _write(path: Path, titles: list[str], rows: Iterable[list[object]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        writer.writerows(rows)


def write_boundaries(path: Path, codes: list[str], *, points: int) -> None:
    """The boundaries of these places, each of so many points a side; neighbours share a side."""
    columns = math.isqrt(len(codes) - 1) + 1
    with path.open("w") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, code in enumerate(codes):
            row, column = divmod(number, columns)
            feature = {
                "type": "Feature",
                "properties": {"statcode": code, "statnaam": code, "jaar": YEAR},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [_ring(row, column, points, columns)],
                },
            }
            file.write(f"{',' if number else ''}{json.dumps(feature)}")
        file.write("]}")


def _ring(row: int, column: int, points: int, columns: int) -> Ring:
    """The points around one place, on a grid of `columns` times as many places."""
    south, west = row * points, column * points
    north, east = south + points, west + points
    around = [
        *((x, south) for x in range(west, east)),
        *((east, y) for y in range(south, north)),
        *((x, north) for x in range(east, west, -1)),
        *((west, y) for y in range(north, south, -1)),
        (west, south),
    ]
    return [_point(x, y, columns * points) for x, y in around]


def _point(x: int, y: int, steps: int) -> tuple[float, float]:
    """A point of the grid, which is not quite straight; the same for all whose border it is on."""
    bend = math.sin(7 * x + 3 * y) / 2000
    return WEST + (x + bend) * WIDTH / steps, SOUTH + (y - bend) * HEIGHT / steps
