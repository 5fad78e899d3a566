"""Pages about places: find one, and see what the official figures say about it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.places import geometry, presenters, queries
from wijkverbond.places.forms import PlaceSearch
from wijkverbond.places.models import Boundary, Place
from wijkverbond.places.queries import PlacePart
from wijkverbond.ui import http, maps
from wijkverbond.ui.navigation import Link

PER_PAGE = 30
# More numbers than this on a map of 360 wide lie on top of each other.
MOST_NUMBERS = 30
YEAR_DIGITS = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Places by name; the municipalities when nothing is asked."""
    entered = request.GET.get("q", "").strip()
    form = PlaceSearch(request.GET) if entered else PlaceSearch()
    text = form.cleaned_data["q"] if form.is_valid() else ""
    year = queries.current_year()
    places = queries.named(text, year) if year else Place.objects.none()
    page = Paginator(places, PER_PAGE).get_page(request.GET.get("page"))
    return http.page(request, "places/search.html", {"form": form, "text": text, "page": page})


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """What the official figures say about a place; `?jaar=` chooses an earlier division."""
    place = _find(code, request.GET.get("jaar", ""))
    if place is None:
        raise Http404
    profile = queries.profile([place.code], place.year)
    parts = queries.parts(place)
    context = {
        "place": place,
        "crumbs": _crumbs(place),
        "portrait": presenters.portrait(place, profile),
        "inhabitants": presenters.inhabitants(place, profile),
        "parts": parts,
        "map": _map(place, parts),
        "years": queries.years(place.code),
    }
    return http.page(request, "places/place.html", context)


def _find(code: str, year: str) -> Place | None:
    """The place of an address, where both code and year may be anything that somebody typed."""
    # No code has a character that the database refuses, and no year has more than four digits.
    if not code.isalnum() or (year.isdecimal() and len(year) > YEAR_DIGITS):
        return None
    return queries.find(code.upper(), int(year) if year.isdecimal() else None)


def _crumbs(place: Place) -> list[Link]:
    """From the list of places down to this one."""
    links = [Link(place.name)]
    above = place.parent
    while above:
        links.insert(0, Link(above.name, above.get_absolute_url()))
        above = above.parent
    return [Link(_("Places"), reverse("places:search")), *links]


def _map(place: Place, parts: list[PlacePart]) -> maps.AreaMap | None:
    """The parts of the place, or the place among its neighbours, numbered as in the list."""
    drawn = [(part, part.boundary) for part in parts if part.boundary]
    if not drawn:
        return None
    numbered = drawn if len(parts) <= MOST_NUMBERS else []
    return maps.AreaMap(
        [
            maps.MapArea(
                part.place.name,
                boundary.geometry,
                chosen=part.place == place,
                url=part.place.get_absolute_url(),
            )
            for part, boundary in drawn
        ],
        [maps.Pin(part.number, *_mark(boundary)) for part, boundary in numbered],
    )


def _mark(boundary: Boundary) -> tuple[float, float]:
    return geometry.inner_point(boundary.geometry, boundary.longitude, boundary.latitude)
