"""The link of the log: works once, in one browser, until somebody hosts the site."""

import pytest
from django.test import Client

from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.installation import services
from wijkverbond.installation.models import FirstRun
from wijkverbond.kernel.actor import system

pytestmark = pytest.mark.django_db

STEPS = "/inrichten/"
ADDRESS = "beheerder@wijk.example"


def link() -> str:
    """The link that a start shows; what leads nowhere when it shows none."""
    return f"{STEPS}begin/{services.show_link(actor=system()) or 'none'}/"


def may_go_on(client: Client) -> bool:
    """Whether this browser sets up the site."""
    return client.get(STEPS).status_code == 200


def test_the_first_browser_that_uses_the_link_goes_on_and_no_other() -> None:
    first, second, address = Client(), Client(), link()
    page = first.get(address)
    assert page.status_code == 200
    assert not may_go_on(first)  # whoever only looks uses nothing up
    assert first.post(address)["Location"] == STEPS
    assert may_go_on(first)
    assert first.get(address)["Location"] == STEPS
    refused = second.post(address)
    assert refused.status_code == 410
    assert "al gebruikt" in refused.content.decode()
    assert not may_go_on(second)


def test_the_link_is_told_to_no_other_page_and_kept_nowhere() -> None:
    page = Client().get(link())
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    token = services.show_link(actor=system())
    assert token not in str(FirstRun.objects.values())


def test_a_guess_leads_nowhere() -> None:
    link()
    assert Client().get(f"{STEPS}begin/{'0' * 64}/").status_code == 404
    assert Client().post(f"{STEPS}begin/é/").status_code == 404


def test_every_start_shows_the_same_link_until_it_is_used_and_then_another() -> None:
    first, other, address = Client(), Client(), link()
    assert link() == address
    first.post(address)
    again = link()
    assert again != address
    assert link() == again
    assert Client().get(address).status_code == 404
    assert may_go_on(first)  # a restart stops nobody
    other.post(again)
    assert may_go_on(other)
    assert not may_go_on(first)


def test_a_host_that_was_made_by_a_command_ends_the_first_run() -> None:
    client, address = Client(), link()
    client.post(address)
    accounts.appoint_operator(ADDRESS, actor=system())
    assert not may_go_on(client)
    assert Client().get(address).status_code == 404
    assert services.show_link(actor=system()) == ""


def test_when_it_is_finished_no_start_shows_a_link_even_when_nobody_hosts_the_site() -> None:
    address = link()
    FirstRun.objects.update(finished_at="2026-11-30T12:00Z", browser="")
    assert User.objects.filter(is_operator=True).count() == 0
    assert services.show_link(actor=system()) == ""
    assert Client().get(address).status_code == 404
