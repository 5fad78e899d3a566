"""The component page shows every component, to everyone, in both languages, light and dark."""

import re
from collections.abc import Callable

import html5lib
import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from wijkverbond.ui import gallery

COTTON = sorted((gallery.TEMPLATES / "cotton").glob("*.html"))
TEMPLATES = sorted(gallery.TEMPLATES.rglob("*.html"))
EVERY_TEMPLATE = sorted(gallery.TEMPLATES.parent.parent.glob("*/templates/**/*.html"))
OPENING = re.compile(r'<c-(?:[^>"]|"[^"]*")*>')
STORIES = {file.stem: file.read_text() for file in gallery.STORIES.glob("*.html")}


@pytest.fixture(autouse=True)
def _shown(settings: Settings) -> None:
    settings.DEMO = True


def test_every_component_is_shown() -> None:
    shown = set(re.findall(r"<c-([a-z0-9-]+)[\s>]", "".join(STORIES.values())))
    assert {component.stem.replace("_", "-") for component in COTTON} <= shown


def test_every_story_is_found() -> None:
    for name, story in STORIES.items():
        assert len(gallery.PARTIAL.findall(story)) == story.count("{% partialdef ") > 0, name


def test_the_component_page_is_only_there_for_makers_and_the_demonstration(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/ui/").status_code == 404
    assert client.get("/ui/focus/").status_code == 404


@pytest.mark.parametrize("path", ["/ui/", "/ui/focus/"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_html_is_valid_and_in_one_language(client: Client, path: str, language: str) -> None:
    html = client.get(path, headers={"accept-language": language}).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert f'<html lang="{language}"' in html
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_no_template_has_inline_style_script_or_handlers() -> None:
    for template in TEMPLATES:
        text = template.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", text), template
        assert not re.search(r"<script(?![^>]* src=)", text), template
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), template


def test_conditions_stand_inside_an_attribute_never_between_two() -> None:
    """In `<c-card{% if new %} variant="zon"{% endif %}>` the tags would be attributes themselves."""
    for template in EVERY_TEMPLATE:
        marked = re.sub(r"{%.*?%}", "\x00", re.sub(r"{{.*?}}", "", template.read_text()))
        outside = [re.sub(r'"[^"]*"', "", tag) for tag in OPENING.findall(marked)]
        assert [tag for tag in outside if "\x00" in tag] == [], template


@pytest.mark.parametrize("path", ["/ui/", "/ui/focus/"])
def test_the_components_are_for_everyone(
    page: Page, for_everyone: Callable[[Page], None], path: str
) -> None:
    page.goto(path)
    for_everyone(page)


@pytest.mark.browser_context_args(locale="en-GB")
def test_the_components_are_for_everyone_in_english(
    page: Page, axe: Callable[[Page], None], fits: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/ui/")
    fits(page)
    axe(page)
