"""How the codes of the domain look and read: kinds of party and levels of a state.

The codes are those of the domain model and measures.md 4; the class names are those of the
design language, so that a stylesheet or theme written for it fits.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.kernel.kinds import Kind


@dataclass(frozen=True)
class Label:
    """A code's part of a CSS class, its full name, its short name, and the word after a number."""

    css: str
    name: str | Promise
    short: str | Promise = ""
    counted: str | Promise = ""


KINDS: dict[str, Label] = {
    Kind.RESIDENTS: Label("bewoners", _("Residents"), _("Residents"), _("residents")),
    Kind.ENTREPRENEURS: Label(
        "ondernemers", _("Entrepreneurs"), _("Entrepreneurs"), _("entrepreneurs")
    ),
    Kind.CIVIL_SOCIETY: Label(
        "maatschappelijk",
        _("Civil-society organisations"),
        pgettext_lazy("short", "Civil society"),
        _("organisations"),
    ),
    Kind.GOVERNMENT: Label("overheid", _("Government"), _("Government"), _("government")),
}
NEUTRAL = Label("neutraal", "")

LEVELS = {
    "strong": Label("sterk", _("Strong")),
    "present": Label("oporde", _("In order")),
    "emerging": Label("kwetsbaar", _("Emerging")),
    "absent": Label("ontbreekt", _("Missing")),
    "not_enough_data": Label("onbekend", _("Not enough data yet")),
    "info": Label("info", _("In progress")),
}


def kind(code: str) -> Label:
    """The kind of party with this code; the neutral mark for anything else ("lives here")."""
    return KINDS.get(code, NEUTRAL)


def level(code: str) -> Label:
    """The level with this code; a code that does not exist is a programming error."""
    return LEVELS[code]
