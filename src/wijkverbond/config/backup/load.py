"""Puts the data of a back-up into an empty database, all of it or nothing.

The data is what pg_dump writes as plain SQL: statements, and after each COPY its rows. It is given to
the database as it is, so no program of PostgreSQL is needed here, of whatever version. Only what an
older server would not know is left out: settings at the beginning, and what is meant for psql.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from typing import IO

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from wijkverbond.config.backup import manifest
from wijkverbond.config.backup.manifest import Manifest
from wijkverbond.config.backup.refusals import Refused
from wijkverbond.config.doctor.database import OLDEST

SETTING = re.compile(rb"SET (\w+) = ")
BEGINNING = re.compile(rb"--|SET |SELECT pg_catalog\.set_config\(|\s*$")
NOT_OURS = (rb"\restrict ", rb"\unrestrict ", b"CREATE EXTENSION ", b"COMMENT ON EXTENSION ")
ROWS_FOLLOW, ROWS_END = re.compile(rb"COPY .* FROM stdin;\n"), b"\\.\n"
PIECE = 2**16

HELD = """
SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND nspname !~ '^(pg_|information_schema)'
"""


def refuse_unfit() -> None:
    """Refuse a database that cannot take a back-up: too old, in another encoding, or not empty."""
    with connection.cursor() as cursor:
        found = int(_asked(cursor, "SHOW server_version_num")) // 10_000
        if found < OLDEST:
            raise Refused(f"The database is PostgreSQL {found}: it must be {OLDEST} or newer.")
        if (encoding := _asked(cursor, "SHOW server_encoding")) != "UTF8":
            raise Refused(f"The database stores text as {encoding}: make one with ENCODING 'UTF8'.")
        if int(_asked(cursor, HELD)):
            raise Refused(
                "The database is not empty, so nothing was put back. Make a new one, and give that."
            )


def put_back(data: IO[bytes], found: Manifest) -> None:
    """Fill the empty database with the data, in one transaction; refuse other counts than promised."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        known = {str(name).encode() for (name,) in cursor.fetchall()}
        with gzip.open(data) as lines:
            _run(cursor, _understood(lines, known))
        cursor.execute("RESET search_path")
        if manifest.counts() != found.counts:
            raise Refused("The database does not hold what the back-up promises.")
    connection.close()  # with the settings that the data made


def _understood(lines: Iterable[bytes], known: set[bytes]) -> Iterator[bytes]:
    """The lines without what this server or we do not understand; rows stay as they are."""
    is_beginning, are_rows = True, False
    for line in lines:
        if are_rows:
            are_rows = line != ROWS_END
        elif line.startswith(NOT_OURS):
            continue
        else:
            is_beginning = is_beginning and bool(BEGINNING.match(line))
            setting = SETTING.match(line) if is_beginning else None
            if setting and setting[1] not in known:
                continue
            are_rows = bool(ROWS_FOLLOW.fullmatch(line))
        yield line


def _run(cursor: CursorWrapper, lines: Iterator[bytes]) -> None:
    """Run the statements, and hand over the rows of each COPY."""
    statements: list[bytes] = []
    for line in lines:
        if not ROWS_FOLLOW.fullmatch(line):
            statements.append(line)
            continue
        if statements:
            cursor.execute(b"".join(statements).decode())
        statements = []
        with cursor.copy(line.decode()) as copy:
            for row in iter(lambda: next(lines), ROWS_END):
                copy.write(row)
    if statements:
        cursor.execute(b"".join(statements).decode())


def _asked(cursor: CursorWrapper, question: str) -> str:
    cursor.execute(question)
    return str(cursor.fetchone()[0])
