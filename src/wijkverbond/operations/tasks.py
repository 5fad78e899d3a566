"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.kernel import clock
from wijkverbond.operations import services


@app.periodic(cron="13 * * * *")
@app.task(name="operations.observe")
def observe(timestamp: int) -> None:
    """Look once an hour at what a page cannot wait for."""
    services.observe(clock.now())
