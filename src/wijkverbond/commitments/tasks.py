"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.commitments import queries
from wijkverbond.commitments.services import afterwards, covenants
from wijkverbond.kernel import actor


@app.periodic(cron="10 0 * * *")
@app.task(name="commitments.keep_time")
def keep_time(timestamp: int) -> None:
    """Announce the end of covenants, end them and their signing on their day, and remind of it."""
    clock = actor.system()
    for covenant in queries.running():
        covenants.keep_time(covenant, actor=clock)


@app.periodic(cron="*/5 * * * *")
@app.task(name="commitments.ask_newcomers")
def ask_newcomers(timestamp: int) -> None:
    """Ask who came later to sign what holds without its kind."""
    software = actor.system()
    for covenant, party in afterwards.newcomers():
        afterwards.ask_afterwards(covenant, party, actor=software)
