"""What the check of the translations finds."""

import pytest
from babel.messages.catalog import Catalog

from wijkverbond.config.launch import catalogues


def catalog(*messages: tuple[str, str], **more: bool) -> Catalog:
    """A catalogue with these messages and translations."""
    made = Catalog(locale="nl")
    for text, translation in messages:
        made.add(text, translation, flags=["fuzzy"] if more.get("fuzzy") else [])
    return made


@pytest.mark.parametrize(
    ("committed", "word"),
    [
        (catalog(), "missing"),
        (catalog(("House", "")), "untranslated"),
        (catalog(("House", "Huis"), fuzzy=True), "fuzzy"),
        (catalog(("House", "Huis"), ("Tree", "Boom")), "not in the code any more"),
    ],
)
def test_an_incomplete_catalogue_is_named(committed: Catalog, word: str) -> None:
    (problem,) = catalogues.problems("ui", committed, catalog(("House", "")))
    assert word in problem
    assert "ui/locale/nl/LC_MESSAGES/django.po" in problem


def test_an_obsolete_entry_is_named() -> None:
    committed = catalog(("House", "Huis"))
    committed.obsolete["Tree"] = catalog(("Tree", "Boom"))["Tree"]
    (problem,) = catalogues.problems("ui", committed, catalog(("House", "")))
    assert "obsolete: 'Tree'" in problem


def test_a_message_that_became_a_plural_is_named() -> None:
    wanted = Catalog(locale="nl")
    wanted.add(("House", "Houses"), ("", ""))
    (problem,) = catalogues.problems("ui", catalog(("House", "Huis")), wanted)
    assert "without its plural" in problem


def test_a_translation_that_cannot_be_filled_in_is_named() -> None:
    wanted = catalog(("Hello %(who)s", ""))
    (problem,) = catalogues.problems("ui", catalog(("Hello %(who)s", "Dag %(wie)s")), wanted)
    assert "'wie'" in problem
    assert list(catalogues.problems("ui", catalog(("Hello %(who)s", "Dag %(who)s")), wanted)) == []


def test_a_complete_catalogue_has_no_problems() -> None:
    assert list(catalogues.problems("ui", catalog(("House", "Huis")), catalog(("House", "")))) == []
