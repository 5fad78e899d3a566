"""A PNG as the site serves it: whole, not too large, and nothing in it but the picture.

What else a file can hold (where a photo was made, text, another file) is left out.
"""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
HEADER = 13  # bytes
MOST_PIXELS = 1000  # wide, and high


class NoPng(ValueError):
    """This is no PNG that can be used."""


def cleaned(data: bytes) -> bytes:
    """The same picture without anything else. Raises `NoPng`."""
    if not data.startswith(SIGNATURE):
        raise NoPng
    chunks = list(_chunks(data))
    names = [name for name, _body in chunks]
    if names[:1] != [b"IHDR"] or names[-1] != b"IEND" or b"IDAT" not in names:
        raise NoPng
    if len(chunks[0][1]) != HEADER:
        raise NoPng
    width, height = struct.unpack(">II", chunks[0][1][:8])
    if not 0 < width <= MOST_PIXELS or not 0 < height <= MOST_PIXELS:
        raise NoPng
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in chunks if name in PICTURE)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(SIGNATURE), b""
    while name != b"IEND":
        if at + 12 > len(data):
            raise NoPng
        length, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != _checksum(name, body):
            raise NoPng
        yield name, body
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + _checksum(name, body)


def _checksum(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(name + body))
