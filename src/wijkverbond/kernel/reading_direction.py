"""Marks that turn the reading direction: what people wrote turns nothing around it.

Letters of languages that read from right to left need no marks. Who writes some (Unicode's embeddings,
overrides and isolates) turns their own words at most: each mark is closed where the text or its line
ends, and the text stands apart from what surrounds it.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

EMBEDS, ENDS_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
ISOLATES, ENDS_ISOLATE = "\u2066\u2067\u2068", "\u2069"
APART = "\u2068"  # the first strong letter inside decides its direction
MARKS = re.compile(f"[{EMBEDS}{ENDS_EMBEDDING}{ISOLATES}{ENDS_ISOLATE}]")
LINES = re.compile("([\n\r\u2029]+)")
RIGHT_TO_LEFT = {"R", "AL", "AN"}

Value = TypeVar("Value")


def isolated(text: str) -> str:
    """The text with each line that has such marks standing apart; any other text as it is."""
    if not MARKS.search(text):
        return text
    return "".join(_apart(part) if MARKS.search(part) else part for part in LINES.split(text))


def set_apart(text: str) -> str:
    """As `isolated`, and lines with letters that read from right to left stand apart as well."""
    return "".join(_apart(part) if _turns(part) else part for part in LINES.split(text))


def each_set_apart(value: Value) -> Value:
    """Plain values, as for JSON or a template, with every text in them set apart."""
    match value:
        case str():
            return set_apart(value)  # type: ignore[return-value]
        case Mapping():
            return {key: each_set_apart(item) for key, item in value.items()}  # type: ignore[return-value]
        case list() | tuple():
            return [each_set_apart(item) for item in value]  # type: ignore[return-value]
    return value


def _turns(line: str) -> bool:
    if line.isascii():
        return False
    signs = set(line)
    return bool(MARKS.search(line)) or any(
        unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in signs
    )


def _apart(line: str) -> str:
    inside = _closed(line)
    if inside.startswith(APART) and _is_whole(inside):
        return inside
    return f"{APART}{inside}{ENDS_ISOLATE}"


def _closed(line: str) -> str:
    """The line with every mark closed at its end, and without ends of what never began."""
    written: list[str] = []
    begun: list[str] = []
    for sign in line:
        if sign in EMBEDS or sign in ISOLATES:
            begun.append(sign)
        elif sign == ENDS_EMBEDDING:
            if not begun or begun[-1] in ISOLATES:
                continue
            begun.pop()
        elif sign == ENDS_ISOLATE:
            if not any(mark in ISOLATES for mark in begun):
                continue
            while begun[-1] in EMBEDS:
                written.append(_end(begun.pop()))
            begun.pop()
        written.append(sign)
    return "".join([*written, *(_end(mark) for mark in reversed(begun))])


def _is_whole(closed: str) -> bool:
    """Whether the first mark of a closed line is ended by its very last sign."""
    depth = 0
    for place, sign in enumerate(closed):
        depth += (sign in ISOLATES) - (sign == ENDS_ISOLATE)
        if depth == 0:
            return place == len(closed) - 1
    return False


def _end(mark: str) -> str:
    return ENDS_EMBEDDING if mark in EMBEDS else ENDS_ISOLATE
