"""Whether every register still is what its heads sealed: the same check as everyone makes."""

from collections.abc import Iterator

from wijkverbond.coalition.models import Coalition
from wijkverbond.register import export, queries, verify


def faults() -> Iterator[str]:
    """What is wrong with each register of which something is."""
    for slug in Coalition.objects.order_by("slug").values_list("slug", flat=True):
        owner = queries.owners().named(slug)
        if owner and queries.size(owner) and (fault := _fault("".join(export.chunks(owner)))):
            yield f"The register of {slug} does not match its heads: {fault}"


def _fault(exported: str) -> str:
    try:
        register = verify.Register(exported)
        keys = verify.keys_of(register, [])
        verify.check(register, keys, [], every=False)
        verify.check_texts(register, keys.last, f"{keys.last.name}/{keys.stream}")
    except verify.Wrong as wrong:
        return str(wrong)
    return ""
