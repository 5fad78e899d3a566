"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.decisions import queries, services
from wijkverbond.kernel import actor


@app.periodic(cron="*/5 * * * *")
@app.task(name="decisions.close_due")
def close_due(timestamp: int) -> None:
    """Close the proposals whose day has come."""
    clock = actor.system()
    for decision in queries.due(clock.now):
        services.close(decision, actor=clock)
