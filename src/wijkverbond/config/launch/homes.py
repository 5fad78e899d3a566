"""Private directories: where a private database and its secrets live, and who is using them."""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from wijkverbond.config.launch.processes import Failure, say, wait_until

PACKAGE = Path(__file__).resolve().parents[2]
# The folder with the source, or when it was installed from a wheel, one that means nothing.
CHECKOUT = PACKAGE.parents[1]
IS_CHECKOUT = (CHECKOUT / "pyproject.toml").exists()
PROGRAM = "./wijkverbond" if IS_CHECKOUT else "wijkverbond"  # what one types
DEMONSTRATION = "demo"
INSTALLATION = "run"
SECRETS = ("WIJKVERBOND_SECRET_KEY", "WIJKVERBOND_REGISTER_SEED")


def templates() -> list[Path]:
    """Every template of the site."""
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def base() -> Path:
    """The folder of everything private to this checkout, or to this user of what was installed.

    For root it lies outside the checkout, which may be below the home of root, where the
    database's unprivileged user could not read it.
    """
    chosen = os.environ.get("WIJKVERBOND_VAR")
    if chosen:
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        digest = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
        return Path("/var/lib/wijkverbond") / digest
    return CHECKOUT / "var" if IS_CHECKOUT else Path.home() / ".local/share/wijkverbond"


def run_as(path: Path) -> str:
    """Whose a file or folder is that we cannot use, and as whom to do what was asked."""
    seen = next(place for place in (path, *path.parents) if _can_be_seen(place))
    owner, ours = (_name(user) for user in (seen.stat().st_uid, os.geteuid()))
    return f"{seen} belongs to {owner}, and this is {ours}. Type: sudo -u {owner} {PROGRAM} …"


def _can_be_seen(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:  # a folder above it cannot be entered
        return False


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"#{user}"


def make_folder(folder: Path) -> Path:
    """A folder of the launcher's; for root one that the database's user can pass through."""
    try:
        if not folder.is_dir():
            make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)  # whatever the umask says
    except PermissionError as error:
        raise Failure(f"{run_as(folder.parent)} Or give WIJKVERBOND_VAR a folder.") from error
    except OSError as error:
        raise Failure(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


@dataclass(frozen=True)
class Home:
    """The directory of one private database.

    Three locks tell who is there; the kernel lets go of them however their holder ends. `database`
    is held by the launcher that starts the server, `server` by the server itself, and `site` by a
    launcher that serves a site from here, whose database others may use.
    """

    folder: Path

    @classmethod
    def named(cls, name: str) -> "Home":
        """The home of that name, made when it is not there; never in what is another user's.

        Files that root left in it could not be used any more by whom it belongs to.
        """
        folder = make_folder(base() / name)
        if folder.stat().st_uid != os.geteuid():
            raise Failure(run_as(folder))
        return cls(folder)

    @property
    def is_kept(self) -> bool:
        """Whether what stands here is somebody's own, not an example or a test."""
        return self.folder.name == INSTALLATION

    @property
    def ready(self) -> Path:
        """The file with the running site's address; true only while the `site` lock is held."""
        return self.folder / "ready"

    @property
    def prepared(self) -> Path:
        """The file that says which tables the database has had."""
        return self.folder / "prepared"

    def take(self, lock: str) -> int | None:
        """Take a lock without waiting: its open file, or nothing when another process has it."""
        file = os.open(self.folder / f"{lock}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        return file

    @contextlib.contextmanager
    def held(self, lock: str, *, seconds: float) -> Iterator[int]:
        """Hold a lock during the block, after waiting for it at most `seconds`."""
        with self._held_unless(lambda: False, lock, seconds=seconds) as file:
            assert file is not None
            yield file

    @contextlib.contextmanager
    def joined(self) -> Iterator[str | None]:
        """The address of the site served from here; without one the `database` lock is ours."""
        with self._held_unless(self.is_serving, "database", seconds=600) as file:
            yield self.ready.read_text() if file is None else None

    @contextlib.contextmanager
    def _held_unless(
        self, joins: Callable[[], bool], lock: str, *, seconds: float
    ) -> Iterator[int | None]:
        """Hold a lock during the block as soon as it is free, unless `joins` holds first."""
        taken: list[int] = []

        def decided() -> bool:
            file = self.take(lock)
            taken.extend([] if file is None else [file])
            return bool(taken) or joins()

        waiting = f"waiting for another process to let go of {self.folder}"
        wait_until(
            decided, seconds=seconds, waiting=waiting, otherwise=lambda: f"Gave up {waiting}."
        )
        try:
            yield taken[0] if taken else None
        finally:
            for file in taken:
                os.close(file)

    def is_serving(self) -> bool:
        """Whether a launcher serves a site from here and its database can be used."""
        file = self.take("site")
        if file is None:
            return self.ready.exists()
        os.close(file)
        return False

    def secrets(self) -> dict[str, str]:
        """The secrets of this database as settings, made once and kept for this user alone."""
        file = self.folder / "secrets.json"
        if not file.exists():
            values = secrets.token_urlsafe(48), base64.b64encode(secrets.token_bytes(32)).decode()
            unfinished = file.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600)
            unfinished.write_text(json.dumps(dict(zip(SECRETS, values, strict=True))))
            unfinished.rename(file)
        values_by_name: dict[str, str] = json.loads(file.read_text())
        return values_by_name


def secrets_of_examples() -> frozenset[str]:
    """The secrets of the demonstrations of this checkout, which no installation may have."""
    files = base().glob(f"{DEMONSTRATION}*/secrets.json")
    readable = [Home(file.parent) for file in files if os.access(file, os.R_OK)]
    return frozenset(value for home in readable for value in home.secrets().values())


def _claim(name: str, *, numbers: Iterable[int]) -> tuple[Home, int, int]:
    """The first home of that name without a site, its number, and its `site` lock."""
    for number in numbers:
        home = Home.named(name if number == 1 else f"{name}-{number}")
        for _ in range(5):  # `is_serving` holds the lock for an instant
            site = home.take("site")
            if site is not None:
                return home, number, site
            time.sleep(0.05)
    raise Failure(f"A site is already served from {home.folder}.")


@contextlib.contextmanager
def serving_home(name: str, *, alone: bool = False) -> Iterator[Home]:
    """A home to serve a site from: the first free one (`demo`, `demo-2`, …), or the first."""
    home, number, site = _claim(name, numbers=[1] if alone else count(1))
    try:
        home.ready.unlink(missing_ok=True)
        if number > 1:
            say(f"another one is running; this one has a database of its own in {home.folder}")
        yield home
    finally:
        home.ready.unlink(missing_ok=True)
        os.close(site)


def running_home(name: str) -> Home:
    """The home of that name that a site is served from now, otherwise the first."""
    first = Home.named(name)
    others = [Home(folder) for folder in base().glob(f"{name}-[0-9]*")]
    others.sort(key=lambda home: int(home.folder.name.rpartition("-")[2]))
    return next((home for home in (first, *others) if home.is_serving()), first)


@contextlib.contextmanager
def temporary_home(name: str) -> Iterator[Home]:
    """A home that is gone after the block; those of killed processes are cleared away first."""
    for folder in base().glob(f"{name}-[0-9]*"):
        owner = folder.name.rpartition("-")[2]
        server = None if Path("/proc", owner).exists() else Home(folder).take("server")
        if server is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(server)
    home = Home.named(f"{name}-{os.getpid()}")
    try:
        yield home
    finally:
        shutil.rmtree(home.folder, ignore_errors=True)
