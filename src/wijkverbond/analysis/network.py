"""The network of a coalition: who works with whom, from reported ties, pledges and initiatives.

Degree centralisation after Freeman (1978), "Centrality in Social Networks: Conceptual
Clarification": 1 when one party holds all ties, 0 when all have the same number.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_LEADS: Final = 0.4


@dataclass(frozen=True)
class Network:
    """How a coalition hangs together. Shares and densities are from 0 to 1, ``None`` = no data.

    ``density`` is the share of all possible ties that is there (from two parties on);
    ``centralisation`` Freeman's degree centralisation (from three); ``isolates`` the parties
    without a tie; ``across_kinds`` the share of ties between parties of different kinds;
    ``busiest_share`` the largest share of all ties that one party is in; ``leads_share`` the
    largest share of the leads that one party has, ``leads_too_much`` the parties with more than
    40 % of them. Parties are listed in order of identifier.
    """

    parties: int
    ties: int
    density: float | None
    centralisation: float | None
    isolates: tuple[str, ...]
    across_kinds: float | None
    busiest_share: float | None
    leads_share: float | None
    leads_too_much: tuple[str, ...]


def network(
    kinds: Mapping[str, str],
    ties: Iterable[tuple[str, str]],
    leads: Iterable[str] = (),
    *,
    aside: Collection[str] = (),
) -> Network:
    """Measure the network of the parties in ``kinds`` (party → kind).

    ``ties`` are pairs, in any direction and number; ``leads`` names the leading party of each
    initiative; parties in ``aside`` (the secretariat) are not judged for being the busiest. Raises
    ``ValueError`` for a party that is not in ``kinds`` or a tie with itself.
    """
    pairs = {frozenset(tie) for tie in ties}
    led = Counter(leads)
    if any(len(pair) != 2 for pair in pairs) or not kinds.keys() >= {*led}.union(*pairs):
        raise ValueError("a tie or a lead names a party that is not there, or a party twice")
    degrees = Counter(party for pair in pairs for party in pair)
    busiest = max((degrees[party] for party in kinds if party not in aside), default=0)
    across = sum(len({kinds[party] for party in pair}) == 2 for pair in pairs)
    return Network(
        parties=len(kinds),
        ties=len(pairs),
        density=_share(2 * len(pairs), len(kinds) * (len(kinds) - 1)),
        centralisation=_centralisation([degrees[party] for party in kinds]),
        isolates=tuple(sorted(party for party in kinds if not degrees[party])),
        across_kinds=_share(across, len(pairs)),
        busiest_share=_share(busiest, len(pairs)),
        leads_share=_share(max(led.values(), default=0), led.total()),
        leads_too_much=tuple(
            sorted(party for party in led if led[party] > MOST_LEADS * led.total())
        ),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _centralisation(degrees: list[int]) -> float | None:
    parties = len(degrees)
    if parties < 3:
        return None
    most = max(degrees)
    return sum(most - degree for degree in degrees) / ((parties - 1) * (parties - 2))
