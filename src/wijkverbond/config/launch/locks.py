"""The check of locks: a row is locked without its key, so that nobody waits who only points at it.

A full lock of a parent keeps everyone waiting who adds something to it. Where one is meant, the comment
before it says `Not no_key` and why.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from wijkverbond.config.launch.homes import CHECKOUT

MEANT = "Not `no_key`"
LINES_ABOVE = 4


def full_locks(source: str) -> Iterator[int]:
    """The lines of a module with a full lock of rows that nothing says is meant."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        keywords = {keyword.arg for keyword in node.keywords}
        if node.func.attr != "select_for_update" or "no_key" in keywords:
            continue
        before = lines[max(node.lineno - LINES_ABOVE, 0) : node.lineno]
        if not any(MEANT in line for line in before):
            yield node.lineno


def _modules() -> Iterator[Path]:
    for path in sorted((CHECKOUT / "src").rglob("*.py")):
        if "tests" not in path.parts:
            yield path


def main() -> int:
    """Print where a full lock is taken without a word; 1 when there is any."""
    found = [
        f"{path.relative_to(CHECKOUT)}:{line}: lock with no_key=True, or say “{MEANT}” and why"
        for path in _modules()
        for line in full_locks(path.read_text())
    ]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
