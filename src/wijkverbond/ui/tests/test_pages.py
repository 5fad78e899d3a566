"""The base page: display, language, navigation, fragments, and what went wrong."""

from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.urls import path
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from wijkverbond.config import urls as site_urls
from wijkverbond.kernel.policy import Refused
from wijkverbond.ui import context, http

REASON = "Alleen wie de vraag stelde, kan dit."


def refused(request: HttpRequest) -> HttpResponse:
    """A page that a policy refuses."""
    raise Refused(REASON)


def denied(request: HttpRequest) -> HttpResponse:
    """A page refused without a reason of its own."""
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a fault in it."""
    raise RuntimeError


def with_a_message(request: HttpRequest) -> HttpResponse:
    """A page of which htmx may ask a part, with a message waiting."""
    messages.error(request, "Dat lukte niet.")
    return http.fragment(request, "ui/403.html", "refusal", {"reason": REASON})


PAGE_WITH_PARTS = """{% extends "ui/base.html" %}{% block content %}<h1>Test</h1>
<a href="/test/refused/" hx-get="/test/refused/" hx-target="#part" hx-swap="innerHTML">Geweigerd</a>
<a href="/test/wrong/" hx-get="/test/wrong/" hx-target="#part" hx-swap="innerHTML">Fout</a>
<a href="/test/part/" hx-get="/test/part/" hx-target="#part" hx-swap="innerHTML">Goed</a>
<div id="part"></div>{% endblock %}"""


class WrongForm(forms.Form):
    """A form with a mistake in it."""

    name = forms.CharField(label="Naam")


def page_with_parts(request: HttpRequest) -> HttpResponse:
    """A page that htmx changes parts of."""
    return HttpResponse(Template(PAGE_WITH_PARTS).render(RequestContext(request)))


def wrong(request: HttpRequest) -> HttpResponse:
    """The part of a page with a form that must be corrected."""
    return HttpResponse(str(WrongForm({})), status=422)


urlpatterns = [
    *site_urls.urlpatterns,
    path("test/", page_with_parts),
    path("test/wrong/", wrong),
    path("test/refused/", refused),
    path("test/denied/", denied),
    path("test/broken/", broken),
    path("test/part/", with_a_message),
]
handler400 = site_urls.handler400
handler403 = site_urls.handler403
handler404 = site_urls.handler404
handler500 = site_urls.handler500

pytestmark = pytest.mark.urls(__name__)
HTMX = {"HX-Request": "true"}


def text(content: bytes) -> str:
    """The page as text, after checking that it is valid HTML."""
    html = content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


def test_a_refusal_shows_its_reason_and_where_to_read_who_may(client: Client) -> None:
    response = client.get("/test/refused/")
    assert response.status_code == 403
    assert REASON in text(response.content)
    assert 'href="/spelregels/"' in text(response.content)


def test_a_refusal_without_a_reason_still_explains_itself(client: Client) -> None:
    response = client.get("/test/denied/")
    assert response.status_code == 403
    assert "niet voor jou" in text(response.content)


def test_a_refusal_inside_a_page_goes_to_the_message_area(client: Client) -> None:
    response = client.get("/test/refused/", headers=HTMX)
    assert response.status_code == 403
    assert response["HX-Retarget"] == "#wv-messages"
    assert REASON in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Deze pagina is er niet"), ("en", "This page is not here")]
)
def test_a_missing_page_says_so(client: Client, language: str, words: str) -> None:
    response = client.get("/nergens/", headers={"accept-language": language})
    assert response.status_code == 404
    assert words in text(response.content)


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Hier ging iets mis"), ("en", "Something went wrong here")]
)
def test_a_fault_is_admitted(client: Client, language: str, words: str) -> None:
    client.raise_request_exception = False
    response = client.get("/test/broken/", headers={"accept-language": language})
    assert response.status_code == 500
    assert words in text(response.content)


def test_an_unreadable_request_is_answered_kindly(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["ergens.nl"]
    response = client.get("/", headers={"host": "elders.nl"})
    assert response.status_code == 400
    assert "Dat konden we niet lezen" in text(response.content)


def test_a_form_whose_protection_ran_out_can_be_sent_again() -> None:
    response = Client(enforce_csrf_checks=True).post("/test/refused/")
    assert response.status_code == 403
    assert "Verstuur het formulier opnieuw." in text(response.content)


def test_a_fragment_is_only_the_part_with_the_waiting_messages(client: Client) -> None:
    response = client.get("/test/part/", headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert REASON in html
    assert 'hx-swap-oob="innerHTML:#wv-messages"' in html
    assert "Dat lukte niet." in html


def test_without_htmx_the_same_address_gives_the_whole_page(client: Client) -> None:
    response = client.get("/test/part/")
    assert "<!DOCTYPE html>" in text(response.content)
    assert "Dat lukte niet." in text(response.content)
    assert "HX-Request" in response["Vary"]


def test_a_boosted_link_gets_the_whole_page(client: Client) -> None:
    response = client.get("/test/part/", headers={**HTMX, "HX-Boosted": "true"})
    assert "<!DOCTYPE html>" in text(response.content)


@pytest.mark.parametrize("chosen", ["licht", "donker"])
def test_the_chosen_display_is_kept(client: Client, settings: Settings, chosen: str) -> None:
    settings.DEMO = True
    response = client.post("/weergave/", {"display": chosen, "next": "/ui/focus/"})
    assert response.headers["Location"] == "/ui/focus/"
    assert f'data-theme="{chosen}"' in text(client.get("/ui/focus/").content)
    client.post("/weergave/", {"display": ""})
    assert "data-theme" not in text(client.get("/ui/focus/").content)


def test_the_chosen_language_is_kept_at_the_same_address(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    response = client.post("/weergave/", {"language": "en", "next": "/ui/focus/"})
    assert response.headers["Location"] == "/ui/focus/"
    page = text(client.get("/ui/focus/", headers={"accept-language": "nl"}).content)
    assert '<html lang="en"' in page
    assert "What must get better first?" in page


@pytest.mark.parametrize("elsewhere", ["https://elders.nl/", "//elders.nl/", "javascript:x", ""])
def test_choosing_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    response = client.post("/weergave/", {"display": "licht", "next": elsewhere})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "value"), [("display", "paars"), ("language", "xx"), ("language", "")]
)
def test_a_choice_that_does_not_exist_is_not_kept(client: Client, name: str, value: str) -> None:
    client.post("/weergave/", {name: value})
    assert [cookie.value for cookie in client.cookies.values() if cookie.value] == []


def test_a_page_without_a_form_sets_no_cookie_and_asks_no_database(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    response = client.get("/ui/focus/")
    assert response.cookies == {}


def test_a_theme_of_a_municipality_is_one_more_stylesheet(
    page: Page, settings: Settings, fits: Callable[[Page], None]
) -> None:
    settings.DEMO = True
    settings.THEME_STYLESHEET = "ui/css/example-theme.css"
    settings.THEME_CLASS = "example-theme"
    page.goto("/ui/")
    button = page.locator("#button .wv-button").first
    expect(button).to_have_css("background-color", "rgb(123, 31, 162)")
    expect(page.locator(".wv-footer")).to_have_css("background-color", "rgb(74, 20, 140)")
    expect(page.locator("h1").first).to_have_css("font-family", "Georgia, serif")
    fits(page)


def test_a_theme_whose_file_is_missing_costs_no_page(
    settings: Settings, rf: RequestFactory, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    collected = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": collected}}
    settings.DEBUG = False
    settings.THEME_STYLESHEET = "ons/huis.css"
    assert context.site(rf.get("/"))["theme"] == ""


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_display_and_language_work_without_javascript(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/ui/")
    page.locator(".wv-menu summary").click()
    page.get_by_role("button", name="Donker").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "donker")
    expect(page.locator("body")).to_have_css("background-color", "rgb(12, 22, 19)")
    page.locator(".wv-menu summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_skip_link_is_first_and_leads_to_the_content(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    page.goto("/ui/focus/")
    page.keyboard.press("Tab")
    expect(page.locator(".wv-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_htmx_shows_parts_errors_and_refusals_without_script_errors(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/test/")
    page.get_by_role("link", name="Goed").click()
    expect(page.locator("#part")).to_contain_text(REASON)
    expect(page.locator("#wv-messages")).to_have_text("Dat lukte niet.")
    page.get_by_role("link", name="Geweigerd").click()
    expect(page.locator("#wv-messages")).to_contain_text(REASON)
    page.get_by_role("link", name="Fout").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expected = ("403", "422", "Autofocus processing was blocked")  # htmx moves the focus itself
    assert [
        message for message in complaints if not any(word in message for word in expected)
    ] == []


def test_only_one_navigation_is_there_at_a_time(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    page.goto("/ui/")
    expect(page.locator(".wv-nav")).to_be_visible()
    expect(page.locator(".wv-menu")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".wv-nav")).to_be_hidden()
    expect(page.locator(".wv-menu")).to_be_visible()


def test_more_pages_unfold_with_the_keyboard_and_close_with_escape(
    page: Page, settings: Settings
) -> None:
    settings.DEMO = True
    page.goto("/ui/")
    more_pages = page.locator(".wv-nav__more")
    expect(more_pages.locator("summary")).to_have_attribute("aria-current", "true")
    more_pages.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(more_pages.get_by_role("link")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(more_pages.get_by_role("link")).to_have_count(0)
    expect(more_pages.locator("summary")).to_be_focused()
    more_pages.locator("summary").click()
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(more_pages.get_by_role("link")).to_have_count(0)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_more_pages_unfold_without_javascript(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    page.goto("/ui/")
    more_pages = page.locator(".wv-nav__more")
    more_pages.locator("summary").click()
    expect(more_pages.get_by_role("link")).to_have_count(2)
    more_pages.locator("summary").click()
    expect(more_pages.get_by_role("link")).to_have_count(0)


@pytest.mark.django_db
def test_whoever_opens_the_address_of_a_form_reads_what_to_do(client: Client) -> None:
    response = client.get("/weergave/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Hier is niets te zien" in response.content.decode()
    assert client.put("/").content == b""
