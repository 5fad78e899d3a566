"""Real processes that record at the same moment, on the real database.

Each a few dozen times; `./wijkverbond test --long` lets each record a thousand times.
"""

import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.tests.stream_check import check_stream

PROGRAM = Path(__file__).with_name("recording_process.py")
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
TIMES, LONG_TIMES = 40, 1000

pytestmark = pytest.mark.django_db(transaction=True)


def address() -> str:
    """The tests' database, as DATABASE_URL."""
    options = connection.get_connection_params()
    user, password, name = (
        quote(str(options.get(key) or "")) for key in ("user", "password", "dbname")
    )
    place = "&".join(
        f"{key}={quote(str(options[key]))}" for key in ("host", "port") if key in options
    )
    return f"postgresql://{user}:{password}@/{name}?{place}"


def run(times: int, *orders: list[uuid.UUID]) -> None:
    """One process for each order of streams, all let go when all are ready, each so many times."""
    processes = [
        subprocess.Popen(
            [sys.executable, PROGRAM, str(times), *map(str, order)],
            env={**os.environ, "DATABASE_URL": address()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for order in orders
    ]
    try:
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            _, errors = process.communicate(timeout=120 + times)
            assert process.returncode == 0, errors
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.fixture
def times(is_long: bool) -> int:
    """How often each process records."""
    return LONG_TIMES if is_long else TIMES


def test_processes_that_record_in_one_new_stream_make_one_gapless_signed_history(
    times: int,
) -> None:
    run(times, [ONE], [ONE], [ONE])
    assert check_stream(ONE) == 3 * times
    numbers = Entry.objects.order_by("facts__number").values_list("facts__number", flat=True)
    assert list(numbers) == sorted([*range(times)] * 3)


def test_processes_that_name_two_streams_in_opposite_order_do_not_wait_for_each_other_forever(
    times: int,
) -> None:
    run(times, [ONE, OTHER], [OTHER, ONE])
    assert (check_stream(ONE), check_stream(OTHER)) == (2 * times, 2 * times)
