"""Where neighbourhoods are drawn: as the model lays them out, with each commune's on its own side of its neighbours."""

from __future__ import annotations

from functools import cache

import numpy as np

from ...kernel.keyed_random import make_random_key
from ...parameters import Model
from ...world.places.layout import CommuneLayout, lay_out_all_communes
from .neighbourhoods import NeighbourhoodPoints

INSIDE = 0.45
"""How far inside its commune a neighbourhood is drawn at least, as a share of its radius."""
ROUNDS = 20
"""How often neighbourhoods are moved: away from one neighbour, they may come too near to another."""


def place_as_drawn(places: NeighbourhoodPoints) -> np.ndarray:
    """float64[n, 2]: where neighbourhoods are drawn, km; where they lie if they are not of the model's own layout."""
    out = np.column_stack((places.x, places.y)).astype(float)
    if places.is_in_layout:
        everywhere = _draw_everywhere()
        row_of = {int(uid): row for row, uid in enumerate(everywhere.uid)}
        for k, uid in enumerate(places.uid):
            if (row := row_of.get(int(uid))) is not None:
                out[k] = everywhere.x[row], everywhere.y[row]
    return out


def list_surroundings(places: NeighbourhoodPoints) -> NeighbourhoodPoints:
    """The neighbourhoods of Seine-Saint-Denis that are not among these, as drawn; none where these are of another
    layout."""
    everywhere = _draw_everywhere() if places.is_in_layout else None
    if everywhere is None:
        none, nowhere = np.zeros(0, int), np.zeros(0)
        return NeighbourhoodPoints(none, none, nowhere, nowhere, nowhere)
    kept = ~np.isin(everywhere.uid, places.uid)
    uid, commune, x, y, n = (getattr(everywhere, name)[kept] for name in ("uid", "commune", "x", "y", "n"))
    return NeighbourhoodPoints(uid, commune, x, y, n)


@cache
def _draw_everywhere() -> NeighbourhoodPoints:
    """Every neighbourhood of Seine-Saint-Denis as it is drawn; the layout is the same for every key."""
    layouts = lay_out_all_communes(Model(), make_random_key(0))
    points = _move_inside(list(layouts.values()))
    codes = np.concatenate([np.full(len(one.uid), code) for code, one in layouts.items()])
    uids, people = (np.concatenate([getattr(one, name) for one in layouts.values()]) for name in ("uid", "people"))
    return NeighbourhoodPoints(uids, codes, points[:, 0], points[:, 1], people)


def _move_inside(layouts: list[CommuneLayout]) -> np.ndarray:
    """float64[n, 2]: neighbourhoods moved to their own side of the line between two communes.

    Communes are laid out as discs, which overlap. The line is their radical axis: where two discs meet.
    """
    points = np.concatenate([np.column_stack((one.x, one.y)) for one in layouts])
    home = np.concatenate([np.full(len(one.uid), k) for k, one in enumerate(layouts)])
    inside = INSIDE * np.concatenate([one.radius for one in layouts])
    centres = np.array([one.centre for one in layouts])
    square = np.array([float((one.radius**2).sum()) for one in layouts])
    for _ in range(ROUNDS):
        for k, centre in enumerate(centres):
            rows = home != k
            ways = centre - centres[home[rows]]
            apart = np.hypot(*ways.T)
            own = ((points[rows] - centres[home[rows]]) ** 2).sum(axis=1) - square[home[rows]]
            other = ((points[rows] - centre) ** 2).sum(axis=1) - square[k]
            beyond = np.maximum(0.0, (own - other) / (2 * apart) + inside[rows])
            points[rows] -= (beyond / apart)[:, None] * ways
    return points
