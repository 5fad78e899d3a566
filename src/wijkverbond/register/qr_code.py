"""A text as a QR code, for a template to draw."""

import dataclasses
import itertools
from collections.abc import Iterable

import segno

BORDER = 4  # modules of white around it, without which readers do not find it


@dataclasses.dataclass(frozen=True)
class QrCode:
    """The number of modules on each side, and the path of an SVG over the dark ones."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text; a printed one may have a fold or a stain (level M)."""
    code = segno.make(text, error="m", micro=False)
    rows = list(code.matrix_iter(border=BORDER))
    return QrCode(len(rows), "".join(_row(y, row) for y, row in enumerate(rows)))


def _row(y: int, modules: Iterable[int]) -> str:
    """The dark modules of a row, those beside each other as one bar."""
    bars: list[str] = []
    x = 0
    for dark, group in itertools.groupby(modules):
        width = len(list(group))
        if dark:
            bars.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(bars)
