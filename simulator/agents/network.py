"""Ties among residents as a NetworkX graph, for whoever has tools of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..rules.kind import KINDS

if TYPE_CHECKING:
    import networkx

    from .residents import Residents

WORN = ("age", "household", "neighbourhood", "member")
"""Columns that nodes carry unless others are asked for."""


def to_networkx(residents: Residents, directed: bool = False, columns: Sequence[str] = WORN) -> networkx.Graph:
    """Ties between these residents: a node per resident by uid, an edge per tie of which both ends are among them.

    Edges say `kind` (kin, friend, neighbour, other, project) and `trust`, 0 to 1: the mean of both sides', or one's
    trust in the other with an edge each way if `directed`. Nodes carry their row and these columns of people.
    Households, who trust one another fully, are no ties. AttributeError for a column that people do not have.
    """
    import networkx

    graph = networkx.DiGraph() if directed else networkx.Graph()
    uids = residents.array("uid").tolist()
    facts = {name: residents.array(name).tolist() for name in columns}
    for place, (uid, row) in enumerate(zip(uids, residents.rows.tolist())):
        graph.add_node(uid, row=row, **{name: values[place] for name, values in facts.items()})
    graph.add_edges_from(_edges(residents, directed))
    return graph


def _edges(residents: Residents, directed: bool) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """(uid, uid of the other, what the edge says); each tie once, from the smaller uid, unless directed."""
    world = residents.model.world
    ties, uid = world.ties, world.people.uid
    there = np.zeros(len(uid), bool)
    there[residents.rows] = True
    for row in residents.rows.tolist():
        for slot in range(int(ties.degree[row])):
            other = int(ties.other[row, slot])
            if there[other] and (directed or uid[row] < uid[other]):
                mine, theirs = float(ties.trust[row, slot]), float(ties.mirror[row, slot])
                facts = {"kind": KINDS[ties.kind[row, slot]], "trust": mine if directed else (mine + theirs) / 2}
                yield int(uid[row]), int(uid[other]), facts
