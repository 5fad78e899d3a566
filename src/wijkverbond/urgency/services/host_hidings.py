"""Unlawful content: hidden by the host at once, reviewed by people of two other kinds (R2)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.policies import may_keep_review_time
from wijkverbond.coalition.queries import host_acts
from wijkverbond.coalition.services.host_acts import REVIEW_WITHIN, keep_review
from wijkverbond.kernel import withheld_texts
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import is_blank
from wijkverbond.urgency import events, policies, queries
from wijkverbond.urgency.models import HostHiding, Statement


@transaction.atomic
def hide_as_host(
    statement: Statement,
    *,
    actor: Actor,
    law: str,
    ground: str = HostHiding.Ground.LAW,
    shown: str | None = None,
) -> HostHiding:
    """The host hides a sentence at once; its text leaves every page.

    In doubt only once: what came back because nobody could review it is hidden again on a ground.
    """
    statement = _locked(statement)
    require(policies.may_hide_as_host(actor, statement.conversation.coalition))
    require_shown(shown, statement)
    if statement.state != Statement.State.PUBLISHED:
        raise ValidationError(_("This sentence is not to be seen anyway."))
    if statement.hidings.filter(outcome=HostHiding.Outcome.RESTORED).exists():
        raise ValidationError(_("Partners reviewed this sentence. It stays."))
    returned = statement.hidings.filter(outcome=HostHiding.Outcome.RETURNED)
    if ground == HostHiding.Ground.DOUBT and returned.exists():
        raise ValidationError({"ground": _("It was hidden in doubt before. Name the law now.")})
    if is_blank(law):
        raise ValidationError({"law": _("Name the law that it breaks.")})
    hiding = HostHiding(
        statement=statement,
        ground=ground,
        law=law.strip(),
        hidden_at=actor.now,
        review_by=actor.now + REVIEW_WITHIN,
        person_id=actor.person,
    )
    hiding.full_clean()
    hiding.taken = withheld_texts.withhold(queries.entries_with_text_of(statement), "body")
    hiding.save(force_insert=True)
    personal = hiding.ground == HostHiding.Ground.PERSONAL
    why = Statement.Why.PERSONAL if personal else Statement.Why.UNLAWFUL
    _set(statement, Statement.State.HIDDEN, actor, why=why, reason=hiding.law)
    hidden = events.StatementHiddenByHost(
        conversation=statement.conversation_id,
        statement=statement.id,
        ground=hiding.ground,
        review_by=hiding.review_by,
        law=shreddable(hiding.law),
        rests_on=(f"statement:{statement.id}",),
    )
    record(hidden, actor=actor, stream=statement.conversation.coalition_id)
    return hiding


@transaction.atomic
def review_hiding(
    hiding: HostHiding, *, actor: Actor, upholds: bool, reason: str, shown: str | None = None
) -> HostHiding:
    """A partner says whether it must stay hidden; two kinds that say the same settle it."""
    statement = _locked(hiding.statement)
    hiding = HostHiding.objects.select_for_update(no_key=True).get(id=hiding.id)
    require(policies.may_review(actor, hiding))
    require_shown(shown, hiding)
    keep_review(hiding, actor=actor, upholds=upholds, reason=reason)
    _settle_if_agreed(hiding, statement, actor)
    return hiding


@transaction.atomic
def keep_review_time(hiding: HostHiding, *, actor: Actor) -> HostHiding:
    """Settle what partners agree on by now, or bring back what nobody could review in time.

    A partner that was confirmed after its review counts since: no new review tells of that.
    """
    statement = _locked(hiding.statement)
    hiding = HostHiding.objects.select_for_update(no_key=True).get(id=hiding.id)
    coalition = statement.conversation.coalition
    require(may_keep_review_time(actor, coalition))
    if hiding.outcome:
        return hiding
    _settle_if_agreed(hiding, statement, actor)
    if host_acts.comes_back_unreviewed(hiding, coalition, actor.now):
        _end(hiding, statement, HostHiding.Outcome.RETURNED, actor)
        returned = events.StatementReturned(
            conversation=statement.conversation_id,
            statement=statement.id,
            rests_on=(f"statement:{statement.id}",),
        )
        record(returned, actor=actor, stream=coalition.id)
    return hiding


def _settle_if_agreed(hiding: HostHiding, statement: Statement, actor: Actor) -> None:
    """Two kinds that say the same settle it; the reason of the last of them is told."""
    agreed = host_acts.agreement(hiding)
    if agreed is None:
        return
    _end(hiding, statement, agreed.outcome, actor)
    reviewed = events.HidingReviewed(
        conversation=statement.conversation_id,
        statement=statement.id,
        outcome=agreed.outcome,
        kinds=agreed.kinds,
        reason=shreddable(agreed.reason),
        rests_on=(f"statement:{statement.id}",),
    )
    record(reviewed, actor=actor, stream=statement.conversation.coalition_id)


def _end(hiding: HostHiding, statement: Statement, outcome: str, actor: Actor) -> None:
    hiding.outcome, hiding.settled_at = outcome, actor.now
    if not hiding.stands:
        withheld_texts.release(hiding.taken)
        hiding.taken = []
        _set(statement, Statement.State.PUBLISHED, actor)
    hiding.save(update_fields=["outcome", "settled_at", "taken"])


def _set(
    statement: Statement, state: str, actor: Actor, *, why: str = "", reason: str = ""
) -> None:
    statement.state, statement.why, statement.reason = state, why, reason
    statement.moderated_at = actor.now
    statement.full_clean()
    statement.save(update_fields=["state", "why", "reason", "moderated_at"])


def _locked(statement: Statement) -> Statement:
    statements = Statement.objects.select_for_update(of=("self",), no_key=True)
    return statements.select_related("conversation__coalition").get(id=statement.id)
