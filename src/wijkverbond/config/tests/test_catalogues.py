"""What the check of the translations finds."""

import pytest
from babel.messages.catalog import Catalog

from wijkverbond.config.launch import catalogues


def catalogue_of(*messages: tuple[str, str], **more: bool) -> Catalog:
    """A catalogue with these messages and translations."""
    catalogue = Catalog(locale="nl")
    for text, translation in messages:
        catalogue.add(text, translation, flags=["fuzzy"] if more.get("fuzzy") else [])
    return catalogue


@pytest.mark.parametrize(
    ("committed", "word"),
    [
        (catalogue_of(), "missing"),
        (catalogue_of(("House", "")), "untranslated"),
        (catalogue_of(("House", "Huis"), fuzzy=True), "fuzzy"),
        (catalogue_of(("House", "Huis"), ("Tree", "Boom")), "not in the code any more"),
    ],
)
def test_an_incomplete_catalogue_is_named(committed: Catalog, word: str) -> None:
    (problem,) = catalogues.problems("ui", committed, catalogue_of(("House", "")))
    assert word in problem
    assert "ui/locale/nl/LC_MESSAGES/django.po" in problem


def test_an_obsolete_entry_is_named() -> None:
    committed = catalogue_of(("House", "Huis"))
    committed.obsolete["Tree"] = catalogue_of(("Tree", "Boom"))["Tree"]
    (problem,) = catalogues.problems("ui", committed, catalogue_of(("House", "")))
    assert "obsolete: 'Tree'" in problem


def test_a_message_that_became_a_plural_is_named() -> None:
    source = Catalog(locale="nl")
    source.add(("House", "Houses"), ("", ""))
    (problem,) = catalogues.problems("ui", catalogue_of(("House", "Huis")), source)
    assert "without its plural" in problem


def test_a_translation_that_cannot_be_filled_in_is_named() -> None:
    source = catalogue_of(("Hello %(who)s", ""))
    (problem,) = catalogues.problems("ui", catalogue_of(("Hello %(who)s", "Dag %(wie)s")), source)
    assert "'wie'" in problem
    assert (
        list(catalogues.problems("ui", catalogue_of(("Hello %(who)s", "Dag %(who)s")), source))
        == []
    )


def test_a_catalogue_in_another_order_than_the_code_is_named() -> None:
    """Else everybody who brings them up to date changes catalogues that they did not touch."""
    committed = catalogue_of(("House", "Huis"), ("Street", "Straat"))
    (problem,) = catalogues.problems("ui", committed, catalogue_of(("Street", ""), ("House", "")))
    assert "order" in problem


def test_a_complete_catalogue_has_no_problems() -> None:
    assert (
        list(
            catalogues.problems("ui", catalogue_of(("House", "Huis")), catalogue_of(("House", "")))
        )
        == []
    )


def test_two_translations_of_one_message_are_named_with_both_catalogues() -> None:
    committed = {
        "places": catalogue_of(("level", "niveau")),
        "coalition": catalogue_of(("level", "laag")),
        "vision": catalogue_of(("level", "niveau"), ("House", "Huis")),
    }
    (problem,) = catalogues.disagreements(committed)
    assert "places/locale/nl/LC_MESSAGES/django.po" in problem
    assert "coalition/locale/nl/LC_MESSAGES/django.po" in problem
    assert "'niveau' and 'laag'" in problem


def test_two_plurals_of_one_message_are_named() -> None:
    one, other = Catalog(locale="nl"), Catalog(locale="nl")
    one.add(("House", "Houses"), ("Huis", "Huizen"))
    other.add(("House", "Houses"), ("Huis", "Woningen"))
    (problem,) = catalogues.disagreements({"places": one, "vision": other})
    assert "'Huis / Huizen' and 'Huis / Woningen'" in problem


def test_a_context_sets_two_translations_apart() -> None:
    levels = Catalog(locale="nl")
    levels.add("level", "laag", context="levels")
    committed = {"places": catalogue_of(("level", "niveau")), "coalition": levels}
    assert list(catalogues.disagreements(committed)) == []
