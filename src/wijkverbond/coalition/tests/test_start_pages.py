"""Starting a coalition in the browser."""

import pytest

from tests import make
from wijkverbond.coalition.models import (
    Coalition,
    Organisation,
)
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.pages import PART, START, SignIn, home_url, readable
from wijkverbond.places import services as places
from wijkverbond.places.models import Place

pytestmark = pytest.mark.django_db


def test_somebody_starts_a_coalition_and_sees_who_is_missing(sign_in: SignIn) -> None:
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START, follow=True)
    assert response.redirect_chain == [("/w/lariks/wie-doet-mee/", 302)]
    page_text = readable(response.content)
    assert "Bewonersgroep Noord" in page_text
    assert "Deze wijkcoalitie is in oprichting" in page_text
    assert "Ondernemers" in page_text


def test_what_was_typed_stays_when_something_is_wrong(sign_in: SignIn) -> None:
    browser = sign_in(make.someone(make.user()))
    wrong = START | {"organisation-sector": "political_party"}
    response = browser.post("/w/nieuw/", wrong)
    assert response.status_code == 422
    page_text = readable(response.content)
    assert "Een politieke partij kan geen partner zijn" in page_text
    assert 'value="Bewonersgroep Noord"' in page_text
    assert 'value="Lariks"' in page_text
    assert not Organisation.objects.exists()


def test_nobody_is_counted_as_paid_without_saying_so(sign_in: SignIn) -> None:
    browser = sign_in(make.someone(make.user()))
    unsaid = {name: value for name, value in START.items() if name != "organisation-paid"}
    response = browser.post("/w/nieuw/", unsaid)
    assert response.status_code == 422
    assert 'href="#id_organisation-paid_0"' in readable(response.content)
    browser.post("/w/nieuw/", START)
    assert not Organisation.objects.get().paid


def test_an_existing_organisation_is_reported_at_its_field(sign_in: SignIn) -> None:
    make.coalition("residents_group").parties.get()
    taken = Organisation.objects.get().name
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"organisation-name": taken.upper()})
    assert response.status_code == 422
    assert "Er is al een organisatie met deze naam." in readable(response.content)


def test_somebody_starts_another_coalition_for_the_same_organisation(
    world: make.World, sign_in: SignIn
) -> None:
    organisation = party_of(world.resident).organisation
    data = {"name": "Peelo", "place_codes": "WK010606", "access": "public", **PART}
    browser = sign_in(world.resident)
    response = browser.post("/w/nieuw/", data | {"organisation-existing": str(organisation.id)})
    assert response.status_code == 302
    assert Coalition.objects.get(slug="peelo").parties.get().organisation == organisation


def test_nobody_starts_for_an_organisation_of_others(world: make.World, sign_in: SignIn) -> None:
    organisation = party_of(world.corporation).organisation
    data = {"name": "Peelo", "place_codes": "WK010606", "access": "public", **PART}
    browser = sign_in(world.resident)
    response = browser.post("/w/nieuw/", data | {"organisation-existing": str(organisation.id)})
    assert response.status_code == 422


def test_neighbourhoods_are_known_by_name_once_their_figures_are_there(sign_in: SignIn) -> None:
    places.load_assen(actor=make.operator())
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"place_codes": "kloosterveen\nPittelo Noord"})
    assert response.status_code == 302
    coalition = Coalition.objects.get()
    assert coalition.place_codes == ["WK010608", "BU01060402"]
    home = readable(browser.get(home_url(coalition)).content)
    assert '<a href="/plaats/BU01060402/">Pittelo Noord</a>' in home


def test_a_name_that_several_places_have_asks_for_the_code(sign_in: SignIn) -> None:
    for code, level in (("WK010690", "district"), ("BU01069001", "neighbourhood")):
        Place.objects.create(year=2024, code=code, level=level, name="Dorp", search_name="dorp")
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"place_codes": "Dorp"})
    assert response.status_code == 422
    assert "BU01069001 (Buurt)" in readable(response.content)
    assert "WK010690 (Wijk)" in readable(response.content)


@pytest.mark.parametrize("written", ["Nergenshuizen", "BU99999999", "XX12"])
def test_an_unknown_neighbourhood_is_reported(sign_in: SignIn, written: str) -> None:
    places.load_assen(actor=make.operator())
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"place_codes": written})
    assert response.status_code == 422
    assert "kennen we niet" in readable(response.content)
