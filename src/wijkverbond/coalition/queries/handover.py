"""How far the handover is: the coalition's own chair and rules."""

import dataclasses
import datetime as dt

from django.utils import timezone

from wijkverbond.coalition.models import Coalition, Handover, Party


@dataclasses.dataclass(frozen=True)
class HandoverReminder:
    """The public reminder of the handover, while government's coalition has no chair of its own."""

    due: dt.date
    late: bool


def handover_reminder(coalition: Coalition, now: dt.datetime) -> HandoverReminder | None:
    """The reminder of the handover; None when there is nothing to hand over."""
    if not coalition.hand_over_due or coalition.handed_over_at:
        return None
    return HandoverReminder(
        due=coalition.hand_over_due,
        late=coalition.hand_over_due < timezone.localdate(now),
    )


def handover_proposal(coalition: Coalition) -> Handover | None:
    """The proposal for chair and rules, when there is one."""
    proposals = Handover.objects.filter(coalition=coalition)
    return proposals.select_related("chair__organisation", "proposed_by__organisation").first()


def confirmed_by(proposal: Handover | None) -> list[Party]:
    """The present parties that confirmed a proposal."""
    if not proposal:
        return []
    return list(proposal.confirmed_by.present().select_related("organisation"))
