"""What the check of the layout finds in templates and styles, and what it lets pass."""

import pytest

from wijkverbond.config.launch import layout

GOOD_LINES = (
    "<li>",
    '<a href="{{ address }}">{{ name }}</a>',
    "<b>{{ number }}</b> {% if late %}<span>late</span>{% endif %}",
    '<p class="wv-meta">{{ text }}</p>',
    '<c-state level="absent">{% translate "Missing" %}</c-state>',
    '<div data-note="<p>">',
    "{{ name }}{% if not forloop.last %},{% endif %}",
    '{% translate "Nobody yet" %}.',
    "x" * 120,
    "",
)


@pytest.mark.parametrize("line", GOOD_LINES)
def test_a_well_laid_out_line_passes(line: str) -> None:
    assert list(layout.template_problems(line)) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x" * 119, "121 signs"),  # with its indent
        ("<ul><li>", "in the middle"),
        ("{% if late %}<p>", "in the middle"),
        ("</p>{{ text }}<p>", "in the middle"),
        ('<p>{{ text }}</p><c-card title="{{ name }}">', "in the middle"),
        ("{{ name }} <a", "torn"),
        (">{{ name }}</a>", "torn"),
        ("{% endif %}, {{ name }}", "space"),
    ],
)
def test_a_badly_laid_out_line_is_reported(line: str, words: str) -> None:
    ((number, problem),) = layout.template_problems(f"<div>\n  {line}\n</div>")
    assert number == 2
    assert words in problem


def test_line_numbers_stay_right_after_several_lines() -> None:
    text = '<c-card\n  title="{{ one }}\n  {{ two }}"\n>\n  <p>\n  {{ three }}<div>'
    assert [number for number, _ in layout.template_problems(text)] == [6]


GOOD_STYLE = """@layer components {
  .wv-card > p,
  .wv-card h3 {
    margin: 0;
    padding: 1rem;
  }
}
"""


def test_a_style_with_one_declaration_a_line_passes() -> None:
    assert list(layout.style_problems(GOOD_STYLE)) == []
    assert layout.styled(GOOD_STYLE) == GOOD_STYLE


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("    margin: 0;\n    padding", "    margin: 0; padding"),
        (",\n  .wv-card h3", ", .wv-card h3"),
        ("    margin", "  margin"),
        ("{\n    margin", "{ margin"),
    ],
)
def test_a_style_with_more_on_a_line_is_reported_and_reformatted(good: str, bad: str) -> None:
    style = GOOD_STYLE.replace(good, bad)
    ((_, problem),) = layout.style_problems(style)
    assert "./wijkverbond format" in problem
    assert layout.styled(style) == GOOD_STYLE


def test_a_style_that_formatting_cannot_shorten_is_reported() -> None:
    long = ", ".join(f"wv-{number:03}" for number in range(20))
    ((number, problem),) = layout.style_problems(f".wv-card {{\n  transition: {long};\n}}\n")
    assert (number, "signs" in problem) == (2, True)
