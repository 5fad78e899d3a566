"""The drawing of who works with whom: every party that counts on a ring, a line for each tie.

Where a party stands says nothing: the ring follows the order of joining. The same facts stand in a
list and a table beside it.
"""

import collections
import dataclasses
import math
import uuid
from collections.abc import Sequence

from wijkverbond.coalition.models import Party, Tie
from wijkverbond.coalition.queries.ties import TieRow

WIDTH, HEIGHT = 360, 330
RADIUS_X, RADIUS_Y = 140, 128
LABEL_AWAY, MARK = 22, 20
WIDTHS = {
    Tie.Strength.INFORMS: 1,
    Tie.Strength.COORDINATES: 3,
    Tie.Strength.TOGETHER: 5,
}


@dataclasses.dataclass(frozen=True)
class Node:
    """A party in the drawing: its number, its mark's place and its number's place."""

    party: Party
    number: int
    x: int
    y: int
    label_x: int
    label_y: int

    @property
    def mark_x(self) -> int:
        """Where the mark's drawing begins, from the left."""
        return self.x - MARK // 2

    @property
    def mark_y(self) -> int:
        """Where the mark's drawing begins, from the top."""
        return self.y - MARK // 2


@dataclasses.dataclass(frozen=True)
class Edge:
    """A tie in the drawing; thicker when closer."""

    one: Node
    other: Node
    width: int


@dataclasses.dataclass(frozen=True)
class Network:
    """The drawing, and what stands out in it."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    connectors: Sequence[Party]
    alone: Sequence[Party]


def network(parties: Sequence[Party], tie_rows: Sequence[TieRow]) -> Network:
    """Draw the parties that count and their ties; connectors have the most ties, at least two."""
    counting = [party for party in parties if party.is_confirmed]
    nodes = {party.id: _node(place, len(counting), party) for place, party in enumerate(counting)}
    edges = [
        Edge(nodes[tie.one.id], nodes[tie.other.id], WIDTHS[tie.strength])
        for tie in tie_rows
        if tie.one.id in nodes and tie.other.id in nodes
    ]
    ties: collections.Counter[uuid.UUID] = collections.Counter()
    for edge in edges:
        ties.update([edge.one.party.id, edge.other.party.id])
    most = max(ties.values(), default=0)
    return Network(
        nodes=list(nodes.values()),
        edges=edges,
        connectors=[party for party in counting if most > 1 and ties[party.id] == most],
        alone=[party for party in counting if not ties[party.id]],
    )


def _node(place: int, count: int, party: Party) -> Node:
    angle = 2 * math.pi * place / count - math.pi / 2
    across, down = math.cos(angle), math.sin(angle)
    return Node(
        party=party,
        number=place + 1,
        x=round(WIDTH / 2 + RADIUS_X * across),
        y=round(HEIGHT / 2 + RADIUS_Y * down),
        label_x=round(WIDTH / 2 + (RADIUS_X + LABEL_AWAY) * across),
        label_y=round(HEIGHT / 2 + (RADIUS_Y + LABEL_AWAY) * down) + 5,
    )
