"""Ties among residents as a NetworkX graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from ..rules.tie_kinds import TIE_KINDS

if TYPE_CHECKING:
    import networkx

    from .residents import Residents

NODE_COLUMNS = ("age", "household", "neighbourhood", "member")
"""Columns of residents that become node attributes by default."""


def residents_to_networkx(residents: Residents, directed: bool = False, columns: Sequence[str] = NODE_COLUMNS, *,
                          household: bool = False, off_map: bool = False) -> networkx.Graph:
    """The ties between these residents as a graph: a node per resident, with its uid as key, an edge per tie.

    Edge attributes: `kind` (kin, friend, neighbour, other, project) and `trust`, 0 to 1, the mean of both sides; if
    `directed`, an edge each way with the trust of its source in its target. Node attributes: `row` and these columns of
    the table people. Members of a household trust one another fully and have no ties; with `household` each pair of
    them gets an edge of kind household, trust 1. With `off_map` each tie with somebody beyond the map gets an edge, of
    kind kin or other, to a node of its own, uid/far1 and so on, whose attribute `off_map` is true; its trust is not
    simulated. AttributeError for an unknown column.
    """
    import networkx

    graph = networkx.DiGraph() if directed else networkx.Graph()
    uids = residents.array("uid").tolist()
    attributes = {name: residents.array(name).tolist() for name in columns}
    for position, (uid, row) in enumerate(zip(uids, residents.rows.tolist())):
        graph.add_node(uid, row=row, **{name: values[position] for name, values in attributes.items()})
    graph.add_edges_from(_list_edges(residents, directed))
    if household:
        pairs = [(a, b) for home in _list_homes(residents) for a, b in combinations(home, 2)]
        graph.add_edges_from([*pairs, *([(b, a) for a, b in pairs] if directed else [])], kind="household", trust=1.0)
    if off_map:
        networkx.set_node_attributes(graph, False, "off_map")
        _add_off_map_ties(graph, residents)
    return graph


def _list_homes(residents: Residents) -> list[list[int]]:
    """uids of the residents of each household, those among `residents` only."""
    homes: dict[int, list[int]] = {}
    for uid, home in zip(residents.array("uid").tolist(), residents.array("household").tolist()):
        homes.setdefault(home, []).append(uid)
    return list(homes.values())


def _add_off_map_ties(graph: networkx.Graph, residents: Residents) -> None:
    """A node and an edge for each tie with somebody beyond the map."""
    counts = (residents.array(name).tolist() for name in ("uid", "far_kin", "far_other"))
    for uid, kin, other in zip(*counts):
        for k, kind in enumerate(["kin"] * kin + ["other"] * other, 1):
            graph.add_node(f"{uid}/far{k}", off_map=True)
            graph.add_edge(uid, f"{uid}/far{k}", kind=kind)


def _list_edges(residents: Residents, directed: bool) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """(uid, uid of the other, edge attributes); each tie once, from the smaller uid, unless directed."""
    world = residents.model.world
    ties, uid = world.ties, world.people.uid
    selected = np.zeros(len(uid), bool)
    selected[residents.rows] = True
    for row in residents.rows.tolist():
        for slot in range(int(ties.degree[row])):
            other = int(ties.alter[row, slot])
            if selected[other] and (directed or uid[row] < uid[other]):
                own, reverse = float(ties.trust[row, slot]), float(ties.alter_trust[row, slot])
                trust = own if directed else (own + reverse) / 2
                yield int(uid[row]), int(uid[other]), {"kind": TIE_KINDS[ties.kind[row, slot]], "trust": trust}
