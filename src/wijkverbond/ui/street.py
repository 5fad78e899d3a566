"""The street: every party a façade, who is missing a dashed open plot. Drawn from data.

Heights are decoration and follow the position in the row only, never size or importance:
government stands in the row like the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

STOREYS = (0, 20, 8, 28, 12, 22, 6, 18, 0, 26, 10, 20, 4)


class Named(Protocol):
    """What the street needs of a party."""

    @property
    def kind(self) -> str:
        """The code of the kind of party."""

    @property
    def name(self) -> str:
        """The name to read out."""

    @property
    def is_confirmed(self) -> bool:
        """Whether others confirmed it, so that it counts."""


@dataclass(frozen=True)
class Facade:
    """One house of the street, or an open plot when kind is empty; lengths in SVG units.

    The house of a party that is not confirmed yet has only its outlines.
    """

    name: str
    kind: str = ""
    storey: int = 0
    is_confirmed: bool = True

    @property
    def is_open(self) -> bool:
        """Whether this is the place of someone who is missing."""
        return not self.kind

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return 78 + self.storey if self.storey else 80

    @property
    def ground(self) -> str:
        """Where the ground floor begins."""
        return f"{41.5 + self.storey:.1f}" if self.storey else "43.5"

    @property
    def window(self) -> int:
        """The height of the two windows of the storey; 0 when it is too low for windows."""
        return 0 if self.storey < 18 else min(self.storey - 8, 14)


def facades(parties: Iterable[Named], missing: Sequence[str] = ()) -> list[Facade]:
    """The houses of these parties, with the open plots spread through the row."""
    houses = [
        Facade(
            name=party.name,
            kind=party.kind,
            storey=STOREYS[position % len(STOREYS)],
            is_confirmed=party.is_confirmed,
        )
        for position, party in enumerate(parties)
    ]
    for number, name in enumerate(missing, start=1):
        houses.insert(len(houses) * number // (len(missing) + 1) + 1, Facade(name=name))
    return houses
