"""The stylesheet: one file, hashed, small; tokens complete in light and dark; keys that can be off."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import Client
from playwright.sync_api import Page, Request, expect
from pytest_django.fixtures import Settings

from wijkverbond.ui.staticfiles import Storage

CSS = Path(__file__).parent.parent / "static" / "ui" / "css"
PACKAGE = Path(__file__).parents[2]
JAVASCRIPT = CSS.parent / "js"
PARTS = re.findall(r'@import "([\w-]+)\.css"', (CSS / "index.css").read_text())
KIB = 1024


def declarations(block: str) -> dict[str, str]:
    """The custom properties of a block."""
    return dict(re.findall(r"(--wv-[\w-]+):\s*([^;]+);", block))


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Storage:
    """The static files of the site as an installation serves them."""
    settings.STATICFILES_DIRS = []  # where the tests have the stylesheet joined already
    storage = Storage(location=tmp_path, base_url="/static/")
    paths: dict[str, tuple[StaticFilesStorage, str]] = {}
    for finder in finders.get_finders():
        for path, source in finder.list([]):
            if path.startswith("ui/"):
                with source.open(path) as file:
                    storage.save(path, file)
                paths[path] = (source, path)
    assert [
        name for name, _, done in storage.post_process(paths) if isinstance(done, Exception)
    ] == []
    return storage


def test_the_stylesheet_is_one_file_with_hashed_fonts(collected: Storage) -> None:
    name = collected.stored_name("ui/css/index.css")
    assert re.fullmatch(r"ui/css/index\.[0-9a-f]{12}\.css", name)
    text = (Path(collected.location) / name).read_text()
    assert "@import" not in text
    assert text.index("@layer tokens, base, layout, components, capability;") < text.index("{")
    assert re.search(r'url\("\.\./fonts/atkinson-latin\.[0-9a-f]{12}\.woff2"\)', text)
    assert {*PARTS} == {file.stem for file in CSS.glob("*.css")} - {"index", "example-theme"}
    for part in PARTS:
        assert (CSS / f"{part}.css").read_text().split("\n", 1)[0] in text


def test_what_a_first_visit_loads_is_small(
    collected: Storage, client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    html = client.get("/ui/focus/").content
    folder = Path(collected.location)
    compressed = [html] + [
        (folder / collected.stored_name(f"ui/{name}")).read_bytes()
        for name in ("css/index.css", "js/wv-keys.js", "js/wv-header.js", "sprite.svg")
    ]
    htmx = finders.find("django_htmx/htmx-2.min.js")
    assert htmx
    compressed.append(Path(htmx).read_bytes())
    fonts = [CSS.parent / "fonts" / f"{name}-latin.woff2" for name in ("atkinson", "bricolage")]
    total = sum(len(brotli.compress(part)) for part in compressed)
    total += sum(font.stat().st_size for font in fonts)
    assert total <= 150 * KIB


def test_our_own_javascript_is_small() -> None:
    assert sum(file.stat().st_size for file in JAVASCRIPT.glob("*.js")) <= 15 * KIB


def test_the_two_lists_of_dark_tokens_are_the_same() -> None:
    tokens = (CSS / "tokens.css").read_text()
    chosen = tokens.split(':root[data-theme="donker"] {')[1].split("}")[0]
    device = tokens.split(":root:not([data-theme]) {")[1].split("}")[0]
    assert declarations(chosen) == declarations(device) != {}


def test_the_tokens_are_those_that_are_used() -> None:
    everything = "".join(file.read_text() for file in CSS.glob("*.css"))
    used = set(re.findall(r"var\((--wv-[\w-]+)[,)]", everything))
    sprite = (CSS.parent / "sprite.svg").read_text()
    used |= set(re.findall(r"var\((--wv-[\w-]+)[,)]", sprite))
    assert used == set(declarations(everything))


def test_every_class_in_a_template_has_a_style() -> None:
    everything = "".join(file.read_text() for file in CSS.glob("*.css"))
    styled = set(re.findall(r"\.(wv-[\w-]+)", everything))
    used = {
        name.rstrip("-")
        for file in PACKAGE.glob("*/templates/**/*.html")
        for attribute in re.findall(r'class="([^"]*)"', file.read_text())
        for name in re.findall(r"wv-[a-z0-9]+(?:[-_]+[a-z0-9]+)*", attribute)
    }
    assert {name for name in used if not any(prefix.startswith(name) for prefix in styled)} == set()


def test_only_tokens_hold_colours_except_on_yellow_and_green() -> None:
    allowed = {
        "#13251e",
        "#33413a",
        "#fff",
        "#ffffff80",
        "#ffffff55",
        "#0000",
        "#000",  # the QR code, that cameras read
        "#7c270a",
        "#571a05",
    }
    allowed |= {"#0b4f3c", "#0b5a45", "#073a2d", "#062e24"}  # the yellow card, light in dark too
    for name in {*PARTS} - {"tokens"}:
        colours = re.findall(r"#[0-9a-fA-F]{3,8}\b", (CSS / f"{name}.css").read_text())
        assert set(colours) <= allowed


def test_each_font_has_its_licence_beside_it() -> None:
    names = {file.name for file in (CSS.parent / "fonts").iterdir()}
    assert {"OFL-atkinson-hyperlegible-next.txt", "OFL-bricolage-grotesque.txt"} <= names


def answers(page: Page) -> list[str]:
    """Collects what the statement's form sends."""
    sent: list[str] = []

    def keep(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data or "")

    page.on("request", keep)
    return sent


@pytest.mark.parametrize(("key", "answer"), [("1", "agree"), ("2", "disagree"), ("3", "pass")])
def test_a_key_answers_while_the_focus_is_in_the_group(
    page: Page, settings: Settings, key: str, answer: str
) -> None:
    settings.DEMO = True
    answers_sent = answers(page)
    page.goto("/ui/focus/")
    page.get_by_role("button", name="Oneens").focus()
    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.press(key)
    assert answers_sent == [f"answer={answer}"]


def test_a_key_does_nothing_elsewhere_on_the_page(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    answers_sent = answers(page)
    page.goto("/ui/focus/")
    page.get_by_role("link", name="Stoppen").focus()
    page.keyboard.press("1")
    expect(page.get_by_role("group")).to_be_visible()
    assert answers_sent == []


def test_the_keys_can_be_switched_off_and_stay_off(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    answers_sent = answers(page)
    page.goto("/ui/focus/")
    page.get_by_role("checkbox", name="toetsen 1, 2 en 3").uncheck()
    page.goto("/ui/focus/")
    expect(page.get_by_role("checkbox", name="toetsen 1, 2 en 3")).not_to_be_checked()
    page.get_by_role("button", name="Oneens").focus()
    page.keyboard.press("1")
    assert answers_sent == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_the_buttons_answer(page: Page, settings: Settings) -> None:
    settings.DEMO = True
    answers_sent = answers(page)
    page.goto("/ui/focus/")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Eens", exact=True).click()
    assert answers_sent == ["answer=agree"]
