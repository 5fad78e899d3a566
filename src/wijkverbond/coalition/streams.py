"""Coalitions own the streams under their id; parties lend their names to who reads them."""

import uuid
from collections.abc import Collection, Iterable, Mapping

from wijkverbond.coalition.acting import coalition_or_404
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel.registry import STREAM_TYPES, PartyName, StreamOwner, StreamType


def _listed() -> Iterable[StreamOwner]:
    return Coalition.objects.listed().order_by("name")


def _named(slug: str) -> StreamOwner | None:
    return Coalition.objects.filter(slug=slug).first()


def _parties(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, PartyName]:
    parties = Party.objects.filter(id__in=ids).select_related("organisation")
    return {party.id: PartyName(name=party.name, kind=party.kind) for party in parties}


STREAM_TYPES.declare(
    StreamType(
        name="coalition",
        listed=_listed,
        of_page=coalition_or_404,
        named=_named,
        parties=_parties,
    )
)
