"""Whether every register still is what its heads sealed: the same check as everyone makes."""

from collections.abc import Iterator

from wijkverbond.coalition.models import Coalition
from wijkverbond.register import export, queries, verify


def faults(public_key: str) -> Iterator[str]:
    """What is wrong with each register of which something is.

    They are checked with the key that the database knows, otherwise with this one, if it is any.
    """
    for slug in Coalition.objects.order_by("slug").values_list("slug", flat=True):
        owner = queries.owners().named(slug)
        if owner is None or not queries.size(owner):
            continue
        if fault := _fault("".join(export.chunks(owner)), public_key):
            yield f"The register of {slug} does not match its heads: {fault}"


def _fault(exported: str, public_key: str) -> str:
    try:
        register = verify.Register(exported)
        own_keys = (
            [verify.Key.read(public_key)] if public_key and "key" not in register.rest else []
        )
        keys = verify.keys_of(register, own_keys)
        verify.check(register, keys, [], every=False)
        verify.check_texts(register, keys.last, f"{keys.last.name}/{keys.stream}")
    except verify.Wrong as wrong:
        return str(wrong)
    return ""
