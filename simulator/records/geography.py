"""What a map of a run needs: where its sites lie, and how many ties join its neighbourhoods."""

from __future__ import annotations

import numpy as np

from ..rules.kind import SLOTS
from ..world.world import World

FEWEST = 5
"""Ties between two neighbourhoods below which they are not written: so few would show persons, not places."""
ROWS = 1 << 16
"""Residents whose ties are counted at a time, so that a whole département needs little memory."""


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


def tied_pairs(world: World) -> np.ndarray:
    """int64[z, z], symmetric: ties between residents of two neighbourhoods; those within one on the diagonal."""
    p, t, z = world.people, world.ties, world.neighbourhoods.rows
    place, ends = p.neighbourhood.astype(np.int64), np.zeros(z * z, np.int64)
    for low in range(0, p.rows, ROWS):
        rows = slice(low, low + ROWS)
        held = np.arange(SLOTS) < t.degree[rows, None]
        there = place[t.other[rows][held]]
        here = np.repeat(place[rows], held.sum(axis=1))
        ends += np.bincount(here * z + there, minlength=z * z)
    both = ends.reshape(z, z)
    return both - np.diag(np.diag(both) // 2)
