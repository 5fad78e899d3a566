"""How many pledges were done in a year, in the eyes of others, as the journal tells it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from wijkverbond.analysis.verdicts import PARTLY, most_say
from wijkverbond.coalition.models import Party
from wijkverbond.kernel import journal_queries

UNKNOWN = "unknown"


def count(
    stream: UUID, pledges: Iterable[UUID], since: dt.datetime, until: dt.datetime
) -> Counter[str]:
    """The pledges of a covenant by what others said of them between two moments.

    Who judged twice is counted with its last word, who was not confirmed by others is not. Of every
    report most judges decide. A pledge is kept when every report of it was, and unknown when nobody
    said anything.
    """
    confirmed = Party.objects.confirmed().filter(coalition=stream).values_list("id", flat=True)
    judges = {str(party) for party in confirmed}
    latest_judgements: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    judged = journal_queries.entries(stream, until=until).filter(
        event="actions.check_in_judged", at__gt=since
    )
    for facts in judged.values_list("facts", flat=True):
        if "pledge" in facts and facts["judge"] in judges:
            latest_judgements[facts["pledge"]][facts["check_in"]][facts["judge"]] = facts["verdict"]
    return Counter(
        _together(
            {most_say(by_judge.values()) for by_judge in latest_judgements[str(pledge)].values()}
        )
        for pledge in pledges
    )


def _together(verdicts: set[str | None]) -> str:
    if len(verdicts) > 1:
        return PARTLY
    return next(iter(verdicts), None) or UNKNOWN
