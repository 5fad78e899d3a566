"""Whether what the host of the site took away stands: two kinds of partner settle it (R2)."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Coalition, Kind, Unlisting
from wijkverbond.coalition.models.host_acts import Outcome
from wijkverbond.coalition.queries import voices

KINDS_NEEDED = 2


@dataclasses.dataclass(frozen=True)
class Agreement:
    """What partners of these kinds say together, with the reason of the last of them."""

    outcome: str
    kinds: list[str]
    reason: str


def agreement(act: Any) -> Agreement | None:
    """What two kinds of partner agree on by now, if they do; the reviews of newcomers wait."""
    for upholds, outcome in ((True, Outcome.UPHELD), (False, Outcome.RESTORED)):
        agreeing = act.reviews.counting().filter(upholds=upholds)
        kinds = set(agreeing.values_list("party__organisation__kind", flat=True))
        if len(kinds) >= KINDS_NEEDED:
            named = [kind for kind in Kind.values if kind in kinds]
            return Agreement(outcome, named, agreeing.latest("at").reason)
    return None


def comes_back_unreviewed(act: Any, coalition: Coalition, now: dt.datetime) -> bool:
    """Whether its term is over, it was done in doubt, and nobody can review it."""
    late = not act.outcome and act.review_by <= now
    return late and act.returns_without_review and not _can_be_reviewed(act, coalition, now)


def off_the_list(coalitions: Iterable[uuid.UUID]) -> list[Unlisting]:
    """Which of these coalitions are off the list, and why."""
    standing = Unlisting.objects.standing().filter(coalition__in=[*coalitions])
    return list(standing.select_related("coalition"))


def _can_be_reviewed(act: Any, coalition: Coalition, now: dt.datetime) -> bool:
    """Whether partners that count, of two kinds and with different people, can say what they think."""
    hosts = set(User.objects.filter(is_operator=True).values_list("id", flat=True))
    parties = voices.with_people(coalition.parties.present().society().confirmed(), now)
    barred = hosts | {act.person_id}
    return voices.different_people([party for party in parties if voices.people_of(party) - barred])
