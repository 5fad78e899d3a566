"""Signals: given by anyone, read before they are published, and answered with a reason."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.insights import events, policies
from wijkverbond.insights.models import ANSWER_WITHIN, Outcome, Signal
from wijkverbond.kernel.actor import Actor, Channel
from wijkverbond.kernel.events import Text, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import check_reason, on_one_line
from wijkverbond.places import queries as places

FIVE_DECIMALS = Decimal("0.00001")
MOST_EAST, MOST_NORTH = 180, 90


@transaction.atomic
def give_signal(
    coalition: Coalition,
    *,
    actor: Actor,
    category: str,
    text: str,
    place_code: str = "",
    longitude: Decimal | float | None = None,
    latitude: Decimal | float | None = None,
) -> Signal:
    """Say what one sees, in a neighbourhood of the area or at a point in it (WGS84 degrees).

    Nobody sees it before a partner has read it. Nothing about who gave it is kept.
    """
    require(policies.GIVE_SIGNAL.permission(actor, own=True, coalition=coalition.id))
    signal = Signal(
        coalition=coalition,
        category=category,
        text=on_one_line(text),
        place_code=place_code,
        longitude=_degrees(longitude, MOST_EAST),
        latitude=_degrees(latitude, MOST_NORTH),
        given_at=actor.now,
        answer_by=actor.today + ANSWER_WITHIN,
    )
    signal.full_clean()
    _locate(signal)
    signal.save(force_insert=True)
    received = events.SignalReceived(
        signal=signal.id,
        category=signal.category,
        place=signal.place_code or None,
        channel="paper" if actor.channel == Channel.PAPER else "page",
        answer_by=signal.answer_by,
    )
    record(received, actor=actor)
    return signal


@transaction.atomic
def moderate_signal(
    signal: Signal,
    *,
    actor: Actor,
    publish: bool,
    why: str = "",
    reason: str = "",
    shown: str | None = None,
) -> Signal:
    """Publish a signal that waits, or say why not."""
    signal = _locked(signal)
    require(policies.may_moderate(actor, signal))
    require_shown(shown, signal)
    if signal.state != Signal.State.WAITING:
        raise ValidationError(_("Somebody has already read this signal."))
    if not publish and not why:
        raise ValidationError({"why": _("Say why it is not published.")})
    signal.state = Signal.State.PUBLISHED if publish else Signal.State.REFUSED
    signal.why, signal.moderation_reason = "" if publish else why, reason.strip()
    signal.full_clean()
    signal.save(update_fields=["state", "why", "moderation_reason"])
    moderated = events.SignalModerated(
        signal=signal.id,
        category=signal.category,
        place=signal.place_code or None,
        outcome=signal.state,
        why=signal.why or None,
        reason=shreddable(signal.moderation_reason),
        body=shreddable(signal.text) if publish else None,
    )
    record(moderated, actor=actor)
    return signal


@transaction.atomic
def answer_signal(
    signal: Signal, *, actor: Actor, outcome: str, reason: str, rests_on: Sequence[str] = ()
) -> Signal:
    """Say what came of a published signal and why; `rests_on` names what it led to."""
    signal = _locked(signal)
    require(policies.may_answer(actor, signal))
    if signal.state != Signal.State.PUBLISHED:
        raise ValidationError(_("Only a published signal can be answered."))
    if signal.outcome:
        raise ValidationError(_("This signal already has an answer."))
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": _("Choose what came of it.")})
    check_reason(reason)
    signal.outcome, signal.outcome_reason = outcome, reason.strip()
    signal.answered_at, signal.answered_by = actor.now, party_of(actor)
    try:
        signal.full_clean()
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error
    signal.save(update_fields=["outcome", "outcome_reason", "answered_at", "answered_by"])
    answered = events.SignalAnswered(
        signal=signal.id,
        outcome=signal.outcome,
        answered_on=actor.today,
        reason=Text(signal.outcome_reason),
        rests_on=tuple(rests_on),
    )
    record(answered, actor=actor)
    return signal


def _locked(signal: Signal) -> Signal:
    return Signal.objects.select_for_update(no_key=True).get(id=signal.id)


def _degrees(value: Decimal | float | None, most: int) -> Decimal | None:
    if value is None:
        return None
    degrees = Decimal(str(value))
    if not degrees.is_finite() or abs(degrees) > most:
        raise _outside_error()
    return degrees.quantize(FIVE_DECIMALS)


def _outside_error() -> ValidationError:
    return ValidationError({"longitude": _("This point lies outside the neighbourhood.")})


def _locate(signal: Signal) -> None:
    """Refuse a place outside the area; a point without a neighbourhood gets the one it lies in."""
    coalition = signal.coalition
    inside = places.buurten_of(coalition.place_codes, coalition.place_year)
    codes = {*inside.values_list("code", flat=True), *coalition.place_codes}
    if signal.place_code and signal.place_code not in codes:
        raise ValidationError({"place_code": _("Choose a neighbourhood of this coalition.")})
    if signal.longitude is None or signal.latitude is None:
        return
    if not inside.filter(boundary__isnull=False).exists():
        return
    point = float(signal.longitude), float(signal.latitude)
    place = places.place_at(*point, coalition.place_year)
    if place is None or place.code not in codes:
        raise _outside_error()
    signal.place_code = signal.place_code or place.code
