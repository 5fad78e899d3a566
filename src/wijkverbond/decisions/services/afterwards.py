"""Who comes after the closing: a party of a kind without which something was carried is asked too."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.accounts import mail
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import events, policies, queries
from wijkverbond.decisions.models import (
    Decision,
    LaterAnswer,
    Objection,
    PositionText,
    Stance,
)
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.registry import DECISION_TYPES
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import is_blank

ANSWER_WITHIN = dt.timedelta(days=30)


def newcomers() -> Iterator[tuple[Decision, Party]]:
    """What still holds and was carried without a kind, with each party of it that came since."""
    for decision in Decision.objects.carried_without().select_related("coalition"):
        since = (
            decision.coalition.parties.deciding()
            .confirmed()
            .filter(confirmed_at__gt=decision.closed_at, organisation__kind__in=decision.without)
        )
        parties = list(since.exclude(later_answers__decision=decision))
        if parties and DECISION_TYPES[decision.kind].stands(decision.subject):
            for party in parties:
                yield decision, party


@transaction.atomic
def ask_afterwards(decision: Decision, party: Party, *, actor: Actor) -> LaterAnswer:
    """Ask a party that came later; sent twice, it is asked once. Who decides for it gets a mail."""
    require(policies.may_ask_afterwards(actor, decision))
    later_answer, is_new = LaterAnswer.objects.get_or_create(
        decision=decision,
        party=party,
        defaults={
            "asked_at": actor.now,
            "answer_by": timezone.localdate(actor.now + ANSWER_WITHIN),
        },
    )
    if not is_new:
        return later_answer
    address = reverse(
        "decisions:answer_afterwards", args=[decision.coalition.slug, later_answer.id]
    )
    for person in queries.deciding_for([party], actor.now):
        mail.queue(
            person,
            "decisions/mail/asked_afterwards.txt",
            {
                "coalition": decision.coalition.name,
                "party": party.name,
                "proposal": decision.title,
                "address": address,
            },
            register=decision.coalition_id,
            by=decision.proposer_id,
        )
    asked = events.AskedAfterwards(
        decision=decision.id,
        party=party.id,
        kind=party.kind,
        answer_by=later_answer.answer_by,
        rests_on=(f"decision:{decision.id}",),
    )
    record(asked, actor=actor, stream=decision.coalition_id)
    return later_answer


@transaction.atomic
def answer_afterwards(
    later_answer: LaterAnswer, *, actor: Actor, wording: PositionText, shown: str | None = None
) -> None:
    """Answer, once, what one's party is asked; an objection opens a change of what was carried.

    `wording` comes unsaved. The outcome stays as it was.
    """
    later_answer = (
        LaterAnswer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("decision")
        .get(id=later_answer.id)
    )
    require(policies.may_answer_afterwards(actor, later_answer))
    require_shown(shown, later_answer)
    objects = wording.stance == Stance.OBJECTION
    if objects and is_blank(wording.argument):
        raise ValidationError({"argument": _("Write down why, in a few words.")})
    shared_fields.write(later_answer, PositionText, wording)
    later_answer.answered_at, later_answer.person_id = actor.now, actor.person
    later_answer.full_clean()
    later_answer.save()
    answered = events.AnsweredAfterwards(
        decision=later_answer.decision_id,
        party=later_answer.party_id,
        kind=party_of(actor).kind,
        position=later_answer.stance,
        argument=shreddable(later_answer.argument),
        rests_on=(f"decision:{later_answer.decision_id}",),
    )
    record(answered, *(_opened_by(later_answer, actor) if objects else ()), actor=actor)


def _opened_by(later_answer: LaterAnswer, actor: Actor) -> Sequence[Event]:
    """What an objection afterwards opens: a change where there is one, else the proposer answers."""
    decision = later_answer.decision
    open_change = DECISION_TYPES[decision.kind].on_objection_afterwards
    if open_change:
        return open_change(decision.subject, actor, later_answer.argument)
    objection = Objection(
        decision=decision,
        party=later_answer.party,
        revision=decision.revision,
        argument=later_answer.argument,
        raised_at=actor.now,
        person_id=actor.person,
    )
    objection.full_clean()
    objection.save(force_insert=True)
    return []
