"""What changed between two texts, word by word, ready for `<ins>` and `<del>`."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

PARTS = re.compile(r"\s+|\S+")


class Part(NamedTuple):
    """A piece of text that stayed ("same"), came ("added") or went ("removed")."""

    change: str
    text: str


def words_changed(old: str, new: str) -> list[Part]:
    """The new text with what was added and what was removed, in order."""
    before, after = PARTS.findall(old), PARTS.findall(new)
    found: list[Part] = []
    for tag, a_from, a_to, b_from, b_to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found.append(Part("same", "".join(after[b_from:b_to])))
        if tag in ("delete", "replace"):
            found.append(Part("removed", "".join(before[a_from:a_to])))
        if tag in ("insert", "replace"):
            found.append(Part("added", "".join(after[b_from:b_to])))
    return found
