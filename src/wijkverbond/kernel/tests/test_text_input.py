"""What people typed."""

import pytest

from wijkverbond.kernel.text_input import on_one_line


@pytest.mark.parametrize(
    "typed",
    ["", "  \n\t", "\u200b\u200b", "\ufeff", "\u202e \u2066", "\u0301\u0301", "\u115f\u3164"],
)
def test_invisible_characters_are_blank(typed: str) -> None:
    assert on_one_line(typed) == ""


@pytest.mark.parametrize("typed", ["Een bank.", "🌳", "a\u200bb", "سلام", "?", "\u202eabc"])
def test_visible_text_stays_as_it_was_typed(typed: str) -> None:
    assert on_one_line(f" {typed}\n") == typed
