"""The code with which somebody without an account erases their answers.

It follows from the token of who answers and the installation's secret key, so that only who answers
is shown it; stored is a keyed digest, by which the answers are found again.
"""

import re
import uuid

from django.utils.crypto import salted_hmac

SIGNS = "BCDFGHJKMNPQRSTVWXZ34679"  # no vowels, so no words; nothing that looks like another sign
LENGTH = 10  # 45 bits: guessing one of a million codes takes some ten million tries
SALT = "wijkverbond.urgency.erasure_codes"


def code_of(token: uuid.UUID) -> str:
    """The code of whoever answers with this token, in two groups."""
    number = int.from_bytes(_keyed("code", token.hex))
    signs = "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(LENGTH))
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def digest_of(code: str) -> bytes:
    """The keyed digest of a code, however somebody types it."""
    return _keyed("digest", re.sub(r"[^A-Z0-9]", "", code.upper()))


def _keyed(purpose: str, value: str) -> bytes:
    return salted_hmac(f"{SALT}.{purpose}", value, algorithm="sha256").digest()
