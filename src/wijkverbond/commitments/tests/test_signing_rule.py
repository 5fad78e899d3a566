"""The rule by which a covenant comes into force, over any electorate."""

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.coalition.models import SOCIETY_KINDS, Kind
from wijkverbond.commitments.signing_rule import (
    Answer,
    Circumstances,
    Count,
    Lacks,
    Verdict,
    complete,
    count,
    verdict,
)

FEW = at_least(30)
GIVEN = st.sampled_from([(True, False), (True, False), (False, True), (False, False)])


def of_kinds(*kinds: Kind) -> st.SearchStrategy[list[Answer]]:
    answer = st.builds(
        lambda kind, given: Answer(kind, *given), st.sampled_from(kinds or tuple(Kind)), GIVEN
    )
    return st.lists(answer, max_size=14)


# Left to chance an electorate hardly ever carries anything: these are on the edge of it.
MOSTLY_SIGNED = of_kinds(*SOCIETY_KINDS[:2]).map(
    lambda answers: [Answer(kind, signed=True) for kind in SOCIETY_KINDS[:2] * 4] + answers
)
ELECTORATES = st.one_of(of_kinds(), MOSTLY_SIGNED)
CIRCUMSTANCES = st.builds(
    Circumstances, neighbourhood_asked=st.booleans(), different_people=st.booleans()
)


def outcome(answers: list[Answer], circumstances: Circumstances | None = None) -> Verdict:
    return verdict(count(answers), circumstances or Circumstances(neighbourhood_asked=True))


@FEW
@given(ELECTORATES, CIRCUMSTANCES)
def test_it_comes_into_force_exactly_when_two_kinds_carry_and_the_others_are_missing(
    answers: list[Answer], circumstances: Circumstances
) -> None:
    carrying, missing = 0, set()
    for kind in SOCIETY_KINDS:
        of_kind = [answer for answer in answers if answer.kind == kind]
        signed = sum(answer.signed for answer in of_kind)
        carrying += signed > 0 and signed >= len(of_kind) * 3 // 4
        if not any(answer.signed or answer.declined for answer in of_kind):
            missing.add(kind)
    expected = (
        carrying >= 2
        and carrying + len(missing) == 3
        and circumstances.different_people
        and (Kind.RESIDENTS not in missing or circumstances.neighbourhood_asked)
    )
    result = outcome(answers, circumstances)
    assert result.carried == expected
    assert set(result.without) == (missing if expected else set())


@FEW
@given(ELECTORATES, of_kinds(Kind.GOVERNMENT), CIRCUMSTANCES)
def test_government_neither_carries_nor_blocks_however_many_its_parties(
    answers: list[Answer], government: list[Answer], circumstances: Circumstances
) -> None:
    society = [answer for answer in answers if answer.kind != Kind.GOVERNMENT]
    assert outcome(society + government, circumstances) == outcome(society, circumstances)
    assert complete(count(society + government)) == complete(count(society))


@FEW
@given(ELECTORATES, CIRCUMSTANCES)
def test_every_kind_that_keeps_it_from_coming_into_force_is_named_with_why(
    answers: list[Answer], circumstances: Circumstances
) -> None:
    result = outcome(answers, circumstances)
    assert all(result.lacking.values())
    assert result.carried or result.lacking or not result.enough_kinds


def test_three_quarters_are_rounded_down_but_one_signs_at_least() -> None:
    needed = [Count(asked, 0, 0).needed for asked in range(10)]
    assert needed == [1, 1, 1, 2, 3, 3, 4, 5, 6, 6]


def test_a_kind_that_said_no_is_not_missing() -> None:
    two = [Answer(Kind.RESIDENTS, signed=True), Answer(Kind.CIVIL_SOCIETY, signed=True)]
    shop = Answer(Kind.ENTREPRENEURS)
    assert outcome([*two, shop]).without == (Kind.ENTREPRENEURS,)
    assert outcome(two).without == (Kind.ENTREPRENEURS,)
    declined = outcome([*two, Answer(Kind.ENTREPRENEURS, declined=True)])
    assert not declined.carried
    assert declined.lacking == {Kind.ENTREPRENEURS: (Lacks.TOO_FEW,)}
