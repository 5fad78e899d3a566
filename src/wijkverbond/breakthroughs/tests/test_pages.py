"""The pages of breakthroughs, as people use them."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from wijkverbond.breakthroughs import services
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of

pytestmark = pytest.mark.django_db

CLAIM_FIELDS = {
    "title": "De sleutel ligt bij de buurt",
    "before": "Niemand had de sleutel.",
    "after": "Er is een rooster.",
    "happened_on": "2024-03-01",
    "evidence": ["figure"],
    "evidence_text": "Het rooster hangt bij de deur.",
}


def index_url(coalition: Coalition) -> str:
    return reverse("breakthroughs:index", args=[coalition.slug])


def address(breakthrough: Breakthrough, name: str = "page") -> str:
    slug = breakthrough.coalition.slug
    return reverse(f"breakthroughs:{name}", args=[slug, breakthrough.id])


def test_without_breakthroughs_the_page_says_how_to_begin(
    client: Client, world: make.World
) -> None:
    assert "Meld een doorbraak" in page_html(browser(world.resident), index_url(world.coalition))
    visitor = page_html(client, index_url(world.coalition))
    assert "Meld een doorbraak" not in visitor
    assert "Bekijk wie meedoet" in visitor


def test_confirmed_breakthroughs_come_before_claimed_ones(
    client: Client, world: make.World, claimed: Breakthrough
) -> None:
    later = make.breakthrough(world.coalition, by=world.corporation)
    for actor in (world.resident, world.shopkeeper):
        services.confirm(claimed, actor=actor, confirms=True)
    page = page_html(client, index_url(world.coalition))
    assert page.index(str(claimed.id)) < page.index('id="claimed"') < page.index(str(later.id))
    assert "Gemeld" in page


def test_a_partner_reports_a_breakthrough(world: make.World) -> None:
    url = reverse("breakthroughs:claim", args=[world.coalition.slug])
    other = party_of(world.shopkeeper)
    response = browser(world.resident).post(url, {**CLAIM_FIELDS, "named": [str(other.id)]})
    breakthrough = Breakthrough.objects.get()
    assert (response.status_code, response["Location"]) == (302, address(breakthrough))
    assert other in breakthrough.named.all()


def test_a_claim_without_evidence_keeps_what_was_typed(world: make.World) -> None:
    url = reverse("breakthroughs:claim", args=[world.coalition.slug])
    response = browser(world.resident).post(url, {**CLAIM_FIELDS, "evidence": []})
    assert response.status_code == 422
    assert "De sleutel ligt bij de buurt" in response.content.decode()
    assert not Breakthrough.objects.exists()


def test_the_claimant_reads_why_they_cannot_confirm_it(
    world: make.World, claimed: Breakthrough
) -> None:
    visitor = browser(world.corporation)
    assert "bevestigt het niet" in page_html(visitor, address(claimed))
    response = visitor.post(address(claimed, "confirm"))
    assert response.status_code == 403
    assert "bevestigt het niet" in response.content.decode()


def test_everyone_reads_who_confirms_and_who_disputes_it(
    client: Client, world: make.World, claimed: Breakthrough
) -> None:
    browser(world.resident).post(
        address(claimed, "confirm"), {"remark": "Het is er rustig.", **shown(claimed)}
    )
    browser(world.shopkeeper).post(
        address(claimed, "dispute"), {"remark": "Vaak nog dicht.", **shown(claimed)}
    )
    page = page_html(client, address(claimed))
    assert "Het is er rustig." in page
    assert "Vaak nog dicht." in page


def test_confirming_twice_is_refused_with_an_explanation(
    world: make.World, claimed: Breakthrough
) -> None:
    visitor = browser(world.resident)
    assert visitor.post(address(claimed, "confirm"), shown(claimed)).status_code == 302
    assert visitor.post(address(claimed, "confirm"), shown(claimed)).status_code == 422
    assert claimed.confirmations.count() == 1


def ask_code(client: Client, breakthrough: Breakthrough, email: str) -> str:
    """Ask for a code as a resident; the code that was mailed."""
    response = client.post(address(breakthrough, "resident"), {"email": email})
    assert (response.status_code, response["Location"]) == (
        302,
        address(breakthrough, "resident_code"),
    )
    assert mail.outbox[-1].to == [email]
    code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
    assert code
    return code[0]


def confirm_as_resident(breakthrough: Breakthrough, email: str) -> str:
    """Confirm with the code from the mail; what the page says then."""
    visitor = Client()
    code = ask_code(visitor, breakthrough, email)
    typed = {"code": code, **shown(breakthrough)}
    response = visitor.post(address(breakthrough, "resident_code"), typed, follow=True)
    return response.content.decode()


def test_a_resident_without_account_confirms_once_with_a_code(
    client: Client, claimed: Breakthrough
) -> None:
    assert address(claimed, "resident") in page_html(client, address(claimed))
    assert client.post(address(claimed, "resident_code"), {"code": "0000 0000"}).status_code == 302
    code = ask_code(client, claimed, "bewoner@example.org")
    assert claimed.title in str(mail.outbox[-1].body)
    typed = {"code": "0000 0000", **shown(claimed)}
    wrong = client.post(address(claimed, "resident_code"), typed)
    assert (wrong.status_code, claimed.residents.count()) == (422, 0)
    for _sent_twice in range(2):
        response = client.post(address(claimed, "resident_code"), typed | {"code": code})
        assert (response.status_code, response["Location"]) == (302, address(claimed))
    assert claimed.residents.count() == 1
    assert "al gezegd" in confirm_as_resident(claimed, "bewoner+nog-eens@example.org")
    assert claimed.residents.count() == 1
    assert "_auth_user_id" not in client.session


def test_a_code_works_in_the_browser_that_asked_for_it_only(claimed: Breakthrough) -> None:
    code = ask_code(Client(), claimed, "bewoner@example.org")
    other = Client()
    ask_code(other, claimed, "ander@example.org")
    assert (
        other.post(address(claimed, "resident_code"), {"code": code, **shown(claimed)}).status_code
        == 422
    )
    assert not claimed.residents.exists()


def test_the_address_of_a_partner_confirms_nothing_as_a_resident(
    world: make.World, claimed: Breakthrough
) -> None:
    """Nothing tells beforehand whose address it is: that is said to whoever reads its mail."""
    email = make.account_of(world.corporation).email
    visitor = Client()
    code = ask_code(visitor, claimed, email)
    typed = {"code": code, **shown(claimed)}
    response = visitor.post(address(claimed, "resident_code"), typed)
    assert response.status_code == 403
    assert "voor een partner" in response.content.decode()
    assert not claimed.residents.exists()


def test_residents_are_shown_in_steps_of_five(client: Client, claimed: Breakthrough) -> None:
    for number in range(1, 8):
        confirm_as_resident(claimed, f"bewoner{number}@example.org")
        page = page_html(client, address(claimed))
        assert ("Zeker 5 bewoners" in page) == (number >= 5)
        assert f"Zeker {number} bewoners" not in page or number == 5


def test_whoever_works_for_a_partner_cannot_press_the_button_of_residents(
    world: make.World, claimed: Breakthrough
) -> None:
    visitor = browser(world.corporation)
    session = visitor.session
    session["acting_for"] = {str(world.coalition.id): "participant"}
    session.save()
    assert visitor.post(address(claimed, "resident")).status_code == 403
    assert not claimed.residents.exists()


def test_the_reason_of_a_withdrawal_can_be_read(
    client: Client, world: make.World, claimed: Breakthrough
) -> None:
    browser(world.corporation).post(address(claimed, "withdraw"), {"reason": "Weer dicht."})
    assert "Weer dicht." in page_html(client, address(claimed))
    assert "Weer dicht." in page_html(client, index_url(world.coalition))


def test_records_of_another_coalition_are_not_found(
    client: Client, world: make.World, claimed: Breakthrough
) -> None:
    elsewhere = make.coalition()
    url = reverse("breakthroughs:page", args=[elsewhere.slug, claimed.id])
    assert client.get(url).status_code == 404


def test_the_list_takes_as_many_queries_for_many_records_as_for_one(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def one() -> None:
        breakthrough = make.breakthrough(world.coalition, by=world.corporation)
        services.confirm(breakthrough, actor=world.resident, confirms=True)

    one()
    client.get(index_url(world.coalition))
    with django_assert_num_queries(5):
        client.get(index_url(world.coalition))
    for _ in range(5):
        one()
    with django_assert_num_queries(5):
        client.get(index_url(world.coalition))


def test_a_dispute_after_the_confirmation_is_shown_beside_it(
    client: Client, world: make.World, claimed: Breakthrough
) -> None:
    for actor in (world.resident, world.shopkeeper):
        services.confirm(claimed, actor=actor, confirms=True)
    services.confirm(claimed, actor=world.municipality, confirms=False, remark="Vaak nog dicht.")
    page = page_html(client, address(claimed))
    assert page.index("Door anderen bevestigd op") < page.index("Vaak nog dicht.")
    assert "1 partner ziet het anders" in page
    assert "Vaak nog dicht." in page_html(client, index_url(world.coalition))
    services.confirm(claimed, actor=world.shopkeeper, confirms=False, remark="Nu ook voor ons.")
    page = page_html(client, address(claimed))
    assert "telt nu niet mee" in page
    assert "2 partners zien het anders" in page
    list_html = page_html(client, index_url(world.coalition))
    assert list_html.index('id="claimed"') < list_html.index(str(claimed.id))
