"""What is remembered, in which order, and of what has not happened yet."""

import dataclasses

import pytest

from wijkverbond.analysis.vitality import ledger


def test_deeds_are_in_order_of_day_and_within_a_day_as_they_were_recorded() -> None:
    memory = ledger.Ledger()
    for day, party, entry in ((5, "s", 1), (5, "r", 2), (3, "z", 3), (5, "e", 4), (3, "a", 5)):
        memory.add_deed(day, party, entry)
    assert [deed.entry for deed in memory.deeds] == [3, 5, 1, 2, 4]
    assert [deed.entry for deed in memory.deeds_after(3)] == [1, 2, 4]
    assert memory.deeds_after(5) == []


@pytest.mark.parametrize(
    "record",
    [
        ledger.Ledger,
        ledger.Insight,
        ledger.Urgency,
        ledger.JudgedCheckIn,
        ledger.Covenant,
        ledger.Initiative,
        ledger.Request,
        ledger.Breakthrough,
    ],
)
def test_what_has_not_happened_yet_has_no_day_no_entry_and_no_number(record: type) -> None:
    numbers = {field.default for field in dataclasses.fields(record) if field.type is int}
    assert numbers - {dataclasses.MISSING} == {0}
