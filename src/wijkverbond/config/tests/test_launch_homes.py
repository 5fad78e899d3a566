"""Private directories, their locks and secrets; ports; what a machine that went down leaves."""

import base64
import getpass
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from wijkverbond.config.launch import commands, database, ports, processes, sites
from wijkverbond.config.launch.homes import CHECKOUT, Home
from wijkverbond.config.launch.postgresql import Programs
from wijkverbond.config.launch.processes import Failure, Misuse

HOLDER = """
import sys
from pathlib import Path
from wijkverbond.config.launch.homes import CHECKOUT, Home
print(Home(Path(sys.argv[1])).take("site"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "demo"
    folder.mkdir()
    return Home(folder)


def test_secrets_are_made_once_and_for_the_owner_alone(home: Home) -> None:
    secrets = home.secrets()
    assert home.secrets() == secrets
    assert len(base64.b64decode(secrets["WIJKVERBOND_REGISTER_SEED"])) == 32
    assert stat.S_IMODE((home.folder / "secrets.json").stat().st_mode) == 0o600


def test_two_homes_have_different_secrets(home: Home) -> None:
    other = Home(home.folder.with_name("other"))
    other.folder.mkdir()
    assert not set(home.secrets().values()) & set(other.secrets().values())


def test_a_lock_has_one_holder_and_is_free_when_that_is_killed(home: Home) -> None:
    command = [sys.executable, "-c", HOLDER, str(home.folder)]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src")}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout
        holder.stdout.readline()
        assert home.take("site") is None
        holder.kill()
        holder.wait()
        lock = home.take("site")
    assert lock is not None
    os.close(lock)


def test_a_home_serves_only_while_its_site_holds_the_lock_and_is_ready(home: Home) -> None:
    home.ready.write_text("http://localhost:1")
    assert not home.is_serving()
    with home.held("site", seconds=1):
        assert home.is_serving()
        home.ready.unlink()
        assert not home.is_serving()


def test_a_home_of_another_user_is_left_alone_and_its_user_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIJKVERBOND_VAR", str(tmp_path / "kept"))
    Home.named("run")
    owner = getpass.getuser()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(
        Failure, match=rf"run belongs to {owner}, and this is #12345\. Type: sudo -u {owner}"
    ):
        Home.named("run")


def test_a_file_that_only_another_user_may_read_costs_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied", str(tmp_path / "not" / "there"))

    monkeypatch.setattr(commands, "dispatch", refused)
    monkeypatch.setattr(processes, "raise_on_signals", lambda: None)
    assert commands.main() == 1
    assert f"{tmp_path} belongs to" in capsys.readouterr().err


def test_waiting_for_a_lock_ends_with_a_sentence(home: Home) -> None:
    with home.held("database", seconds=1), pytest.raises(Failure, match="Gave up waiting"):
        home.held("database", seconds=0).__enter__()


def test_a_reserved_port_is_not_given_twice() -> None:
    with ports.reserved("127.0.0.1", 8650, or_next=True) as first_port:
        with ports.reserved("127.0.0.1", first_port, or_next=True) as second_port:
            assert second_port > first_port
        with (
            pytest.raises(Failure, match=f"Port {first_port}"),
            ports.reserved("127.0.0.1", first_port, or_next=False),
        ):
            pass


def test_an_installation_never_shows_mails_as_the_demonstration_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIJKVERBOND_DEMO", "1")
    with pytest.raises(Misuse, match="WIJKVERBOND_DEMO"):
        sites.run([])


@pytest.mark.parametrize(
    ("name", "booted", "remains"),
    [("demo", "another time", False), ("demo", "this time", True), ("run", "another time", True)],
)
def test_only_an_example_interrupted_by_a_reboot_is_discarded(
    tmp_path: Path, name: str, booted: str, remains: bool
) -> None:
    home = Home(tmp_path / name)
    data = home.folder / "data-15"
    data.mkdir(parents=True)
    (data / "postmaster.pid").touch()
    boot = Path("/proc/sys/kernel/random/boot_id").read_text()
    (home.folder / "boot").write_text({"this time": boot}.get(booted, booted))
    database.forget_interrupted(home, data)
    assert data.exists() == remains


def test_a_socket_path_that_is_too_long_is_replaced_by_a_short_one(tmp_path: Path) -> None:
    home = Home(tmp_path / ("long" * 30))
    folder = database.address(home).partition("?host=")[2]
    assert len(folder) < 100


@pytest.mark.parametrize(
    ("says", "major"),
    [("postgres (PostgreSQL) 15.13 (Debian 15.13-0)", 15), ("postgres (PostgreSQL) 18.6", 18)],
)
def test_the_version_of_a_postgresql_is_read(tmp_path: Path, says: str, major: int) -> None:
    assert Programs.at(_fake_programs(tmp_path, says)) == Programs(tmp_path, major)


def test_a_postgresql_that_is_too_old_is_left_alone(tmp_path: Path) -> None:
    assert Programs.at(_fake_programs(tmp_path, "postgres (PostgreSQL) 14.9")) is None


def _fake_programs(folder: Path, says: str) -> Path:
    """Programs that only print a version."""
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (folder / name).chmod(0o755)
    return folder
