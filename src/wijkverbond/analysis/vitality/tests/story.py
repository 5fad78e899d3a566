"""A journal told in a few words, for the tests of the vitality reading."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wijkverbond.analysis.kinds import KINDS, SOCIETY
from wijkverbond.analysis.vitality.ledger import EntryFacts
from wijkverbond.analysis.vitality.measures import Measure
from wijkverbond.analysis.vitality.reading import VitalityReading, read
from wijkverbond.analysis.vitality.thresholds import DEFAULTS, State, Thresholds

START = dt.date(2023, 1, 2)


def days(count: int) -> dt.timedelta:
    """A number of days."""
    return dt.timedelta(days=count)


class Story:
    """Records entries at noon of the story's present day; ids are the sequence numbers."""

    def __init__(self, start: dt.date = START) -> None:
        self.today = start
        self.entries: list[EntryFacts] = []

    def on(self, day: dt.date) -> "Story":
        """Move to a day."""
        assert day >= self.today
        self.today = day
        return self

    def later(self, count: int) -> "Story":
        """Move on by so many days."""
        return self.on(self.today + dt.timedelta(days=count))

    def record(
        self,
        event: str,
        *,
        by: str | None = None,
        rests_on: Sequence[str] = (),
        occurred_on: dt.date | None = None,
        **facts: Any,
    ) -> int:
        """Record one entry and give its id."""
        seq = len(self.entries) + 1
        at = dt.datetime.combine(self.today, dt.time(12, 0, 0, seq), tzinfo=dt.UTC)
        occurred = None
        if occurred_on:
            occurred = dt.datetime.combine(occurred_on, dt.time(12), tzinfo=dt.UTC)
        self.entries.append(EntryFacts(seq, seq, at, occurred, event, by, facts, rests_on))
        return seq

    def read(
        self, as_of: dt.date | None = None, thresholds: Thresholds = DEFAULTS
    ) -> VitalityReading:
        """The reading of the story, of its present day unless told otherwise."""
        return read(self.entries, as_of or self.today, thresholds=thresholds)

    def state(self, code: str) -> State:
        """The state of one condition today."""
        return self.read().conditions[code].state

    def measure(self, name: str, day: dt.date | None = None) -> Measure:
        """One measure of the reading: "<condition>.<measure>"."""
        condition, _, short_name = name.partition(".")
        measures = self.read(day).conditions[condition].measures
        return next(measure for measure in measures if measure.name == short_name)

    def start(self, **facts: Any) -> int:
        """The coalition starts today."""
        all_facts = {"coalition": "c", "since": self.today.isoformat(), **facts}
        return self.record("coalition.coalition_started", **all_facts)

    def join(self, party: str, kind: str, **facts: Any) -> int:
        """A party joins; its id starts the name by which the test knows it."""
        all_facts = {"involvement": "works", "effort": "paid", "role": "partner", **facts}
        return self.record("coalition.party_joined", by=party, party=party, kind=kind, **all_facts)

    def others_confirm(self, party: str, kind: str) -> int:
        """The residents confirm that a party is what it says it is."""
        return self.record(
            "coalition.party_confirmed", by="r", party=party, kind=kind, confirmed_by=["r"]
        )

    def circle(self) -> "Story":
        """A coalition with one party of each kind: r, e, s, g."""
        self.start()
        for party, kind in zip("resg", KINDS, strict=True):
            self.join(party, kind)
        return self

    def awake(self) -> "Story":
        """The four parties of the circle give a sign of life."""
        for party in "resg":
            self.record("decisions.position_taken", by=party)
        return self

    def insight(self, name: str, *, sources: int = 1) -> int:
        """An insight is published."""
        return self.record(
            "insights.insight_published", by="r", insight=name, revision=1, sources=sources
        )

    def recognise(self, name: str, party: str, kind: str, view: str = "recognises") -> int:
        """A party recognises an insight by name."""
        return self.record(
            "insights.insight_recognised",
            by=party,
            insight=name,
            revision=1,
            party=party,
            kind=kind,
            view=view,
        )

    def recognised(self, name: str) -> None:
        """An insight that the three society kinds recognise."""
        self.insight(name)
        for party, kind in zip("res", SOCIETY, strict=True):
            self.recognise(name, party, kind)

    def urgency(self, name: str = "u", rests_on: Sequence[str] = ()) -> int:
        """A shared urgency is proposed."""
        return self.record(
            "urgency.shared_urgency_proposed",
            by="r",
            rests_on=rests_on,
            shared_urgency=name,
            revision=1,
            agreement="shared",
            agreement_direct="shared",
        )

    def adopt(self, name: str = "u", **facts: Any) -> int:
        """A shared urgency is adopted."""
        all_facts = {
            "revision": 1,
            "agreement": "shared",
            "agreement_direct": "shared",
            "ask_again_by": (self.today + dt.timedelta(days=1460)).isoformat(),
            **facts,
        }
        return self.record("urgency.shared_urgency_adopted", shared_urgency=name, **all_facts)

    def endorse(self, party: str, kind: str, name: str = "u") -> int:
        """A party endorses the first wording."""
        return self.record(
            "urgency.shared_urgency_endorsed",
            by=party,
            shared_urgency=name,
            revision=1,
            party=party,
            kind=kind,
        )

    def goal(self, name: str, *, rests_on: Sequence[str] = (), **facts: Any) -> int:
        """A complete goal is set (leave a fact out by giving None)."""
        all_facts: dict[str, Any] = {
            "revision": 1,
            "indicator": "i",
            "baseline": "70.0",
            "baseline_on": "2022-12-31",
            "target": "75.0",
            "due": "2030-01-01",
            "places": [],
            **facts,
        }
        present = {key: value for key, value in all_facts.items() if value is not None}
        return self.record("vision.goal_set", by="r", rests_on=rests_on, goal=name, **present)

    def benefit(self, party: str, goal: str = "g1", revision: int = 1) -> int:
        """A party confirms its own benefit."""
        return self.record(
            "vision.benefit_confirmed",
            by=party,
            party=party,
            goal=goal,
            goal_revision=revision,
            benefit=f"b-{party}-{goal}",
        )

    def pledge(self, name: str, party: str, *, dues: Sequence[dt.date] = (), **facts: Any) -> int:
        """A party offers a pledge for the first goal."""
        all_facts: dict[str, Any] = {
            "goals": ["g1"],
            "with_parties": [],
            "until": "2030-01-01",
            **facts,
        }
        return self.record(
            "commitments.pledge_offered",
            by=party,
            pledge=name,
            party=party,
            dues=[due.isoformat() for due in dues],
            **all_facts,
        )

    def open_covenant(self, name: str = "k", **facts: Any) -> int:
        """A covenant of four years from today is opened for signing."""
        all_facts: dict[str, Any] = {
            "sort": "covenant",
            "starts": self.today.isoformat(),
            "until": (self.today + dt.timedelta(days=1460)).isoformat(),
            "pledges": [],
            **facts,
        }
        return self.record("commitments.covenant_opened_for_signing", covenant=name, **all_facts)

    def sign(self, party: str, name: str = "k") -> int:
        """A party signs."""
        return self.record("commitments.signed", by=party, covenant=name, party=party)

    def in_force(self, name: str = "k", checks_due: Sequence[dt.date] = ()) -> int:
        """The covenant comes into force."""
        return self.record(
            "commitments.covenant_in_force",
            covenant=name,
            sort="covenant",
            checks_due=[due.isoformat() for due in checks_due],
        )

    def covenant(self, signers: str = "resg", name: str = "k", **facts: Any) -> None:
        """A covenant signed by these parties and in force."""
        self.open_covenant(name, **facts)
        for party in signers:
            self.sign(party, name)
        self.in_force(name)

    def deed(self, party: str) -> int:
        """A party did something in the neighbourhood."""
        return self.record("actions.action_done", by=party, party=party, action="a")

    def judge(self, pledge: str, owner: str, judge: str, due: dt.date, verdict: str) -> int:
        """Another party judges a pledge that came due."""
        return self.record(
            "actions.check_in_judged",
            by=judge,
            pledge=pledge,
            party=owner,
            judge=judge,
            due=due.isoformat(),
            verdict=verdict,
        )

    def request(self, name: str, *, term: int = 20) -> int:
        """The residents ask government something, to be answered within so many days."""
        return self.record(
            "actions.request_asked",
            by="r",
            request=name,
            party="r",
            addressee="g",
            asked_on=self.today.isoformat(),
            due=(self.today + dt.timedelta(days=term)).isoformat(),
        )

    def answer(self, name: str, due: dt.date, verdict: str = "granted") -> int:
        """Government answers a request today."""
        return self.record(
            "actions.request_answered",
            by="g",
            request=name,
            addressee="g",
            verdict=verdict,
            answered_on=self.today.isoformat(),
            due=due.isoformat(),
        )

    def claim(self, name: str, *, claimant: str = "r", contributors: Sequence[str] = ("r",)) -> int:
        """A breakthrough is claimed that resolved an obstacle of the entrepreneurs."""
        return self.record(
            "breakthroughs.claimed",
            by=claimant,
            breakthrough=name,
            claimant=claimant,
            contributors=list(contributors),
            obstacle_owners=["e"],
        )

    def confirm(self, name: str, party: str, kind: str) -> int:
        """A party confirms a breakthrough."""
        return self.record(
            "breakthroughs.confirmed", by=party, breakthrough=name, party=party, kind=kind
        )

    def establish(self, name: str) -> int:
        """The confirmations are enough."""
        return self.record("breakthroughs.established", breakthrough=name)

    def breakthrough(self, name: str) -> None:
        """A breakthrough claimed by residents, confirmed by the two other society kinds."""
        self.claim(name)
        self.confirm(name, "e", "entrepreneurs")
        self.confirm(name, "s", "civil_society")
        self.establish(name)


def pledged_story(parties: int) -> Story:
    """A circle in which so many parties hold a pledge with something due after 30 days."""
    story = Story().circle()
    for number in range(parties - 1):
        story.join(f"e{number}", "entrepreneurs")
    for party in ("r", *(f"e{number}" for number in range(parties - 1))):
        story.pledge(f"p-{party}", party, dues=[START + days(30)])
    return story


def vital_story() -> Story:
    """A coalition that reads vital after a year and a half, told through every part of the cycle."""
    story = Story().circle()
    story.later(20)
    for name in ("i1", "i2", "i3"):
        story.recognised(name)
    story.record("urgency.conversation_opened", conversation="q")
    story.later(40).urgency(rests_on=["insight:i1"])
    for party, kind in zip("res", SOCIETY, strict=True):
        story.endorse(party, kind)
    story.adopt()
    story.later(30).goal("g1", rests_on=["shared_urgency:u"])
    for party in "resg":
        story.benefit(party)
    dues = [story.today + days(count) for count in (100, 200, 300, 400)]
    for party in "res":
        story.pledge(f"p-{party}", party, dues=dues)
    story.later(30).covenant(pledges=["p-r", "p-e", "p-s"])
    for due in dues:
        story.on(due)
        for party, judge in (("r", "e"), ("e", "s"), ("s", "r")):
            story.deed(party)
            story.judge(f"p-{party}", party, judge, due, "kept")
        story.record(
            "coalition.tie_reported",
            by="g",
            party="g",
            other="r",
            strength="informs",
            year=due.year,
        )
    story.later(10).breakthrough("b1")
    story.record(
        "results.measurement_recorded",
        goal="g1",
        measured_on="2024-01-01",
        fresh_until="2025-06-01",
        measurement="m",
    )
    return story
