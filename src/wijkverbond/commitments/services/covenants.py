"""What people do with the covenant: compose, open for signing, check every year; what its days do."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.analysis import verdicts
from wijkverbond.analysis.months import add_months, ends_soon
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services import lock_coalition
from wijkverbond.commitments import document, events, pledge_tally, policies, queries, terms
from wijkverbond.commitments.models import Covenant, Pledge, YearlyCheck
from wijkverbond.commitments.services import mails, versions
from wijkverbond.commitments.services.signing import conclude, locked
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.vision.models import Goal, VisionVersion


@transaction.atomic
def draft(
    coalition: Coalition,
    *,
    actor: Actor,
    title: str,
    rules: str,
    starts: dt.date,
    ends: dt.date,
    pledges: Sequence[Pledge],
    preamble: str = "",
) -> Covenant:
    """Compose a draft from the adopted vision, the current goals and the offered pledges chosen."""
    lock_coalition(coalition.id)
    require(policies.may_start_covenant(actor, coalition))
    covenant = Covenant(
        coalition=coalition,
        number=versions.next_number(coalition),
        vision=_adopted_vision(coalition),
        predecessor=coalition.covenants.in_force().first(),
        drafted_by=party_of(actor),
        drafted_at=actor.now,
    )
    _write(covenant, actor, title, preamble, rules, starts, ends, pledges)
    record(versions.drafted(covenant), actor=actor)
    return covenant


@transaction.atomic
def rewrite(
    covenant: Covenant,
    *,
    actor: Actor,
    title: str,
    rules: str,
    starts: dt.date,
    ends: dt.date,
    pledges: Sequence[Pledge],
    preamble: str = "",
) -> Covenant:
    """Change a draft. Once it is open for signing its text is frozen, and this is refused."""
    covenant = locked(covenant)
    require(policies.may_compose(actor, covenant))
    covenant.vision = _adopted_vision(covenant.coalition)
    _write(covenant, actor, title, preamble, rules, starts, ends, pledges)
    return covenant


def open_for_signing(
    covenant: Covenant, *, actor: Actor, sign_until: dt.date | None = None
) -> Covenant:
    """Freeze the text and its PDF, and ask every party at the table to sign, within six weeks unless said.

    The PDF is made before the transaction; when the records changed meanwhile, this is refused.
    """
    require(policies.may_compose(actor, covenant))
    last_day = terms.last_day_to_sign(sign_until, actor.today)
    content = document.content(covenant)
    return _freeze(covenant, content, document.render(content), last_day, actor=actor)


@transaction.atomic
def reopen(covenant: Covenant, *, actor: Actor, sign_until: dt.date | None = None) -> Covenant:
    """Ask to sign the same text again; who signed stays signed. It must still be what all agreed on."""
    covenant = locked(covenant)
    require(policies.may_reopen(actor, covenant))
    pledges = _lock(covenant.pledges.all())
    if not _is_current(covenant) or not all(pledge.stands for pledge in pledges):
        raise ValidationError(
            _("The vision, a goal or a promise changed since. Compose a new version.")
        )
    last_day = terms.last_day_to_sign(sign_until, actor.today)
    parties = queries.to_sign(covenant.coalition)
    answered = Q(signatures__covenant=covenant) | Q(declines__covenant=covenant)
    _wait_for(covenant, {*parties, *covenant.asked.filter(answered)}, last_day, actor.today)
    covenant.save(update_fields=["state", "sign_until", "remind_on"])
    mails.reopened(covenant, actor.now)
    record(
        events.SigningReopened(
            covenant=covenant.id,
            number=covenant.number,
            document=covenant.digest,
            asked=sorted(party.id for party in parties),
            asked_per_kind=queries.per_kind(parties),
            sign_until=last_day,
            rests_on=(f"covenant:{covenant.id}",),
        ),
        actor=actor,
    )
    return covenant


@transaction.atomic
def hold_yearly_check(
    covenant: Covenant, *, actor: Actor, due: dt.date, conclusion: str
) -> YearlyCheck:
    """Record the yearly check that was due on a day, with its conclusion."""
    covenant = locked(covenant)
    require(policies.may_hold_yearly_check(actor, covenant))
    _check_is_due(covenant, due, actor.today)
    check = YearlyCheck(
        covenant=covenant,
        due=due,
        held_on=actor.today,
        conclusion=conclusion.strip(),
        held_by=party_of(actor),
    )
    check.full_clean()
    check.save(force_insert=True)
    pledges = list(covenant.pledges.order_by("id").values_list("id", flat=True))
    began = timezone.make_aware(dt.datetime.combine(add_months(due, -12), dt.time()))
    tally = pledge_tally.count(covenant.coalition_id, pledges, began, actor.now)
    record(
        events.YearlyCheckHeld(
            covenant=covenant.id,
            due=due,
            held=check.held_on,
            kept=tally[verdicts.KEPT],
            partly=tally[verdicts.PARTLY],
            not_kept=tally[verdicts.NOT],
            unknown=tally[pledge_tally.UNKNOWN],
            conclusion=shreddable(check.conclusion),
            rests_on=(f"covenant:{covenant.id}", *(f"pledge:{pledge}" for pledge in pledges)),
        ),
        actor=actor,
    )
    return check


@transaction.atomic
def keep_time(covenant: Covenant, *, actor: Actor) -> Covenant:
    """Announce the end six months before it, and end the covenant the day after its last.

    Of one that can be signed it brings what follows from its last day, from its first, or from a
    partner that left or was confirmed meanwhile; and it reminds who did not answer.
    """
    covenant = locked(covenant)
    require(policies.may_keep_time(actor, covenant))
    today = actor.today
    if covenant.state != Covenant.State.IN_FORCE:
        record(*conclude(covenant, actor), actor=actor, stream=covenant.coalition_id)
        _remind(covenant, actor)
        return covenant
    if today > covenant.ends:
        covenant.state, covenant.ended_at = Covenant.State.ENDED, actor.now
        covenant.save(update_fields=["state", "ended_at"])
        ended = events.CovenantEnded(covenant=covenant.id, ended_on=covenant.ends, why="expired")
        record(ended, actor=actor, stream=covenant.coalition_id)
    elif not covenant.renewal_announced and ends_soon(covenant.ends, today):
        covenant.renewal_announced = True
        covenant.save(update_fields=["renewal_announced"])
        due = events.RenewalDue(covenant=covenant.id, until=covenant.ends)
        record(due, actor=actor, stream=covenant.coalition_id)
    return covenant


def _wait_for(
    covenant: Covenant, parties: Iterable[Party], last_day: dt.date, today: dt.date
) -> None:
    """These are asked until that day; the promises are part of it. Saved by whoever calls."""
    covenant.state = Covenant.State.SIGNING
    covenant.sign_until, covenant.remind_on = last_day, terms.first_reminder(today, last_day)
    covenant.asked.set(parties)
    covenant.pledges.update(state=Pledge.State.IN_COVENANT)


def _remind(covenant: Covenant, actor: Actor) -> None:
    """Mail those who may sign for a partner that did not answer, when the day for that has come."""
    waits = covenant.state == Covenant.State.SIGNING and not covenant.carried_at
    if not (waits and covenant.remind_on and covenant.remind_on <= actor.today):
        return
    assert covenant.sign_until
    covenant.remind_on = terms.next_reminder(actor.today, covenant.sign_until)
    covenant.save(update_fields=["remind_on"])
    mails.remind(covenant, actor.now)


@transaction.atomic
def _freeze(
    covenant: Covenant, content: document.Content, pdf: bytes, last_day: dt.date, *, actor: Actor
) -> Covenant:
    covenant = locked(covenant)
    require(policies.may_compose(actor, covenant))
    _lock(covenant.pledges.all())
    if not _is_current(covenant):
        raise ValidationError(
            _("The vision or the goals changed after this draft. Change the draft first.")
        )
    # What happened elsewhere in the coalition since the PDF was made changes the head alone.
    if {**document.content(covenant), "seal": content["seal"]} != content:
        raise ValidationError(_("Something changed just now. Look at the text again."))
    if not content["pledges"]:
        raise ValidationError({"pledges": _("A covenant needs at least one promise.")})
    parties = queries.to_sign(covenant.coalition)
    covenant.content, covenant.document = content, pdf
    covenant.digest, covenant.opened_at = document.digest(pdf), actor.now
    _wait_for(covenant, parties, last_day, actor.today)
    covenant.save()
    mails.opened(covenant, actor.now)
    record(
        events.CovenantOpenedForSigning(
            covenant=covenant.id,
            number=covenant.number,
            sort="covenant",
            starts=covenant.starts,
            until=covenant.ends,
            predecessor=covenant.predecessor_id,
            document=covenant.digest,
            goals=sorted(covenant.goals.values_list("id", flat=True)),
            pledges=sorted(covenant.pledges.values_list("id", flat=True)),
            asked=sorted(party.id for party in parties),
            asked_per_kind=queries.per_kind(parties),
            order="free",
            sign_until=last_day,
            rests_on=queries.covenant_rests_on(covenant),
        ),
        actor=actor,
    )
    return covenant


def _write(
    covenant: Covenant,
    actor: Actor,
    title: str,
    preamble: str,
    rules: str,
    starts: dt.date,
    ends: dt.date,
    pledges: Sequence[Pledge],
) -> None:
    covenant.title, covenant.preamble, covenant.rules = (
        title.strip(),
        preamble.strip(),
        rules.strip(),
    )
    covenant.starts, covenant.ends = starts, ends
    pledges = _lock(Pledge.objects.filter(id__in=[pledge.id for pledge in pledges]))
    if any(pledge.coalition_id != covenant.coalition_id or not pledge.stands for pledge in pledges):
        raise ValidationError({"pledges": _("Choose promises that were offered here.")})
    covenant.full_clean()
    terms.check_reach(starts, ends, actor.today)
    terms.check_ahead(ends, actor.today)
    covenant.save()
    covenant.goals.set(Goal.objects.standing().filter(coalition=covenant.coalition_id))
    covenant.pledges.set(pledges)


def _lock(pledges: QuerySet[Pledge]) -> list[Pledge]:
    """The pledges as they are now; nobody changes or takes back one meanwhile.

    One that is taken back leaves the drafts that it finds: it must not miss this one.
    """
    return list(pledges.select_for_update(of=("self",), no_key=True).order_by("id"))


def _adopted_vision(coalition: Coalition) -> VisionVersion:
    vision = VisionVersion.objects.adopted().filter(coalition=coalition).first()
    if not vision:
        raise ValidationError(_("First adopt a vision together; the covenant rests on it."))
    return vision


def _is_current(covenant: Covenant) -> bool:
    """Whether the vision and the goals are still those of the coalition."""
    goals = Goal.objects.standing().filter(coalition=covenant.coalition_id)
    adopted = covenant.vision.state == VisionVersion.State.ADOPTED
    return adopted and set(goals) == set(covenant.goals.all())


def _check_is_due(covenant: Covenant, due: dt.date, today: dt.date) -> None:
    if covenant.state != Covenant.State.IN_FORCE:
        raise ValidationError(_("This covenant is not in force."))
    if due > today or due not in terms.checks(covenant.starts, covenant.ends):
        raise ValidationError({"due": _("No look back was due on this day.")})
    if covenant.checks.filter(due=due).exists():
        raise ValidationError({"due": _("This look back was already recorded.")})
