"""What people typed, on one line."""

import unicodedata


def on_one_line(typed: str) -> str:
    """The words as they were typed, on one line; nothing when there is nothing in it to see."""
    words = " ".join(typed.split())
    return words if any(unicodedata.category(letter)[0] not in "CMZ" for letter in words) else ""
