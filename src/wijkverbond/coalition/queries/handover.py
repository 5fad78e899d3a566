"""How far the handover is: the coalition's own chair and rules."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from wijkverbond.coalition import policies
from wijkverbond.coalition.models import Coalition, Handover, HandoverConfirmation, Kind, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.circle import missing_kinds
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Permission


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
    """The present parties that confirmed a proposal; those that do not count yet among them."""
    if not proposal:
        return []
    confirmations = HandoverConfirmation.objects.filter(handover=proposal)
    parties = Party.objects.present().filter(id__in=confirmations.values("party"))
    return list(parties.select_related("organisation"))


def kinds_to_confirm(confirmed: Iterable[Party]) -> list[Kind]:
    """The society kinds of which no party that counts confirmed yet."""
    return missing_kinds(party for party in confirmed if party.is_confirmed)


def may_confirm(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may confirm for their party: a person does so for one of them."""
    confirmations = HandoverConfirmation.objects.filter(handover__coalition=coalition)
    permission = policies.may_confirm_handover(actor, coalition)
    return permission and voices.one_voice(confirmations, actor)
