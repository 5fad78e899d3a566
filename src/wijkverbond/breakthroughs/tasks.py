"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.breakthroughs import queries, services
from wijkverbond.kernel import actor


@app.periodic(cron="20 * * * *")
@app.task(name="breakthroughs.establish")
def establish(timestamp: int) -> None:
    """Establish what partners confirmed before others confirmed these partners themselves."""
    clock = actor.system()
    for breakthrough in queries.to_establish():
        services.establish(breakthrough, actor=clock)
