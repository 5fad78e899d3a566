"""Encryption with a passphrase: a file of age, for a key of its own, which the passphrase locks.

The first line is a salt and that key, locked (Fernet, with scrypt of the passphrase); the rest is a file
of age for the key. Age could lock with a passphrase itself; the library for it then takes a gigabyte of
memory on a quick machine, and holds the whole back-up in memory too.
"""

import base64
import os
from typing import IO

import pyrage
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from wijkverbond.config.backup.refusals import Refused

LONGEST_LINE = 1024
WORK = 2**17  # 128 MB of memory, half a second


def encrypt(plain: IO[bytes], out: IO[bytes], passphrase: str) -> None:
    """Write all that follows in `plain` so that only who has the passphrase can read or change it."""
    key, salt = pyrage.x25519.Identity.generate(), os.urandom(16)
    locked = _lock(passphrase, salt).encrypt(str(key).encode())
    out.write(base64.b64encode(salt) + b" " + locked + b"\n")
    try:
        pyrage.encrypt_io(plain, out, [key.to_public()])
    except pyrage.EncryptError as error:  # what the disk said
        raise Refused(f"The back-up cannot be written: {error}.") from error


def decrypt(content: IO[bytes], out: IO[bytes], passphrase: str) -> None:
    """Write what was encrypted, as it was. Raises Refused when this is not the passphrase."""
    salt, locked = content.readline(LONGEST_LINE).split()
    try:
        key = _lock(passphrase, base64.b64decode(salt)).decrypt(locked).decode()
    except InvalidToken:
        raise Refused("This is not the passphrase of this back-up.") from None
    try:
        pyrage.decrypt_io(content, out, [pyrage.x25519.Identity.from_str(key)])
    except (pyrage.DecryptError, OSError) as error:
        raise Refused(f"The back-up cannot be read: {error}.") from error


def _lock(passphrase: str, salt: bytes) -> Fernet:
    derived = Scrypt(salt=salt, length=32, n=WORK, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
