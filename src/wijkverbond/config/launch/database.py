"""A private database: made, started on a Unix socket only, stopped."""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from wijkverbond.config.launch import postgresql, processes
from wijkverbond.config.launch.homes import Home
from wijkverbond.config.launch.postgresql import Programs
from wijkverbond.config.launch.processes import Command, Failure

NAME = "wijkverbond"
# What the kernel allows for the path of a Unix socket, less the names that PostgreSQL adds.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
_ENV = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
# What was confirmed survives a killed process all the same, though not a machine that goes down.
_QUICK = {"fsync": "off", "full_page_writes": "off"}


def address(home: Home) -> str:
    """The DATABASE_URL of a home's database."""
    return f"postgresql://{NAME}@/{NAME}?{urlencode({'host': _socket_folder(home)})}"


@contextlib.contextmanager
def serving(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """The server of a home, during the block.

    Call it with the home's `database` lock held. The server holds the `server` lock itself, so
    that nobody starts a second one on the same data while a killed launcher's server still ends.
    """
    programs = postgresql.for_home(home)
    data = home.folder / f"data-{programs.major}"
    sockets = _socket_folder(home)
    with home.held("server", seconds=60) as lock:
        forget_interrupted(home, data)
        if not data.exists():
            home.prepared.unlink(missing_ok=True)
            _make(programs, data)
        _own_folder(sockets)
        for left_by_killed in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
            left_by_killed.unlink(missing_ok=True)
        server = _start(home, programs, data, lock)

    def is_ready() -> bool:
        if server.poll() is not None:
            raise Failure(_last_words(home))
        return _takes_connections(data)

    try:
        processes.wait_until(is_ready, seconds=120, otherwise=lambda: _last_words(home))
        yield server
    finally:
        processes.stop(server, signal.SIGINT, signal.SIGQUIT, patience=20)
        if sockets.parent != home.folder:
            shutil.rmtree(sockets, ignore_errors=True)


def _user() -> pwd.struct_passwd | None:
    """The user that PostgreSQL runs as when the launcher is root: PostgreSQL refuses to be root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _own_folder(folder: Path) -> None:
    """Make sure of a folder that only the database's user and root can enter."""
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), _owner()):
        raise Failure(f"{folder} is in the way: it is not a folder of ours.")
    folder.chmod(0o700)
    os.chown(folder, _owner(), -1)


def _owner() -> int:
    """The id of the user that owns the data."""
    user = _user()
    return user.pw_uid if user else os.geteuid()


def _socket_folder(home: Home) -> Path:
    """Where the server listens: in its home, or in a short folder when that path is too long."""
    folder = home.folder / "socket"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"wijkverbond-{os.geteuid()}-{digest}"


def _make(programs: Programs, data: Path) -> None:
    """Make an empty database in `data`; only a finished one gets that name."""
    unfinished = data.with_name(f"{data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    _own_folder(unfinished)
    options = f"--username={NAME} --auth=trust --encoding=UTF8 --locale=C.UTF-8"
    if programs.major >= 17:  # the packaged one knows no ICU; both sort by code point
        options += " --locale-provider=builtin --builtin-locale=C.UTF-8"
    initdb: Command = [programs.folder / "initdb", *options.split(), unfinished]
    processes.run_quietly(initdb, env=_ENV, user=_user())
    alone: Command = [programs.folder / "postgres", "--single", "-D", unfinished, "postgres"]
    typed = f"CREATE DATABASE {NAME}\n".encode()
    processes.run_quietly(alone, env=_ENV, user=_user(), typed=typed)
    unfinished.rename(data)


def forget_interrupted(home: Home, data: Path) -> None:
    """Take away an example that was running when the machine went down; it is made again."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text()
    last = home.folder / "boot"
    interrupted = (data / "postmaster.pid").exists() and last.read_text() != boot
    if interrupted and not home.is_kept:
        shutil.rmtree(data)
    last.write_text(boot)


def _start(home: Home, programs: Programs, data: Path, lock: int) -> subprocess.Popen[bytes]:
    """Start the server, with the lock in its hands."""
    settings = {} if home.is_kept else _QUICK
    settings = settings | {
        "listen_addresses": "",
        "unix_socket_directories": str(_socket_folder(home)),
        "unix_socket_permissions": "0700",
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    with _log(home).open("wb") as log:
        return processes.start(
            [programs.folder / "postgres", "-D", data, *options],
            env=_ENV,
            when_orphaned=signal.SIGINT,
            user=_user(),
            keep_open=[lock],
            output=log,
            cwd=Path("/"),
        )


def _takes_connections(data: Path) -> bool:
    """Whether the server says so, on line 8 of its pid file."""
    with contextlib.suppress(FileNotFoundError):
        lines = (data / "postmaster.pid").read_text().splitlines()
        return len(lines) > 7 and lines[7].strip() == "ready"
    return False


def _log(home: Home) -> Path:
    file = home.folder / "postgresql.log"
    file.touch(mode=0o600)
    return file


def _last_words(home: Home) -> str:
    """Why the server did not start, in its own words."""
    words = "\n".join(_log(home).read_text(errors="replace").splitlines()[-5:])
    return f"The private database did not start ({_log(home)}):\n{words}"
