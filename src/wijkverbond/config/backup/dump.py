"""The data of a back-up: what pg_dump says of the database at one moment, while the site goes on."""

import contextlib
import gzip
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from typing import IO

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from wijkverbond.accounts.models import Code, Session
from wijkverbond.config.backup import manifest
from wijkverbond.config.backup.manifest import Manifest
from wijkverbond.config.backup.refusals import Refused
from wijkverbond.config.launch import postgresql
from wijkverbond.kernel.models import Limit, SentForm

# What lasts hours and lets somebody in, or tells of networks: nobody who finds a back-up needs it.
LEFT_OUT = (Session, Code, Limit, SentForm)
ARGUMENTS = (
    "--format=plain",
    "--encoding=UTF8",
    "--no-owner",
    "--no-privileges",
    "--lock-wait-timeout=60s",
    *(f"--exclude-table-data={model._meta.db_table}" for model in LEFT_OUT),
)


def write(out: IO[bytes], *, with_seed: bool) -> Manifest:
    """Write manifest and data, both of one and the same moment; the manifest."""
    with _frozen() as snapshot:
        found = manifest.of_database(with_seed=with_seed)
        out.write(found.line())
        with gzip.GzipFile(fileobj=out, mode="wb") as compressed:
            _dump(compressed, snapshot)
    return found


def size() -> int:
    """The size of the database in bytes; the data of a back-up takes far less."""
    return int(_asked("SELECT pg_database_size(current_database())"))


@contextlib.contextmanager
def _frozen() -> Iterator[str]:
    """The database as it is at one moment, and the name with which pg_dump sees the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield _asked("SELECT pg_export_snapshot()")


def _dump(out: gzip.GzipFile, snapshot: str) -> None:
    program = postgresql.dump_program(int(_asked("SHOW server_version_num")) // 10_000)
    assert connection.connection
    info = connection.connection.info
    given = (
        connection.get_connection_params()
    )  # other defaults of ours an older pg_dump may not know
    where = {name: value for name, value in info.get_parameters().items() if name in given}
    where |= {"host": info.host, "port": str(info.port)}
    command = [
        str(program),
        *ARGUMENTS,
        f"--snapshot={snapshot}",
        f"--dbname={make_conninfo(**where)}",
    ]
    env = {**os.environ, "PGPASSWORD": info.password}  # others on the machine see the arguments
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=complaints) as process,
    ):
        assert process.stdout
        shutil.copyfileobj(process.stdout, out)
        if process.wait() != 0:
            complaints.seek(0)
            raise Refused(f"No back-up was made: {_error(complaints.read())}.")


def _error(complaints: bytes) -> str:
    lines = complaints.decode(errors="replace").splitlines() or ["it does not say why"]
    return next((line for line in lines if "error: " in line), lines[0])


def _asked(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])
