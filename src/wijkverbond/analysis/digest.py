"""Digests over results: rounded, in one canonical form, the same on every machine."""

import hashlib
import json
from typing import Final

DECIMALS: Final = 6


def rounded(value: float) -> float:
    """Round to 6 decimals, without a negative zero: processors differ in the last bits."""
    return round(float(value), DECIMALS) + 0.0


def digest(result: object) -> str:
    """Return the SHA-256 of a result made of dicts, lists, strings, numbers, booleans and None.

    Keys are sorted and floats are written with 6 decimals. Raises ``TypeError`` for other types
    and ``ValueError`` for NaN or infinity.
    """
    text = json.dumps(_plain(result), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, float):
        return rounded(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
