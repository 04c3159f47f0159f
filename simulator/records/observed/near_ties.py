"""Ties within a kilometre of home, on and off the map."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import allocating_kernel
from ...rules.tie_formation import displace_point
from ...rules.tie_kinds import TIE_KINDS
from ...world.places.raster import neighbourhood_at
from ...world.world import World

NEAR_KM = 1.0
"""Distance that counts as near, km: the survey Coconel (Lambert et al. 2020) asks about 1 km around home."""
GOLDEN_RATIO = (math.sqrt(5.0) - 1.0) / 2.0
LATTICE_POINTS = 4096


@allocating_kernel
def _count_near_ties(degree, other, kind, building, x, y, kinds, least):
    out = np.zeros((degree.size, kinds), np.uint8)
    for i in range(degree.size):
        for k in range(degree[i]):
            a, b = building[i], building[other[i, k]]
            dx, dy = np.float64(x[a]) - np.float64(x[b]), np.float64(y[a]) - np.float64(y[b])
            if dx * dx + dy * dy <= least * least:
                out[i, kind[i, k]] += 1
    return out


@allocating_kernel
def _estimate_near_share(homes_x, homes_y, mean, cells, x0, y0, size, points, golden, least):
    out = np.zeros(homes_x.size)
    for z in range(homes_x.size):
        gone, near = 0, 0
        for k in range(points):
            x, y = displace_point(homes_x[z], homes_y[z], (k + 0.5) / points, (k * golden) % 1.0, mean)
            if neighbourhood_at(x, y, cells, x0, y0, size) < 0:
                gone += 1
                near += (x - homes_x[z]) ** 2 + (y - homes_y[z]) ** 2 <= least * least
        out[z] = near / gone if gone else 0.0
    return out


def count_near_ties(world: World) -> np.ndarray:
    """uint8[n, kinds]: ties of each kind to residents whose homes lie within NEAR_KM."""
    people, ties, homes = world.people, world.ties, world.buildings
    return _count_near_ties(ties.degree, ties.alter, ties.kind, people.building, homes.x, homes.y, len(TIE_KINDS),
                            NEAR_KM)


def estimate_off_map_near_share(world: World) -> np.ndarray:
    """float64[z]: probability that a tie from a neighbourhood's centre that leaves the map ends within NEAR_KM.

    From the distribution of tie distances (rules.tie_formation.displace_point) on a fixed lattice of displacements: no
    random number is drawn.
    """
    z, raster = world.neighbourhoods, world.raster
    return _estimate_near_share(z.x.astype(np.float64), z.y.astype(np.float64),
                                world.settings.tie_formation.mean_distance,
                                raster.cells, float(raster.x0), float(raster.y0), float(raster.size), LATTICE_POINTS,
                                GOLDEN_RATIO, NEAR_KM)


def compute_home_distances(world: World, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """float64[m]: distance in km between the homes of residents in rows first and second, int[m] each."""
    homes, building = world.buildings, world.people.building
    a, b = building[first], building[second]
    return np.hypot(homes.x[a].astype(np.float64) - homes.x[b], homes.y[a].astype(np.float64) - homes.y[b])
