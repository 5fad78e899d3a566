"""The background worker alone: mails, counts and what is due; it waits for a database that is away."""

import asyncio
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
        while not _worked():
            time.sleep(PAUSE)


def _worked() -> bool:
    """Whether it worked until it was stopped, and did not lose the database."""
    try:
        asyncio.run(_work())
    except LOST as lost:
        log.warning("worker.database_away", why=type(lost).__name__)
        return False
    return True


async def _work() -> None:
    assert isinstance(app.connector, DjangoConnector)
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await working.run_worker_async()
