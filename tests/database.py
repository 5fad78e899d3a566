"""What the tests do with their database behind the back of the site: emptying, and putting rows back."""

import dataclasses

from django.core.cache import cache
from django.db import connection, transaction

# Rows come and go as they are: no key is checked, and the journal lets them go.
WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"
WITH_TRIGGERS = "SET LOCAL session_replication_role = origin"
# What migrations make, and Django looks up by ids that it remembers from test to test.
NEVER_EMPTIED = {"django_content_type", "django_migrations", "auth_permission"}


def behind_the_site(statement: str) -> None:
    """Do what the database refuses to the site, as its administrator can."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITHOUT_TRIGGERS)
        cursor.execute(statement)
        cursor.execute(WITH_TRIGGERS)


def empty() -> None:
    """Take away what a test committed, the journal too, after waiting for whoever still writes.

    Django's `flush` empties all eighty tables and makes permissions anew: that takes a second, where
    most tests leave some rows in twenty tables. It also leaves the worker's jobs, which are no tables of
    Django's.
    """
    tables = connection.introspection.table_names()
    names = [connection.ops.quote_name(table) for table in sorted(set(tables) - NEVER_EMPTIED)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE")
        cursor.execute(WITHOUT_TRIGGERS)
        cursor.execute("; ".join(f"DELETE FROM {name}" for name in names))


def keep_no_statistics() -> None:
    """Let the database plan for tables of which it knows nothing.

    Tables are filled in one long transaction and emptied again. Counted while they were empty, they
    would be taken for empty, and a question to thousands of rows would take minutes.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)' for table in tables)
        )


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """The rows that were added to the database, by table, as PostgreSQL copies them."""

    rows: dict[str, bytes]

    @classmethod
    def since(cls, filled: set[str]) -> "Snapshot":
        """All rows of the tables that had none."""
        return cls({name: _rows_of(name) for name in filled_tables() - filled})

    def put_back(self) -> None:
        """Put the rows back in a database without them, with the same ids.

        What is cached by id is forgotten: it may be about other rows.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WITHOUT_TRIGGERS)
            for name, rows in self.rows.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN') as copied:
                    copied.write(rows)
            cursor.execute(WITH_TRIGGERS)
        cache.clear()


def filled_tables() -> set[str]:
    """The tables with at least one row."""
    names = connection.introspection.table_names()
    question = " UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def _rows_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
        return b"".join(rows)
