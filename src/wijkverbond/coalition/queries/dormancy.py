"""Which parties are active: one without a sign of life for 180 days counts in no denominator.

As in a reading of vitality, unless the coalition decides otherwise for its readings.
"""

import datetime as dt
import uuid

from django.db.models import Max

from wijkverbond.analysis.vitality.thresholds import DEFAULTS
from wijkverbond.coalition.models import SOCIETY_KINDS, Coalition, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.sides import barring_mandates
from wijkverbond.kernel.models import Entry

DORMANT_AFTER = dt.timedelta(days=DEFAULTS.days("dormant"))


def active_parties(coalition: Coalition, now: dt.datetime) -> list[Party]:
    """The parties that take positions at this moment and are not dormant, in order of joining.

    Each `with_people`. A party for which nobody acts any more sleeps: it cannot be waited for.
    """
    deciding = coalition.parties.deciding().select_related("organisation")
    last_seen = _last_seen(coalition.id)
    return [
        party
        for party in voices.with_people(deciding, now)
        if voices.people_of(party)
        and max(party.joined_at, last_seen.get(party.id, party.joined_at)) > now - DORMANT_AFTER
    ]


def can_decide(coalition: Coalition, now: dt.datetime) -> bool:
    """Whether two society kinds with different people are there and count: else nothing is carried."""
    sleeping = asleep(coalition, now)
    return voices.different_people(
        party
        for party in active_parties(coalition, now)
        if party.is_confirmed and party.kind in SOCIETY_KINDS and party not in sleeping
    )


def asleep(coalition: Coalition, now: dt.datetime) -> list[Party]:
    """The parties present for which nobody can act: no one, or only who acts for government too."""
    present = coalition.parties.present().select_related("organisation")
    people_of = {party: voices.people_of(party) for party in voices.with_people(present, now)}
    everybody = frozenset().union(*people_of.values())
    barred = {person for person, _coalition in barring_mandates(everybody, [coalition], now)}
    return [
        party
        for party, people in people_of.items()
        if people <= (barred if party.kind in SOCIETY_KINDS else set())
    ]


def _last_seen(coalition: uuid.UUID) -> dict[uuid.UUID, dt.datetime]:
    latest_entries = (
        Entry.objects.filter(stream=coalition, party__isnull=False)
        .values_list("party")
        .annotate(Max("at"))
        .order_by()
    )
    return {party: at for party, at in latest_entries if party}
