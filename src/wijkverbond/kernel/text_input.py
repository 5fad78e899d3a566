"""What people typed: on one line, and whether a reader would see anything of it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Beside control signs, marks without a letter and spaces: letters that show nothing.
FILLERS = re.compile("[\u115f\u1160\u3164\uffa0\u2800]")


def is_blank(typed: str) -> bool:
    """Whether a reader would see nothing of what was typed: spaces and invisible signs only."""
    return all(unicodedata.category(sign)[0] in "CMZ" for sign in FILLERS.sub("", typed))


def on_one_line(typed: str) -> str:
    """What was typed, on one line; nothing when a reader would see nothing of it."""
    return "" if is_blank(typed) else " ".join(typed.split())


def check_reason(typed: str, field: str = "reason") -> None:
    """Refuse a reason in which nobody can read anything."""
    if is_blank(typed):
        raise ValidationError({field: _("Say why, in a few words.")})
