"""What the pages of doing have in common."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.models import Entry
from wijkverbond.register import queries as register
from wijkverbond.ui.navigation import Link

Timeline = list[tuple[object, str]]


def crumbs(coalition: Coalition, *more: Link) -> list[Link]:
    """Where one is: the coalition, doing, and further."""
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Doing"), reverse("actions:index", args=[coalition.slug])),
        *more,
    ]


def timeline(entries: Iterable[Entry]) -> Timeline:
    """When and what happened, with the names of the partners."""
    found = list(entries)
    parties = register.named(found)
    return [(entry.at, register.in_words(entry, parties)) for entry in found]
