"""Whether a text stays on one line wherever it stands; needs nothing but Python, as the launcher does."""

import unicodedata

BREAKING = {"Cc", "Zl", "Zp"}  # control signs, and what separates lines and paragraphs


def is_one_line(text: str) -> bool:
    """Whether nothing in it could end the line, as in the head of a mail, or steer what shows it."""
    return not any(unicodedata.category(sign) in BREAKING for sign in text)
