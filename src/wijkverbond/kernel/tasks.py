"""Tasks of the worker."""

import uuid

from procrastinate.contrib.django import app

from wijkverbond.kernel import followers, limits


@app.task(name="kernel.follow")
def follow(streams: list[str]) -> None:
    """Bring the followers up to date with these streams."""
    followers.follow(uuid.UUID(stream) for stream in streams)


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.forget_limits")
def forget_limits(timestamp: int) -> None:
    """Remove what was counted in windows that have ended; `timestamp` is when this was due."""
    limits.forget()
