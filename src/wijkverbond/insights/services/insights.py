"""Insights: shared with their sources, revised with a reason, taken back with a reason."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.insights import events, policies
from wijkverbond.insights.models import (
    EarlierInsight,
    Insight,
    InsightText,
    Signal,
    Source,
    SourceGiven,
)
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import check_reason, is_blank
from wijkverbond.places.indicators import DEFINITIONS

FIGURE = re.compile(r"[A-Z]{2}[0-9]+/[0-9]{4}/([a-z0-9_]+)")


@transaction.atomic
def publish_insight(
    coalition: Coalition,
    *,
    actor: Actor,
    wording: InsightText,
    sources: Sequence[SourceGiven],
) -> Insight:
    """Share what one knows about the neighbourhood, with at least one source; all come unsaved."""
    require(policies.PUBLISH.permission(actor, own=actor.is_party, coalition=coalition.id))
    insight = Insight(
        coalition=coalition,
        author=party_of(actor),
        published_at=actor.now,
        **shared_fields.values(wording, InsightText),
    )
    insight.full_clean()
    insight.save(force_insert=True)
    rests_on = _give_sources(insight, sources)
    published = events.InsightPublished(
        insight=insight.id,
        revision=insight.revision,
        sources=len(rests_on),
        source_sorts=[source.sort for source in rests_on],
        statement=Text(insight.statement),
        rests_on=_rests_on(rests_on),
    )
    record(published, actor=actor)
    return insight


@transaction.atomic
def revise_insight(
    insight: Insight,
    *,
    actor: Actor,
    wording: InsightText,
    reason: str,
    sources: Sequence[SourceGiven],
) -> Insight:
    """Say it anew with all its sources, and why; the earlier wording stays readable."""
    insight = locked(insight)
    require(policies.may_change(actor, insight))
    _check_stands(insight)
    check_reason(reason)
    if _is_revised_so(insight, wording, reason, sources):
        return insight
    earlier = EarlierInsight(
        insight=insight,
        revision=insight.revision,
        replaced_at=actor.now,
        reason=reason.strip(),
        **shared_fields.values(insight, InsightText),
    )
    earlier.full_clean()
    earlier.save(force_insert=True)
    shared_fields.write(insight, InsightText, wording)
    insight.revision += 1
    insight.full_clean()
    insight.save(update_fields=[*shared_fields.names(InsightText), "revision"])
    rests_on = _give_sources(insight, sources)
    revised = events.InsightRevised(
        insight=insight.id,
        revision=insight.revision,
        sources=len(rests_on),
        source_sorts=[source.sort for source in rests_on],
        statement=Text(insight.statement),
        reason=Text(earlier.reason),
        rests_on=_rests_on(rests_on),
    )
    record(revised, actor=actor)
    return insight


@transaction.atomic
def withdraw_insight(insight: Insight, *, actor: Actor, reason: str) -> Insight:
    """Take one's insight back, with a reason; it stays readable as withdrawn."""
    insight = locked(insight)
    require(policies.may_change(actor, insight))
    _check_stands(insight)
    check_reason(reason)
    insight.withdrawn_at, insight.withdrawn_because = actor.now, reason.strip()
    try:
        insight.full_clean()
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error
    insight.save(update_fields=["withdrawn_at", "withdrawn_because"])
    withdrawn = events.InsightWithdrawn(
        insight=insight.id, revision=insight.revision, reason=Text(insight.withdrawn_because)
    )
    record(withdrawn, actor=actor)
    return insight


def locked(insight: Insight) -> Insight:
    """The insight as it is stored now, that nobody else changes meanwhile."""
    return Insight.objects.select_for_update(no_key=True).get(id=insight.id)


def _check_stands(insight: Insight) -> None:
    if insight.withdrawn_at:
        raise ValidationError(_("This insight was taken back."))


def _is_revised_so(
    insight: Insight, wording: InsightText, reason: str, sources: Sequence[SourceGiven]
) -> bool:
    """Whether the last revision said the same for the same reason: it was sent twice."""
    last = insight.earlier.order_by("-revision").first()
    current = insight.sources.filter(revision=insight.revision)
    return (
        last is not None
        and last.reason == reason.strip()
        and shared_fields.says(insight, InsightText, wording)
        and [shared_fields.values(source, SourceGiven) for source in current]
        == [shared_fields.values(source, SourceGiven) for source in sources]
    )


def _give_sources(insight: Insight, sources: Sequence[SourceGiven]) -> list[Source]:
    if not sources:
        raise ValidationError({"sources": _("Give at least one source.")})
    stored = []
    for source_given in sources:
        _check_source(insight, source_given)
        source = Source(
            insight=insight,
            revision=insight.revision,
            **shared_fields.values(source_given, SourceGiven),
        )
        source.full_clean()
        source.save(force_insert=True)
        stored.append(source)
    return stored


def _check_source(insight: Insight, source: SourceGiven) -> None:
    match source.sort:
        case Source.Type.FIGURE:
            figure = FIGURE.fullmatch(source.figure)
            if not figure or figure[1] not in DEFINITIONS:
                raise ValidationError({"sources": _("Choose an official figure.")})
        case Source.Type.SIGNAL:
            signal = source.signal
            if (
                signal is None
                or signal.coalition_id != insight.coalition_id
                or signal.state != Signal.State.PUBLISHED
            ):
                raise ValidationError({"sources": _("Choose a published signal from here.")})
        case _ if is_blank(source.description):
            raise ValidationError({"sources": _("Say which document or story it is.")})


def _rests_on(sources: Sequence[Source]) -> tuple[str, ...]:
    references = [
        f"figure:{source.figure}" if source.figure else f"signal:{source.signal_id}"
        for source in sources
        if source.figure or source.signal_id
    ]
    return tuple(dict.fromkeys(references))
