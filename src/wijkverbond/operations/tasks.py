"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.kernel import clock
from wijkverbond.operations import queries, services


@app.periodic(cron="13 * * * *")
@app.task(name="operations.observe")
def observe(timestamp: int) -> None:
    """Look once an hour at what a page cannot wait for."""
    services.observe(clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(name="operations.observe_trouble")
def observe_trouble(timestamp: int) -> None:
    """Look again soon at what was wrong the last time: somebody is mending it."""
    if queries.certificate_is_in_trouble():
        services.observe(clock.now())
