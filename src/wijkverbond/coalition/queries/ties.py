"""Who works with whom."""

import dataclasses
import datetime as dt
import uuid

from django.utils import timezone

from wijkverbond.coalition.models import Coalition, Party, Tie


@dataclasses.dataclass(frozen=True)
class TieRow:
    """Two parties that work together, as closely as the one of them says who says most."""

    one: Party
    other: Party
    strength: Tie.Strength


def tie_rows(coalition: Coalition, now: dt.datetime) -> list[TieRow]:
    """Who works with whom, as reported this year or the year before; closest first."""
    order = list(Tie.Strength)
    since = timezone.localdate(now).year - 1
    ties = (
        Tie.objects.present()
        .filter(party__coalition=coalition, year__gte=since)
        .select_related("party__organisation", "other__organisation")
        .order_by("year", "reported_at")
    )
    latest = {(tie.party_id, tie.other_id): tie for tie in ties}
    closest: dict[frozenset[uuid.UUID], Tie] = {}
    for tie in latest.values():
        pair = frozenset({tie.party_id, tie.other_id})
        closest_tie = closest.get(pair)
        if not closest_tie or order.index(Tie.Strength(tie.strength)) > order.index(
            Tie.Strength(closest_tie.strength)
        ):
            closest[pair] = tie
    together = [tie for tie in closest.values() if tie.strength != Tie.Strength.NONE]
    together.sort(key=lambda tie: (-order.index(Tie.Strength(tie.strength)), tie.party.name))
    return [TieRow(tie.party, tie.other, Tie.Strength(tie.strength)) for tie in together]
