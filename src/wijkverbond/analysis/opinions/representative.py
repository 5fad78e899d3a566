"""What is typical of an opinion group, after the published Polis method (Small et al. 2021)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from wijkverbond.analysis.opinions.agreement import Z
from wijkverbond.analysis.opinions.votes import Counts, Floats, Ids

MOST: Final = 5


@dataclass(frozen=True)
class RepresentativeStatement:
    """A statement that tells a group from the others.

    ``agrees`` says whether the group is known for agreeing or for disagreeing with it; ``share`` is
    the group's smoothed share of that answer, (a+1)/(n+2); ``ratio`` the representativeness, that
    share over the share of everyone else; ``z`` the two-proportion test of group against the rest.
    """

    statement: int
    agrees: bool
    share: float
    ratio: float
    z: float


@dataclass(frozen=True, eq=False)
class AnswerOfGroup:
    """One answer (agree, or disagree) of one group, per statement; arrays of shape (statements,).

    ``count`` people of the group gave the answer, of ``n`` who gave any; ``other_count`` and
    ``other_n`` say the same of everyone in the other groups.
    """

    agrees: bool
    count: Counts
    n: Counts
    other_count: Counts
    other_n: Counts

    @property
    def share(self) -> Floats:
        """Return the smoothed share of the group, (a+1)/(n+2)."""
        return (self.count + 1) / (self.n + 2)

    @property
    def ratio(self) -> Floats:
        """Return the representativeness: the group's smoothed share over that of the others."""
        return self.share / ((self.other_count + 1) / (self.other_n + 2))

    @property
    def share_z(self) -> Floats:
        """Return the one-proportion z of the group's share against one half."""
        size = self.n + 1
        z: Floats = 2 * np.sqrt(size) * ((self.count + 1) / size - 0.5)
        return z

    @property
    def ratio_z(self) -> Floats:
        """Return the two-proportion z of the group's share against that of the others."""
        size, other_size = self.n + 1, self.other_n + 1
        pooled = (self.count + self.other_count + 2) / (size + other_size)
        spread = np.sqrt(np.maximum(0, pooled * (1 - pooled)) * (1 / size + 1 / other_size))
        apart = (self.count + 1) / size - (self.other_count + 1) / other_size
        z: Floats = np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0)
        return z

    @property
    def weight(self) -> Floats:
        """Return the order of importance: representativeness, share and both tests multiplied."""
        return self.ratio * self.ratio_z * self.share * self.share_z

    @property
    def stands_out(self) -> npt.NDArray[np.bool_]:
        """Mark where both tests exceed z = 1.2816."""
        return (self.share_z > Z) & (self.ratio_z > Z)

    @property
    def clear(self) -> npt.NDArray[np.bool_]:
        """Mark where most of the group clearly gives this answer, typical or not."""
        return (self.share_z > Z) | ((self.ratio > 1) & (self.share > 0.5))

    def at(self, place: int, statement: int) -> RepresentativeStatement:
        """Describe one statement."""
        return RepresentativeStatement(
            statement,
            self.agrees,
            float(self.share[place]),
            float(self.ratio[place]),
            float(self.ratio_z[place]),
        )


def representative(
    statements: Ids,
    agree: AnswerOfGroup,
    disagree: AnswerOfGroup,
    eligible: npt.NDArray[np.bool_],
) -> tuple[RepresentativeStatement, ...]:
    """Choose at most five statements that are typical of a group.

    A statement qualifies when both tests of an answer exceed z = 1.2816. The clearest agreement of
    the group comes along in any case, then the weightiest; agreements are listed before
    disagreements. When there is neither, the one statement that most tells the group apart.
    ``eligible`` marks the statements that may be chosen; ties go to the lowest identifier.
    """
    agreeing = agree.ratio_z > disagree.ratio_z
    qualified = eligible & (agree.stands_out | disagree.stands_out)
    weight = np.where(agreeing, agree.weight, disagree.weight)
    chosen = [int(place) for place in np.argsort(-weight, kind="stable") if qualified[place]]
    clearest = _clearest(agree, eligible)
    if clearest is not None:
        chosen = [clearest, *(place for place in chosen if place != clearest)]
    elif not chosen:
        answered = eligible & (agree.n > 0)
        apart = np.where(answered, np.maximum(agree.ratio_z, disagree.ratio_z), -np.inf)
        chosen = [int(np.argmax(apart))] if answered.any() else []
    answers = [
        (agree if agreeing[place] or place == clearest else disagree).at(
            place, int(statements[place])
        )
        for place in chosen[:MOST]
    ]
    return tuple(sorted(answers, key=lambda answer: not answer.agrees))


def _clearest(agree: AnswerOfGroup, eligible: npt.NDArray[np.bool_]) -> int | None:
    """Return the place of what the group agrees on most, typical of it where possible."""
    clear = eligible & agree.clear
    typical = clear & (agree.ratio > 1)
    if typical.any():
        return int(np.argmax(np.where(typical, agree.weight, -np.inf)))
    if clear.any():
        return int(np.argmax(np.where(clear, agree.share * agree.share_z, -np.inf)))
    return None
