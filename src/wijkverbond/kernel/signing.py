"""The installation's key: what signs the heads, and why it sometimes may not."""

import base64
import functools
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.management import CommandError

from wijkverbond.kernel import merkle

# These stand in the source, or stood there: everyone can sign with them.
KNOWN_SEEDS = frozenset(
    {
        base64.b64decode("b25seS1mb3ItY2hlY2tzLWFuZC10ZXN0cy0tLS0tLS0="),
        bytes(range(32)),
        bytes(range(1, 33)),
        bytes(32),
    }
)


Sign = Callable[[str, uuid.UUID, int, bytes], str]  # newest head, stream, size, root


class CannotSign(CommandError):
    """Nothing can be recorded with the key of the settings; it says why, and what to do.

    It is an error of a command, so that every command ends with that sentence.
    """


def signer() -> merkle.Signer:
    """The installation's signing key, from the settings. Raises CannotSign when they hold none."""
    return _signer(settings.REGISTER_NAME, settings.REGISTER_SEED)


def signer_of(name: str, seed: str) -> merkle.Signer:
    """The key with this name and seed (in base64). Raises ValueError when they cannot be one."""
    raw = base64.b64decode(seed)
    if raw in KNOWN_SEEDS:
        raise ValueError("this seed is known: everyone can sign with it")
    return merkle.Signer(name, raw)


def origin(stream: uuid.UUID, key: merkle.Signer | None = None) -> str:
    """The first line of a stream's signed heads: the name of the key and the stream.

    The checkpoint standard recommends that it equals the key's name; here one key signs the heads of
    every coalition, so that a reader needs to know only one, and the stream keeps them apart.
    """
    return f"{(key or signer()).name}/{stream}"


def next_head(newest_head: str, stream: uuid.UUID, size: int, root: bytes) -> str:
    """The signed head after the newest one. Raises CannotSign when another key signed that."""
    if sentence := difference(newest_head):
        raise CannotSign(sentence)
    return signer().checkpoint(origin(stream), size, root)


@functools.cache
def _signer(name: str, seed: str) -> merkle.Signer:
    if not seed:
        raise CannotSign(
            "WIJKVERBOND_REGISTER_SEED is not set, so nothing can be signed and nothing is recorded."
            " Give the command the same settings as the site (docs/administrators/settings.md)."
        )
    try:
        return signer_of(name, seed)
    except ValueError as error:
        raise CannotSign(
            f"WIJKVERBOND_REGISTER_NAME or WIJKVERBOND_REGISTER_SEED: {error}"
        ) from error


def difference(newest_head: str) -> str:
    """Why nothing may follow this head with the key of the settings, and the ways out; else nothing.

    The key's name and the digest of its public half stand in every head; so this is quick. Raises
    CannotSign when the settings hold no key.
    """
    ours = signer().key_id
    if not newest_head or (theirs := merkle.key_id_of(newest_head)) == ours:
        return ""
    return (
        f"The register was signed with the key {theirs}, and the settings hold the key {ours}."
        " Nothing is recorded: a register that goes on with another key cannot be checked any more."
        " Put back WIJKVERBOND_REGISTER_SEED and WIJKVERBOND_REGISTER_NAME as they were. Or take"
        " the new key, for everyone to see: ./wijkverbond register rotate, with the old seed; or, when"
        " that is lost, ./wijkverbond register break (docs/administrators/register-key.md)."
    )
