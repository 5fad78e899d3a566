"""What is wrong with the database: whether it is there, can do what is asked, and agrees on the time."""

import contextlib
import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from wijkverbond.config.doctor.findings import Finding, Findings
from wijkverbond.config.launch import homes
from wijkverbond.config.launch.homes import PROGRAM
from wijkverbond.installation import queries as first_run
from wijkverbond.kernel import backups, clock
from wijkverbond.kernel.error_text import cause
from wijkverbond.kernel.signing import signer
from wijkverbond.register import queries

OLDEST = 15
APART = dt.timedelta(seconds=5)  # a question and its answer take less
OLDEST_BACKUP = dt.timedelta(days=2)
LEAST_FREE_BYTES, LEAST_FREE_SHARE = 2**30, 0.05


def look() -> Findings:
    """Everything about it; nothing but that when it cannot be reached."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        what = f"The database cannot be reached: {cause(error.__cause__ or error)}."
        yield Finding(what, "Look at DATABASE_URL, and whether that PostgreSQL runs.")
        return
    for part in (_version, _settings, _tables, _clock, _disk):
        yield from part()


def _asked(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _version() -> Findings:
    found = int(str(_asked("SHOW server_version_num"))) // 10_000
    if found < OLDEST:
        what = f"The database is PostgreSQL {found}, which is too old."
        yield Finding(what, f"Move it to {OLDEST} or newer.")


def _settings() -> Findings:
    if (encoding := _asked("SHOW server_encoding")) != "UTF8":
        what = f"The database stores text as {encoding}, which has no place for every name."
        yield Finding(what, "Make a new one with ENCODING 'UTF8' TEMPLATE template0.")
    for name in ("fsync", "full_page_writes"):
        if _asked(f"SHOW {name}") != "on":
            what = f"The database has {name} off: what was confirmed can be lost."
            yield Finding(what, f"Set {name} = on in postgresql.conf.")


def _tables() -> Findings:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        what = f"The database is not up to date: {len(waiting)} changes of its tables wait."
        yield Finding(what, f"Type: {PROGRAM} manage migrate")
    else:
        yield from _register()
        yield from _backup()
        yield from _first_run()


def _register() -> Findings:
    """Whether the key is that of the registers; whether somebody keeps it, only its host knows."""
    page = "docs/administrators/register-key.md"
    if sentence := queries.key_difference():
        yield Finding(sentence, f"More is in {page}.")
        return
    what = f"The register goes on after a restore only with the seed of {signer().verifier_key}."
    yield Finding(what, f"Is it kept apart from the back-ups ({page})?", is_note=True)


def _backup() -> Findings:
    """How old the last good back-up is; those that are made in another way cannot be seen."""
    page = "docs/administrators/backup.md"
    made_at = backups.last()
    if made_at is None:
        what = f"No back-up was ever made with {PROGRAM} backup."
        yield Finding(what, f"Is one made otherwise ({page})?", is_note=True)
    elif clock.now() - made_at > OLDEST_BACKUP:
        what = f"The last good back-up is of {made_at:%Y-%m-%d %H:%M} UTC, more than two days ago."
        yield Finding(what, f"Look why no newer one was made ({page}).")


def _first_run() -> Findings:
    """Whether somebody still has to set up the site."""
    if first_run.first_run():
        what = "The first run in the browser is not finished."
        yield Finding(
            what, "Its host goes on at /inrichten/, others with the link of the next start."
        )
    elif not first_run.has_host():
        what = "Nobody hosts this site yet."
        remedy = f"Start it and use the link in its log, or type: {PROGRAM} manage operator ADDRESS"
        yield Finding(what, remedy, is_note=True)
    else:
        for text, missing in first_run.unpublished().items():
            what = f"The text “{text}” that the law asks for is not there: {', '.join(missing)}."
            yield Finding(what, "Its host fills that in at /inrichten/, or you in the settings.")


def _clock() -> Findings:
    with connection.cursor() as cursor:
        question = "SELECT clock_timestamp(), clock_timestamp() AT TIME ZONE %s"
        cursor.execute(question, [settings.TIME_ZONE])
        moment, on_the_wall = cursor.fetchone()
    yield from compared(moment, on_the_wall)


def compared(moment: dt.datetime, on_the_wall: dt.datetime) -> Findings:
    """What does not fit between the database's clock and ours, and between both time zones."""
    apart = abs(moment - clock.now())
    if apart > APART:
        what = f"The clocks of database and site are {apart.total_seconds():.0f} seconds apart."
        yield Finding(what, "Let both machines keep time (timedatectl set-ntp true).")
    if abs(on_the_wall - timezone.make_naive(moment)) > APART:
        what = f"Database and site disagree on what time it is in {settings.TIME_ZONE}."
        yield Finding(what, "Bring the package tzdata up to date on both machines.")


def _disk() -> Findings:
    folders = [homes.base()]
    with contextlib.suppress(ProgrammingError):  # only a few may ask where the data is
        folders.append(Path(str(_asked("SHOW data_directory"))))
    for folder in folders:
        with contextlib.suppress(OSError):  # it is on another machine, or not made yet
            yield from room(folder, shutil.disk_usage(folder))


def room(folder: Path, usage: "shutil._ntuple_diskusage") -> Findings:
    """Whether a disk is nearly full."""
    if usage.free < LEAST_FREE_BYTES or usage.free < usage.total * LEAST_FREE_SHARE:
        what = f"The disk of {folder} has {usage.free // 2**20} MB left."
        yield Finding(what, "Make room, or give it a larger disk.")
