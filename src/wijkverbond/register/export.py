"""The register of a coalition as one JSON document, for whoever wants to check or use it."""

import hashlib
import json
from collections.abc import Iterator

from django.db.models import QuerySet

from wijkverbond.kernel import journal, journal_queries, signing
from wijkverbond.kernel.events import Fact, Text
from wijkverbond.kernel.models import Entry, Head
from wijkverbond.kernel.registry import StreamOwner
from wijkverbond.register import queries

FORMAT = "wijkverbond-register-1"
PAGE = 1000


def chunks(owner: StreamOwner) -> Iterator[str]:
    """The document in pieces, ASCII only, with an entry, a head or a text on each line.

    What is recorded while it is being written is not in it: all three end at the same point. Entries
    and heads are sealed by the heads; the texts, and what stands before the entries, by a seal of
    their own: a text that somebody leaves out on the way would otherwise pass for one that was
    removed. It is a signed note as a head is, with another first line. Who cannot sign it gets the
    document without texts, and with the key of the heads only when that is known.
    """
    size = queries.size(owner)
    can_sign = queries.can_follow(owner)
    key = signing.signer().verifier_key if can_sign else queries.key_of(owner)
    start: dict[str, Fact] = {"format": FORMAT, "coalition": owner.slug}
    start |= {"key": key} if key else {}
    yield json.dumps(start).removesuffix("}") + ', "entries": ['
    yield from _comma_separated(_leaves(owner, size))
    yield '\n], "heads": ['
    yield from _comma_separated(_heads(owner, size))
    if can_sign:
        yield from _sealed_texts(owner, size, start)
    else:
        yield "\n]}\n"


def _sealed_texts(owner: StreamOwner, size: int, start: dict[str, Fact]) -> Iterator[str]:
    yield '\n], "texts": ['
    digest = hashlib.sha256(journal.canonical(start) + b"\n")
    yield from _comma_separated(_digested(_texts(owner, size), digest))
    origin = f"{signing.origin(owner.id)}/texts"
    seal = signing.signer().checkpoint(origin, size, digest.digest())
    yield f'\n], "texts_seal": {json.dumps(seal)}}}\n'


def _comma_separated(items: Iterator[str]) -> Iterator[str]:
    separator = "\n"
    for item in items:
        yield separator + item
        separator = ",\n"


def _entries(owner: StreamOwner, size: int) -> Iterator[QuerySet[Entry]]:
    entries = journal_queries.entries(owner.id).order_by("leaf")
    for start in range(0, size, PAGE):
        yield entries.filter(leaf__gte=start, leaf__lt=min(start + PAGE, size))


def _leaves(owner: StreamOwner, size: int) -> Iterator[str]:
    for page in _entries(owner, size):
        for entry in page:
            yield journal.canonical(journal.leaf(entry)).decode()


def _heads(owner: StreamOwner, size: int) -> Iterator[str]:
    heads = Head.objects.filter(stream=owner.id).order_by("size")
    for start in range(0, size, PAGE):
        page = heads.filter(size__gt=start, size__lte=min(start + PAGE, size))
        for checkpoint in page.values_list("checkpoint", flat=True):
            yield json.dumps(checkpoint)


def _texts(owner: StreamOwner, size: int) -> Iterator[str]:
    """Every text that an entry recorded, by its field: as the public may read it, or why it may not."""
    for page in _entries(owner, size):
        for entry in page.prefetch_related("texts"):
            assert entry.leaf is not None
            for field, text in sorted(queries.public_texts(entry).items()):
                shown = (
                    {"salt": text.salt.hex(), "text": text.text}
                    if isinstance(text, Text)
                    else {"lost": text.value}
                )
                yield journal.canonical({"index": entry.leaf, "field": field, **shown}).decode()


def _digested(lines: Iterator[str], digest: "hashlib._Hash") -> Iterator[str]:
    for line in lines:
        digest.update(f"{line}\n".encode())
        yield line
