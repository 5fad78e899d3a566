"""Background work, deferred by name in the transaction of the change: both happen, or neither."""

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

NO_SIGN_OF_LIFE = 60.0  # seconds; a worker gives one every ten
HOURS_KEPT = 7 * 24  # long enough to see what went wrong


def defer(name: str, **arguments: JSONValue) -> None:
    """Ask the worker to run the task of that name; fails when there is no such task."""
    app.configure_task(name, allow_unknown=False).defer(**arguments)


async def delete_ended() -> None:
    """Delete the jobs that succeeded, failed or were stopped more than `HOURS_KEPT` ago."""
    await app.job_manager.delete_old_jobs(
        HOURS_KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def take_up() -> None:
    """Let jobs begin again of which the worker died: it gave no sign of life for a while."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=NO_SIGN_OF_LIFE):
        await app.job_manager.retry_job(job)
