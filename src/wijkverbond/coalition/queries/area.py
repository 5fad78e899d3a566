"""The area of a coalition: how people write its places, and how pages show them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.places.divisions import Level, level_of
from wijkverbond.places.models import Place, folded
from wijkverbond.ui.navigation import Link

FIRST_DIVISION = 2024
LEVELS = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)


def division_year() -> int:
    """The newest division that this installation knows; 2024 when it knows none yet."""
    newest = Place.objects.filter(level=Level.NEIGHBOURHOOD).order_by("-year").first()
    return newest.year if newest else FIRST_DIVISION


def codes_of(written: Iterable[str], year: int) -> list[str]:
    """The official codes of places that somebody wrote as names or codes, each once, in order.

    Raises ValidationError, saying what was not clear. Where no places were brought in yet, a code
    of the right form is taken as it is.
    """
    places = Place.objects.filter(year=year, level__in=LEVELS)
    any_known = places.exists()
    codes: dict[str, None] = {}
    for text in filter(None, (text.strip() for text in written)):
        code = text.upper()
        if level_of(code) in LEVELS:
            if any_known and not places.filter(code=code).exists():
                raise ValidationError(_("%(words)s: we do not know this code.") % {"words": text})
            codes[code] = None
        else:
            codes[_code_by_name(text, year)] = None
    return list(codes)


def _code_by_name(name: str, year: int) -> str:
    homonyms = Place.objects.filter(year=year, level__in=LEVELS, search_name=folded(name))
    places = list(homonyms.select_related("parent")[:10])
    if not places:
        unknown = _("%(words)s: we do not know this neighbourhood.")
        if not Place.objects.exists():
            unknown = _("%(words)s: this site has no figures yet, so it knows no neighbourhoods.")
        raise ValidationError(unknown % {"words": name})
    if len(places) > 1:
        which = "; ".join(f"{place.code} ({_level_and_parent(place)})" for place in places)
        raise ValidationError(
            _("%(words)s: there are several. Write the code of the one you mean: %(which)s")
            % {"words": name, "which": which}
        )
    return places[0].code


def _level_and_parent(place: Place) -> str:
    level = Level(place.level).label
    return f"{level}, {place.parent.name}" if place.parent else str(level)


def place_links(coalition: Coalition) -> list[Link]:
    """The coalition's places with their pages; only a code where the place was not brought in."""
    places = Place.objects.filter(code__in=coalition.place_codes, year=coalition.place_year)
    names = dict(places.values_list("code", "name"))
    return [
        Link(names[code], reverse("places:place", args=[code])) if code in names else Link(code)
        for code in coalition.place_codes
    ]
