"""What people do with proposals."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.types import JSONValue

from wijkverbond.accounts import mail
from wijkverbond.coalition.models import Coalition, Fallback, Kind, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import events, outcome, policies, queries
from wijkverbond.decisions.models import (
    CONSENTING,
    Decision,
    Objection,
    Position,
    PositionText,
    Resolution,
    Stance,
    State,
    Via,
)
from wijkverbond.kernel import jobs, shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.registry import DECISION_TYPES
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import is_blank

ROUND = dt.timedelta(days=14)
SHORTEST_ROUND = dt.timedelta(days=1)
REVIEW_AFTER = dt.timedelta(days=365)
SAME_TEXT = gettext_lazy("This is how it reads now. Change something first.")


@transaction.atomic
def propose(
    coalition: Coalition,
    *,
    actor: Actor,
    kind: str,
    subject: uuid.UUID,
    title: str,
    text: str,
    rests_on: Sequence[str] = (),
    closes_at: dt.datetime | None = None,
    also: Sequence[Event] = (),
) -> Decision:
    """Bring a proposal of a declared type before the coalition; open for 14 days unless said.

    `also` are the events of the capability that asks, recorded just before the proposal.
    """
    require(policies.may_propose(actor, coalition))
    decision = Decision(
        coalition=coalition,
        kind=DECISION_TYPES[kind].name,
        subject=subject,
        title=title,
        proposal=text,
        proposer=party_of(actor),
        proposed_at=actor.now,
        closes_at=closes_at or actor.now + ROUND,
        rests_on=list(rests_on),
    )
    _check_closing(decision, actor.now)
    decision.full_clean(exclude=["silent"])
    decision.save(force_insert=True)
    record(
        *also,
        events.Proposed(
            decision=decision.id,
            about=kind,
            method="consent",
            revision=decision.revision,
            closes=decision.closes_at,
            proposal=shreddable(text),
            rests_on=tuple(rests_on),
        ),
        actor=actor,
    )
    return decision


@transaction.atomic
def take_position(
    decision: Decision, *, actor: Actor, wording: PositionText, shown: str | None = None
) -> Position:
    """A party answers for itself, with `wording`, which comes unsaved.

    An objection needs an argument; a new answer replaces the last.
    """
    decision = _locked(decision)
    require(policies.may_take_position(actor, decision))
    require_shown(shown, decision)
    return _store_position(decision, party_of(actor), wording, actor=actor, via=Via.PAGE)


@transaction.atomic
def enter_position(
    decision: Decision,
    party: Party,
    *,
    actor: Actor,
    wording: PositionText,
    via: str,
    shown: str | None = None,
) -> Position:
    """The secretariat enters what a party said on paper, by telephone or at a meeting.

    A draft: everyone who decides for the party gets a mail with a link to confirm or correct it. It
    resolves no objection and makes none.
    """
    decision = _locked(decision)
    require(policies.may_enter_position(actor, decision))
    require_shown(shown, decision)
    if party not in queries.asked(decision, actor.now):
        raise ValidationError({"party": _("This partner takes no position here.")})
    position = queries.positions(decision).get(party.id)
    if position and position.confirmed_at:
        raise ValidationError({"party": _("This partner has answered itself.")})
    return _store_position(decision, party, wording, actor=actor, via=via)


@transaction.atomic
def answer_objection(
    objection: Objection, *, actor: Actor, answer: str, shown: str | None = None
) -> None:
    """The proposer answers an objection, of whatever kind of party.

    Government's objection blocks nothing: when the proposal was carried without an answer to it, the
    answer is given afterwards, once.
    """
    decision = _locked(objection.decision)
    objection = Objection.objects.select_related("decision", "party__organisation").get(
        id=objection.id
    )
    require(policies.may_answer_objection(actor, objection))
    if objection.resolved_at:
        raise ValidationError({"answer": _("This objection is already resolved.")})
    if objection.answer and decision.state != State.OPEN:
        raise ValidationError({"answer": _("This objection already has its answer.")})
    if objection.answer and objection.answer == answer.strip():
        return
    require_shown(shown, objection)
    objection.answer = answer.strip()
    objection.answered_at = actor.now
    _check_filled("answer", objection.answer)
    objection.full_clean()
    objection.save(update_fields=["answer", "answered_at"])
    record(
        events.ObjectionAnswered(
            decision=decision.id,
            objection=objection.id,
            party=objection.party_id,
            kind=objection.party.kind,
            answer=shreddable(objection.answer),
        ),
        actor=actor,
    )


@transaction.atomic
def resolve_objection(
    objection: Objection, *, actor: Actor, how: str, shown: str | None = None
) -> None:
    """The party that objected says that its objection is resolved, and how."""
    _locked(objection.decision)
    objection = Objection.objects.select_related("decision", "party__organisation").get(
        id=objection.id
    )
    require(policies.may_resolve(actor, objection))
    require_shown(shown, objection)
    if objection.resolved_at:
        raise ValidationError({"how": _("This objection is already resolved.")})
    record(_resolve(objection, how, actor), actor=actor)


@transaction.atomic
def adapt(
    decision: Decision,
    *,
    actor: Actor,
    text: str,
    closes_at: dt.datetime | None = None,
    with_subject: bool = False,
) -> Decision:
    """The proposer adapts the text: a new revision, and whoever had answered is asked again.

    At most twice; once more when the coalition agreed that somebody advises after two rounds.
    Nobody is asked again about the same text. `with_subject` says that the capability adapts what the text is about in the same call.
    """
    decision = _locked(decision)
    require(policies.may_adapt(actor, decision))
    if DECISION_TYPES[decision.kind].adapt_at and not with_subject:
        raise ValidationError({"text": _("Adapt what it is about, not only its text.")})
    _check_filled("text", text.strip())
    if text.strip() == decision.proposal and not with_subject:
        raise ValidationError({"text": SAME_TEXT})
    if decision.revision >= queries.last_revision(decision):
        raise ValidationError(
            {"text": _("This was the last round. Withdraw the proposal, or wait for the closing.")}
        )
    asked_again = sorted(queries.positions(decision))
    decision.proposal = text.strip()
    decision.revision += 1
    decision.closes_at, decision.extended_at = closes_at or actor.now + ROUND, None
    _check_closing(decision, actor.now)
    decision.full_clean(exclude=["silent"])
    decision.save(update_fields=["proposal", "revision", "closes_at", "extended_at"])
    record(
        events.Adapted(
            decision=decision.id,
            revision=decision.revision,
            asked_again=asked_again,
            closes=decision.closes_at,
            proposal=shreddable(decision.proposal),
        ),
        actor=actor,
    )
    return decision


def hold(kind: str, subject: uuid.UUID) -> Decision | None:
    """Keep the open proposal about this to oneself until the transaction ends, if there is one.

    Whoever changes what a proposal is about does this first: the closing takes the proposal and then
    what it is about, and two people who took them the other way round would wait for each other.
    """
    open_decisions = Decision.objects.open().filter(kind=kind, subject=subject)
    return open_decisions.select_for_update(no_key=True).first()


@transaction.atomic
def withdraw(decision: Decision, *, actor: Actor) -> Decision:
    """The proposer takes the proposal back."""
    decision = _locked(decision)
    require(policies.may_adapt(actor, decision))
    return _close(decision, State.WITHDRAWN, actor)


@transaction.atomic
def close(decision: Decision, *, actor: Actor) -> Decision:
    """End the round and work out the outcome.

    On its day the clock does it. Before that day the proposer may, once every active party of the
    society kinds has answered. When a kind at the table was silent, its day is put off once, and it is
    reminded. After two rounds of objections the coalition's agreed fallback applies.
    """
    decision = _locked(decision)
    require(policies.may_close(actor, decision))
    asked = queries.asked(decision, actor.now)
    counts = queries.counts(decision, asked, actor.now)
    said_themselves = queries.counts(decision, asked, None)
    if decision.closes_at > actor.now and not outcome.complete(said_themselves):
        raise ValidationError(_("Not everyone has answered yet. The proposal closes on its day."))
    silent_kinds = outcome.silent_kinds(counts)
    if silent_kinds and not decision.extended_at:
        return _extend(decision, silent_kinds, actor)
    circumstances = queries.circumstances(decision, asked, counts, actor.now)
    verdict = outcome.verdict(counts, circumstances)
    fallback = "none" if verdict.carried else queries.fallback(decision)
    if fallback == Fallback.MAJORITY:
        verdict = outcome.verdict(counts, circumstances, majority=True)
    decision.without = list(verdict.without)
    return _close(
        decision, State.CARRIED if verdict.carried else State.NOT_CARRIED, actor, fallback
    )


def _extend(decision: Decision, silent_kinds: Sequence[Kind], actor: Actor) -> Decision:
    """Give the round two more weeks, and remind those who decide for the silent partners."""
    decision.extended_at = actor.now
    decision.closes_at = actor.now + ROUND
    decision.save(update_fields=["extended_at", "closes_at"])
    page = reverse("decisions:page", args=[decision.coalition.slug, decision.id])
    reminder: dict[str, JSONValue] = {
        "coalition": decision.coalition.name,
        "proposal": decision.title,
        "address": page,
    }
    for person in queries.to_remind(decision, silent_kinds, actor.now):
        mail.queue(
            person,
            "decisions/mail/reminder.txt",
            reminder,
            register=decision.coalition_id,
            by=decision.proposer_id,
        )
    extended = events.Extended(
        decision=decision.id,
        revision=decision.revision,
        silent_kinds=list(silent_kinds),
        closes=decision.closes_at,
        rests_on=(f"decision:{decision.id}",),
    )
    record(extended, actor=actor, stream=decision.coalition_id)
    return decision


def _store_position(
    decision: Decision, party: Party, wording: PositionText, *, actor: Actor, via: str
) -> Position:
    earlier = decision.positions.filter(party=party, revision=decision.revision).first()
    position = earlier or Position(decision=decision, revision=decision.revision, party=party)
    if earlier and _has_answered(earlier, wording, actor):
        return earlier
    earlier_stance, was_entered = position.stance, position.confirmed_at is None
    shared_fields.write(position, PositionText, wording)
    position.via, position.taken_at, position.mailed_at = via, actor.now, None
    # Who enters what came on paper is not the party's voice.
    own = actor.party == party.id
    position.person_id = actor.person if own else None
    position.confirmed_at = actor.now if own else None
    position.full_clean()
    position.save()
    objection, new_events = _store_objection(position, actor) if own else _enter(position, actor)
    new_events.insert(
        0,
        events.PositionTaken(
            decision=decision.id,
            revision=decision.revision,
            party=party.id,
            kind=party.kind,
            position=position.stance,
            channel=via,
            objection=objection,
            argument=shreddable(position.argument),
        ),
    )
    if earlier and was_entered and own and earlier_stance != position.stance:
        new_events.append(
            events.Corrected(
                decision=decision.id,
                party=party.id,
                kind=party.kind,
                position=position.stance,
                was=earlier_stance,
            )
        )
    record(*new_events, actor=actor)
    return position


def _has_answered(earlier: Position, wording: PositionText, actor: Actor) -> bool:
    """Whether this person gave this very answer before, which has no other effect when it is repeated."""
    repeats = shared_fields.says(earlier, PositionText, wording) and (
        earlier.confirmed_at is not None and earlier.person_id == actor.person
    )
    open_objections = earlier.decision.objections.unresolved().filter(party=earlier.party_id)
    return repeats and (earlier.stance == Stance.OBJECTION) == open_objections.exists()


def _enter(position: Position, actor: Actor) -> tuple[None, list[Event]]:
    """Ask those who decide for the party whether this is what it said."""
    if position.stance == Stance.OBJECTION:
        _check_filled("argument", position.argument)
    for person in queries.deciding_for([position.party], actor.now):
        jobs.defer(
            "decisions.ask_about_entered",
            position=position.pk,
            person=str(person.id),
            entered_at=position.taken_at.isoformat(),
            by=str(actor.party or position.decision.coalition_id),
        )
    return None, []


@transaction.atomic
def note_mailed(position: Position, *, entered_at: dt.datetime, now: dt.datetime) -> None:
    """Keep that a mail about an entered position was accepted; not when it is another by now."""
    same = Position.objects.filter(pk=position.pk, taken_at=entered_at, mailed_at=None)
    same.update(mailed_at=now)


def _store_objection(position: Position, actor: Actor) -> tuple[uuid.UUID | None, list[Event]]:
    decision, party = position.decision, position.party_id
    open_objection = decision.objections.unresolved().filter(party=party).first()
    if position.stance != Stance.OBJECTION:
        if open_objection:
            adapted = position.stance in CONSENTING and decision.revision > open_objection.revision
            how = Resolution.ADAPTED if adapted else Resolution.WITHDRAWN
            return None, [_resolve(open_objection, how, actor)]
        return None, []
    _check_filled("argument", position.argument)
    objection = open_objection or Objection(decision=decision, party_id=party, raised_at=actor.now)
    objection.argument, objection.revision = position.argument, decision.revision
    objection.person_id = actor.person if actor.party == party else None
    objection.full_clean()
    objection.save()
    return objection.id, []


def _resolve(objection: Objection, how: str, actor: Actor) -> Event:
    objection.resolution, objection.resolved_at = how, actor.now
    objection.person_id = actor.person if actor.party == objection.party_id else None
    objection.full_clean()
    objection.save(update_fields=["resolution", "resolved_at", "person"])
    return events.ObjectionResolved(
        decision=objection.decision_id,
        objection=objection.id,
        party=objection.party_id,
        kind=objection.party.kind,
        how=how,
    )


def _close(decision: Decision, state: State, actor: Actor, fallback: str = "none") -> Decision:
    asked = queries.asked(decision, actor.now)
    counts = queries.counts(decision, asked, actor.now)
    answered = queries.positions(decision)
    silent = [party for party in asked if party.id not in answered]
    decision.state, decision.closed_at = state, actor.now
    decision.save(update_fields=["state", "closed_at", "without"])
    decision.silent.set(silent)
    closed = events.Closed(
        decision=decision.id,
        about=decision.kind,
        method="consent",
        revision=decision.revision,
        rounds=decision.revision,
        outcome=state,
        asked={kind: count.asked for kind, count in counts.items()},
        answered={kind: count.answered for kind, count in counts.items()},
        consented={kind: count.consented for kind, count in counts.items()},
        stood_aside={kind: count.stood_aside for kind, count in counts.items()},
        open_objections={kind: count.open_objections for kind, count in counts.items()},
        silent=[party.id for party in silent if party.organisation.paid],
        fallback=fallback,
        without=decision.without or None,
        review_on=timezone.localdate(actor.now + REVIEW_AFTER) if state == State.CARRIED else None,
        rests_on=tuple(decision.rests_on),
    )
    record(closed, *_consequences(decision, actor), actor=actor, stream=decision.coalition_id)
    return decision


def _consequences(decision: Decision, actor: Actor) -> Sequence[Event]:
    decision_type = DECISION_TYPES[decision.kind]
    if decision.state == State.CARRIED:
        return decision_type.on_carried(decision.subject, actor)
    return decision_type.on_withdrawn(decision.subject, actor) if decision_type.on_withdrawn else []


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(no_key=True).get(id=decision.id)


def _check_closing(decision: Decision, now: dt.datetime) -> None:
    if decision.closes_at < now + SHORTEST_ROUND:
        raise ValidationError({"closes_at": _("Give everyone at least one day to answer.")})


def _check_filled(field: str, text: str) -> None:
    if is_blank(text):
        raise ValidationError({field: _("Write down why, in a few words.")})
