"""What most of the judges say."""

import pytest

from wijkverbond.analysis.verdicts import is_majority, most_say


@pytest.mark.parametrize(
    ("votes", "judges", "expected"),
    [(0, 0, False), (1, 1, True), (1, 2, False), (2, 3, True), (2, 4, False), (3, 4, True)],
)
def test_a_majority_is_more_than_half(votes: int, judges: int, *, expected: bool) -> None:
    assert is_majority(votes, judges) is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], None),
        (["kept"], "kept"),
        (["not"], "not"),
        (["partly"], "partly"),
        (["kept", "not"], "partly"),
        (["kept", "kept", "not"], "kept"),
        (["not", "not", "kept"], "not"),
        (["kept", "kept", "not", "not"], "partly"),
        (["kept", "partly", "not"], "partly"),
    ],
)
def test_most_of_the_judges_decide_and_a_tie_is_not_kept(
    verdicts: list[str], expected: str | None
) -> None:
    assert most_say(verdicts) == expected
