"""The rule by which a proposal is carried, over any electorate."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.coalition.models import SOCIETY_KINDS, Kind
from wijkverbond.decisions.models import CONSENTING, Stance
from wijkverbond.decisions.outcome import (
    Circumstances,
    Count,
    Lacks,
    Voice,
    complete,
    count,
    silent_kinds,
    verdict,
)

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


CIRCUMSTANCES = st.builds(
    Circumstances,
    reminded=st.booleans(),
    neighbourhood_asked=st.booleans(),
    different_people=st.booleans(),
)
EVERYTHING = Circumstances(reminded=True, neighbourhood_asked=True)
ORDINARY = Circumstances()


def outcome(voices: list[Voice], circumstances: Circumstances = ORDINARY) -> bool:
    return verdict(count(voices), circumstances).carried


def carried_by_majority(counts: dict[str, Count]) -> bool:
    return verdict(counts, ORDINARY, majority=True).carried


def of_kinds(voices: list[Voice], kinds: frozenset[Kind]) -> list[Voice]:
    return [voice for voice in voices if voice.kind in kinds]


@given(ON_THE_EDGE, GOVERNMENT, CIRCUMSTANCES)
def test_government_neither_carries_nor_blocks_however_many_its_parties(
    voices: list[Voice], government: list[Voice], circumstances: Circumstances
) -> None:
    society = [voice for voice in voices if voice.kind != Kind.GOVERNMENT]
    for majority in (False, True):
        with_it = verdict(count(society + government), circumstances, majority=majority)
        assert with_it == verdict(count(society), circumstances, majority=majority)


@given(ON_THE_EDGE, GOVERNMENT)
def test_government_keeps_no_round_from_closing(
    voices: list[Voice], government: list[Voice]
) -> None:
    society = [voice for voice in voices if voice.kind != Kind.GOVERNMENT]
    assert complete(count(society + government)) == complete(count(society))


@given(GOVERNMENT, CIRCUMSTANCES)
def test_government_alone_carries_nothing(
    government: list[Voice], circumstances: Circumstances
) -> None:
    assert not outcome(government, circumstances)


KINDS_THERE = st.sets(st.sampled_from(SOCIETY_KINDS)).map(frozenset)


@given(ON_THE_EDGE, KINDS_THERE, CIRCUMSTANCES)
def test_a_proposal_is_carried_exactly_as_agreed_over_electorates_with_missing_kinds(
    voices: list[Voice], kinds: frozenset[Kind], circumstances: Circumstances
) -> None:
    voices = of_kinds(voices, kinds)

    def parties(kind: str) -> list[Voice]:
        return [voice for voice in voices if voice.kind == kind]

    def half_answered(kind: str) -> bool:
        return 2 * sum(voice.stance is not None for voice in parties(kind)) >= len(parties(kind))

    def takes_a_side(kind: str) -> bool:
        return any(
            voice.objects or voice.stance not in (None, Stance.STAND_ASIDE)
            for voice in parties(kind)
        )

    def agrees(kind: str) -> bool:
        consents = any(voice.stance in CONSENTING for voice in parties(kind))
        return half_answered(kind) and consents and not any(v.objects for v in parties(kind))

    def is_missed(kind: str) -> bool:
        done_without = half_answered(kind) or circumstances.reminded
        may_be_without = kind != Kind.RESIDENTS or circumstances.neighbourhood_asked
        return not takes_a_side(kind) and done_without and may_be_without

    agreeing = [kind for kind in SOCIETY_KINDS if agrees(kind)]
    carried = (
        len(agreeing) >= 2
        and circumstances.different_people
        and all(agrees(kind) or is_missed(kind) for kind in SOCIETY_KINDS)
    )
    decided = verdict(count(voices), circumstances)
    assert decided.carried == carried
    without = [kind for kind in SOCIETY_KINDS if not agrees(kind)] if carried else []
    assert list(decided.without) == without
    assert set(decided.lacking) == set(SOCIETY_KINDS) - set(agreeing)


@given(ON_THE_EDGE, KINDS_THERE, CIRCUMSTANCES, st.sampled_from(SOCIETY_KINDS))
def test_standing_aside_never_vetoes(
    voices: list[Voice], kinds: frozenset[Kind], circumstances: Circumstances, kind: Kind
) -> None:
    voices = of_kinds(voices, kinds)
    aside = Voice(kind=kind, stance=Stance.STAND_ASIDE)
    if outcome(voices, circumstances):
        assert outcome([*voices, aside], circumstances)
    for index, voice in enumerate(voices):
        if voice.stance is None and outcome(voices, circumstances):
            heard = list(voices)
            heard[index] = dataclasses.replace(voice, stance=Stance.STAND_ASIDE)
            assert outcome(heard, circumstances)


@given(ELECTORATES, st.sampled_from(SOCIETY_KINDS))
def test_one_open_objection_of_a_society_party_stops_it(voices: list[Voice], kind: Kind) -> None:
    objecting = Voice(kind=kind, stance=Stance.OBJECTION, objects=True)
    assert not outcome([*CONSENT, *voices, objecting], EVERYTHING)


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


def without(kind: Kind) -> list[Voice]:
    return [voice for voice in CONSENT if voice.kind != kind]


def test_a_missing_kind_is_named_and_blocks_nothing() -> None:
    decided = verdict(count(without(Kind.ENTREPRENEURS)), ORDINARY)
    assert decided.carried
    assert decided.without == (Kind.ENTREPRENEURS,)
    assert decided.lacking == {Kind.ENTREPRENEURS: (Lacks.MISSING,)}


def test_without_residents_only_once_the_neighbourhood_was_asked() -> None:
    counts = count(without(Kind.RESIDENTS))
    refused = verdict(counts, ORDINARY)
    assert not refused.carried
    assert refused.lacking[Kind.RESIDENTS] == (Lacks.MISSING, Lacks.NOT_ASKED)
    assert verdict(counts, Circumstances(neighbourhood_asked=True)).without == (Kind.RESIDENTS,)


def test_two_kinds_are_needed_also_when_everything_else_is_there() -> None:
    assert not outcome([Voice(kind=Kind.RESIDENTS, stance=Stance.CONSENT)], EVERYTHING)
    assert not outcome(CONSENT, Circumstances(different_people=False))


def test_a_silent_kind_is_missed_only_after_a_reminder() -> None:
    voices = [*without(Kind.ENTREPRENEURS), Voice(kind=Kind.ENTREPRENEURS)]
    assert silent_kinds(count(voices)) == [Kind.ENTREPRENEURS]
    assert not outcome(voices)
    assert verdict(count(voices), Circumstances(reminded=True)).without == (Kind.ENTREPRENEURS,)


def test_a_kind_that_stands_aside_is_not_reminded_and_done_without() -> None:
    aside = Voice(kind=Kind.ENTREPRENEURS, stance=Stance.STAND_ASIDE)
    voices = [*without(Kind.ENTREPRENEURS), aside]
    assert silent_kinds(count(voices)) == []
    assert verdict(count(voices), ORDINARY).without == (Kind.ENTREPRENEURS,)


def test_an_objection_is_no_silence() -> None:
    objecting = Voice(kind=Kind.ENTREPRENEURS, objects=True)
    decided = verdict(count([*without(Kind.ENTREPRENEURS), objecting]), EVERYTHING)
    assert not decided.carried
    assert Lacks.OBJECTION in decided.lacking[Kind.ENTREPRENEURS]


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
