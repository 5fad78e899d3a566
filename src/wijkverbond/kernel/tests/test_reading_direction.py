"""Whatever marks somebody writes, what stands after their words is read as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.kernel.reading_direction import (
    EMBEDS,
    ENDS_EMBEDDING,
    ENDS_ISOLATE,
    ISOLATES,
    MARKS,
    each_set_apart,
    isolated,
    set_apart,
)

TEXTS = st.text(alphabet=f"ab \n{EMBEDS}{ENDS_EMBEDDING}{ISOLATES}{ENDS_ISOLATE}", max_size=12)


def is_even(line: str) -> bool:
    """Whether every mark of a line is ended within it, in order, and nothing else is ended."""
    begun: list[str] = []
    for sign in line:
        if sign in EMBEDS or sign in ISOLATES:
            begun.append(sign)
        elif sign in (ENDS_EMBEDDING, ENDS_ISOLATE):
            expected = EMBEDS if sign == ENDS_EMBEDDING else ISOLATES
            if not begun or begun.pop() not in expected:
                return False
    return not begun


@at_least(100)
@given(TEXTS)
def test_every_line_ends_what_it_began_and_keeps_its_letters(text: str) -> None:
    shown = isolated(text)
    assert all(is_even(line) for line in shown.splitlines())
    assert MARKS.sub("", shown) == MARKS.sub("", text)
    assert isolated(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Iedereen loopt.", "Iedereen loopt."),
        ("\u202etxet", "\u2068\u202etxet\u202c\u2069"),
        ("a\u2069\u202eb", "\u2068a\u202eb\u202c\u2069"),
        ("een\n\u202eeewt\ndrie", "een\n\u2068\u202eeewt\u202c\u2069\ndrie"),
    ],
)
def test_a_mark_turns_no_more_than_its_own_line(text: str, shown: str) -> None:
    assert isolated(text) == shown


def test_letters_from_right_to_left_stand_apart_where_they_meet_our_words() -> None:
    assert isolated("\u05e9\u05dc\u05d5\u05dd") == "\u05e9\u05dc\u05d5\u05dd"
    assert set_apart("\u05e9\u05dc\u05d5\u05dd") == "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"
    assert each_set_apart({"a": ["\u05d0", 3, None]}) == {"a": ["\u2068\u05d0\u2069", 3, None]}
