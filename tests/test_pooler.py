"""Through a pooler that gives each transaction any connection: pages work, with the setting for it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.config.launch import processes, system

pytestmark = pytest.mark.django_db(transaction=True)

SETTINGS = """
[databases]
* = host={host} port={port} user={user}

[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
server_reset_query_always = 1
ignore_startup_parameters = options
"""


@pytest.fixture
def pooler() -> Iterator[None]:
    """The connection goes through pgbouncer; what a transaction left behind is gone after it."""
    system.need(system.POOLER)
    direct = dict(connection.settings_dict)
    server = connection.get_connection_params()
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)  # it runs as another user when we are root
        file = Path(folder) / "pgbouncer.ini"
        file.write_text(
            SETTINGS.format(
                host=server["host"],
                port=server.get("port", 5432),
                user=server["user"],
                folder=folder,
            )
        )
        as_other = ["-u", "nobody"] if os.geteuid() == 0 else []
        program = processes.start(["pgbouncer", "-q", *as_other, file], env=os.environ)
        try:
            processes.wait_until(
                (Path(folder) / ".s.PGSQL.6432").exists,
                seconds=30,
                otherwise=lambda: "pgbouncer did not start",
            )
            connection.settings_dict.update(HOST=folder, PORT=6432, OPTIONS={})
            yield
        finally:
            connection.close()
            connection.settings_dict.update(direct)
            processes.stop(program)


def test_with_server_cursors_off_a_reading_is_shown_through_a_pooler(
    world: make.World, client: Client, pooler: None
) -> None:
    page = reverse("vitality:index", args=[world.coalition.slug])
    with pytest.raises(ProgrammingError, match="portal"):
        client.get(page)
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    assert client.get(page).status_code == 200
