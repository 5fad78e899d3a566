"""The vitality house: conditions are walls, proofs the roof, government's mirror stands beside."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Stone:
    """One stone: the code it links to on the page, its name, its level, and if it is weakest."""

    code: str
    name: str | Promise
    level: str
    weakest: bool = False
