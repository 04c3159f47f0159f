"""What a map of a run needs: where its sites lie, and how many ties join its neighbourhoods."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..world.world import World

FEWEST = 5
"""Ties between two neighbourhoods below which they are not written: so few would show persons, not places."""


def site_table(world: World) -> dict[str, np.ndarray]:
    """The sites table, without its run column: every site that was open or planned, rows by uid."""
    s = world.sites
    table = {"uid": s.uid, "neighbourhood": _home(world), "x": s.x, "y": s.y, "real": s.real, "planned": s.planned,
             "open": s.open, "members": s.members}
    order = np.argsort(s.uid, kind="stable")
    return {name: np.asarray(values)[order] for name, values in table.items()}


def _home(world: World) -> np.ndarray:
    """int64[s]: uid of each site's neighbourhood, -1 for a site without one."""
    row = world.sites.neighbourhood.astype(np.int64)
    uid = world.neighbourhoods.uid.astype(np.int64)
    return np.where(row >= 0, uid[np.maximum(row, 0)], -1) if len(uid) else row


def link_table(world: World) -> dict[str, np.ndarray]:
    """The links table, without its run column: ties alive now, by pair of neighbourhoods, each counted once."""
    uid, pairs = world.neighbourhoods.uid.astype(np.int64), tied_pairs(world)
    one, two = np.nonzero(np.triu(pairs) >= FEWEST)
    first, second = np.minimum(uid[one], uid[two]), np.maximum(uid[one], uid[two])
    order = np.lexsort((second, first))
    return {"first": first[order], "second": second[order], "ties": pairs[one, two][order]}


@kernel
def _ends(degree, other, place, ends):
    """Add up the ends of ties: where one who has a tie lives, and where the other does."""
    for i in range(degree.size):
        for k in range(degree[i]):
            ends[place[i], place[other[i, k]]] += 1


def tied_pairs(world: World) -> np.ndarray:
    """int64[z, z], symmetric: ties between residents of two neighbourhoods; those within one on the diagonal."""
    ends = np.zeros((world.neighbourhoods.rows, world.neighbourhoods.rows), np.int64)
    _ends(world.ties.degree, world.ties.other, world.people.neighbourhood, ends)
    return ends - np.diag(np.diag(ends) // 2)
