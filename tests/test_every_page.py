"""What holds for every page of the site, whoever built it: its HTML, its words, and each of its forms.

The pages are those of the access matrix (tests/test_access.py), asked for in a role that may see them.
Every form on them is sent without JavaScript: empty, and with what nobody should type. That each
form of the site is accepted when it is filled in well, is in tests/test_every_form.py.
"""

import copy
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from babel.messages.pofile import read_po
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import matrices
from tests.test_access import ROLES, Visitors

SOURCE = Path(__file__).resolve().parent.parent / "src" / "wijkverbond"
CONTROLS = "input", "select", "textarea"
WITHOUT_LABEL = "hidden", "submit", "button"
TYPED = "text", "email", "url", "number", "date", "search"
# Changes nothing but how the visitor's own browser shows the site, also from a kept page.
WITHOUT_TOKEN = ("/weergave/",)
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
HOSTILE = (
    "\x00\u202e<script>alert(1)</script>&\U0001f3d8" + "a" * 20_000,
    "1e999",
    "NaN",
    "-1",
    "9999-12-31",
    "0000-00-00",
    "x",
)
ACCEPTED = (200, 302, 403, 404, 409, 422, 429)


# Pages that nobody sees in the world of the matrix, and the tests that do see them.
SEEN_ELSEWHERE = {
    "ui:components": "src/wijkverbond/ui/tests/test_gallery.py",
    "ui:focus": "src/wijkverbond/ui/tests/test_gallery.py",
    "accounts:post": "src/wijkverbond/accounts/tests/test_journey.py",
    "accounts:code": "src/wijkverbond/accounts/tests/test_journey.py",
    "actions:accept": "tests/test_journey.py",
    "actions:reopen": "src/wijkverbond/actions/tests/test_in_the_browser.py",
    "urgency:sentence": "src/wijkverbond/urgency/tests/test_answering.py",
    "urgency:own": "src/wijkverbond/urgency/tests/test_answering.py",
    "urgency:first": "src/wijkverbond/urgency/tests/test_answering.py",
    "urgency:done": "src/wijkverbond/demo/tests/test_in_the_browser.py",
    "urgency:download": "src/wijkverbond/urgency/tests/test_pages.py",
}


def _seen_by() -> dict[str, str]:
    """The first role that may see each page."""
    found: dict[str, str] = {}
    for line in matrices.lines("access.csv"):
        role = next((role for role in ROLES if line[role] == "200"), None)
        if line["method"] == "GET" and role:
            found[line["url"]] = role
    return found


SEEN_BY = _seen_by()
every_page = pytest.mark.parametrize("name", sorted(SEEN_BY))


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """One world for all pages, because every visit is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Visitors()
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def english() -> frozenset[str]:
    """Sentences of the code that a Dutch page must not show."""
    found = set()
    for file in SOURCE.glob("*/locale/nl/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="nl"):
                text = message.id if isinstance(message.id, str) else ""
                if " " in text and "%(" not in text and message.string != text:
                    found.add(" ".join(text.split()))
    return frozenset(found)


@dataclasses.dataclass(frozen=True)
class Form:
    """A form as a browser without JavaScript sends it."""

    action: str
    fields: dict[str, list[str]]
    typed: list[str]


def page(visitors: Visitors, name: str, **headers: str) -> HttpResponse | None:
    """The page of this name, in a role that may see it; nothing when it is a download."""
    browser = visitors.browsers[SEEN_BY[name]]
    response = browser.get(visitors.address(name), headers=headers)
    assert response.status_code == 200
    html = response["Content-Type"].startswith("text/html")
    return response if html and isinstance(response, HttpResponse) else None


def tree(response: HttpResponse) -> Element:
    """The page, parsed strictly."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found = parser.parse(response.content.decode())
    assert isinstance(found, Element)
    return found


def words(element: Element) -> str:
    """What people read in a part of a page."""
    left_out = {"script", "style", "template", "textarea", "code", "pre"}
    parts = [element.text or ""]
    for child in element:
        parts += [words(child) if child.tag not in left_out else "", child.tail or ""]
    return " ".join(" ".join(parts).split())


def problems(root: Element) -> Iterator[str]:
    """What is wrong with the HTML of a page, one sentence each."""
    if len(root.findall(".//h1")) != 1:
        yield "it has not exactly one h1"
    for element in root.iter():
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith("on"):
                yield f"{element.tag} has {attribute}="
        address = element.get(LOADED.get(str(element.tag), ""), "")
        if "//" in address:
            yield f"{element.tag} loads {address}"
    for form in root.iter("form"):
        yield from _problems_of_form(root, form)


def _problems_of_form(root: Element, form: Element) -> Iterator[str]:
    names = {control.get("name") for tag in CONTROLS for control in form.iter(tag)}
    needs_token = form.get("method") == "post" and form.get("action") not in WITHOUT_TOKEN
    if needs_token and "csrfmiddlewaretoken" not in names:
        yield f"the form to {form.get('action')} has no token"
    if all(button.get("type", "submit") != "submit" for button in form.iter("button")):
        yield f"the form to {form.get('action')} has no button that sends it"
    labelled = {label.get("for") for label in root.iter("label")}
    wrapped = {control for label in root.iter("label") for control in label.iter()}
    for control in (control for tag in CONTROLS for control in form.iter(tag)):
        if control.get("type") in WITHOUT_LABEL or control in wrapped:
            continue
        if not (control.get("id") in labelled or control.get("aria-label")):
            yield f"{control.get('name')} has no label"


def forms(root: Element, here: str) -> list[Form]:
    """The forms of a page that change something, with what stands in them."""
    return [
        Form(form.get("action") or here, *_filled(form))
        for form in root.iter("form")
        if form.get("method") == "post"
    ]


def _filled(form: Element) -> tuple[dict[str, list[str]], list[str]]:
    fields: dict[str, list[str]] = {}
    typed = []
    for control in form.iter():
        name = control.get("name")
        if not name or control.tag not in (*CONTROLS, "button"):
            continue
        values = _values(control)
        fields.setdefault(name, []).extend(values)
        if control.tag == "textarea" or control.get("type") in TYPED:
            typed.append(name)
    return fields, typed


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return [control.text or ""]
    if control.tag == "select":
        chosen = [option for option in control.iter("option") if "selected" in option.attrib]
        return [option.get("value", "") for option in chosen]
    ticked = control.get("type") not in ("radio", "checkbox") or "checked" in control.attrib
    return [control.get("value", "")] if ticked else []


def sent(browser: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    """What the site answers; afterwards the database and the browser are as they were."""
    cookies = copy.deepcopy(browser.cookies)
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined]  # a durable deed inside it may run
    with undone:
        response = browser.post(form.action, data)
        transaction.set_rollback(True)
    browser.cookies = cookies
    assert isinstance(response, HttpResponse)
    return response


def test_every_page_is_seen() -> None:
    pages = {
        line["url"]
        for line in matrices.lines("access.csv")
        if line["method"] == "GET" and "405" not in (line[role] for role in ROLES)
    }
    assert pages - SEEN_BY.keys() == SEEN_ELSEWHERE.keys()


@pytest.mark.django_db  # also tells pytest-django that a database is needed
@every_page
def test_its_html_is_right(visitors: Visitors, name: str) -> None:
    response = page(visitors, name)
    found = list(problems(tree(response))) if response else []
    assert found == []


@pytest.mark.django_db
@every_page
def test_it_speaks_the_readers_language(
    visitors: Visitors, english: frozenset[str], name: str
) -> None:
    dutch, other = page(visitors, name), page(visitors, name, accept_language="en")
    if not (dutch and other):
        return
    assert (tree(dutch).get("lang"), tree(other).get("lang")) == ("nl", "en")
    shown = words(tree(dutch))
    assert [text for text in english if re.search(rf"\b{re.escape(text)}(?!\w)", shown)] == []


@pytest.mark.django_db
@every_page
def test_its_forms_survive_whatever_is_sent(visitors: Visitors, name: str) -> None:
    response, browser = page(visitors, name), visitors.browsers[SEEN_BY[name]]
    found = forms(tree(response), visitors.address(name)) if response else []
    for form in found:
        kept = {key: list(values) for key, values in form.fields.items()}
        assert sent(browser, form, kept).status_code in ACCEPTED, form.action
        assert sent(browser, form, {}).status_code in ACCEPTED, form.action
        for value in HOSTILE:
            data = kept | {key: [value] for key in form.fields}
            assert sent(browser, form, data).status_code in ACCEPTED, (form.action, value[:20])


@pytest.mark.django_db
@every_page
def test_a_refused_form_keeps_what_was_typed(visitors: Visitors, name: str) -> None:
    response, browser = page(visitors, name), visitors.browsers[SEEN_BY[name]]
    typed = "<b>Één zin & nog een</b>"
    for form in forms(tree(response), visitors.address(name)) if response else []:
        for field in form.typed:
            data = {key: [""] for key in form.fields} | {field: [typed]}
            refused = sent(browser, form, data)
            if refused.status_code == 422:
                assert "wv-alert--error" in refused.content.decode(), (form.action, field)
                values = [
                    control.get("value") or control.text or ""
                    for tag in CONTROLS
                    for control in tree(refused).iter(tag)
                ]
                assert typed in values, (form.action, field)
