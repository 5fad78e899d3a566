"""What README and docs name exists: files, commands, and the words on the pages."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from wijkverbond.config.launch import pictures
from wijkverbond.config.launch.commands import HANDLERS, management_commands
from wijkverbond.config.launch.homes import CHECKOUT, PACKAGE

PAGES = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
FOR_USERS = [page for page in PAGES if page.parent.name == "users"]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
COMMAND = re.compile(r"\./wijkverbond ([a-z][a-z-]*)")
GLOSSARY_NAMES = re.compile(r"(?<=[|,] )`([\w.]+)`(?=[ ,])")
SHOWN = re.compile(r"\*\*(.+?)\*\*")


def _name(file: Path) -> str:
    return str(file.relative_to(CHECKOUT))


def _found(pattern: re.Pattern[str], file: Path) -> Iterator[str]:
    return (match[1] for match in pattern.finditer(file.read_text()))


@pytest.fixture(scope="module")
def dutch() -> frozenset[str]:
    """Everything that the site says in Dutch."""
    words: set[str] = set()
    for file in PACKAGE.glob("*/locale/nl/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            words |= {str(message.string) for message in read_po(opened, locale="nl")}
    return frozenset(words)


@pytest.mark.parametrize("file", PAGES, ids=_name)
def test_every_link_leads_to_a_file(file: Path) -> None:
    assert [link for link in _found(LINK, file) if not (file.parent / link).exists()] == []


@pytest.mark.parametrize("file", PAGES, ids=_name)
def test_every_command_exists(file: Path) -> None:
    assert set(_found(COMMAND, file)) - {*HANDLERS, *management_commands()} == set()


@pytest.mark.parametrize("file", FOR_USERS, ids=_name)
def test_what_users_are_told_to_choose_is_on_the_site(file: Path, dutch: frozenset[str]) -> None:
    assert set(_found(SHOWN, file)) - dutch == set()


def test_the_readme_leads_to_every_page_of_the_documentation() -> None:
    pages = {_name(page) for page in PAGES if page.parent != CHECKOUT}
    assert pages - set(_found(LINK, CHECKOUT / "README.md")) == set()


def test_the_glossary_names_what_is_in_the_code() -> None:
    lines = (CHECKOUT / "docs/contributors/glossary.md").read_text().splitlines()
    names = {name for line in lines for name in GLOSSARY_NAMES.findall(line)}
    code = " ".join(file.read_text() for file in PACKAGE.glob("*/**/*.py"))
    assert names
    assert names - set(re.findall(r"[\w.]+", code)) == set()


def test_the_picture_of_the_rooms_is_that_of_the_import_rules() -> None:
    assert pictures.ROOMS.read_text() == pictures.draw_rooms()


def test_the_version_is_the_newest_of_the_changelog() -> None:
    released = re.findall(
        r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", (CHECKOUT / "CHANGELOG.md").read_text(), re.M
    )
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    assert project["version"] == released[0]
    assert f"softwareVersion: {released[0]}\n" in (CHECKOUT / "publiccode.yaml").read_text()


ROW = re.compile(r"^\| (\d[\d., ]*) \| ([a-z ]+) \|.*\|\s*([^|\n]*?)\s*\|$", re.MULTILINE)
TEST = re.compile(r"`((?:[\w/]+/)?test_\w+\.py)::(test_\w+)`")
VERDICTS = {"holds", "does not hold", "does not apply", "yours"}
# How many items of levels 1 and 2 ASVS 5.0 has in each chapter.
ITEMS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13,
    14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip


def test_every_item_of_the_security_standard_has_a_verdict_and_what_shows_it() -> None:
    rows = ROW.findall((CHECKOUT / "docs" / "administrators" / "asvs.md").read_text())
    items = [item for numbers, *_ in rows for item in numbers.split(", ")]
    assert len(items) == len(set(items))
    assert Counter(int(item.partition(".")[0]) for item in items) == ITEMS
    assert {verdict for _, verdict, _ in rows} == VERDICTS
    shown = [how for _, verdict, how in rows if verdict == "holds"]
    assert [how for how in shown if how != "read" and not TEST.search(how)] == []


@pytest.mark.parametrize("page", ["asvs.md", "threat-model.md"])
def test_every_test_that_is_named_exists(page: str) -> None:
    named = TEST.findall((CHECKOUT / "docs" / "administrators" / page).read_text())
    assert named
    for file, test in named:
        place = next(folder / file for folder in (CHECKOUT, PACKAGE) if (folder / file).exists())
        assert f"def {test}(" in place.read_text(), (file, test)
