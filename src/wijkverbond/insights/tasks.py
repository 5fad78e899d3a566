"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.insights import queries, services
from wijkverbond.kernel import actor


@app.periodic(cron="30 5 * * *")
@app.task(name="insights.count")
def count(timestamp: int) -> None:
    """Count recognition once a day, at a fixed time, so that no single view shows."""
    clock = actor.system()
    for insight in queries.to_count():
        services.count_recognition(insight, actor=clock)
