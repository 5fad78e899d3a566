"""How the parts of the installation are, in figures and in causes of what does not work."""

import dataclasses
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.coalition.models import Unlisting
from wijkverbond.kernel import failed_jobs
from wijkverbond.kernel.models import Head, Stream
from wijkverbond.operations.models import Observation
from wijkverbond.urgency.models import HostHiding

HANGS = dt.timedelta(minutes=10)  # what is due takes seconds
SILENT = dt.timedelta(minutes=2)  # the worker gives a sign of life every ten seconds
LEAST_FREE_BYTES, LEAST_FREE_SHARE = 2**29, 0.03
FEWEST_DAYS = 7  # certificates are renewed a month before
LAGS = dt.timedelta(minutes=1)

# One question: how long the worker is silent, since when the oldest job is due, jobs by state, how far
# behind the replica is that is furthest behind (NULL without one, or without the right to see it), how
# old the last good back-up is, size.
FIGURES = """
    SELECT
        (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers),
        (
            SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, deferred.at)))
            FROM procrastinate_jobs job
            LEFT JOIN procrastinate_events deferred
                ON deferred.job_id = job.id AND deferred.type = 'deferred'
            WHERE job.status = 'todo' AND coalesce(job.scheduled_at, deferred.at) <= now()
        ),
        (
            SELECT jsonb_object_agg(status, jobs)
            FROM (SELECT status, count(*) AS jobs FROM procrastinate_jobs GROUP BY status) counted
        ),
        (
            SELECT count(*) FROM procrastinate_jobs
            WHERE status = 'failed' AND task_name = ANY(%s)
        ),
        (SELECT extract(epoch FROM max(replay_lag)) FROM pg_stat_replication),
        (SELECT extract(epoch FROM now() - max(made_at)) FROM kernel_lastbackup),
        pg_database_size(current_database())
"""
MAIL_TASKS = [
    "accounts.send_mail",
    "coalition.send_invitation",
    "coalition.send_mandate_offer",
    "decisions.ask_about_entered",
]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of the installation. Times are in seconds; None is unknown, or not there."""

    worker_silent: float | None
    oldest_due: float
    jobs: dict[str, int]
    failed_mails: int
    replica_lag: float | None
    backup_age: float | None
    database_bytes: int
    entries: int
    registers_without_head: int
    disk_free_bytes: int
    disk_bytes: int
    certificate_days: float | None


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of the installation, what it is for, and what is the matter when something is."""

    code: str
    title: str | Promise
    why: str | Promise
    trouble: str | Promise = ""


def figures() -> Figures:
    """The figures at this moment, in three queries."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [MAIL_TASKS])
        silent, oldest_due, jobs, failed_mails, lag, backup_age, size = cursor.fetchone()
    published = Head.objects.filter(stream=OuterRef("id"), size=OuterRef("leaves"))
    registers = Stream.objects.aggregate(
        entries=Sum("length", default=0),
        without_head=Count("id", filter=Q(~Exists(published), leaves__gt=0)),
    )
    disk = shutil.disk_usage(_folder())
    observed = dict(Observation.objects.values_list("subject", "value"))
    return Figures(
        worker_silent=None if silent is None else float(silent),
        oldest_due=float(oldest_due or 0),
        jobs=json.loads(jobs or "{}"),
        failed_mails=failed_mails,
        replica_lag=None if lag is None else float(lag),
        backup_age=None if backup_age is None else float(backup_age),
        database_bytes=size,
        entries=registers["entries"],
        registers_without_head=registers["without_head"],
        disk_free_bytes=disk.free,
        disk_bytes=disk.total,
        certificate_days=observed.get(Observation.Subject.CERTIFICATE),
    )


def certificate_is_in_trouble() -> bool:
    """Whether browsers refused the certificate the last time, or soon will."""
    observed = Observation.objects.filter(subject=Observation.Subject.CERTIFICATE)
    return observed.filter(value__lt=FEWEST_DAYS).exists()


def given_up() -> "QuerySet[ProcrastinateJob]":
    """What the worker gave up, newest first."""
    return failed_jobs.failed().order_by("-id")


def hidden_by_host() -> "QuerySet[HostHiding]":
    """The sentences that the host hid and that partners did not settle yet, the most urgent first."""
    unsettled = HostHiding.objects.unsettled().select_related("statement__conversation__coalition")
    return unsettled.order_by("review_by")


def off_the_list() -> "QuerySet[Unlisting]":
    """The coalitions that are off the list, those of which the review waits first."""
    return Unlisting.objects.standing().select_related("coalition").order_by("outcome", "review_by")


def parts(known: Figures) -> list[Part]:
    """Every part of the installation, with its trouble when there is any."""
    troubles = dict(_troubles(known))
    return [Part(code, title, why, troubles.get(code, "")) for code, (title, why) in PARTS.items()]


def _troubles(known: Figures) -> Iterator[tuple[str, str | Promise]]:
    if known.worker_silent is None or known.worker_silent > SILENT.total_seconds():
        yield "worker", _("Nobody does this work just now. It is done later.")
    elif known.oldest_due > HANGS.total_seconds():
        yield "worker", _("This work is behind. It is done later.")
    if known.disk_free_bytes < max(LEAST_FREE_BYTES, known.disk_bytes * LEAST_FREE_SHARE):
        yield "disk", _("There is hardly any room left.")
    if known.certificate_days is not None and known.certificate_days < 0:
        yield "certificate", _("Browsers warn of this site.")
    elif known.certificate_days is not None and known.certificate_days < FEWEST_DAYS:
        yield "certificate", _("In a few days browsers warn of this site.")
    if known.replica_lag is not None and known.replica_lag > LAGS.total_seconds():
        yield "replica", _("The copy is behind.")
    if known.registers_without_head:
        yield "register", _("Not every register has a seal on its last entry.")


def _folder() -> Path:
    """Where this process writes: the collected files of the site, or files for the moment."""
    return Path(settings.STATIC_ROOT or tempfile.gettempdir())


PARTS = {
    "database": (_("What people write"), _("Everything you send is kept here.")),
    "worker": (_("Work in the background"), _("Mails, counts, and what is due on a day.")),
    "register": (_("The public register"), _("Shows that nothing was changed afterwards.")),
    "certificate": (_("The lock in your browser"), _("Nobody reads along on the way.")),
    "disk": (_("Room"), _("There is place for what is added.")),
    "replica": (_("The copy"), _("A second database that follows the first.")),
}
# Parts that not every installation has, with the figure that says that it does.
SOMETIMES = {"certificate": "certificate_days", "replica": "replica_lag"}
