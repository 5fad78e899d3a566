"""What pledges ask: to say how one's own go, and to judge those of others."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkverbond.actions import policies
from wijkverbond.actions.models import CheckIn, Fulfilment, MoneyTie, Shortfall
from wijkverbond.actions.my_tasks.own_records import OwnRecord
from wijkverbond.actions.queries.pledges import open_due, with_last_report
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.policy import Whose
from wijkverbond.kernel.registry import TASK_TYPES


@dataclasses.dataclass(frozen=True)
class PledgeRow:
    """A standing pledge of the party, with its last check-in.

    `answer_by` is the day until which it can respond to who does not see it done.
    """

    id: uuid.UUID
    what: str
    due: list[dt.date]
    ends: dt.date
    reported_at: dt.datetime | None
    report_is_about: dt.date | None
    reported: str | None
    answer_by: dt.date | None

    def unreported(self, today: dt.date) -> dt.date | None:
        """The latest day on which something was due, when nothing was said since."""
        reported_days = [timezone.localdate(self.reported_at)] if self.reported_at else []
        reported_days += [self.report_is_about] if self.report_is_about else []
        return open_due(self.due, reported_days, today)


@dataclasses.dataclass(frozen=True)
class CheckInRow:
    """A check-in of another party that nobody judged yet."""

    pledge: uuid.UUID


def _pledges(reader: Reader) -> QuerySet[Pledge]:
    unanswered = Shortfall.objects.open_on(reader.today).filter(
        check_in__pledge=OuterRef("id"), announced_at__gte=OuterRef("reported_at")
    )
    own = with_last_report(Pledge.objects.standing().filter(party=PARTY))
    return own.annotate(answer_by=Subquery(unanswered.values("answer_by")[:1])).order_by(
        F("reported_at").asc(nulls_first=True), "written_at"
    )


def _check_ins(reader: Reader) -> QuerySet[CheckIn]:
    to_judge = CheckIn.objects.to_judge_by(PARTY, reader.now)
    own = to_judge.for_somebody_else(reader.person, reader.now)
    return own.filter(pledge__coalition=COALITION).order_by("reported_at")


PLEDGES = PartyRows(name="own_pledges", row=PledgeRow, records=_pledges)


def own_records(pledges: Sequence[PledgeRow], today: dt.date) -> Iterator[OwnRecord]:
    """The pledges of a party, each with whether it asks for a message."""
    for pledge in pledges:
        due = pledge.unreported(today)
        as_promised = pledge.reported == Fulfilment.KEPT
        more = _("Until %(day)s.") % {"day": date_format(pledge.ends, "j F Y")}
        if pledge.reported_at:
            last = date_format(timezone.localdate(pledge.reported_at), "j F Y")
            more += " " + _("Last message: %(day)s.") % {"day": last}
        yield OwnRecord(
            id=pledge.id,
            title=pledge.what,
            address="actions:check_ins",
            level="emerging" if due else "present" if as_promised else "info",
            state=_("Asks for a message") if due else _("Up to date"),
            more=more,
        )


def _check_in(pledges: Sequence[PledgeRow], actor: Actor) -> Iterator[Task[PledgeRow]]:
    for pledge in pledges:
        if due := pledge.unreported(actor.today):
            yield Task(
                about=pledge,
                title=_("Say how it goes: %(what)s") % {"what": pledge.what},
                why=_("Is it behind? That may happen. Say why, then others can help."),
                button=_("Say how it goes"),
                due=due,
            )


def _respond(pledges: Sequence[PledgeRow], _actor: Actor) -> Iterator[Task[PledgeRow]]:
    for pledge in pledges:
        if pledge.answer_by:
            yield Task(
                about=pledge,
                title=_("Tell what is going on: %(what)s") % {"what": pledge.what},
                why=_("Another partner does not see it done. Only you read that until this day."),
                button=_("Read and respond"),
                due=pledge.answer_by,
            )


def _judge(check_ins: Sequence[CheckInRow], _actor: Actor) -> Iterator[Task[CheckInRow]]:
    number = len(check_ins)
    title = ngettext(
        "Say whether 1 promise was done", "Say whether %(many)s promises were done", number
    )
    yield Task(
        about=check_ins[0],
        title=title % {"many": number},
        why=_("A promise counts as done when another partner says so."),
        button=_("Have a look"),
    )


TASK_TYPES.declare(
    TaskType(
        name="actions.check_in",
        rows=PLEDGES,
        policy=policies.CHECK_IN,
        tasks=_check_in,
        address="actions:check_in",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="actions.respond_to_shortfall",
        rows=PLEDGES,
        policy=policies.CHECK_IN,
        tasks=_respond,
        address="actions:check_ins",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="actions.judge_check_in",
        rows=PartyRows(name="check_ins_to_judge", row=CheckInRow, records=_check_ins),
        policy=policies.JUDGE_CHECK_IN,
        whose=Whose.OTHER,
        state=MoneyTie.APART,
        tasks=_judge,
        address="actions:check_ins",
        arguments=("pledge",),
    )
)
