"""Django's PostgreSQL, with an end to the waiting in the processes of a web server."""

from functools import partial
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from wijkverbond.kernel.database import patience


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that gives up after as many seconds as it may take to begin."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Begin one, unless it is known that nobody answers."""
        if not patience.is_limited:
            return super().get_new_connection(conn_params)
        if patience.is_known_silent():
            raise psycopg.OperationalError("the database did not answer a moment ago")
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            # Also a refusal is an answer.
            patience.note(silent=isinstance(error, psycopg.errors.ConnectionTimeout))
            raise
        patience.note(silent=False)
        seconds = float(conn_params["connect_timeout"])
        connection.wait = partial(_wait, connection, connection.wait, seconds)
        return connection


def _wait(connection: Any, wait: Any, seconds: float, reading: Any, **options: Any) -> Any:
    """Wait for an answer; a connection on which it does not come is of no use any more."""
    try:
        return wait(reading, **options | {"timeout": seconds})
    except psycopg.errors._WaitTimeout as silent:
        patience.note(silent=True)
        connection.close()
        raise psycopg.OperationalError("the database does not answer") from silent
