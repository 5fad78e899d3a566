"""What reviewing an act of the host is, whatever it took away (`HostAct`)."""

import datetime as dt
from typing import Any

from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.text_input import check_reason

REVIEW_WITHIN = dt.timedelta(hours=72)


def keep_review(act: Any, *, actor: Actor, upholds: bool, reason: str) -> None:
    """Keep what a partner says of an act that is locked; said anew, the last counts."""
    check_reason(reason)
    party = party_of(actor)
    new = act.reviews.model(**{act.reviews.field.name: act, "party": party})
    review = act.reviews.filter(party=party).first() or new
    review.upholds, review.reason, review.at = upholds, reason.strip(), actor.now
    review.person_id = actor.person
    review.full_clean()
    review.save()
