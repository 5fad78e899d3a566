"""From every version with a number to this one: the data of then, `migrate`, and everything is there."""

import lzma
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from wijkverbond.coalition.models import Coalition
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.signing import signer
from wijkverbond.register import export, queries, verify

FOLDER = Path(__file__).parent / "upgrades"
ADDRESS = re.compile(r'href="(/[^"#?]*)["#?]')
FRONT = 2  # from the front page, the pages that can be reached with so many links
RELEASED = re.compile(r"^## \[(\d[^\]]*)\]", re.MULTILINE)
SEED = "dXBncmFkZS1mcm9tLXYwLjEuMC1yZWhlYXJzYWwhISE="  # with which the registers there are signed


@dataclass(frozen=True)
class Before:
    """What somebody kept from before the upgrade."""

    entries: int
    heads: str


def _load(version: str) -> Before:
    """Put the database of a version into the present one, which is empty."""
    with connection.cursor() as cursor:
        cursor.execute(lzma.decompress((FOLDER / f"v{version}.sql.xz").read_bytes()).decode())
        cursor.execute("SET search_path TO public")
        cursor.execute("SELECT count(*) FROM kernel_entry")
        (entries,) = cursor.fetchone()
        cursor.execute("SELECT checkpoint FROM kernel_head")
        return Before(entries, "\n".join(head for (head,) in cursor.fetchall()))


@pytest.fixture(scope="module", params=RELEASED.findall((CHECKOUT / "CHANGELOG.md").read_text()))
def upgraded(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Before]:
    """A database of that version after the only step; the connection leads to it meanwhile."""
    name, ours = f"upgrade_{os.getpid()}", connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), override_settings(REGISTER_SEED=SEED):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            before = _load(request.param)
            call_command("migrate", verbosity=0)
            yield before
        finally:
            _forget()
            connection.settings_dict["NAME"] = ours
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")


def _forget() -> None:
    """Keep nothing in memory of the other database."""
    connection.close()
    ContentType.objects.clear_cache()
    cache.clear()


def test_nothing_is_lost_and_every_head_of_before_still_holds(
    upgraded: Before, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Entry.objects.count() >= upgraded.entries
    assert queries.key_difference() is None
    kept = tmp_path / "kept.txt"
    kept.write_text(upgraded.heads)
    for coalition in Coalition.objects.all():
        owner = queries.owners().named(coalition.slug)
        assert owner
        file = tmp_path / f"{coalition.slug}.json"
        file.write_text("".join(export.chunks(owner)))
        status = verify.main([str(file), "--key", signer().verifier_key, "--head", str(kept)])
        assert status == 0, capsys.readouterr().out


def test_every_page_that_stands_in_front_answers(upgraded: Before) -> None:
    client, seen, next_ones = Client(), set[str](), {"/"}
    for _ in range(FRONT + 1):
        pages = {address: client.get(address, follow=True) for address in sorted(next_ones)}
        assert {page: answer.status_code for page, answer in pages.items()} == dict.fromkeys(
            pages, 200
        )
        seen |= next_ones
        found = {
            address
            for answer in pages.values()
            if answer["Content-Type"].startswith("text/html")
            for address in ADDRESS.findall(answer.content.decode())
        }
        next_ones = {address for address in found - seen if not address.startswith("/static/")}
    assert "/w/pittelo/register/" in seen
