"""What people do with pledges."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments import events, policies, queries, terms
from wijkverbond.commitments.models import Covenant, EarlierPledge, Pledge, PledgeText
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import check_reason
from wijkverbond.vision.models import Goal


@transaction.atomic
def draft_pledge(
    coalition: Coalition,
    *,
    actor: Actor,
    wording: PledgeText,
    goals: Sequence[Goal],
    with_parties: Sequence[Party] = (),
) -> Pledge:
    """Write a pledge down without offering it yet; only its party sees it.

    `wording` comes unsaved; owner, date, measure and term are obliged (rule: else not signable).
    """
    require(policies.may_start_pledge(actor, coalition))
    pledge = Pledge(
        coalition=coalition,
        party=party_of(actor),
        written_at=actor.now,
        **shared_fields.values(wording, PledgeText),
    )
    _check(pledge, goals, with_parties, actor)
    terms.check_ahead(pledge.ends, actor.today)
    pledge.save(force_insert=True)
    pledge.goals.set(goals)
    pledge.with_parties.set(with_parties)
    return pledge


@transaction.atomic
def offer(pledge: Pledge, *, actor: Actor) -> Pledge:
    """Offer one's draft: from now on everyone can see it."""
    pledge = _locked(pledge)
    require(policies.may_pledge(actor, pledge))
    if pledge.state != Pledge.State.DRAFT:
        raise ValidationError(_("This promise was already offered."))
    terms.check_ahead(pledge.ends, actor.today)
    pledge.state, pledge.offered_at = Pledge.State.OFFERED, actor.now
    pledge.due = terms.dues(pledge.starts, pledge.ends, pledge.rhythm)
    pledge.save(update_fields=["state", "offered_at", "due"])
    record(events.PledgeOffered(**queries.pledge_facts(pledge)), actor=actor)
    return pledge


@transaction.atomic
def change(
    pledge: Pledge,
    *,
    actor: Actor,
    wording: PledgeText,
    goals: Sequence[Goal],
    with_parties: Sequence[Party] = (),
    reason: str = "",
) -> Pledge:
    """Change one's pledge. Once offered, the earlier wording stays readable, with the reason.

    A pledge in a covenant stays as it was signed there; the change is a revision after it.
    """
    pledge = _locked(pledge)
    require(policies.may_pledge(actor, pledge))
    offered = pledge.state != Pledge.State.DRAFT
    if offered:
        check_reason(reason)
        if _is_changed_so(pledge, wording, goals, with_parties, reason):
            return pledge
        _keep_earlier(pledge, actor, reason)
        pledge.revision += 1
    shared_fields.write(pledge, PledgeText, wording)
    _check(pledge, goals, with_parties, actor)
    if offered:
        pledge.due = terms.dues(pledge.starts, pledge.ends, pledge.rhythm)
    pledge.save()
    pledge.goals.set(goals)
    pledge.with_parties.set(with_parties)
    if offered:
        facts = queries.pledge_facts(pledge)
        record(events.PledgeChanged(**facts, reason=shreddable(reason.strip())), actor=actor)
    return pledge


@transaction.atomic
def withdraw(pledge: Pledge, *, actor: Actor, reason: str) -> Pledge:
    """Take one's pledge back, with a reason. A draft disappears from one's own list only.

    It also goes out of every draft of a covenant; what was signed keeps its text.
    """
    pledge = _locked(pledge)
    require(policies.may_pledge(actor, pledge))
    check_reason(reason)
    was_offered = pledge.state != Pledge.State.DRAFT
    pledge.state, pledge.withdrawn_at = Pledge.State.WITHDRAWN, actor.now
    pledge.withdrawal_reason = reason.strip()
    pledge.full_clean()
    pledge.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    pledge.covenants.remove(*pledge.covenants.filter(state=Covenant.State.DRAFT))
    if was_offered:
        withdrawn = events.PledgeWithdrawn(
            pledge=pledge.id,
            party=pledge.party_id,
            kind=pledge.party.kind,
            reason=shreddable(pledge.withdrawal_reason),
            rests_on=(f"pledge:{pledge.id}",),
        )
        record(withdrawn, actor=actor)
    return pledge


def _locked(pledge: Pledge) -> Pledge:
    return (
        Pledge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party__organisation")
        .get(id=pledge.id)
    )


def _check(
    pledge: Pledge, goals: Sequence[Goal], with_parties: Sequence[Party], actor: Actor
) -> None:
    pledge.full_clean()
    terms.check_reach(pledge.starts, pledge.ends, actor.today)
    if pledge.quantity is not None and pledge.quantity <= 0:
        raise ValidationError({"quantity": _("Write a number above 0.")})
    if not goals:
        raise ValidationError({"goals": _("Choose at least one goal that this helps.")})
    if any(goal.coalition_id != pledge.coalition_id or not goal.stands for goal in goals):
        raise ValidationError({"goals": _("Choose a goal of this coalition.")})
    if any(
        party.coalition_id != pledge.coalition_id
        or not party.is_present
        or party.id == pledge.party_id
        for party in with_parties
    ):
        raise ValidationError({"with_parties": _("Choose other partners of this coalition.")})


def _is_changed_so(
    pledge: Pledge,
    wording: PledgeText,
    goals: Sequence[Goal],
    with_parties: Sequence[Party],
    reason: str,
) -> bool:
    """Whether the last change said the same for the same reason: it was sent twice."""
    last = pledge.earlier.order_by("-revision").first()
    return (
        last is not None
        and last.reason == reason.strip()
        and shared_fields.says(pledge, PledgeText, wording)
        and {*pledge.goals.all()} == {*goals}
        and {*pledge.with_parties.all()} == {*with_parties}
    )


def _keep_earlier(pledge: Pledge, actor: Actor, reason: str) -> None:
    EarlierPledge.objects.create(
        pledge=pledge,
        revision=pledge.revision,
        replaced_at=actor.now,
        reason=reason.strip(),
        **shared_fields.values(pledge, PledgeText),
    )
