"""A newcomer signs in as one of the demonstration's roles, on a phone without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests import make
from wijkverbond.accounts.models import User

Check = Callable[[Page], None]
PHONE = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, java_script_enabled=False
)


@pytest.fixture
def chair(settings: Settings, transactional_db: None) -> User:
    """The demonstration, with somebody to sign in as."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "wijkverbond.accounts.post.Backend"
    chosen = User.objects.get(id=make.world().resident.person or "")
    chosen.name = "Voorzitter bewonersgroep"
    chosen.save(update_fields=["name"])
    return chosen


def newest_code(page: Page) -> str:
    """The code in the mail that stands first at /post/."""
    code = re.search(r"\d{4} \d{4}", page.get_by_role("article").first.inner_text())
    assert code
    return code[0]


def type_code(page: Page, code: str) -> None:
    """Type a code and send it."""
    page.get_by_label("De code uit de mail").fill(code)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def sign_in(page: Page, person: User) -> None:
    """Sign in by the post of the demonstration."""
    page.goto("/post/")
    page.get_by_role("button", name=f"Inloggen als {person.name or person.email}").click()
    page.goto("/post/")
    code = newest_code(page)
    page.get_by_role("link", name="Ik heb mijn code").click()
    type_code(page, code)


@PHONE
def test_a_newcomer_signs_in_by_the_post_of_the_demonstration(page: Page, chair: User) -> None:
    page.goto("/mijn-gegevens/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in met je e-mailadres")
    page.get_by_label("Je e-mailadres").fill("geen adres")
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit is geen e-mailadres")

    page.get_by_role("link", name="Post").first.click()
    expect(page.get_by_role("heading", name="Nog geen mail")).to_be_visible()
    page.get_by_role("button", name="Inloggen als Voorzitter bewonersgroep").click()
    expect(page.get_by_role("main")).to_contain_text(chair.email)
    type_code(page, "1234")
    expect(page.get_by_role("alert")).to_contain_text("nog 4 keer")

    page.get_by_role("link", name="Post").first.click()
    code = newest_code(page)
    page.get_by_role("link", name="Ik heb mijn code").click()
    type_code(page, code)
    page.goto("/mijn-gegevens/")
    expect(page.get_by_label("Je naam")).to_have_value("Voorzitter bewonersgroep")


@PHONE
def test_somebody_changes_their_language_thinks_of_erasing_and_signs_out(
    page: Page, chair: User
) -> None:
    sign_in(page, chair)
    page.goto("/mijn-gegevens/")
    page.get_by_label("Je taal").select_option("en")
    page.get_by_role("button", name="Bewaar dit").click()
    expect(page.get_by_role("status")).to_contain_text("Your details are changed.")

    page.get_by_role("link", name="Erase my account").click()
    page.get_by_label("Type your e-mail address").fill("somebody@example.org")
    page.get_by_role("button", name="Erase my account for good").click()
    expect(page.get_by_role("alert")).to_contain_text("Type your own e-mail address")
    page.get_by_role("link", name="Do nothing").click()

    page.goto("/uitloggen/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/mijn-gegevens/")
    expect(page).to_have_url(re.compile("/inloggen/"))


@PHONE
def test_somebody_erases_their_account(page: Page, chair: User) -> None:
    sign_in(page, chair)
    page.goto("/mijn-gegevens/wissen/")
    page.get_by_label("Typ je e-mailadres").fill(chair.email)
    page.get_by_role("button", name="Wis mijn account voorgoed").click()
    page.goto("/post/")
    expect(page.get_by_role("main")).not_to_contain_text(chair.email)


def test_the_pages_are_for_everyone(page: Page, chair: User, for_everyone: Check) -> None:
    def look(address: str = "") -> None:
        if address:
            page.goto(address)
        for_everyone(page)

    look("/inloggen/")
    look("/post/")
    page.get_by_role("button", name="Inloggen als Voorzitter bewonersgroep").click()
    look()
    type_code(page, "1")
    look()
    look("/post/")
    code = newest_code(page)
    page.goto("/inloggen/code/")
    type_code(page, code)
    for address in ("/mijn-gegevens/", "/mijn-gegevens/wissen/", "/uitloggen/"):
        look(address)
