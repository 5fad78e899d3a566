"""One answer of a publisher's server as a file: whole, in time, not too large, and JSON in UTF-8.

A file that is there already is not asked again, so that a call that broke off goes on where it was. One
that turns out to be of no use does not stay, so that the next call asks for it anew.
"""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")

QUIET_SECONDS = 60  # without a part of the answer
LONGEST_SECONDS = 900
LARGEST = 200 * 2**20  # bytes; all boundaries of a large municipality are some 20 MB
PIECE = 2**16
SCHEMES = ("http://", "https://")


class NotFetched(Exception):
    """The answer cannot be used; the message says what the matter is, and with which address."""


def fetch_json(address: str, file: Path, judge: Callable[[Any], Made]) -> Made:
    """What `judge` makes of what the server at an address says, kept in `file` unless that is refused.

    Whoever judges raises `NotFetched` for an answer of no use.
    """
    if not file.exists():
        unfinished = file.with_suffix(".part")
        _download(address, unfinished)
        unfinished.rename(file)
    try:
        return judge(_read(address, file))
    except NotFetched:
        file.unlink()
        raise


def _download(address: str, file: Path) -> None:
    if not address.startswith(SCHEMES):
        raise NotFetched(f"{address} is not the address of a web server.")
    asked = urllib.request.Request(  # noqa: S310 - looked at just above
        address, headers={"Accept": "application/json", "Accept-Encoding": "identity"}
    )
    try:
        with (
            urllib.request.urlopen(asked, timeout=QUIET_SECONDS) as answer,  # noqa: S310
            file.open("wb") as out,
        ):
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise NotFetched(f"{address} answers with something packed, which was not asked.")
            size = _copy(address, answer, out)
            promised = answer.headers.get("Content-Length")
            if promised and size != int(promised):
                raise NotFetched(f"{address} ended in the middle. Try again.")
    except urllib.error.HTTPError as error:
        error.close()
        raise NotFetched(f"{address} answers {error.code} {error.reason}.") from error
    except http.client.IncompleteRead as error:
        raise NotFetched(f"{address} ended in the middle. Try again.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotFetched(f"{address} does not answer: {error}.") from error


def _copy(address: str, answer: Any, out: Any) -> int:
    """Copy an answer piece by piece; how many bytes it was."""
    size, started = 0, time.monotonic()
    while piece := answer.read(PIECE):
        size += out.write(piece)
        if size > LARGEST:
            raise NotFetched(f"{address} answers more than {LARGEST // 2**20} MB.")
        if time.monotonic() - started > LONGEST_SECONDS:
            raise NotFetched(f"{address} takes more than {LONGEST_SECONDS // 60} minutes.")
    return size


def _read(address: str, file: Path) -> Any:
    try:
        return json.loads(file.read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotFetched(f"{address} does not answer with JSON in UTF-8.") from error
