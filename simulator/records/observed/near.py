"""Whom one knows within a kilometre of home, on the map and beyond it."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import making_kernel
from ...rules.binding import jump
from ...rules.kind import KINDS
from ...world.places.atlas import neighbourhood_at
from ...world.world import World

NEAR = 1.0
"""Kilometres. Source of the distance: the survey Coconel (Lambert et al. 2020) asks about 1 km around home."""
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
POINTS = 4096


@making_kernel
def _near(degree, other, kind, building, x, y, kinds, least):
    out = np.zeros((degree.size, kinds), np.uint8)
    for i in range(degree.size):
        for k in range(degree[i]):
            a, b = building[i], building[other[i, k]]
            dx, dy = np.float64(x[a]) - np.float64(x[b]), np.float64(y[a]) - np.float64(y[b])
            if dx * dx + dy * dy <= least * least:
                out[i, kind[i, k]] += 1
    return out


@making_kernel
def _share(homes_x, homes_y, mean, cells, x0, y0, size, points, golden, least):
    out = np.zeros(homes_x.size)
    for z in range(homes_x.size):
        gone, near = 0, 0
        for k in range(points):
            x, y = jump(homes_x[z], homes_y[z], (k + 0.5) / points, (k * golden) % 1.0, mean)
            if neighbourhood_at(x, y, cells, x0, y0, size) < 0:
                gone += 1
                near += (x - homes_x[z]) ** 2 + (y - homes_y[z]) ** 2 <= least * least
        out[z] = near / gone if gone else 0.0
    return out


def near_ties(world: World) -> np.ndarray:
    """uint8[n, kinds]: ties of each kind whose homes lie within NEAR."""
    people, ties, homes = world.people, world.ties, world.buildings
    return _near(ties.degree, ties.other, ties.kind, people.building, homes.x, homes.y, len(KINDS), NEAR)


def near_beyond(world: World) -> np.ndarray:
    """float64[z]: probability that a tie begun from a neighbourhood's centre and leaving the map ends within NEAR.

    From the law by which ties jump (rules.binding.jump), on a fixed lattice of jumps: no luck is drawn.
    """
    z, atlas = world.neighbourhoods, world.atlas
    return _share(z.x.astype(np.float64), z.y.astype(np.float64), world.settings.binding.jump, atlas.cells,
                  float(atlas.x0), float(atlas.y0), float(atlas.size), POINTS, GOLDEN, NEAR)


def distances(world: World, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """float64[m]: kilometres between the homes of the rows first and second int[m]."""
    homes, where = world.buildings, world.people.building
    a, b = where[first], where[second]
    return np.hypot(homes.x[a].astype(np.float64) - homes.x[b], homes.y[a].astype(np.float64) - homes.y[b])
