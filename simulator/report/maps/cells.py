"""Cells of a map: around each neighbourhood the points nearest to it, cut at the edge, and areas joined from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

OUTSIDE = -1
"""What lies across an edge where the map ends."""
REACH = 1.15
"""How far a cell reaches beyond the last neighbourhoods, as a share of the distance to the next neighbourhood."""
EDGE_SPACING = 0.6
"""Distance between the helper points that cut the edge, as a share of that distance."""
SAME = 1e-7
"""Corners that are nearer to each other are one, km."""
NEAREST, FINEST = 0.05, 150
"""Neighbourhoods nearer than this count as so far apart, km; helper points along a side of the map at most."""
ALONE = 0.5
"""Distance to the next neighbourhood that is assumed for one alone on the map, km."""


@dataclass(frozen=True)
class Cell:
    """A convex polygon. ring: float64[k, 2] in km, counterclockwise; across[i]: row of the cell across the edge from
    corner i to the next, or OUTSIDE."""

    ring: np.ndarray
    across: list[int]


def build_cells(points: np.ndarray) -> list[Cell]:
    """The Voronoi cells of points float64[n, 2], cut where helper points outside are nearer.

    Own code: SciPy, which has Voronoi diagrams, is no dependency of reports, and cells have to know their neighbours.
    """
    spacing = _measure_spacing(points)
    every = np.concatenate((points, _place_helpers(points, spacing)))
    return [_cut_cell(row, every, len(points), 4 * spacing[row]) for row in range(len(points))]


def _measure_spacing(points: np.ndarray) -> np.ndarray:
    """float64[n]: distance from each point to the next but one, or to the only other."""
    if len(points) == 1:
        return np.array([ALONE])
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    nearest = np.sort(apart, axis=1)[:, 1:3]
    return np.maximum(nearest[:, -1], NEAREST)


def _place_helpers(points: np.ndarray, spacing: np.ndarray) -> np.ndarray:
    """float64[m, 2]: a triangular grid of points around the map, outside the reach of every neighbourhood."""
    margin = 3 * float(spacing.max())
    step = max(EDGE_SPACING * float(np.median(spacing)), float((np.ptp(points, axis=0) + 2 * margin).max()) / FINEST)
    (west, south), (east, north) = points.min(axis=0) - margin, points.max(axis=0) + margin
    rows = np.arange(south, north + step, step * np.sqrt(0.75))
    columns = np.arange(west, east + step, step)
    grid = np.concatenate([np.column_stack((columns + (k % 2) * step / 2, np.full(len(columns), y)))
                           for k, y in enumerate(rows)])
    apart = np.sqrt(((grid[:, None] - points[None]) ** 2).sum(axis=2)) / spacing
    return grid[(apart.min(axis=1) > REACH) & (apart.min(axis=1) < REACH + 3)]


def _cut_cell(row: int, every: np.ndarray, cells: int, reach: float) -> Cell:
    """The cell of one point: a square around it, cut by the line half-way to each other point, the nearest first."""
    centre = every[row]
    ring = centre + reach * np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
    across = [OUTSIDE] * 4
    distance = np.hypot(*(every - centre).T)
    for other in np.argsort(distance, kind="stable")[1:]:
        if distance[other] > 2 * float(np.hypot(*(ring - centre).T).max()):
            break
        if distance[other] > SAME:
            ring, across = _cut_half(ring, across, centre, every[other], int(other) if other < cells else OUTSIDE)
    return Cell(ring, across)


def _cut_half(ring: np.ndarray, across: list[int], centre: np.ndarray, other: np.ndarray,
              label: int) -> tuple[np.ndarray, list[int]]:
    """The part of a convex ring that is nearer to its centre than to the other point; the new edge has the label."""
    side = (ring - (centre + other) / 2) @ (other - centre)
    if (side <= 0).all():
        return ring, across
    corners: list[np.ndarray] = []
    labels: list[int] = []
    for k in range(len(ring)):
        n = (k + 1) % len(ring)
        if side[k] <= 0:
            corners.append(ring[k])
            labels.append(across[k])
        if (side[k] <= 0) != (side[n] <= 0):
            corners.append(ring[k] + (ring[n] - ring[k]) * (side[k] / (side[k] - side[n])))
            labels.append(label if side[k] <= 0 else across[k])
    return np.array(corners), labels


def join_cells(cells: Sequence[Cell], rows: Iterable[int]) -> list[np.ndarray]:
    """The outlines of the area that cells form together: closed rings float64[k, 2], the largest first; holes too."""
    inside = set(rows)
    edges = [edge for row in sorted(inside) for other, edge in list_edges(cells[row]) if other not in inside]
    rings = list(_chain_edges(edges))
    return sorted(rings, key=lambda ring: -abs(compute_ring_area(ring)))


def list_edges(cell: Cell) -> Iterator[tuple[int, np.ndarray]]:
    """(row across, ends float64[2, 2]) of each edge that has a length."""
    for k, other in enumerate(cell.across):
        ends = np.array([cell.ring[k], cell.ring[(k + 1) % len(cell.ring)]])
        if np.hypot(*(ends[1] - ends[0])) > SAME:
            yield other, ends


def _chain_edges(edges: list[np.ndarray]) -> Iterator[np.ndarray]:
    """Closed rings of directed edges: each is followed by the edge that starts nearest to its end."""
    starts = np.array([edge[0] for edge in edges])
    free = np.ones(len(edges), bool)
    while free.any():
        first = k = int(np.argmax(free))
        ring = []
        while True:
            ring.append(edges[k][0])
            free[k] = False
            apart = np.hypot(*(starts - edges[k][1]).T)
            home = apart[first]
            apart[~free] = np.inf
            k = int(np.argmin(apart))
            if not free.any() or home <= apart[k]:
                break
        if len(ring) > 2:
            yield np.array(ring)


def compute_ring_area(ring: np.ndarray) -> float:
    """Area of a ring, km2: positive counterclockwise, negative for a hole."""
    x, y = ring.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def is_inside(ring: np.ndarray, point: np.ndarray) -> bool:
    """True if the point lies inside the ring: a ray to the east crosses an odd number of its edges."""
    (x, y), (x2, y2) = ring.T, np.roll(ring, -1, axis=0).T
    spans = (y > point[1]) != (y2 > point[1])
    crossing = x + (point[1] - y) / np.where(spans, y2 - y, 1.0) * (x2 - x)
    return bool((spans & (crossing > point[0])).sum() % 2)
