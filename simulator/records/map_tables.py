"""Tables for maps of a run: its sites, and the number of ties between its neighbourhoods."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..world.world import World

MIN_LINK_TIES = 5
"""Fewest ties between two neighbourhoods that are written: fewer could identify persons."""


def compute_sites_table(world: World) -> dict[str, np.ndarray]:
    """The sites table, without its run column: every site, open or planned; rows in the order of uids."""
    s = world.sites
    table = {"uid": s.uid, "neighbourhood": _read_site_neighbourhoods(world), "x": s.x, "y": s.y, "real": s.real,
             "planned": s.planned, "open": s.open, "members": s.members}
    order = np.argsort(s.uid, kind="stable")
    return {name: np.asarray(values)[order] for name, values in table.items()}


def _read_site_neighbourhoods(world: World) -> np.ndarray:
    """int64[s]: uid of each site's neighbourhood, -1 for a site without one."""
    row = world.sites.neighbourhood.astype(np.int64)
    uid = world.neighbourhoods.uid.astype(np.int64)
    return np.where(row >= 0, uid[np.maximum(row, 0)], -1) if len(uid) else row


def compute_links_table(world: World) -> dict[str, np.ndarray]:
    """The links table, without its run column: current ties by pair of neighbourhoods, each tie counted once."""
    uid, pairs = world.neighbourhoods.uid.astype(np.int64), count_ties_between_places(world)
    row, column = np.nonzero(np.triu(pairs) >= MIN_LINK_TIES)
    first, second = np.minimum(uid[row], uid[column]), np.maximum(uid[row], uid[column])
    order = np.lexsort((second, first))
    return {"neighbourhood_1": first[order], "neighbourhood_2": second[order], "ties": pairs[row, column][order]}


@kernel
def _count_tie_ends(degree, other, place, ends):
    """Add to ends int64[z, z] the tie ends by neighbourhood (place) of the resident and of the other."""
    for i in range(degree.size):
        for k in range(degree[i]):
            ends[place[i], place[other[i, k]]] += 1


def count_ties_between_places(world: World) -> np.ndarray:
    """int64[z, z], symmetric: ties between residents of two neighbourhoods; on the diagonal, ties within one."""
    ends = np.zeros((world.neighbourhoods.rows, world.neighbourhoods.rows), np.int64)
    _count_tie_ends(world.ties.degree, world.ties.alter, world.people.neighbourhood, ends)
    return ends - np.diag(np.diag(ends) // 2)
