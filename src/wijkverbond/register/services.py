"""Going on with another key: handed over by the old one, or after that was lost.

Each register gets an entry of its own, so that each can be checked alone. What goes on with the key of
the settings already is left as it is: done twice, it is done once.
"""

import base64
import uuid
from collections.abc import Callable, Mapping

from django.db import transaction

from wijkverbond.kernel import journal, merkle, signing
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.models import INSTALLATION, Head, Stream
from wijkverbond.kernel.policy import require
from wijkverbond.register import events, policies, queries


@transaction.atomic
def note_key(*, actor: Actor) -> None:
    """Keep the public half of the key of the settings, once: it stays known when the seed is lost."""
    require(policies.may_change_key(actor))
    key = signing.signer()
    if key.key_id not in queries.known_keys():
        first_used = events.KeyFirstUsed(key=key.verifier_key)
        journal.record(first_used, actor=actor, stream=INSTALLATION)


@transaction.atomic
def rotate(old_seed: str, *, actor: Actor) -> int:
    """Let the old key, of which this is the seed, hand over every register that it signed last.

    How many these were. Raises CannotSign when another key signed one of them last.
    """
    require(policies.may_change_key(actor))
    new = signing.signer()

    def handed_over(newest_head: str, stream: uuid.UUID, size: int, root: bytes) -> str:
        old = _old_key(newest_head, old_seed)
        return new.signed_too(old.checkpoint(signing.origin(stream, old), size, root))

    def rotation(head: Head) -> Event:
        old = _old_key(head.checkpoint, old_seed)
        return events.KeyRotated(old_key=old.verifier_key, new_key=new.verifier_key)

    return _change_key(rotation, handed_over, actor)


@transaction.atomic
def go_on_without_old_key(reason: str, *, actor: Actor) -> int:
    """Say in every register that another key signed last that this key is lost, and why.

    How many these were. Nobody vouches for the new key: who checks a register is warned.
    """
    require(policies.may_change_key(actor))
    new, known_keys = signing.signer(), queries.known_keys()

    def signed_anew(newest_head: str, stream: uuid.UUID, size: int, root: bytes) -> str:
        return new.checkpoint(signing.origin(stream), size, root)

    def loss(head: Head) -> Event:
        old_key_id = merkle.key_id_of(head.checkpoint)
        return events.KeyLost(
            old_key_id=old_key_id,
            old_key=known_keys.get(old_key_id),
            new_key=new.verifier_key,
            last_size=head.size,
            last_root=base64.b64decode(head.checkpoint.split("\n")[2]).hex(),
            reason=Text(reason),
        )

    return _change_key(loss, signed_anew, actor)


def _change_key(change: Callable[[Head], Event], sign: signing.Sign, actor: Actor) -> int:
    note_key(actor=actor)
    # In the order in which others lock them too.
    list(Stream.objects.filter(leaves__gt=0).order_by("id").select_for_update(no_key=True))
    ours = signing.signer().key_id
    to_change = [
        head for head in queries.newest_heads() if merkle.key_id_of(head.checkpoint) != ours
    ]
    changes: Mapping[uuid.UUID, Event] = {head.stream_id: change(head) for head in to_change}
    journal.record_key_change(changes, actor=actor, sign=sign)
    return len(changes)


def _old_key(newest_head: str, old_seed: str) -> merkle.Signer:
    """The key that signed a head, which is the one with this seed. Raises CannotSign when it is not."""
    key_id = merkle.key_id_of(newest_head)
    try:
        old = signing.signer_of(key_id.rpartition("+")[0], old_seed)
    except ValueError as error:
        raise signing.CannotSign(f"WIJKVERBOND_REGISTER_OLD_SEED: {error}") from error
    if old.key_id != key_id:
        raise signing.CannotSign(
            f"WIJKVERBOND_REGISTER_OLD_SEED is not the seed of {key_id}, with which the register"
            f" {newest_head.partition(chr(10))[0]} was signed. Nothing was changed."
        )
    return old
