"""How entries are taken up: the day they happened, and the sign of life they are."""

import datetime as dt

from wijkverbond.analysis.vitality.fold import fold
from wijkverbond.analysis.vitality.ledger import Ledger
from wijkverbond.analysis.vitality.tests.story import START, Story, days


def _ledger(story: Story) -> Ledger:
    ledger = Ledger()
    fold(ledger, story.entries)
    return ledger


def test_what_a_party_does_is_its_sign_of_life_and_that_of_the_coalition() -> None:
    story = Story().circle()
    story.later(3).record("decisions.position_taken", by="e")
    ledger = _ledger(story)
    last_days = {party.id: party.last - START.toordinal() for party in ledger.parties.values()}
    assert last_days == {"r": 0, "e": 3, "s": 0, "g": 0}
    assert ledger.last_life == (START + days(3)).toordinal()


def test_paper_of_long_ago_takes_nobody_back_in_time() -> None:
    story = Story().circle()
    story.later(9).record("actions.action_done", by="e", party="e", occurred_on=START - days(5))
    ledger = _ledger(story)
    assert ledger.parties["e"].last == START.toordinal()
    assert ledger.last_life == START.toordinal()
    assert [deed.day for deed in ledger.deeds] == [(START - days(5)).toordinal()]


def test_who_is_not_at_the_table_gives_the_coalition_a_sign_of_life_all_the_same() -> None:
    story = Story().circle()
    story.later(3).record("decisions.position_taken", by="unknown")
    assert _ledger(story).last_life == (START + days(3)).toordinal()


def test_what_no_party_does_is_nobodys_sign_of_life() -> None:
    story = Story().circle()
    story.later(3).record("coalition.secretariat_revoked", secretariat="x")
    assert _ledger(story).last_life == START.toordinal()


def test_the_first_day_is_that_of_the_first_entry() -> None:
    ledger = _ledger(Story(dt.date(2024, 2, 29)).circle().later(400).awake())
    assert dt.date.fromordinal(ledger.first_day) == dt.date(2024, 2, 29)
