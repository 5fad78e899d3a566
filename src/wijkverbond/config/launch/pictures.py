"""Draws the picture of the rooms from the import rules: `python -m wijkverbond.config.launch.pictures`.

A test compares what is drawn with docs/pictures/rooms.svg, so the picture cannot grow old.
"""

import ast
import tomllib
from html import escape

from wijkverbond.config.launch.homes import CHECKOUT, PACKAGE

ROOMS = CHECKOUT / "docs" / "pictures" / "rooms.svg"
WIDTH, MARGIN, HEIGHT, GAP = 920, 20, 44, 10
STYLE = """
    rect { fill: #ffffff; stroke: #0b5a45; stroke-width: 1.5 }
    text { font: 14px sans-serif; fill: #13251e }
    .name { font-weight: bold }
    path { stroke: #5b6e65; stroke-width: 1.5; fill: none; marker-end: url(#down) }
"""


def layers() -> list[str]:
    """The rooms from the top down, as the import rules of pyproject.toml name them."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    contract = next(each for each in contracts if each["containers"] == ["wijkverbond"])
    return [layer.strip("()") for layer in contract["layers"]]


def purpose(room: str) -> str:
    """What a room is for: the first line of its package's docstring."""
    docstring = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text())) or ""
    return docstring.partition("\n")[0]


def draw_rooms() -> str:
    """The rooms as an SVG, each above those that it may import."""
    rooms = layers()
    boxes = "\n".join(_room(place, room) for place, room in enumerate(rooms))
    bottom = MARGIN + len(rooms) * (HEIGHT + GAP)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + MARGIN}" role="img">
  <title>The rooms of the code: each may import only what stands below it</title>
  <style>{STYLE}  </style>
  <marker id="down" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="8" markerHeight="8" orient="auto">
    <path d="M 0 0 L 10 5 L 0 10 z" style="fill: #5b6e65; stroke: none; marker-end: none"/>
  </marker>
  <path d="M {WIDTH - MARGIN} {MARGIN} V {bottom - GAP}"/>
{boxes}
</svg>
"""


def _room(place: int, room: str) -> str:
    top = MARGIN + place * (HEIGHT + GAP)
    return f"""  <g transform="translate({MARGIN} {top})">
    <rect width="{WIDTH - 4 * MARGIN}" height="{HEIGHT}" rx="6"/>
    <text class="name" x="14" y="27">{escape(room)}</text>
    <text x="150" y="27">{escape(purpose(room))}</text>
  </g>"""


if __name__ == "__main__":
    ROOMS.write_text(draw_rooms())
