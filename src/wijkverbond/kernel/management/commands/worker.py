"""The background worker alone: mails, counts and what is due; it waits for a database that is away."""

import asyncio
import signal
import time
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

log = structlog.get_logger()

PAUSE = 5  # seconds between two tries
LOST = (ConnectorException, DatabaseError, PoolTimeout)


class Command(BaseCommand):
    """Work until somebody stops it."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, and begin again when the database was away."""
        while not _was_stopped():
            time.sleep(PAUSE)


def _was_stopped() -> bool:
    """Work; whether somebody stopped it then, and not that it lost the database."""
    try:
        if asyncio.run(_work()):
            return True
        why = "it ended by itself"
    except LOST as lost:
        why = type(lost).__name__
    log.warning("worker.database_away", why=why)
    return False


async def _work() -> bool:
    """Work until a signal comes; False when it ended without one.

    That it does in silence when the database is back before it noticed anything but that its listening
    broke off, so the signals are ours.
    """
    assert isinstance(app.connector, DjangoConnector)
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            work = asyncio.create_task(working.run_worker_async(install_signal_handlers=False))
            for signum in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(signum, work.cancel)
            await asyncio.wait([work])
            if work.cancelled():
                return True
            work.result()  # raises what ended it
            return False
