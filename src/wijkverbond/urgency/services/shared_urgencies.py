"""Shared urgencies: proposed on the ground of a reading, endorsed by name, adopted by consent."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import check_reason
from wijkverbond.urgency import events, policies
from wijkverbond.urgency.models import (
    EarlierWording,
    Endorsement,
    Reading,
    SharedUrgency,
    Statement,
    StatementWord,
)

ADOPT = "adopt-urgency"
ASK_AGAIN_AFTER = dt.timedelta(days=4 * 365)
WEAKEST_FIRST = (
    StatementWord.NOT_ENOUGH_DATA,
    StatementWord.DIVIDED,
    StatementWord.LEANING,
    StatementWord.SHARED,
)


@transaction.atomic
def propose_urgency(
    coalition: Coalition,
    *,
    actor: Actor,
    sentence: str,
    statements: Sequence[Statement],
    reading: Reading | None = None,
    insights: Sequence[uuid.UUID] = (),
) -> SharedUrgency:
    """Propose what must come first. How far it is shared follows from the reading, not from you."""
    require(policies.may_start_urgency(actor, coalition))
    if not statements or any(
        statement.conversation.coalition_id != coalition.id for statement in statements
    ):
        raise ValidationError({"statements": _("Choose at least one sentence of this coalition.")})
    urgency = SharedUrgency(
        coalition=coalition,
        sentence=sentence.strip(),
        proposer=party_of(actor),
        proposed_at=actor.now,
        reading=reading,
        insights=list(insights),
        **_agreement(statements, reading),
    )
    urgency.full_clean()
    urgency.save(force_insert=True)
    urgency.statements.set(statements)
    record(events.SharedUrgencyProposed(**_facts(urgency)), actor=actor)
    return urgency


@transaction.atomic
def reword(urgency: SharedUrgency, *, actor: Actor, sentence: str, reason: str) -> SharedUrgency:
    """Word it anew, with a reason; every endorsement starts again, the old ones stay readable.

    Who sends the same twice worded it once. Where it is before the coalition, everyone is asked again about the new words.
    """
    decisions.hold(ADOPT, urgency.id)
    urgency = _locked(urgency)
    require(policies.may_propose(actor, urgency))
    check_reason(reason)
    last = urgency.earlier_wordings.order_by("-revision").first()
    if last and (urgency.sentence, last.reason) == (sentence.strip(), reason.strip()):
        return urgency
    EarlierWording.objects.create(
        shared_urgency=urgency,
        revision=urgency.revision,
        sentence=urgency.sentence,
        replaced_at=actor.now,
        reason=reason.strip(),
    )
    urgency.sentence = sentence.strip()
    urgency.revision += 1
    urgency.full_clean()
    urgency.save(update_fields=["sentence", "revision"])
    worded = events.SharedUrgencyWordedAnew(**_facts(urgency), reason=shreddable(reason.strip()))
    record(worded, actor=actor)
    before_all = Decision.objects.open().filter(kind=ADOPT, subject=urgency.id).first()
    if before_all:
        decisions.adapt(before_all, actor=actor, text=urgency.sentence, with_subject=True)
    return urgency


@transaction.atomic
def endorse(urgency: SharedUrgency, *, actor: Actor, shown: str | None = None) -> Endorsement:
    """Say by name that one's party shares this urgency, in this wording."""
    urgency = _locked(urgency)
    require(policies.may_endorse(actor, urgency))
    require_shown(shown, urgency)
    party = party_of(actor)
    endorsement = Endorsement(
        shared_urgency=urgency,
        revision=urgency.revision,
        party=party,
        at=actor.now,
        person_id=actor.person,
    )
    endorsement.full_clean()
    endorsement.save(force_insert=True)
    endorsed = events.SharedUrgencyEndorsed(
        shared_urgency=urgency.id,
        revision=urgency.revision,
        party=party.id,
        kind=party.kind,
        rests_on=(f"shared_urgency:{urgency.id}",),
    )
    record(endorsed, actor=actor)
    return endorsement


@transaction.atomic
def bring_to_decision(
    urgency: SharedUrgency, *, actor: Actor, closes_at: dt.datetime | None = None
) -> Decision:
    """Bring one's proposal before the coalition, which adopts it by consent."""
    urgency = _locked(urgency)
    require(policies.may_propose(actor, urgency))
    return decisions.propose(
        urgency.coalition,
        actor=actor,
        kind=ADOPT,
        subject=urgency.id,
        title=urgency.sentence[:140],
        text=urgency.sentence,
        closes_at=closes_at,
        rests_on=(f"shared_urgency:{urgency.id}",),
    )


def adopt(subject: uuid.UUID, actor: Actor) -> Sequence[Event]:
    """What a carried decision does: the urgency is adopted, and asked again within four years."""
    urgency = SharedUrgency.objects.select_for_update(no_key=True).get(id=subject)
    urgency.state, urgency.adopted_at = SharedUrgency.State.ADOPTED, actor.now
    urgency.ask_again_by = timezone.localdate(actor.now + ASK_AGAIN_AFTER)
    urgency.save(update_fields=["state", "adopted_at", "ask_again_by"])
    adopted = events.SharedUrgencyAdopted(
        shared_urgency=urgency.id,
        revision=urgency.revision,
        agreement=urgency.agreement,
        agreement_direct=urgency.agreement_direct,
        urgent="yes" if urgency.urgent else "no",
        ask_again_by=urgency.ask_again_by,
        rests_on=(f"shared_urgency:{urgency.id}",),
    )
    return [adopted]


def _locked(urgency: SharedUrgency) -> SharedUrgency:
    return (
        SharedUrgency.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(id=urgency.id)
    )


def _agreement(statements: Sequence[Statement], reading: Reading | None) -> dict[str, Any]:
    """The weakest word of the statements: every one of them must be shared to call it shared."""
    results = reading.result["statements"] if reading else {}
    figures = [results.get(str(statement.id), {}) for statement in statements]

    def weakest(key: str) -> str:
        words = {figure.get(key, StatementWord.NOT_ENOUGH_DATA.value) for figure in figures}
        return next(word for word in WEAKEST_FIRST if word in words)

    return {
        "agreement": weakest("word"),
        "agreement_direct": weakest("word_direct"),
        "urgent": all(figure.get("urgent", False) for figure in figures),
    }


def _facts(urgency: SharedUrgency) -> dict[str, Any]:
    statements = sorted(urgency.statements.values_list("id", flat=True))
    reading = [f"reading:{urgency.reading_id}"] if urgency.reading_id else []
    return {
        "shared_urgency": urgency.id,
        "revision": urgency.revision,
        "agreement": urgency.agreement,
        "agreement_direct": urgency.agreement_direct,
        "urgent": "yes" if urgency.urgent else "no",
        "sentence": shreddable(urgency.sentence),
        "rests_on": (
            *reading,
            *(f"statement:{statement}" for statement in statements),
            *(f"insight:{insight}" for insight in urgency.insights),
        ),
    }
