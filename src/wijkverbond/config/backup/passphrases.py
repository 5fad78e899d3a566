"""Where a passphrase comes from: the first line of a file, or who sits at the terminal."""

import getpass
import sys
from pathlib import Path

from wijkverbond.config.backup.refusals import Refused

SHORTEST = 12


def new(file: Path | None) -> str:
    """A passphrase to lock with, typed twice."""
    passphrase = _read(file) if file else _typed("Passphrase: ")
    if len(passphrase) < SHORTEST:
        raise Refused(f"A passphrase has {SHORTEST} signs or more; four or five words do well.")
    if not file and _typed("Once more: ") != passphrase:
        raise Refused("These were two passphrases.")
    return passphrase


def known(file: Path | None) -> str:
    """The passphrase with which something was locked."""
    return _read(file) if file else _typed("Passphrase: ")


def _read(file: Path) -> str:
    return file.read_text().partition("\n")[0]


def _typed(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused("Nobody can type the passphrase here: give --passphrase-file.")
    return getpass.getpass(question)
