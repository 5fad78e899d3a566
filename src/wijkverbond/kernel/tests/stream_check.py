"""Checks a stream as an outsider would: leaves, tree and signatures from what is public."""

import base64
import itertools
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wijkverbond.kernel import journal, merkle, signing
from wijkverbond.kernel.models import Entry, Head, Stream


def check_stream(stream: uuid.UUID) -> int:
    """The number of leaves; AssertionError when sequence, leaves, heads and stream disagree."""
    entries = list(Entry.objects.filter(stream=stream).order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert all(earlier.at < later.at for earlier, later in itertools.pairwise(entries))
    public = [entry for entry in entries if entry.leaf is not None]
    assert [entry.leaf for entry in public] == list(range(len(public)))
    roots = _roots(public)
    heads = list(Head.objects.filter(stream=stream).order_by("size"))
    assert [head.size for head in heads] == list(range(1, len(public) + 1))
    for head, root in zip(heads, roots, strict=True):
        _check_head(head, stream, root)
    end = Stream.objects.get(id=stream)
    assert (end.length, end.leaves) == (len(entries), len(public))
    return len(public)


def _roots(public: list[Entry]) -> list[bytes]:
    frontier: list[bytes] = []
    roots = []
    for size, entry in enumerate(public):
        frontier = merkle.grow(frontier, size, journal.canonical(journal.leaf(entry)))
        roots.append(merkle.root(frontier))
    return roots


def _check_head(head: Head, stream: uuid.UUID, root: bytes) -> None:
    text, _, line = head.checkpoint.partition("\n\n")
    assert text.split("\n") == [
        signing.origin(stream),
        str(head.size),
        base64.b64encode(root).decode(),
    ]
    key = base64.b64decode(signing.signer().verifier_key.split("+", 2)[2])[1:]
    signature = base64.b64decode(line.split(" ")[2])[4:]
    Ed25519PublicKey.from_public_bytes(key).verify(signature, f"{text}\n".encode())
