"""The rule by which a proposal is carried, over any electorate."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.coalition.models import SOCIETY_KINDS, Kind
from wijkverbond.decisions.models import CONSENTING, Stance
from wijkverbond.decisions.outcome import Voice, carried, carried_by_majority, complete, count

STANCES = st.sampled_from([None, *Stance.values])
VOICES = st.builds(Voice, kind=st.sampled_from(Kind.values), stance=STANCES, objects=st.booleans())
ELECTORATES = st.lists(VOICES, max_size=40)
GOVERNMENT = st.lists(
    st.builds(Voice, kind=st.just(Kind.GOVERNMENT.value), stance=STANCES, objects=st.booleans()),
    max_size=60,
)
CONSENT = [Voice(kind=kind, stance=Stance.CONSENT) for kind in SOCIETY_KINDS]
# Left to chance an electorate hardly ever carries anything: these are on the edge of it.
AGREEING = st.lists(
    st.builds(
        Voice,
        kind=st.sampled_from(SOCIETY_KINDS),
        stance=st.sampled_from([None, Stance.CONSENT, Stance.CONCERN, Stance.STAND_ASIDE]),
    ),
    max_size=12,
).map(lambda voices: [*CONSENT, *voices])
ON_THE_EDGE = st.one_of(ELECTORATES, AGREEING)


def outcome(voices: list[Voice]) -> bool:
    return carried(count(voices))


@given(ON_THE_EDGE, GOVERNMENT)
def test_government_neither_carries_nor_blocks_however_many_its_parties(
    voices: list[Voice], government: list[Voice]
) -> None:
    society = [voice for voice in voices if voice.kind != Kind.GOVERNMENT]
    assert outcome(society + government) == outcome(society)


@given(ON_THE_EDGE, GOVERNMENT)
def test_government_makes_no_majority_and_keeps_no_round_from_closing(
    voices: list[Voice], government: list[Voice]
) -> None:
    society = [voice for voice in voices if voice.kind != Kind.GOVERNMENT]
    with_it, without = count(society + government), count(society)
    assert carried_by_majority(with_it) == carried_by_majority(without)
    assert complete(with_it) == complete(without)


@given(GOVERNMENT)
def test_government_alone_carries_nothing(government: list[Voice]) -> None:
    assert not outcome(government)


@given(ON_THE_EDGE)
def test_a_proposal_is_carried_exactly_when_each_society_kind_does_its_share(
    voices: list[Voice],
) -> None:
    def share(kind: str) -> bool:
        of_kind = [voice for voice in voices if voice.kind == kind]
        answered = [voice for voice in of_kind if voice.stance]
        return (
            2 * len(answered) >= len(of_kind)
            and any(voice.stance in CONSENTING for voice in answered)
            and not any(voice.objects for voice in of_kind)
        )

    assert outcome(voices) == all(share(kind) for kind in SOCIETY_KINDS)


@given(ELECTORATES, st.sampled_from(SOCIETY_KINDS))
def test_one_open_objection_of_a_society_party_stops_it(voices: list[Voice], kind: Kind) -> None:
    objecting = Voice(kind=kind, stance=Stance.OBJECTION, objects=True)
    assert not outcome([*CONSENT, *voices, objecting])


@given(ELECTORATES, st.integers(min_value=0))
def test_an_answer_more_never_undoes_what_was_carried(voices: list[Voice], which: int) -> None:
    voices = [*voices, *CONSENT]
    silent = [index for index, voice in enumerate(voices) if voice.stance is None] or [0]
    chosen = silent[which % len(silent)]
    heard = list(voices)
    heard[chosen] = dataclasses.replace(heard[chosen], stance=Stance.CONSENT)
    assert outcome(heard) or not outcome(voices)


def test_half_of_each_society_kind_is_enough() -> None:
    silent = [Voice(kind=kind) for kind in SOCIETY_KINDS]
    assert outcome(CONSENT + silent)
    assert not outcome([*CONSENT, *silent, silent[0]])


def test_standing_aside_counts_as_an_answer_but_carries_nothing() -> None:
    aside = [Voice(kind=kind, stance=Stance.STAND_ASIDE) for kind in SOCIETY_KINDS]
    assert not outcome(aside)
    assert outcome(CONSENT + aside)


def test_a_missing_kind_keeps_a_decision_from_being_carried() -> None:
    assert not outcome([voice for voice in CONSENT if voice.kind != Kind.RESIDENTS])


def each_kind(*stances: Stance | None) -> list[Voice]:
    """So many parties of each society kind, who say this; None has not answered."""
    return [Voice(kind=kind, stance=stance) for kind in SOCIETY_KINDS for stance in stances]


def test_a_majority_is_more_than_half_of_who_took_a_side() -> None:
    agrees, objects = Stance.CONSENT, Stance.OBJECTION
    assert carried_by_majority(count(each_kind(agrees, agrees, objects)))
    assert not carried_by_majority(count(each_kind(agrees, objects)))
    assert not carried_by_majority(count(each_kind(agrees, objects, objects)))


def test_who_stands_aside_takes_no_side_in_a_majority() -> None:
    aside = Stance.STAND_ASIDE
    assert carried_by_majority(count(each_kind(Stance.CONSENT, aside, aside)))
    assert not carried_by_majority(
        count(each_kind(Stance.CONSENT, Stance.OBJECTION, aside, aside, aside))
    )
    assert not carried_by_majority(count(each_kind(aside, aside)))


def test_a_majority_of_too_few_answers_is_none() -> None:
    assert carried_by_majority(count(each_kind(Stance.CONSENT, None)))
    assert not carried_by_majority(count(each_kind(Stance.CONSENT, None, None)))


def test_a_majority_is_needed_in_every_society_kind() -> None:
    residents_object = [
        Voice(kind=Kind.RESIDENTS, stance=Stance.OBJECTION),
        Voice(kind=Kind.RESIDENTS, stance=Stance.OBJECTION),
    ]
    assert not carried_by_majority(count([*each_kind(Stance.CONSENT), *residents_object]))


def test_a_round_is_complete_once_everyone_of_every_society_kind_answered() -> None:
    silent = Voice(kind=Kind.ENTREPRENEURS)
    assert complete(count(each_kind(Stance.CONSENT, Stance.OBJECTION)))
    assert not complete(count([*each_kind(Stance.CONSENT), silent]))
    assert not complete(count(each_kind(None)))


def test_who_stands_aside_is_counted_as_such() -> None:
    counts = count(each_kind(Stance.CONSENT, Stance.STAND_ASIDE))
    assert {counts[kind].stood_aside for kind in SOCIETY_KINDS} == {1}
