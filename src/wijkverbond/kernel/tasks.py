"""Tasks of the worker."""

import uuid

from procrastinate.contrib.django import app

from wijkverbond.kernel import followers


@app.task(name="kernel.follow")
def follow(streams: list[str]) -> None:
    """Bring the followers up to date with these streams."""
    followers.follow(uuid.UUID(stream) for stream in streams)
