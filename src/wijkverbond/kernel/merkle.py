"""RFC 6962 Merkle tree hashes, grown one leaf at a time, and C2SP signed checkpoints.

Sources: RFC 6962 section 2.1; C2SP signed-note, tlog-checkpoint (c2sp.org).
"""

import base64
import hashlib
import re
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
KEY_NAME = re.compile(r"[!-*,-~]+")


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(frontier: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The frontier after one more leaf.

    The frontier of a tree of `size` leaves is the hashes of its complete subtrees, largest first:
    one for every 1-bit of `size`.
    """
    grown = [*frontier, leaf_hash(leaf)]
    while size & 1:
        right, left = grown.pop(), grown.pop()
        grown.append(_node_hash(left, right))
        size >>= 1
    return grown


def root(frontier: Sequence[bytes]) -> bytes:
    """The tree's root; of an empty tree the hash of nothing."""
    if not frontier:
        return hashlib.sha256(b"").digest()
    *rest, top = frontier
    for left in reversed(rest):
        top = _node_hash(left, top)
    return top


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


class Signer:
    """The installation's signing key: a C2SP key name and an Ed25519 seed of 32 bytes.

    The name is ASCII without spaces or plus signs (like "wijkverbond.example.nl"), else ValueError.
    """

    def __init__(self, name: str, seed: bytes) -> None:
        if not KEY_NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be the name of a key")
        self.name = name
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def verifier_key(self) -> str:
        """The public key in C2SP form: name, key hash, key."""
        return f"{self.key_id}+{base64.b64encode(ED25519 + self._public).decode()}"

    @property
    def key_id(self) -> str:
        """The name and the key hash, which stand with every signature too."""
        return f"{self.name}+{_key_hash(self.name, self._public).hex()}"

    def checkpoint(self, origin: str, size: int, root_hash: bytes) -> str:
        """A signed head: origin, size and root, with the signature below an empty line."""
        text = f"{origin}\n{size}\n{base64.b64encode(root_hash).decode()}\n"
        return f"{text}\n{self._signature(text)}"

    def signed_too(self, checkpoint: str) -> str:
        """The same head, with a signature of this key below those that it has."""
        text = checkpoint.rpartition("\n\n")[0] + "\n"
        return checkpoint + self._signature(text)

    def _signature(self, text: str) -> str:
        signature = _key_hash(self.name, self._public) + self._key.sign(text.encode())
        return f"— {self.name} {base64.b64encode(signature).decode()}\n"


def key_id_of(checkpoint: str) -> str:
    """The name and the key hash of the key that signed a head last, which is that of the heads after it."""
    _dash, name, encoded = checkpoint.rstrip("\n").rpartition("\n")[2].split(" ")
    return f"{name}+{base64.b64decode(encoded)[:4].hex()}"
