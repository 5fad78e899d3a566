"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.decisions import afterwards, queries, services
from wijkverbond.kernel import actor


@app.periodic(cron="*/5 * * * *")
@app.task(name="decisions.close_due")
def close_due(timestamp: int) -> None:
    """Close the proposals whose day has come."""
    clock = actor.system()
    for decision in queries.due(clock.now):
        services.close(decision, actor=clock)


@app.periodic(cron="*/5 * * * *")
@app.task(name="decisions.ask_newcomers")
def ask_newcomers(timestamp: int) -> None:
    """Ask who came later about what was carried without its kind."""
    clock = actor.system()
    for decision, party in afterwards.newcomers():
        afterwards.ask_afterwards(decision, party, actor=clock)
