"""The file of a back-up: a line that says what it is, a check number of all that follows, and that.

    wijkverbond-backup-1              or wijkverbond-backup-1-encrypted
    (SHA-256 of everything after this line, in hexadecimal figures)
    …

The check number is about accidents: a copy that ended halfway, a disk that forgets. Against people
there is only encryption.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from wijkverbond.config.backup.refusals import Refused

PLAIN, ENCRYPTED = b"wijkverbond-backup-1\n", b"wijkverbond-backup-1-encrypted\n"
NO_NUMBER = b"0" * 64 + b"\n"


@contextlib.contextmanager
def written(file: Path, first_line: bytes) -> Iterator[IO[bytes]]:
    """A new file, for its owner alone, that gets its name when it is whole and on the disk."""
    if file.exists():
        raise Refused(f"{file} is there already. Give another name, or take it away.")
    part = file.with_name(f"{file.name}.part")
    with open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as content:  # noqa: PTH123
        _take(content, part)
        try:
            content.write(first_line + NO_NUMBER)
            yield content
            _number(content, first_line)
            part.rename(file)
        except BaseException:
            part.unlink()
            raise


def _take(content: IO[bytes], part: Path) -> None:
    """Begin anew with what somebody left who was killed, unless somebody is still writing it."""
    try:
        fcntl.flock(content, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(f"Another process is writing {part}.") from None
    os.fchmod(content.fileno(), 0o600)
    content.truncate()


def _number(content: IO[bytes], first_line: bytes) -> None:
    content.seek(len(first_line) + len(NO_NUMBER))
    number = _digest(content)
    content.seek(len(first_line))
    content.write(number)
    content.flush()
    os.fsync(content.fileno())


def _digest(content: IO[bytes]) -> bytes:
    """The check number of what follows, as the line that it is."""
    digest = hashlib.file_digest(content, "sha256")  # type: ignore[arg-type]  # any buffered file
    return digest.hexdigest().encode() + b"\n"


@contextlib.contextmanager
def whole(file: Path) -> Iterator[tuple[IO[bytes], bool]]:
    """What follows the check number, which fits, and whether it is encrypted."""
    with file.open("rb") as content:
        first_line = content.readline(len(ENCRYPTED))
        if first_line not in (PLAIN, ENCRYPTED):
            raise Refused(f"{file} is not a back-up of Wijkverbond, or its beginning was changed.")
        number = content.read(len(NO_NUMBER))
        if number != _digest(content):
            raise Refused(
                f"{file} is not whole, or was changed: its check number does not fit what is in it."
                " Take another copy."
            )
        content.seek(len(first_line) + len(NO_NUMBER))
        yield content, first_line == ENCRYPTED
