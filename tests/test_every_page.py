"""What holds for every page of the site, whoever built it: its HTML, its words, and each of its forms.

The pages are those of the access matrix (tests/test_access.py), asked for in a role that may see them.
Every form on them is sent without JavaScript: empty, and with what nobody should type. That each
form of the site is accepted when it is filled in well, is in tests/test_every_form.py.
"""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from django.http import HttpResponse
from django.test import Client
from lxml import html as lxml_html

from tests.ready_world import ReadyWorld
from tests.sweeps import LINES, ROLES, SEEN_BY, PageAnswer, PageAnswers, Visitors, undone

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).resolve().parent.parent / "src" / "wijkverbond"
CONTROLS = "input", "select", "textarea"
WITHOUT_LABEL = "hidden", "submit", "button"
TYPED = "text", "email", "url", "number", "date", "search"
# Changes nothing but how the visitor's own browser shows the site, also from a kept page.
WITHOUT_TOKEN = ("/weergave/",)
FIRST_PAGE = "overview:portal"  # on which the forms around every page are tried
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
TYPED_WORDS = "<b>Één zin & nog een</b>"
ACCEPTED = (200, 302, 403, 404, 409, 422, 429)


# Pages that nobody sees in the world of the matrix, and the tests that do see them.
SEEN_ELSEWHERE = {
    "ui:components": "src/wijkverbond/ui/tests/test_gallery.py",
    "ui:focus": "src/wijkverbond/ui/tests/test_gallery.py",
    "ui:sent": "src/wijkverbond/ui/tests/test_sent_once.py",
    "accounts:post": "src/wijkverbond/accounts/tests/test_journey.py",
    "accounts:to_organisation": "src/wijkverbond/accounts/tests/test_organisation.py",
    "openid_connect_callback": "src/wijkverbond/accounts/tests/test_organisation.py",
    "accounts:code": "src/wijkverbond/accounts/tests/test_journey.py",
    "actions:accept": "tests/test_journey.py",
    "actions:reopen": "src/wijkverbond/actions/tests/test_in_the_browser.py",
    "breakthroughs:resident_code": "src/wijkverbond/breakthroughs/tests/test_in_the_browser.py",
    "coalition:ask_successor": "src/wijkverbond/coalition/tests/test_mandate_offers.py",
    "coalition:choose_side": "tests/test_every_form.py",
    "coalition:set_places": "src/wijkverbond/coalition/tests/test_area_in_words.py",
    "installation:begin": "src/wijkverbond/installation/tests/test_in_the_browser.py",
    "installation:colour": "src/wijkverbond/installation/tests/test_look.py",
    "installation:logo": "src/wijkverbond/installation/tests/test_look.py",
    "installation:read_accessibility": "src/wijkverbond/installation/tests/test_in_the_browser.py",
    "installation:read_contact": "src/wijkverbond/installation/tests/test_in_the_browser.py",
    "installation:read_notice": "src/wijkverbond/installation/tests/test_in_the_browser.py",
    "installation:read_privacy": "src/wijkverbond/installation/tests/test_in_the_browser.py",
    "mfa_authenticate": "src/wijkverbond/accounts/tests/test_second_step.py",
    "mfa_deactivate_totp": "src/wijkverbond/accounts/tests/test_second_step.py",
    "mfa_edit_webauthn": "src/wijkverbond/accounts/tests/test_second_step.py",
    "mfa_reauthenticate": "src/wijkverbond/accounts/tests/test_second_step.py",
    "mfa_remove_webauthn": "src/wijkverbond/accounts/tests/test_second_step.py",
    "mfa_view_recovery_codes": "src/wijkverbond/accounts/tests/test_second_step.py",
    "operations:figures": "src/wijkverbond/operations/tests/test_health.py",
    "operations:probe": "src/wijkverbond/operations/tests/test_health.py",
    "urgency:again": "src/wijkverbond/urgency/tests/test_shared_phone.py",
    "urgency:without": "src/wijkverbond/urgency/tests/test_set_apart.py",
    "urgency:sentence": "src/wijkverbond/urgency/tests/test_answering.py",
    "urgency:own": "src/wijkverbond/urgency/tests/test_answering.py",
    "urgency:first": "src/wijkverbond/urgency/tests/test_answering.py",
    "urgency:done": "src/wijkverbond/demo/tests/test_in_the_browser.py",
    "urgency:download": "src/wijkverbond/urgency/tests/test_pages.py",
    "urgency:edition": "src/wijkverbond/urgency/tests/test_editions.py",
}


every_page = pytest.mark.parametrize("name", sorted(SEEN_BY))


@pytest.fixture(scope="session")
def english() -> frozenset[str]:
    """Sentences of the code that a Dutch page must not show."""
    sentences = set()
    for file in SOURCE.glob("*/locale/nl/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="nl"):
                text = message.id if isinstance(message.id, str) else ""
                if " " in text and "%(" not in text and message.string != text:
                    sentences.add(" ".join(text.split()))
    return frozenset(sentences)


@dataclasses.dataclass(frozen=True)
class Form:
    """A form as a browser without JavaScript sends it."""

    action: str
    fields: dict[str, list[str]]
    typed: list[str]


def tree(text: str) -> Any:
    """The page as a quick parser reads it, which forgives: tests/test_every_form.py reads strictly."""
    parser = lxml_html.HTMLParser(remove_comments=True)
    return lxml_html.document_fromstring(text, parser=parser)


def words(element: Element) -> str:
    """What people read in a part of a page."""
    left_out = {"script", "style", "template", "textarea", "code", "pre"}
    parts = [element.text or ""]
    for child in element:
        parts += [words(child) if child.tag not in left_out else "", child.tail or ""]
    return " ".join(" ".join(parts).split())


def says(page_text: str, text: str) -> bool:
    """Whether the text stands there in whole words."""
    return text in page_text and bool(re.search(rf"\b{re.escape(text)}(?!\w)", page_text))


def problems(root: Element) -> Iterator[str]:
    """What is wrong with the HTML of a page, one sentence each."""
    if len(root.findall(".//h1")) != 1:
        yield "it has not exactly one h1"
    for element in root.iter():
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith("on"):
                yield f"{element.tag} has {attribute}="
        address = element.get(LOADED.get(str(element.tag), "-"), "")
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


def forms(root: Element, page_url: str) -> list[Form]:
    """The forms of a page that change something, with what stands in them."""
    return [
        Form(form.get("action") or page_url, *_filled(form))
        for form in root.iter("form")
        if form.get("method") == "post" and form.get("action") not in WITHOUT_TOKEN
    ]


def forms_of_display(root: Element) -> list[Form]:
    """The forms around every page, with which visitors choose how they see the site."""
    return [
        Form(str(form.get("action")), *_filled(form))
        for form in root.iter("form")
        if form.get("action") in WITHOUT_TOKEN
    ]


def shapes(forms: list[Form]) -> list[tuple[str, list[str], list[str]]]:
    """What tells these forms from others: where they go, their fields, and what can be typed."""
    return [(form.action, sorted(form.fields), form.typed) for form in forms]


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


def text_in(control: Element) -> str:
    """What stands in a text area: a browser leaves its first line out when that is empty."""
    return (control.text or "").removeprefix("\n")


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return [text_in(control)]
    if control.tag == "select":
        chosen = [option for option in control.iter("option") if "selected" in option.attrib]
        return [option.get("value", "") for option in chosen]
    ticked = control.get("type") not in ("radio", "checkbox") or "checked" in control.attrib
    return [control.get("value", "")] if ticked else []


def sent(browser: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    """What the site answers; afterwards the database and the browser are as they were."""
    with undone(browser):
        response = browser.post(form.action, data)
    assert isinstance(response, HttpResponse)
    return response


def shown_forms(ready_world: ReadyWorld, name: str) -> tuple[Client, list[Form]]:
    """The forms of a page in a world of its own, and the browser of the role that sees them."""
    visitors = Visitors(ready_world.put_back(), [SEEN_BY[name]])
    browser = visitors.browsers[SEEN_BY[name]]
    answer = PageAnswer.of(browser.get(visitors.address(name)))
    assert answer.status == 200
    return browser, forms(tree(answer.text), visitors.address(name)) if answer.text else []


def test_every_page_is_seen() -> None:
    pages = {
        line["url"]
        for line in LINES
        if line["method"] == "GET" and "405" not in (line[role] for role in ROLES)
    }
    assert pages - SEEN_BY.keys() == SEEN_ELSEWHERE.keys()


@every_page
def test_it_speaks_the_readers_language(
    answers: PageAnswers, english: frozenset[str], name: str
) -> None:
    dutch, other = answers.page(name), answers.of(name).english
    assert (dutch.status, other.status) == (200, 200)
    if not (dutch.text and other.text):
        return
    page = tree(dutch.text)
    assert (page.get("lang"), tree(other.text).get("lang")) == ("nl", "en")
    page_text = words(page)
    assert [text for text in english if says(page_text, text)] == []
    tried = shapes(forms_of_display(tree(answers.page(FIRST_PAGE).text)))
    assert [shape for shape in shapes(forms_of_display(page)) if shape not in tried] == []


def survives(browser: Client, form: Form) -> None:
    """Send a form as it is, empty, and with what nobody should type."""
    filled = {key: list(values) for key, values in form.fields.items()}
    assert sent(browser, form, filled).status_code in ACCEPTED, form.action
    assert sent(browser, form, {}).status_code in ACCEPTED, form.action
    for value in HOSTILE:
        data = filled | {key: [value] for key in form.fields}
        assert sent(browser, form, data).status_code in ACCEPTED, (form.action, value[:20])


def keeps(browser: Client, form: Form, field: str) -> None:
    """Type into one field and send the form; where that is refused it still stands there."""
    data = {key: [""] for key in form.fields} | {field: [TYPED_WORDS]}
    refused = sent(browser, form, data)
    if refused.status_code == 422:
        page = refused.content.decode()
        assert "wv-alert--error" in page, (form.action, field)
        root = tree(page)
        values = [
            control.get("value") or text_in(control)
            for tag in CONTROLS
            for control in root.iter(tag)
        ]
        assert TYPED_WORDS in values, (form.action, field)


@every_page
def test_its_forms_survive_hostile_input_and_keep_what_was_typed(
    ready_world: ReadyWorld, name: str
) -> None:
    browser, forms = shown_forms(ready_world, name)
    for form in forms:
        survives(browser, form)
        for field in form.typed:
            keeps(browser, form, field)


def test_the_forms_of_display_survive_hostile_input(answers: PageAnswers) -> None:
    for form in forms_of_display(tree(answers.page(FIRST_PAGE).text)):
        survives(Client(), form)
