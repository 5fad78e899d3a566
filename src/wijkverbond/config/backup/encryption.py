"""Encryption with a passphrase, in the age format: a key of its own for each file, which that locks.

A library for age encrypts with a passphrase only what fits in memory: the key does. The first line is
that key, locked, in base64; the rest is a file of age for that key.
"""

import base64
from typing import IO

import pyrage

from wijkverbond.config.backup.refusals import Refused

LONGEST_KEY = 1024


def encrypt(plain: IO[bytes], out: IO[bytes], passphrase: str) -> None:
    """Write all that follows in `plain` so that only who has the passphrase can read or change it."""
    key = pyrage.x25519.Identity.generate()
    locked = pyrage.passphrase.encrypt(str(key).encode(), passphrase)
    out.write(base64.b64encode(locked) + b"\n")
    try:
        pyrage.encrypt_io(plain, out, [key.to_public()])
    except pyrage.EncryptError as error:  # what the disk said
        raise Refused(f"The back-up cannot be written: {error}.") from error


def decrypt(content: IO[bytes], out: IO[bytes], passphrase: str) -> None:
    """Write what was encrypted, as it was. Raises Refused when this is not the passphrase."""
    locked = base64.b64decode(content.readline(LONGEST_KEY))
    try:
        key = pyrage.passphrase.decrypt(locked, passphrase).decode()
    except pyrage.DecryptError:
        raise Refused("This is not the passphrase of this back-up.") from None
    try:
        identities = [pyrage.x25519.Identity.from_str(key)]
        pyrage.decrypt_io(content, out, identities)
    except (pyrage.DecryptError, OSError) as error:
        raise Refused(f"The back-up cannot be read: {error}.") from error
