"""How templates and styles stand on the page: what djangofmt and djade leave open, and styles whole.

djangofmt breaks and indents without changing what is shown. It therefore keeps together what was
written in one piece, however long; these rules ask for the breaks that it may not make by itself.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import cssbeautifier

from wijkverbond.config.launch.homes import CHECKOUT, PACKAGE, templates

LENGTH = 120
# Elements that stand in a line of text; every other element and component begins a line of its own.
IN_TEXT = {
    "a", "abbr", "b", "br", "button", "circle", "del", "i", "img", "input", "ins", "label", "option",
    "path", "select", "small", "span", "strong", "sub", "sup", "svg", "textarea", "time", "use",
    "c-arrow", "c-benefit", "c-button", "c-facade", "c-icon", "c-mark", "c-party", "c-state",
}  # fmt: skip
DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
ELEMENT = re.compile(r"<([a-z][\w-]*)")
TORN = re.compile(r"^>\S|\S\s*<[a-z][\w-]*$")
PUNCTUATION = re.compile(r"^(?:{% (?:if|elif|else|endif|for|endfor|with|endwith)\b[^%]*%})*[,.;)]")

Problem = tuple[int, str]


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line's number, the line, and the same without what Django and quotes hide."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n") or "\0"

    bare = QUOTED.sub(blank, DJANGO.sub(blank, text))
    return zip(range(1, text.count("\n") + 2), text.split("\n"), bare.split("\n"), strict=True)


def template_problems(text: str) -> Iterator[Problem]:
    """What a template asks of its reader that it need not: line numbers and sentences."""
    for number, line, bare in _lines(text):
        if len(line) > LENGTH:
            yield number, f"{len(line)} signs, more than {LENGTH}"
        if any(
            element[1] not in IN_TEXT and bare[: element.start()].strip()
            for element in ELEMENT.finditer(bare)
        ):
            yield number, "an element begins in the middle of a line"
        if TORN.search(bare.strip()):
            yield number, "a tag is torn to keep out a space; name its address first, or allow it"
        if PUNCTUATION.search(line.strip()):
            yield number, "a space comes before this punctuation"


def style_problems(text: str) -> Iterator[Problem]:
    """What a stylesheet has otherwise than `styled` writes it, and lines that are too long."""
    lines, styled_lines = text.split("\n"), styled(text).split("\n")
    for number, (line, better) in enumerate(zip(lines, styled_lines, strict=False), start=1):
        if line != better:
            yield number, f"not as ./wijkverbond format writes it: {better.strip()}"
            return
    for number, line in enumerate(lines, start=1):
        if len(line) > LENGTH:
            yield number, f"{len(line)} signs, more than {LENGTH}"


def styled(text: str) -> str:
    """A stylesheet with a selector and a declaration a line."""
    options = cssbeautifier.default_options()
    options.indent_size = 2
    options.newline_between_rules = False
    options.space_around_combinator = True
    options.end_with_newline = True
    return str(cssbeautifier.beautify(text, options))


def styles() -> list[Path]:
    """Every stylesheet of the site."""
    return sorted(PACKAGE.glob("*/static/**/*.css"))


def _located(file: Path, problems: Iterable[Problem]) -> Iterator[str]:
    return (f"{file.relative_to(CHECKOUT)}:{number}: {problem}" for number, problem in problems)


def check() -> int:
    """Print what is wrong with each template and stylesheet; 1 when something is."""
    problems = [
        *(
            problem
            for file in templates()
            for problem in _located(file, template_problems(file.read_text()))
        ),
        *(
            problem
            for file in styles()
            for problem in _located(file, style_problems(file.read_text()))
        ),
    ]
    print("\n".join(problems))
    return 1 if problems else 0


def write() -> int:
    """Format every stylesheet in place."""
    for file in styles():
        file.write_text(styled(file.read_text()))
    return 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check"]:
            sys.exit(check())
        case ["write"]:
            sys.exit(write())
