"""What changed between two texts, word by word, ready for `<ins>` and `<del>`."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS_AND_SPACES = re.compile(r"\s+|\S+")


class TextPart(NamedTuple):
    """A piece of text that stayed ("same"), came ("added") or went ("removed")."""

    change: str
    text: str


def words_changed(old: str, new: str) -> list[TextPart]:
    """The new text with what was added and what was removed, in order."""
    before, after = WORDS_AND_SPACES.findall(old), WORDS_AND_SPACES.findall(new)
    parts: list[TextPart] = []
    # Without autojunk: it takes words that stand often in a long text for the same everywhere.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            parts.append(TextPart("same", "".join(after[b_from:b_to])))
        if tag in ("delete", "replace"):
            parts.append(TextPart("removed", "".join(before[a_from:a_to])))
        if tag in ("insert", "replace"):
            parts.append(TextPart("added", "".join(after[b_from:b_to])))
    return parts
