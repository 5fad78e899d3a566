"""Tasks of the worker."""

import uuid

from procrastinate.contrib.django import app

from wijkverbond.kernel import clock, followers, jobs, retention


@app.task(name="kernel.follow")
def follow(streams: list[str]) -> None:
    """Bring the followers up to date with these streams."""
    followers.follow(uuid.UUID(stream) for stream in streams)


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.catch_up")
def catch_up(timestamp: int) -> None:
    """Read what a follower missed because its worker was killed or it failed."""
    followers.follow(followers.behind())


@app.periodic(cron="47 * * * *")
@app.task(name="kernel.forget")
def forget(timestamp: int) -> None:
    """Remove what was kept long enough; `timestamp` is when this was due."""
    retention.forget(clock.now())


@app.periodic(cron="20 3 * * *")
@app.task(name="kernel.forget_jobs")
async def forget_jobs(timestamp: int) -> None:
    """Remove what the worker did or gave up long ago: a mail that was sent names to whom."""
    await jobs.delete_ended()


@app.periodic(cron="* * * * *")
@app.task(name="kernel.take_up_jobs")
async def take_up_jobs(timestamp: int) -> None:
    """Take up the jobs of a worker that died."""
    await jobs.take_up()
