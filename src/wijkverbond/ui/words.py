"""How the codes of the domain look and read: kinds of party and levels of a state.

The codes are those of the domain model and measures.md 4; the class names are those of the
design language, so that a stylesheet or theme written for it fits.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Word:
    """A code's part of a CSS class, its full name, its short name, and the word after a number."""

    css: str
    name: str | Promise
    short: str | Promise = ""
    counted: str | Promise = ""


KINDS = {
    "residents": Word("bewoners", _("Residents"), _("Residents"), _("residents")),
    "entrepreneurs": Word(
        "ondernemers", _("Entrepreneurs"), _("Entrepreneurs"), _("entrepreneurs")
    ),
    "civil_society": Word(
        "maatschappelijk",
        _("Civil-society organisations"),
        pgettext_lazy("short", "Civil society"),
        _("organisations"),
    ),
    "government": Word("overheid", _("Government"), _("Government"), _("government")),
}
NEUTRAL = Word("neutraal", "")

LEVELS = {
    "strong": Word("sterk", _("Strong")),
    "present": Word("oporde", _("In order")),
    "emerging": Word("kwetsbaar", _("Emerging")),
    "absent": Word("ontbreekt", _("Missing")),
    "not_enough_data": Word("onbekend", _("Not enough data yet")),
    "info": Word("info", _("In progress")),
}


def kind(code: str) -> Word:
    """The kind of party with this code; the neutral mark for anything else ("lives here")."""
    return KINDS.get(code, NEUTRAL)


def level(code: str) -> Word:
    """The level with this code; a code that does not exist is a programming error."""
    return LEVELS[code]
