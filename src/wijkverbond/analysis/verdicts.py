"""What others say of a pledge: most of the judges decide, and a tie is not kept."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

KEPT: Final = "kept"
PARTLY: Final = "partly"
NOT: Final = "not"


def is_majority(votes: int, judges: int) -> bool:
    """Whether so many of the judges are more than half of them."""
    return 2 * votes > judges


def most_say(verdicts: Iterable[str]) -> str | None:
    """The verdict of more than half of the judges, one verdict each; None when nobody judged.

    Where neither "kept" nor "not" has a majority, it was partly kept.
    """
    counts = Counter(verdicts)
    judges = counts.total()
    if not judges:
        return None
    decided = (verdict for verdict in (KEPT, NOT) if is_majority(counts[verdict], judges))
    return next(decided, PARTLY)
