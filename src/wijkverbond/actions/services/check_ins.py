"""How pledges go: the owner reports, others judge."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkverbond.actions import events, policies
from wijkverbond.actions.models import CheckIn, Fulfilment, Judgement, Shortfall
from wijkverbond.actions.queries.pledges import GRACE, was_heard
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import is_blank

SAW = gettext_lazy("Say what you saw, in a few words.")


@transaction.atomic
def check_in(
    pledge: Pledge,
    *,
    actor: Actor,
    verdict: str,
    due: dt.date | None = None,
    delivered: Decimal | None = None,
    people: int | None = None,
    remark: str = "",
) -> CheckIn:
    """The owner says how its pledge goes; for a day on which something was due, or in between."""
    pledge = (
        Pledge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party__organisation")
        .get(id=pledge.id)
    )
    require(policies.may_check_in(actor, pledge))
    if not pledge.stands:
        raise ValidationError(_("This promise is not running."))
    if due and (due not in pledge.due or due > actor.today):
        raise ValidationError({"due": _("Nothing was due on this day.")})
    if due and pledge.check_ins.filter(due=due).exists():
        raise ValidationError({"due": _("Your organisation has already said this.")})
    if verdict != Fulfilment.KEPT and is_blank(remark):
        raise ValidationError({"remark": _("Say what held you up. Then others can help.")})
    reported = CheckIn(
        pledge=pledge,
        due=due,
        verdict=verdict,
        delivered=delivered,
        people=people,
        remark=remark.strip(),
        reported_at=actor.now,
    )
    reported.full_clean()
    reported.save(force_insert=True)
    record(
        events.CheckInReported(
            check_in=reported.id,
            pledge=pledge.id,
            party=pledge.party_id,
            kind=pledge.party.kind,
            due=due,
            verdict=verdict,
            delivered=delivered,
            people=people,
            remark=shreddable(reported.remark),
            rests_on=(f"pledge:{pledge.id}",),
        ),
        actor=actor,
    )
    return reported


@transaction.atomic
def announce(
    check_in: CheckIn, *, actor: Actor, remark: str, shown: str | None = None
) -> Shortfall:
    """Tell only the owner that its pledge was not done; it has two weeks before that can be judged."""
    check_in, party = _judged_by(check_in, actor, shown)
    if is_blank(remark):
        raise ValidationError({"remark": SAW})
    announced = check_in.shortfalls.filter(judge=party).first()
    if announced:
        day = date_format(announced.answer_by, "j F Y")
        raise ValidationError(
            {
                "verdict": _("You told the partner this. It can respond until %(day)s.")
                % {"day": day}
            }
        )
    today = actor.today
    shortfall = Shortfall(
        check_in=check_in,
        judge=party,
        remark=remark.strip(),
        announced_at=actor.now,
        answer_by=today + GRACE,
    )
    shortfall.full_clean()
    shortfall.save(force_insert=True)
    pledge = check_in.pledge
    record(
        events.ShortfallAnnounced(
            check_in=check_in.id,
            pledge=pledge.id,
            party=pledge.party_id,
            kind=pledge.party.kind,
            due=check_in.due or timezone.localdate(check_in.reported_at),
            judge=party.id,
            answer_by=shortfall.answer_by,
            rests_on=(f"pledge:{pledge.id}",),
        ),
        actor=actor,
    )
    return shortfall


@transaction.atomic
def judge(
    check_in: CheckIn, *, actor: Actor, verdict: str, remark: str = "", shown: str | None = None
) -> Judgement:
    """Another party than the owner says whether it was kept; its latest judgement counts.

    That it was not done is said only after its owner was told and had two weeks to respond.
    """
    check_in, party = _judged_by(check_in, actor, shown)
    if verdict != Fulfilment.KEPT and is_blank(remark):
        raise ValidationError({"remark": SAW})
    if verdict == Fulfilment.NOT and not was_heard(check_in, actor.today):
        raise ValidationError({"verdict": _("First tell the partner, so that it can respond.")})
    judgement = check_in.judgements.filter(judge=party).first() or Judgement(
        check_in=check_in, judge=party
    )
    said = (judgement.verdict, judgement.remark, judgement.person_id)
    if judgement.pk and said == (verdict, remark.strip(), actor.person):
        return judgement
    judgement.verdict, judgement.remark, judgement.at = verdict, remark.strip(), actor.now
    judgement.person_id = actor.person
    judgement.full_clean()
    judgement.save()
    pledge = check_in.pledge
    record(
        events.CheckInJudged(
            check_in=check_in.id,
            pledge=pledge.id,
            party=pledge.party_id,
            kind=pledge.party.kind,
            due=check_in.due,
            judge=party.id,
            judge_kind=party.kind,
            verdict=verdict,
            remark=shreddable(judgement.remark),
            rests_on=(f"check_in:{check_in.id}", f"pledge:{pledge.id}"),
        ),
        actor=actor,
    )
    return judgement


def _judged_by(check_in: CheckIn, actor: Actor, shown: str | None) -> tuple[CheckIn, Party]:
    """The check-in with its pledge, locked and as it was shown, and the party that may judge it."""
    check_in = (
        CheckIn.objects.select_for_update(of=("self", "pledge"), no_key=True)
        .select_related("pledge__party__organisation")
        .get(id=check_in.id)
    )
    require(policies.may_judge(actor, check_in))
    require_shown(shown, check_in)
    return check_in, party_of(actor)
