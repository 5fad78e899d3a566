"""Tasks of the worker."""

import uuid

from procrastinate.contrib.django import app

from wijkverbond.kernel import followers


@app.task(name="kernel.follow")
def follow(streams: list[str]) -> None:
    """Bring the followers up to date with these streams."""
    followers.follow(uuid.UUID(stream) for stream in streams)


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.catch_up")
def catch_up(timestamp: int) -> None:
    """Read what a follower missed because its worker was killed or it failed."""
    followers.follow(followers.behind())
