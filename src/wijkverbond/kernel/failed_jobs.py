"""Work that the worker gave up, and letting it begin anew."""

from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.kernel import jobs


def failed() -> "QuerySet[ProcrastinateJob]":
    """What was given up."""
    return ProcrastinateJob.objects.filter(status="failed")


def locked(job: int) -> ProcrastinateJob | None:
    """A failed job of which nobody else can begin anew meanwhile; nothing when somebody did."""
    return failed().select_for_update(no_key=True).filter(id=job).first()


def begin_anew(job: ProcrastinateJob) -> None:
    """Let the worker do it once more, as the same: a mail has the same Message-ID."""
    jobs.defer(job.task_name, **job.args)
    failed().filter(id=job.id).delete()
