"""A covenant is never changed: what is to be different becomes a new version of it."""

import datetime as dt

from django.db.models import Max

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.commitments import events, queries
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.kernel.events import Event
from wijkverbond.vision.models import Goal


def next_number(coalition: Coalition) -> int:
    """The number of the next covenant; whoever asks holds the coalition."""
    last = coalition.covenants.aggregate(Max("number"))["number__max"] or 0
    return last + 1


def drafted(covenant: Covenant) -> Event:
    """The event of a draft."""
    return events.CovenantDrafted(
        covenant=covenant.id,
        number=covenant.number,
        sort="covenant",
        starts=covenant.starts,
        until=covenant.ends,
        predecessor=covenant.predecessor_id,
        rests_on=queries.covenant_rests_on(covenant),
    )


def amendment(covenant: Covenant, party: Party, at: dt.datetime) -> Covenant:
    """The draft of a next version, with the words of this one, for the partners to change.

    Whoever asks holds the coalition.
    """
    draft = Covenant(
        coalition=covenant.coalition,
        number=next_number(covenant.coalition),
        title=covenant.title,
        preamble=covenant.preamble,
        rules=covenant.rules,
        starts=covenant.starts,
        ends=covenant.ends,
        vision=covenant.vision,
        predecessor=covenant,
        drafted_by=party,
        drafted_at=at,
    )
    draft.full_clean()
    draft.save(force_insert=True)
    draft.goals.set(Goal.objects.standing().filter(coalition=covenant.coalition_id))
    draft.pledges.set(covenant.pledges.filter(state__in=Pledge.STANDING))
    return draft
