"""The register of a coalition as one JSON document, for whoever wants to check or use it."""

import json
from collections.abc import Iterator

from wijkverbond.kernel import journal, journal_queries
from wijkverbond.kernel.models import Head
from wijkverbond.kernel.registry import StreamOwner
from wijkverbond.register import queries

FORMAT = "wijkverbond-register-1"
PAGE = 1000


def chunks(owner: StreamOwner) -> Iterator[str]:
    """The document in pieces, ASCII only, with an entry or a head on each line.

    What is recorded while it is being written is not in it: entries and heads end at the same point.
    """
    size = queries.size(owner)
    start = {"format": FORMAT, "coalition": owner.slug, "key": journal.signer().verifier_key}
    yield json.dumps(start).removesuffix("}") + ', "entries": ['
    yield from _comma_separated(_leaves(owner, size))
    yield '\n], "heads": ['
    yield from _comma_separated(_heads(owner, size))
    yield "\n]}\n"


def _comma_separated(items: Iterator[str]) -> Iterator[str]:
    separator = "\n"
    for item in items:
        yield separator + item
        separator = ",\n"


def _leaves(owner: StreamOwner, size: int) -> Iterator[str]:
    entries = journal_queries.entries(owner.id).order_by("leaf")
    for start in range(0, size, PAGE):
        for entry in entries.filter(leaf__gte=start, leaf__lt=min(start + PAGE, size)):
            yield journal.canonical(journal.leaf(entry)).decode()


def _heads(owner: StreamOwner, size: int) -> Iterator[str]:
    heads = Head.objects.filter(stream=owner.id).order_by("size")
    for start in range(0, size, PAGE):
        page = heads.filter(size__gt=start, size__lte=min(start + PAGE, size))
        for checkpoint in page.values_list("checkpoint", flat=True):
            yield json.dumps(checkpoint)
