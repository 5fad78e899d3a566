"""Back-ups: all that people wrote in one file, back in an empty database, or a sentence why not."""

import base64
import contextlib
import errno
import gzip
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import _ntuple_diskusage as usage
from typing import Any, NoReturn

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from tests import make
from wijkverbond.accounts.models import Session
from wijkverbond.commitments.models import Signature
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.config.backup import commands, dump, encryption, files, load, manifest, registers
from wijkverbond.config.backup.manifest import Manifest
from wijkverbond.config.backup.refusals import Refused
from wijkverbond.config.launch import postgresql
from wijkverbond.config.launch.processes import Failure
from wijkverbond.config.tests.test_mistaken_settings import GOOD
from wijkverbond.kernel import backups
from wijkverbond.kernel.models import LastBackup

Run = Callable[..., tuple[int, str]]
PASSPHRASE = "vier woorden achter elkaar"
# What an encrypted back-up held when this form was made.
ENCRYPTED = base64.b64decode(
    """
    TGhTbHZob1RkWjQrdHNKeER5SFlnQT09IGdBQUFBQUJyRHM5ZXM0aWREaTZuVjVGVDBfZ2hDTk1iYVRmUGlRc3RV
    UjR3UzJISXVKMHpxc0NxOHpkOXRhb3hweHA1WG1FXzc0dGhpM0JINThsOTNncGNFa1JjYUJWUkpjN0pjMHdBcU1f
    T0ZodzF6bjRGb2JwLUZhbHBHeHlvdWhwc0QyQzQ2N1NjcUhzQXBaMlVfVGpxZEVUbW0zblVUTFVZdWRYNGpWYTRn
    YkllWERBT3Qxcz0KYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSArRkVwdXdxVEZXeTF6RUIrb3NuSTVL
    UGR2a2YvZllqbGs1aVdPZWpGazBvCnJmdENCK2Y4VnFkRitBRUt0cXJQOXhGWXZyWDY5L3dyY2JzZ0dBSmlhYW8K
    LT4gPkV+LWdyZWFzZSA4Zn15flpAIEZ4PiJPICdsTkkgdlk1bC9VKgp4c1UrbG9BSkM2SWVlU3Byait1QkV4dE1F
    MDY5VG95dlRuNkJoS1BmeGpSZmVQbWFjb0dna0hMY1BWdzVlRnF6CmllaTlMbTNCS3ZtbmxaR1RaRlY4ZDIrVgot
    LS0gejEzVXg2YjZwZEUxNEY3L09yS2lSdVk5Q0hDMlFmaUJWU2lyYWF0amFQQQr2no4JexUFNeBBm1QpJTa+iImL
    f71/NnppxktEmtfb1nW3gmcos1FdPFNGysBhwcADtjbb
    """
)
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The exit status of a command, and all that it said."""

    def ran(*arguments: object) -> tuple[int, str]:
        status = commands.main([str(argument) for argument in arguments])
        return status, "".join(capsys.readouterr())

    return ran


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """A file with the passphrase on its first line."""
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    return file


@contextlib.contextmanager
def empty_database(name: str) -> Iterator[None]:
    """Another database of the same server, to which the connection leads during the block."""
    ours = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def held() -> int:
    """How many tables and the like the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(load.HELD)
        return int(cursor.fetchone()[0])


@committed
def test_all_that_people_wrote_comes_back_and_the_register_goes_on(
    run: Run, world: make.World, sign_in: Callable[..., Client], tmp_path: Path
) -> None:
    file = tmp_path / "wijk.backup"
    covenant = make_commitments.opened(world)
    first, *others = world.parties
    make_commitments.sign(covenant, first)
    sign_in(first)
    counts = manifest.counts()
    status, said = run("backup", file)
    assert (status, "not encrypted" in said) == (0, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert backups.last() is not None
    with empty_database("put_back"):
        status, said = run("restore", file)
        assert (status, "Every register matches" in said) == (0, True)
        assert manifest.counts() == counts
        assert backups.last() is not None
        assert not Session.objects.exists()
        for actor in others:
            make_commitments.sign(covenant, actor)
        assert Signature.objects.filter(covenant=covenant).count() == len(world.parties)
        assert [*registers.faults("")] == []
        assert "database is not empty" in run("restore", file)[1]


@committed
def test_only_an_encrypted_backup_has_the_seed_and_gives_it_back(
    run: Run, world: make.World, settings: Settings, tmp_path: Path, passphrase_file: Path
) -> None:
    seed: str = settings.REGISTER_SEED
    plain, locked = tmp_path / "plain.backup", tmp_path / "locked.backup"
    run("backup", plain)
    assert seed.encode() not in plain.read_bytes()
    assert run("restore", plain, "--seed-to", tmp_path / "none.env")[0] == 1
    status, _ = run("backup", locked, "--with-seed", "--passphrase-file", passphrase_file)
    assert (status, b"coalition" in locked.read_bytes()) == (0, False)
    written = tmp_path / "seed.env"
    status, _ = run("restore", locked, "--passphrase-file", passphrase_file, "--seed-to", written)
    assert (status, stat.S_IMODE(written.stat().st_mode)) == (0, 0o600)
    assert f"WIJKVERBOND_REGISTER_SEED={seed}\n" in written.read_text()
    settings.REGISTER_SEED = GOOD["WIJKVERBOND_REGISTER_SEED"]
    with empty_database("with_another_seed"):
        status, said = run("restore", plain)
        assert (status, "the settings hold the key" in said) == (1, True)
        assert "does not match its heads" not in said
        assert manifest.counts()["entries"] > 0


def test_what_was_encrypted_needs_its_passphrase_and_stays_readable() -> None:
    plain = io.BytesIO()
    encryption.decrypt(io.BytesIO(ENCRYPTED), plain, PASSPHRASE)
    assert plain.getvalue() == b"wat de buurt schreef"
    with pytest.raises(Refused, match="not the passphrase"):
        encryption.decrypt(io.BytesIO(ENCRYPTED), plain, PASSPHRASE.upper())
    with pytest.raises(Refused, match="cannot be read"):
        encryption.decrypt(io.BytesIO(ENCRYPTED[:-1]), plain, PASSPHRASE)


@committed
def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    run: Run, world: make.World, tmp_path: Path
) -> None:
    file, earlier = tmp_path / "now.backup", tmp_path / "earlier.backup"
    run("backup", file)
    with empty_database("as_before"):
        run("restore", file)
        call_command("migrate", "kernel", "0007", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations VALUES (0, 'gone', '0001_initial', now())"
            )
        assert run("backup", earlier)[0] == 0
    with empty_database("as_now"):
        status, said = run("restore", earlier)
        assert (status, "of an earlier version" in said) == (0, True)
        assert LastBackup.objects.exists()


@committed
def test_what_does_not_fit_leaves_the_database_empty(
    run: Run, world: make.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    promising, halfway, newer, later, whole = (tmp_path / f"{name}.backup" for name in "phnlw")
    run("backup", whole)
    with files.whole(whole) as (content, _):
        made, data = Manifest.read(content.readline()), content.read()
    members = made.__dict__

    def write(file: Path, data: bytes, **others: Any) -> None:
        with files.written(file, files.PLAIN) as out:
            out.write(Manifest(**members | others).line() + data)

    write(promising, data, counts=made.counts | {"people": 100_000})
    write(newer, data, migrations=[*made.migrations, "gone.0001_initial", "kernel.9999_later"])
    write(later, data, version="99.0")
    write(halfway, gzip.compress(gzip.decompress(data) + b"SELECT no_such_thing();\n"))
    with empty_database("stays_empty"):
        assert "not hold what the back-up promises" in run("restore", promising)[1]
        assert "of a newer version" in run("restore", newer)[1]
        assert "of a newer version" in run("restore", later)[1]
        assert "or refuses (UndefinedFunction" in run("restore", halfway)[1]
        monkeypatch.setattr(load, "OLDEST", 99)
        assert "it must be 99 or newer" in run("restore", whole)[1]
        assert held() == 0


@pytest.mark.parametrize("first_line", [files.PLAIN, files.ENCRYPTED])
def test_any_changed_byte_is_refused_and_a_file_that_ends_early(
    run: Run, first_line: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "small.backup"
    with files.written(file, first_line) as out:
        out.write(b"{}\nwords")
    whole = file.read_bytes()
    for place in range(len(whole)):
        for change in (0x01, 0x80):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :])
            with pytest.raises(Refused, match=r"not a back-up|not whole"):
                files.whole(file).__enter__()
        file.write_bytes(whole[:place])
        with pytest.raises(Refused):
            files.whole(file).__enter__()
    status, said = run("restore", file)
    assert (status, "is not whole, or was changed" in said) == (1, True)


def test_what_is_no_backup_and_what_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Beste buren,")
    assert "is not a back-up" in run("restore", tmp_path / "letter.txt")[1]
    with files.written(tmp_path / "forged", files.PLAIN) as out:
        out.write(b"[]\n")
    assert "says of itself" in run("restore", tmp_path / "forged")[1]
    assert run("restore", tmp_path / "none") == (
        1,
        f"wijkverbond: {tmp_path}/none: No such file or directory.\n",
    )
    with pytest.raises(SystemExit) as wrong_call:
        run("restore")
    assert wrong_call.value.code == 2


@pytest.mark.django_db
def test_a_backup_that_cannot_be_made_leaves_no_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase_file: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    file = folder / "wijk.backup"
    assert "No such file" in run("backup", folder / "none" / "wijk.backup")[1]
    assert "give --passphrase-file" in run("backup", file, "--encrypt")[1]
    passphrase_file.write_text("kort\n")
    assert "12 signs" in run("backup", file, "--passphrase-file", passphrase_file)[1]

    def refuse(out: object, **_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(dump, "write", refuse)
        assert run("backup", file) == (1, f"wijkverbond: {file}: No space left on device.\n")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage(100, 100, 0))
        assert "Make room" in run("backup", file)[1]
    with files.written(file, files.PLAIN):
        assert "Another process is writing" in run("backup", file)[1]
        assert [*folder.iterdir()] == [folder / "wijk.backup.part"]
    assert "is there already" in run("backup", file)[1]
    assert backups.last() is None


def test_an_interrupted_backup_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "wijk.backup"
    file.with_name("wijk.backup.part").write_bytes(b"left by who was killed" * 100)
    with files.written(file, files.PLAIN) as out:
        out.write(b"whole")
    with files.whole(file) as (content, _):
        assert content.read() == b"whole"


def test_settings_of_a_newer_server_are_left_out_and_rows_stay_as_they_are() -> None:
    dumped = [
        b"\\restrict abc\n",
        b"SET lock_timeout = 0;\n",
        b"SET transaction_timeout = 0;\n",
        b"COPY public.t (a) FROM stdin;\n",
        b"SET transaction_timeout = 0;\n",
        b"\\restrict said somebody\n",
        b"\\.\n",
        b"CREATE EXTENSION IF NOT EXISTS watching;\n",
        b"SET later = 1;\n",
        b"\\unrestrict abc\n",
    ]
    understood = [*load._understood(dumped, {b"lock_timeout"})]
    assert understood == [dumped[1], *dumped[3:7], dumped[8]]


def test_a_server_newer_than_every_pg_dump_is_said() -> None:
    with pytest.raises(Failure, match="install postgresql-client-99"):
        postgresql.dump_program(99)


@pytest.mark.django_db
def test_a_register_that_does_not_match_is_named(world: make.World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE kernel_entry SET event = 'something.else' WHERE leaf = 0 AND stream_id = %s",
            [world.coalition.id],
        )
    [fault] = registers.faults("")
    assert world.coalition.slug in fault
    assert "First wrong entry" in fault
