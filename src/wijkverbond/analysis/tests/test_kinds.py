"""The four kinds of party."""

from wijkverbond.analysis.kinds import KINDS, SOCIETY


def test_three_kinds_of_society_decide_and_government_is_the_fourth() -> None:
    assert SOCIETY == ("residents", "entrepreneurs", "civil_society")
    assert (*SOCIETY, "government") == KINDS
