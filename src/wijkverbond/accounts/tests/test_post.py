"""The post of the demonstration, in which visitors read their codes."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests import make
from wijkverbond.accounts import services
from wijkverbond.accounts.models import KeptMail
from wijkverbond.accounts.tests.visits import ADDRESS, is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: Settings) -> None:
    """The settings of the demonstration."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "wijkverbond.accounts.post.Backend"


def test_there_is_no_post_page_outside_the_demonstration(client: Client) -> None:
    KeptMail.objects.create(to=ADDRESS, subject="geheim", body="geheim")
    assert client.get("/post/").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_shows_its_mails_and_sends_none(client: Client) -> None:
    client.post("/inloggen/", {"email": ADDRESS})
    client.post("/inloggen/", {"email": "tweede@example.org"})
    assert mail.outbox == []
    page = client.get("/post/").content.decode()
    assert page.index("tweede@example.org") < page.index(ADDRESS)
    newest = re.search(r"\d{4} \d{4}", page)
    assert newest
    client.post("/inloggen/code/", {"code": newest[0]})
    assert is_signed_in(client)


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_offers_its_roles(client: Client, world: make.World) -> None:
    page = client.get("/post/").content.decode()
    for actor in (*world.parties, world.coordinator, world.operator):
        assert f'name="email" value="{make.account_of(actor).email}"' in page
    assert f"({world.coalition})" in page
    assert make.account_of(world.participant).email not in page


@pytest.mark.usefixtures("demonstration")
def test_trying_every_role_of_the_demonstration_is_not_too_often(client: Client) -> None:
    for _ in range(services.MAILS_PER_ADDRESS * 2):
        assert client.post("/inloggen/", {"email": ADDRESS}).status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_the_pages_ask_the_database_a_fixed_number_of_questions(
    client: Client, world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make.account_of(world.resident))
    for number in range(30):
        make.party(world.coalition, "school", name=f"School {number}")
        KeptMail.objects.create(to=ADDRESS, subject=f"Mail {number}", body="…")
    for page in ("/post/", "/mijn-gegevens/", "/mijn-gegevens/wissen/"):
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200
