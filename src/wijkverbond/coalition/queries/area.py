"""The area of a coalition: districts and neighbourhoods, as people write them and as they read."""

import uuid
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Access, Coalition
from wijkverbond.places.divisions import Level, level_of
from wijkverbond.places.models import Place, folded
from wijkverbond.ui.navigation import Link

FIRST_DIVISION = 2024
LEVELS = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)


def division_year() -> int:
    """The newest division that this installation knows; 2024 when it knows none yet."""
    newest = Place.objects.filter(level=Level.NEIGHBOURHOOD).order_by("-year").first()
    return newest.year if newest else FIRST_DIVISION


def read(written: Iterable[str], year: int) -> list[str]:
    """The official codes of places that somebody wrote as names or codes, each once, in order.

    Raises ValidationError, saying what was not clear. Where no places were brought in yet, a code
    of the right form is taken as it is.
    """
    known = Place.objects.filter(year=year, level__in=LEVELS)
    any_known = known.exists()
    codes: dict[str, None] = {}
    for words in filter(None, (word.strip() for word in written)):
        code = words.upper()
        if level_of(code) in LEVELS:
            if any_known and not known.filter(code=code).exists():
                raise ValidationError(_("%(words)s: we do not know this code.") % {"words": words})
            codes[code] = None
        else:
            codes[_by_name(words, year)] = None
    return list(codes)


def _by_name(words: str, year: int) -> str:
    named = Place.objects.filter(year=year, level__in=LEVELS, search_name=folded(words))
    found = list(named.select_related("parent")[:10])
    if not found:
        raise ValidationError(_("%(words)s: we do not know this neighbourhood.") % {"words": words})
    if len(found) > 1:
        which = "; ".join(f"{place.code} ({_in_words(place)})" for place in found)
        raise ValidationError(
            _("%(words)s: there are several. Write the code of the one you mean: %(which)s")
            % {"words": words, "which": which}
        )
    return found[0].code


def _in_words(place: Place) -> str:
    level = Level(place.level).label
    return f"{level}, {place.parent.name}" if place.parent else str(level)


def places(coalition: Coalition) -> list[Link]:
    """The coalition's places with their pages; only a code where the place was not brought in."""
    found = Place.objects.filter(code__in=coalition.place_codes, year=coalition.place_year)
    names = dict(found.values_list("code", "name"))
    return [
        Link(names[code], reverse("places:place", args=[code])) if code in names else Link(code)
        for code in coalition.place_codes
    ]


def coalitions_in(places: Sequence[str], *, other_than: uuid.UUID | None = None) -> list[Coalition]:
    """Public coalitions that work in one of these places too."""
    found = Coalition.objects.filter(place_codes__overlap=list(places), access=Access.PUBLIC)
    return [other for other in found.order_by("name") if other.id != other_than]
