"""Recognising an insight or seeing it otherwise: a party by name, a person without one."""

import uuid
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.analysis.digest import rounded
from wijkverbond.analysis.opinions import agreement
from wijkverbond.coalition.queries import party_of
from wijkverbond.insights import aggregation, events, policies
from wijkverbond.insights.models import (
    Insight,
    PartyRecognition,
    PersonalRecognition,
    RecognitionCount,
    View,
)
from wijkverbond.insights.services.insights import locked
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown


@transaction.atomic
def recognise(
    insight: Insight, *, actor: Actor, view: str, because: str = "", shown: str | None = None
) -> PartyRecognition:
    """Say by name that one's party recognises an insight or, with a reason, sees it otherwise.

    The last view counts. The same view of the same wording again changes nothing.
    """
    insight = locked(insight)
    require(policies.may_recognise(actor, insight))
    require_shown(shown, insight)
    _check(insight, view)
    party, because = party_of(actor), because.strip()
    if view == View.DIFFERS and not because:
        raise ValidationError({"because": _("Say how you see it.")})
    recognition = PartyRecognition.objects.filter(insight=insight, party=party).first()
    values = (insight.revision, view, because)
    if recognition and (recognition.revision, recognition.view, recognition.because) == values:
        return recognition
    recognition = recognition or PartyRecognition(insight=insight, party=party)
    recognition.revision, recognition.view, recognition.because = values
    recognition.at, recognition.person_id = actor.now, actor.person
    recognition.full_clean()
    recognition.save()
    recognised = events.InsightRecognised(
        insight=insight.id,
        revision=insight.revision,
        party=party.id,
        kind=party.kind,
        view=view,
        because=shreddable(because),
        rests_on=(f"insight:{insight.id}",),
    )
    record(recognised, actor=actor)
    return recognition


@transaction.atomic
def recognise_as_person(
    insight: Insight,
    *,
    actor: Actor,
    pseudonym: uuid.UUID,
    kind: str,
    involvement: str,
    view: str,
    shown: str | None = None,
) -> PersonalRecognition:
    """Say for oneself whether one recognises an insight. The last view counts, under the first kind.

    Nothing is recorded in the journal until it is counted.
    """
    insight = locked(insight)
    require(policies.may_recognise_as_person(actor, insight))
    require_shown(shown, insight)
    _check(insight, view)
    recognition = PersonalRecognition.objects.filter(insight=insight, pseudonym=pseudonym).first()
    recognition = recognition or PersonalRecognition(
        insight=insight, pseudonym=pseudonym, kind=kind, involvement=involvement
    )
    recognition.view, recognition.at = view, actor.now
    recognition.full_clean()
    recognition.save()
    return recognition


@transaction.atomic
def count_recognition(insight: Insight, *, actor: Actor) -> RecognitionCount:
    """Count who recognises an insight and publish what may be shown of it.

    Recorded only when something new can be shown.
    """
    insight = locked(insight)
    require(policies.may_count_recognition(actor, insight))
    count = RecognitionCount.objects.filter(insight=insight).first()
    count = count or RecognitionCount(insight=insight)
    before = (count.kinds, count.uncounted.get("roughly", {}))
    counted = aggregation.count(insight, count.kept)
    count.kinds, count.uncounted, count.kept = counted.kinds, counted.uncounted, counted.kept
    count.revision, count.at = insight.revision, actor.now
    count.save()
    roughly = counted.uncounted.get("roughly", {})
    if (count.kinds, roughly) != before:
        recognition = events.RecognitionCounted(
            insight=insight.id,
            revision=insight.revision,
            recognise={kind: yes for kind, (yes, _no) in count.kinds.items()},
            differ={kind: no for kind, (_yes, no) in count.kinds.items()},
            lower={
                **{kind: _lower(*numbers) for kind, numbers in count.kinds.items()},
                **{kind: Decimal(str(rough["lower"])) for kind, rough in roughly.items()},
            },
            recognise_at_least={
                kind: int(aggregation.FEWEST_PEOPLE)
                for kind, rough in roughly.items()
                if rough["recognises"]
            }
            or None,
            rests_on=(f"insight:{insight.id}",),
        )
        record(recognition, actor=actor, stream=insight.coalition_id)
    return count


def _check(insight: Insight, view: str) -> None:
    if insight.withdrawn_at:
        raise ValidationError(_("This insight was taken back."))
    if view not in View.values:
        raise ValidationError({"view": _("Choose whether you recognise this.")})


def _lower(yes: int, no: int) -> Decimal:
    return Decimal(str(rounded(agreement.interval(yes, yes + no).lower)))
