"""Unlawful content: hidden by the host at once, reviewed by people of two other kinds (R2)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Kind
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import withheld_texts
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import check_reason, is_blank
from wijkverbond.urgency import events, policies
from wijkverbond.urgency.models import HidingReview, HostHiding, Statement

REVIEW_WITHIN = dt.timedelta(hours=72)
KINDS_NEEDED = 2


@transaction.atomic
def hide_as_host(statement: Statement, *, actor: Actor, law: str) -> HostHiding:
    """The host hides a sentence at once, on a legal ground; its text leaves every page."""
    statement = _locked(statement)
    require(policies.may_hide_as_host(actor, statement.conversation.coalition))
    if statement.state != Statement.State.PUBLISHED:
        raise ValidationError(_("This sentence is not to be seen anyway."))
    if statement.hidings.filter(outcome=HostHiding.Outcome.RESTORED).exists():
        raise ValidationError(_("Partners reviewed this sentence. It stays."))
    if is_blank(law):
        raise ValidationError({"law": _("Name the law that it breaks.")})
    hiding = HostHiding(
        statement=statement,
        law=law.strip(),
        hidden_at=actor.now,
        review_by=actor.now + REVIEW_WITHIN,
        person_id=actor.person,
    )
    hiding.full_clean()
    hiding.taken = withheld_texts.withhold(_published(statement), "body")
    hiding.save(force_insert=True)
    _set(statement, Statement.State.HIDDEN, actor, why=Statement.Why.UNLAWFUL, reason=hiding.law)
    hidden = events.StatementHiddenByHost(
        conversation=statement.conversation_id,
        statement=statement.id,
        review_by=hiding.review_by,
        law=shreddable(hiding.law),
        rests_on=(f"statement:{statement.id}",),
    )
    record(hidden, actor=actor, stream=statement.conversation.coalition_id)
    return hiding


@transaction.atomic
def review_hiding(hiding: HostHiding, *, actor: Actor, upholds: bool, reason: str) -> HostHiding:
    """A partner says whether it must stay hidden; two kinds that say the same settle it."""
    statement = _locked(hiding.statement)
    hiding = HostHiding.objects.select_for_update(no_key=True).get(id=hiding.id)
    require(policies.may_review(actor, hiding))
    check_reason(reason)
    party = party_of(actor)
    review = hiding.reviews.filter(party=party).first() or HidingReview(hiding=hiding, party=party)
    review.upholds, review.reason, review.at = upholds, reason.strip(), actor.now
    review.person_id = actor.person
    review.full_clean()
    review.save()
    agreeing = hiding.reviews.counting().filter(upholds=upholds)
    kinds = set(agreeing.values_list("party__organisation__kind", flat=True))
    if len(kinds) >= KINDS_NEEDED:
        _settle(hiding, statement, review, [kind for kind in Kind.values if kind in kinds], actor)
    return hiding


def _settle(
    hiding: HostHiding, statement: Statement, review: HidingReview, kinds: list[str], actor: Actor
) -> None:
    outcomes = HostHiding.Outcome
    hiding.outcome = outcomes.UPHELD if review.upholds else outcomes.RESTORED
    hiding.settled_at = actor.now
    if not review.upholds:
        withheld_texts.release(hiding.taken)
        hiding.taken = []
        _set(statement, Statement.State.PUBLISHED, actor)
    hiding.save(update_fields=["outcome", "settled_at", "taken"])
    reviewed = events.HidingReviewed(
        conversation=statement.conversation_id,
        statement=statement.id,
        outcome=hiding.outcome,
        kinds=kinds,
        reason=shreddable(review.reason),
        rests_on=(f"statement:{statement.id}",),
    )
    record(reviewed, actor=actor)


def _set(
    statement: Statement, state: str, actor: Actor, *, why: str = "", reason: str = ""
) -> None:
    statement.state, statement.why, statement.reason = state, why, reason
    statement.moderated_at = actor.now
    statement.full_clean()
    statement.save(update_fields=["state", "why", "reason", "moderated_at"])


def _published(statement: Statement) -> Iterable[Entry]:
    return Entry.objects.filter(
        stream=statement.conversation.coalition_id,
        event=events.StatementModerated.name,
        facts__statement=str(statement.id),
    )


def _locked(statement: Statement) -> Statement:
    statements = Statement.objects.select_for_update(of=("self",), no_key=True)
    return statements.select_related("conversation").get(id=statement.id)
