"""A coalition names its area in words until there are figures, and says later which places that is."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests import make
from tests.sweeps import ADDRESSES, browser
from tests.two_hats import for_government_too
from wijkverbond.coalition import services
from wijkverbond.coalition.forms import CoalitionForm
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries.sides import is_barred
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.places.services import load_assen

pytestmark = pytest.mark.django_db

AREA = "Tussen het spoor en het kanaal"
PITTELO = "BU01060401"


@pytest.fixture
def in_words() -> Coalition:
    """A coalition that named its area in words."""
    return make.coalition(places=[], area=AREA)


def founder(coalition: Coalition) -> Actor:
    """Who started it."""
    return make.first_actor(coalition)


def test_without_figures_a_coalition_begins_with_its_area_in_words() -> None:
    said = {"name": "Veldhoek", "purpose": "Samen", "access": "public"}
    assert "place_codes" in CoalitionForm({**said, "place_codes": "", "area": ""}).errors
    unknown = CoalitionForm({**said, "place_codes": "Veldhoek", "area": AREA})
    assert "nog geen cijfers" in unknown.errors["place_codes"][0]
    form = CoalitionForm({**said, "place_codes": "", "area": AREA})
    assert form.is_valid()
    assert (form.coalition().place_codes, form.coalition().area) == ([], AREA)


def test_the_register_tells_the_area(in_words: Coalition) -> None:
    started = Entry.objects.get(stream=in_words.id, event="coalition.coalition_started")
    assert started.facts["places"] == []
    assert started.texts.get(field="area").text == AREA


def test_every_page_works_without_a_place(in_words: Coalition) -> None:
    visitor = browser(founder(in_words))
    for name in ADDRESSES:
        try:
            address = reverse(name, args=[in_words.slug])
        except NoReverseMatch:
            continue
        assert visitor.get(address).status_code < 500, name
    home = visitor.get(reverse("overview:home", args=[in_words.slug])).content.decode()
    assert AREA in home
    figures = visitor.get(reverse("insights:index", args=[in_words.slug])).content.decode()
    assert "Nog geen officiële cijfers" in figures


def test_partners_say_later_which_places_it_is_and_the_figures_follow(in_words: Coalition) -> None:
    load_assen(actor=make.operator())
    visitor, page = (
        browser(founder(in_words)),
        reverse("coalition:set_places", args=[in_words.slug]),
    )
    assert page in visitor.get(reverse("overview:home", args=[in_words.slug])).content.decode()
    assert visitor.post(page, {"place_codes": PITTELO}).status_code == 302
    in_words.refresh_from_db()
    assert (in_words.place_codes, in_words.place_year) == ([PITTELO], 2024)
    assert Entry.objects.filter(stream=in_words.id, event="coalition.places_set").count() == 1
    figures = Client().get(reverse("insights:index", args=[in_words.slug])).content.decode()
    assert "Nog geen officiële cijfers" not in figures
    assert visitor.get(page).status_code == 404
    with pytest.raises(ValidationError):
        services.set_places(in_words, ["BU01060402"], year=2024, actor=founder(in_words))


def test_who_acts_for_government_elsewhere_is_barred_while_nobody_knows_where_it_is(
    world: make.World, in_words: Coalition
) -> None:
    make.party(in_words, "municipality")
    both = founder(in_words)
    for_government_too(world, both)
    assert is_barred(both.person, in_words, clock.now())
