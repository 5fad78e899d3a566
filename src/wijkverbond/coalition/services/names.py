"""Settling whose name it is when two organisations claim the same."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import Organisation, Party
from wijkverbond.coalition.models.choices import WhoseName
from wijkverbond.coalition.models.names import NameJudgement, NameReport
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services.joining import (
    change,
    facts_of,
    insert,
    lock_coalition,
    organisation_described,
)
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record, record_in
from wijkverbond.kernel.models import INSTALLATION
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import is_blank

ENOUGH = 2
LONGEST_KEPT = 80


@transaction.atomic
def report_name(party: Party, *, actor: Actor, why: str) -> NameReport:
    """Say that the name of another party is one's own; two parties of other kinds settle it.

    Raises ValidationError without a reason, and while the name is being settled.
    """
    lock_coalition(party.coalition_id)
    require(policies.may_report_name(actor, party))
    if is_blank(why):
        raise ValidationError({"reason": _("Say why this is your name.")})
    report = NameReport(
        about=party, reported_by=party_of(actor), why=why.strip(), reported_at=actor.now
    )
    insert(report)
    reported = events.NameReported(
        party=party.id, reported_by=report.reported_by_id, reason=Text(report.why)
    )
    record(reported, actor=actor, stream=party.coalition_id)
    return report


@transaction.atomic
def judge_name(report: NameReport, *, actor: Actor, whose: str, shown: str | None = None) -> None:
    """Say whose name it is; what two parties say is done. Said again it changes nothing.

    When it is of who reported it, the other gets a number behind its name.
    """
    lock_coalition(report.about.coalition_id)
    report = NameReport.objects.select_related(
        "about__organisation", "reported_by__organisation"
    ).get(id=report.id)
    require(policies.may_judge_name(actor, report))
    require_shown(shown, report)
    own_party = party_of(actor)
    if report.settled_at or report.judgements.filter(party=own_party).exists():
        return
    judgement = NameJudgement(
        report=report, party=own_party, person_id=actor.person, whose=whose, given_at=actor.now
    )
    insert(judgement)
    stream = report.about.coalition_id
    judged = events.NameJudged(party=report.about_id, judge=own_party.id, whose=whose)
    agreed = list(
        report.judgements.filter(whose=whose, party__left_at=None).values_list("party", flat=True)
    )
    by_stream: dict[uuid.UUID, list[Event]] = {stream: [judged]}
    if len(agreed) >= ENOUGH:
        report.outcome, report.settled_at = whose, actor.now
        report.save(update_fields=["outcome", "settled_at"])
        by_stream[stream].append(
            events.NameSettled(
                party=report.about_id,
                reported_by=report.reported_by_id,
                whose=whose,
                confirmed_by=agreed,
            )
        )
        if whose == WhoseName.OF_THE_REPORTER:
            _move_name(report, by_stream)
    record_in(by_stream, actor=actor)


def _move_name(report: NameReport, by_stream: dict[uuid.UUID, list[Event]]) -> None:
    squatter, owner = report.about.organisation, report.reported_by.organisation
    name = squatter.name
    with translation.override(settings.LANGUAGE_CODE):
        squatter.name = gettext("%(name)s (another organisation, %(number)s)") % {
            "name": name[:LONGEST_KEPT],
            "number": squatter.id.hex[:8],
        }
    _rename(squatter, by_stream)
    if owner.name != name:
        owner.name = name
        _rename(owner, by_stream)


def _rename(organisation: Organisation, by_stream: dict[uuid.UUID, list[Event]]) -> None:
    change(organisation, ["name"])
    by_stream.setdefault(INSTALLATION, []).append(organisation_described(organisation))
    for party in organisation.parties.present().select_related("organisation"):
        described = events.PartyDescribed(**facts_of(party))
        by_stream.setdefault(party.coalition_id, []).append(described)
