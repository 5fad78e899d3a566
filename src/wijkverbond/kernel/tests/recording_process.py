"""A process of its own that records: `recording_process.py TIMES STREAM…`, on the word "go".

It records one event in every stream in each of so many transactions, the streams in the given order.
"""

import os
import sys
import uuid

import django


def main() -> None:
    """Say "ready", wait for a line, record."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkverbond.config.settings")
    django.setup()

    from django.db import connection, transaction  # noqa: PLC0415 - models need the set-up

    from wijkverbond.kernel.actor import system  # noqa: PLC0415
    from wijkverbond.kernel.journal import record_in  # noqa: PLC0415
    from wijkverbond.kernel.tests.sample_events import Counted  # noqa: PLC0415

    times, *names = sys.argv[1:]
    streams = [uuid.UUID(name) for name in names]
    connection.ensure_connection()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(int(times)):
        with transaction.atomic():
            event = Counted(number=number)
            record_in({stream: [event] for stream in streams}, actor=system())


if __name__ == "__main__":
    main()
