"""What government is asked: with a term, an answer and the asker's verdict."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wijkverbond.actions import events, policies, terms
from wijkverbond.actions.models import FacilitationRequest, RequestText
from wijkverbond.coalition.models import Coalition, Kind, ParticipationLevel, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services import lock_coalition
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import check_reason

State = FacilitationRequest.State
TERM_DAYS = 15
UP = {
    ParticipationLevel.OPERATION: ParticipationLevel.CONDITIONS,
    ParticipationLevel.CONDITIONS: ParticipationLevel.GOVERNING,
}


@transaction.atomic
def ask(
    coalition: Coalition, *, actor: Actor, addressee: Party, wording: RequestText
) -> FacilitationRequest:
    """Ask a government party for something. The term starts today; its last day is fixed now.

    `wording` comes unsaved.
    """
    require(policies.may_ask_government(actor, coalition))
    lock_coalition(coalition.id)
    _check_addressee(addressee, coalition)
    obstacle = wording.obstacle
    if obstacle and obstacle.coalition_id != coalition.id:
        raise ValidationError({"obstacle": _("Choose something of this coalition.")})
    last = coalition.requests.aggregate(Max("number"))["number__max"] or 0
    today = actor.today
    request = FacilitationRequest(
        coalition=coalition,
        number=last + 1,
        asker=party_of(actor),
        addressee=addressee,
        asked_on=today,
        asked_at=actor.now,
        term_days=TERM_DAYS,
        due=terms.last_day(today, TERM_DAYS),
        **shared_fields.values(wording, RequestText),
    )
    request.full_clean()
    request.save(force_insert=True)
    request_asked = events.RequestAsked(
        request=request.id,
        party=request.asker_id,
        kind=request.asker.kind,
        addressee=addressee.id,
        asks=request.asks,
        asked_on=today,
        term_days=request.term_days,
        due=request.due,
        level=request.level,
        obstacle=obstacle.id if obstacle else None,
        title=shreddable(request.title),
        body=shreddable(request.body),
        rests_on=(f"obstacle:{obstacle.id}",) if obstacle else (),
    )
    record(request_asked, actor=actor)
    return request


@transaction.atomic
def acknowledge(request: FacilitationRequest, *, actor: Actor) -> FacilitationRequest:
    """The addressee says that it has received the request."""
    request = _locked(request)
    require(policies.may_answer(actor, request))
    if request.state != State.ASKED:
        raise ValidationError(_("This was already received."))
    request.state = State.ACKNOWLEDGED
    request.save(update_fields=["state"])
    received = events.RequestAcknowledged(
        request=request.id,
        addressee=request.addressee_id,
        acknowledged_on=actor.today,
        rests_on=(f"request:{request.id}",),
    )
    record(received, actor=actor)
    return request


@transaction.atomic
def extend(
    request: FacilitationRequest, *, actor: Actor, extra_days: int, reason: str
) -> FacilitationRequest:
    """The addressee takes more time: once, before the term ends, at most as long again."""
    request = _locked(request)
    require(policies.may_answer(actor, request))
    check_reason(reason)
    if request.extended:
        raise ValidationError(_("The term was already extended once."))
    if actor.today > request.due:
        raise ValidationError(_("The term has passed, so it can no longer be extended."))
    if not 1 <= extra_days <= request.term_days:
        raise ValidationError(
            {"extra_days": _("Choose 1 to %(most)s working days.") % {"most": request.term_days}}
        )
    was_due = request.due
    request.extended, request.due = True, terms.last_day(was_due, extra_days)
    request.save(update_fields=["extended", "due"])
    extended = events.RequestExtended(
        request=request.id,
        addressee=request.addressee_id,
        due=request.due,
        was_due=was_due,
        extra_days=extra_days,
        reason=shreddable(reason.strip()),
        rests_on=(f"request:{request.id}",),
    )
    record(extended, actor=actor)
    return request


@transaction.atomic
def answer(
    request: FacilitationRequest, *, actor: Actor, verdict: str, text: str, role: str
) -> FacilitationRequest:
    """The addressee answers, with a reason and the role that government takes in it."""
    request = _locked(request)
    require(policies.may_answer(actor, request))
    check_reason(text, "text")
    if not verdict:
        raise ValidationError({"verdict": _("Choose an answer.")})
    if not role:
        raise ValidationError({"role": _("Say which role government takes.")})
    request.state, request.answer, request.answer_text = State.ANSWERED, verdict, text.strip()
    request.government_role, request.answered_on = role, actor.today
    request.full_clean()
    request.save(update_fields=["state", "answer", "answer_text", "government_role", "answered_on"])
    answered = events.RequestAnswered(
        request=request.id,
        addressee=request.addressee_id,
        verdict=verdict,
        answered_on=request.answered_on,
        due=request.due,
        in_term="yes" if request.answered_on <= request.due else "no",
        role_of_government=role,
        answer=shreddable(request.answer_text),
        rests_on=(f"request:{request.id}",),
    )
    record(answered, actor=actor)
    return request


@transaction.atomic
def accept(
    request: FacilitationRequest, *, actor: Actor, helpful: str, shown: str | None = None
) -> FacilitationRequest:
    """The asker, and nobody else, says that the answer resolves it and whether it helped."""
    request = _locked(request)
    require(policies.may_settle_request(actor, request))
    require_shown(shown, request)
    if not helpful:
        raise ValidationError({"helpful": _("Say whether it helped.")})
    request.state, request.helpful = State.ACCEPTED, helpful
    request.full_clean()
    request.save(update_fields=["state", "helpful"])
    accepted = events.RequestAccepted(
        request=request.id,
        party=request.asker_id,
        kind=request.asker.kind,
        helpful=helpful,
        rests_on=(f"request:{request.id}",),
    )
    record(accepted, actor=actor)
    return request


@transaction.atomic
def reopen(
    request: FacilitationRequest, *, actor: Actor, reason: str, shown: str | None = None
) -> FacilitationRequest:
    """The asker is not helped and asks again; the earlier answer stays readable, a new term runs."""
    request = _locked(request)
    require(policies.may_settle_request(actor, request))
    require_shown(shown, request)
    check_reason(reason)
    _ask_again(request, actor)
    reopened = events.RequestReopened(
        request=request.id,
        party=request.asker_id,
        kind=request.asker.kind,
        due=request.due,
        reason=shreddable(reason.strip()),
        rests_on=(f"request:{request.id}",),
    )
    record(reopened, actor=actor)
    return request


@transaction.atomic
def escalate(request: FacilitationRequest, *, actor: Actor, reason: str) -> FacilitationRequest:
    """The asker takes a late or unhelpful request one level up, visible to all."""
    request = _locked(request)
    require(policies.may_follow_up(actor, request))
    check_reason(reason)
    if request.state != State.ANSWERED and actor.today <= request.due:
        raise ValidationError(_("The term is still running."))
    level = UP.get(ParticipationLevel(request.level))
    if not level:
        raise ValidationError(_("This already stands at the highest level."))
    request.level = level
    _ask_again(request, actor)
    escalated = events.RequestEscalated(
        request=request.id,
        party=request.asker_id,
        addressee=request.addressee_id,
        level=level,
        escalated_on=actor.today,
        due=request.due,
        reason=shreddable(reason.strip()),
        rests_on=(f"request:{request.id}",),
    )
    record(escalated, actor=actor)
    return request


@transaction.atomic
def withdraw(
    request: FacilitationRequest, *, actor: Actor, reason: str = ""
) -> FacilitationRequest:
    """The asker no longer needs an answer."""
    request = _locked(request)
    require(policies.may_follow_up(actor, request))
    request.state = State.WITHDRAWN
    request.save(update_fields=["state"])
    withdrawn = events.RequestWithdrawn(
        request=request.id,
        party=request.asker_id,
        kind=request.asker.kind,
        reason=shreddable(reason.strip()),
        rests_on=(f"request:{request.id}",),
    )
    record(withdrawn, actor=actor)
    return request


def _ask_again(request: FacilitationRequest, actor: Actor) -> None:
    request.state, request.answer, request.answer_text = State.ASKED, "", ""
    request.government_role, request.answered_on = "", None
    request.due = terms.last_day(actor.today, request.term_days)
    request.extended = False
    request.save(
        update_fields=[
            "state",
            "answer",
            "answer_text",
            "government_role",
            "answered_on",
            "due",
            "extended",
            "level",
        ]
    )


def _locked(request: FacilitationRequest) -> FacilitationRequest:
    return (
        FacilitationRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("asker__organisation")
        .get(id=request.id)
    )


def _check_addressee(addressee: Party, coalition: Coalition) -> None:
    if addressee.coalition_id != coalition.id or addressee.kind != Kind.GOVERNMENT:
        raise ValidationError({"addressee": _("Choose a government partner of this coalition.")})
