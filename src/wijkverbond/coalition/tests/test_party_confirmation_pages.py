"""What people see and do on the pages while a partner is not confirmed yet."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.html import one_line, shown
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.tests.pages import START, SignIn, page_url, readable
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.overview.my_tasks import my_tasks

pytestmark = pytest.mark.django_db

NOT_YET = "Nog niet bevestigd, telt nog niet mee"
BUTTON = "Zij zijn wat ze zeggen"


def tasks_of(actor: Actor) -> list[str]:
    """The titles of what is asked of somebody."""
    assert actor.person
    return [task.title for task in my_tasks(actor.person, clock.now()).tasks]


def test_a_newcomer_is_confirmed_in_the_browser(world: make.World, sign_in: SignIn) -> None:
    school = make.party(world.coalition, "school", confirmed=False)
    page = page_url(world.coalition, "party", party_id=school.id)
    who = page_url(world.coalition, "who")
    everyone = readable(Client().get(page).content)
    assert NOT_YET in everyone
    assert BUTTON not in everyone
    own = readable(sign_in(make.actor(school)).get(page).content)
    assert "vraag het aan een organisatie met andere mensen" in own
    assert page_url(world.coalition, "invite") in own
    assert BUTTON not in readable(sign_in(world.municipality).get(page).content)
    street = one_line(sign_in(make.actor(school)).get(who).content)
    assert "), nog niet bevestigd<" in street
    assert "1 partner is nog niet bevestigd" in street
    assert "2 partners" not in street
    assert "Jouw organisatie is nog niet bevestigd" in street
    browser = sign_in(world.shopkeeper)
    assert BUTTON in readable(browser.get(page).content)
    button = page_url(world.coalition, "confirm_party", party_id=school.id)
    for _time in range(2):
        assert browser.post(button, shown(school))["Location"] == page
    confirmed = readable(browser.get(page).content)
    assert NOT_YET not in confirmed
    assert "Bevestigd door" in confirmed
    assert "nog niet bevestigd" not in readable(Client().get(who).content)


def test_the_first_two_see_whom_they_wait_for(sign_in: SignIn) -> None:
    coalition = make.coalition()
    group, shop = coalition.parties.get(), make.party(coalition, "shop", confirmed=False)
    services.confirm_party(shop, actor=make.actor(group))
    page = readable(
        sign_in(make.actor(group)).get(page_url(coalition, "party", party_id=shop.id)).content
    )
    assert f"Beide tellen mee zodra {shop.name} ook {group.name} bevestigt" in page
    assert BUTTON not in page
    who = readable(Client().get(page_url(coalition, "who")).content)
    assert f"{group.name} doet mee en is nog niet bevestigd. Tot dan ontbreekt deze soort." in who


def test_whoever_can_confirm_a_newcomer_is_asked_once(world: make.World) -> None:
    def asked(actor: Actor, newcomer: Party) -> int:
        return sum(newcomer.name in title for title in tasks_of(actor))

    school = make.party(world.coalition, "school", confirmed=False)
    person = make.account_of(world.shopkeeper)
    make.party(world.coalition, "shop", person=person)
    assert [asked(actor, school) for actor in world.parties] == [1, 1, 1, 0]
    assert asked(make.actor(school), school) == 0
    services.confirm_party(school, actor=world.resident)
    assert [asked(actor, school) for actor in world.parties] == [0, 0, 0, 0]


def test_as_many_queries_for_many_newcomers_as_for_one(world: make.World, sign_in: SignIn) -> None:
    browser, who = sign_in(world.shopkeeper), page_url(world.coalition, "who")
    numbers = []
    for more in (1, 4):
        for _newcomer in range(more):
            make.party(world.coalition, "school", may=[], confirmed=False)
        browser.get(who)
        with CaptureQueriesContext(connection) as queries:
            browser.get(who)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_what_a_name_leaves_in_doubt_is_settled_in_the_browser(
    world: make.World, sign_in: SignIn
) -> None:
    party = make.party(world.coalition, "shop", name="Gemeente van buren", confirmed=False)
    page = page_url(world.coalition, "party", party_id=party.id)
    button = page_url(world.coalition, "confirm_party", party_id=party.id)
    browser = sign_in(world.resident)
    assert "Dit is een overheid" in readable(browser.get(page).content)
    assert browser.post(button, {"says": "nonsense", **shown(party)}).status_code == 302
    browser.post(button, {"says": "public_body", **shown(party)})
    assert "zegt: die is een overheid" in readable(Client().get(page).content)
    sign_in(world.corporation).post(button, {"says": "public_body", **shown(party)})
    settled = readable(Client().get(page).content)
    assert NOT_YET not in settled
    assert "Andere overheid" in settled


def test_who_chose_another_sort_reads_that_it_is_government(sign_in: SignIn) -> None:
    browser = sign_in(make.someone(make.user()))
    data = START | {"organisation-name": "Provincie Drenthe", "access": "public"}
    page = readable(browser.post(reverse("coalition:start"), data, follow=True).content)
    assert "Provincie Drenthe doet mee als overheid" in page
