"""What may be declared as an event, and what may be a fact."""

import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.kernel import journal
from wijkverbond.kernel.events import DECLARED, Event, Text, event, shreddable
from wijkverbond.kernel.tests.sample_events import Counted, Said


@dataclasses.dataclass(frozen=True, kw_only=True)
class Anything(Event):
    """An event with one fact of any type, without the checks of a declaration."""

    fact: Any


def fact(value: object) -> object:
    return Anything(fact=value).facts()["fact"]


def declare(name: str, *, typed: Sequence[str] = (), **body: object) -> None:
    types = dict.fromkeys(typed, str)
    cls = type("Declared", (Event,), {"__annotations__": types, "__module__": __name__, **body})
    event(name, "wording")(cls)


@pytest.mark.parametrize(
    "name", ["sample.counted", "Sample.x", "sample", "sample.X", "a.b.c", "é.a"]
)
def test_a_misnamed_or_twice_declared_event_fails(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="misnamed or declared twice"):
        declare(name)
    assert DECLARED["sample.counted"] is Counted


@pytest.mark.parametrize(
    "key", ["Big", "é", "name", "version", "public", "wording", "facts", "who"]
)
def test_a_key_that_is_no_ascii_word_or_has_a_meaning_of_its_own_fails(key: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be the key of a fact"):
        declare("sample.wrong", typed=[key])
    assert "sample.wrong" not in DECLARED


def test_two_fields_with_the_same_key_fail() -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be the key of a fact"):
        declare("sample.wrong", typed=["until", "until_"])


def test_a_field_without_a_type_would_be_silently_no_fact_so_it_fails() -> None:
    with pytest.raises(ImproperlyConfigured, match="'forgotten' has no type"):
        declare("sample.wrong", forgotten="x")


@pytest.mark.parametrize(
    "words",
    [
        "two words",
        "a@b.nl",
        "",
        "é",
        " a",
        "a\n",
        "-",
        "x" * 201,
        "sha256:" + "0" * 64,
        "(",
        "a\x00",
    ],
)
def test_free_text_is_refused_as_a_code(words: str) -> None:
    with pytest.raises(ValueError, match="is no code"):
        fact(words)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        True,
        [None],
        b"bytes",
        {"set"},
        object(),
        gettext_lazy("words"),
        [1.5],
        {"a": None},
        dt.time(),
    ],
)
def test_a_value_without_one_canonical_form_is_refused_as_a_fact(value: object) -> None:
    with pytest.raises(TypeError):
        fact(value)


@pytest.mark.parametrize("value", [[Text("a")], {"a": Text("a")}, {"a": [Text("a")]}])
def test_a_text_inside_a_list_or_mapping_would_lose_its_words(value: object) -> None:
    with pytest.raises(TypeError, match="a text stands by itself"):
        fact(value)


@pytest.mark.parametrize(
    "hint", [list[Text], dict[str, Text], list[Text] | None, tuple[Text | None, ...]]
)
def test_an_event_with_texts_in_a_list_is_refused_when_it_is_declared(hint: object) -> None:
    cls = type("Declared", (Event,), {"__annotations__": {"said": hint}, "__module__": __name__})
    with pytest.raises(ImproperlyConfigured, match="a text inside 'said' would be lost"):
        event("sample.wrong", "wording")(cls)
    assert "sample.wrong" not in DECLARED


@pytest.mark.parametrize("key", [1, "two words", "", None, uuid.UUID(int=1), "é"])
def test_the_key_of_a_mapping_is_a_code(key: object) -> None:
    with pytest.raises(ValueError, match="cannot be a key"):
        fact({key: 1})


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_a_decimal_is_a_number(number: Decimal) -> None:
    with pytest.raises(ValueError, match="is no number"):
        fact(number)


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**30])
def test_an_integer_that_other_languages_would_round_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="too large"):
        fact(number)
    assert fact(2**53 - 1) == 2**53 - 1


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = dt.datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="no time zone"):
        fact(naive)
    with pytest.raises(ValueError, match="no time zone"):
        Counted(number=1, occurred_at=naive)


@pytest.mark.parametrize(
    "reference",
    ["insight", "insight:", ":x", "Insight:1", "insight:two words", "a:" + "x" * 151, "a:\n"],
)
def test_what_an_event_rests_on_is_a_reference_and_no_free_text(reference: str) -> None:
    with pytest.raises(ValueError, match="is no reference"):
        Counted(number=1, rests_on=(reference,))


def test_no_text_is_left_out_as_a_fact() -> None:
    assert shreddable("") is None
    assert Said(words=Text("yes"), more=shreddable("")).facts().keys() == {"words"}


codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,19}", fullmatch=True)
leaves = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.decimals(allow_nan=False, allow_infinity=False, places=4),
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.uuids(),
    codes.filter(lambda code: not code.startswith("sha256:")),
)
facts = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(codes, inner, max_size=4)
)


@given(facts | st.text(max_size=20).map(Text))
def test_every_fact_survives_being_written_and_read_as_json(value: object) -> None:
    canonical = journal.canonical({"fact": Anything(fact=value).facts()["fact"]})
    assert canonical.isascii()
    assert journal.canonical(json.loads(canonical)) == canonical


@given(st.dictionaries(codes, st.integers(0, 9)), st.randoms())
def test_the_order_in_which_facts_are_given_does_not_matter(
    counts: Mapping[str, int], shuffle: Any
) -> None:
    items = list(counts.items())
    shuffle.shuffle(items)
    first, second = Anything(fact=counts), Anything(fact=dict(items))
    assert journal.canonical(first.facts()) == journal.canonical(second.facts())
