"""The base of a map: tiles of communes, true outlines, or cells of neighbourhoods with few communes side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt

import numpy as np

from ...world.places.outline import Outline
from ...world.population.communes import lonlat_to_km
from .neighbourhoods import NeighbourhoodPoints, map_to_communes, map_to_groups
from .tiles import MERGED_COMMUNES, SHORT_NAMES, TILES

NAME_ROOM_KM = 0.75
"""Height kept free for the name below a commune, km."""
SIDES = 32
"""Corners of a cell that no other cell touches."""
CELL_RADIUS = 0.78
"""Radius of a cell, as a share of the median distance between nearest neighbourhoods."""
LETTERS = 105
"""Number of letters that fit into the width of a map."""
SAME = 1e-6
"""Two distances that differ by less than this are equal, km."""
GAP = 0.45
"""Distance between communes laid side by side, km."""
MAX_CELL_COMMUNES = 6
"""Up to so many communes, neighbourhoods are drawn; with more, communes."""


@dataclass(frozen=True)
class Shape:
    """A closed ring, float64[k, 2] in km or tiles, and the key of the place whose colour it takes."""

    place: str
    ring: np.ndarray


@dataclass
class BaseMap:
    """Shapes and positions to draw values on. Positions are (x, y) in the unit of the shapes.

    kind: "tiles", "outlines" or "cells". place_of: neighbourhood to its place, the key of values on the map.
    number_positions: place to where its number stands. name_labels: (place, text, x, y). neighbourhood_positions:
    where each neighbourhood lies. commune_offsets: commune to how far it was moved from its true position, for sites.
    titles: place to its full name. inner_borders: edges between neighbourhoods of the same place.
    """

    kind: str
    place_of: dict[int, str]
    shapes: list[Shape] = field(default_factory=list)
    number_positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    name_labels: list[tuple[str, str, float, float]] = field(default_factory=list)
    neighbourhood_positions: dict[int, tuple[float, float]] = field(default_factory=dict)
    commune_offsets: dict[str, tuple[float, float]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    inner_borders: list[Shape] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all shapes."""
        points = np.concatenate([shape.ring for shape in self.shapes])
        return (*map(float, points.min(axis=0)), *map(float, points.max(axis=0)))  # type: ignore[return-value]


def build_base_map(places: NeighbourhoodPoints, outlines: Mapping[str, Outline] | None = None) -> BaseMap:
    """The base map that fits: outlines where they are given, cells for few communes, else tiles."""
    codes = set(places.communes)
    if outlines and codes & {MERGED_COMMUNES.get(outline.commune, outline.commune) for outline in outlines.values()}:
        return build_outline_map(places, outlines)
    if len(codes) > MAX_CELL_COMMUNES and codes <= set(TILES):
        return build_tile_map(places)
    return build_cell_map(places)


def build_tile_map(places: NeighbourhoodPoints) -> BaseMap:
    """One tile for each commune of Seine-Saint-Denis, whether it is part of the run or not."""
    out = BaseMap("tiles", map_to_communes(places))
    square = np.array([(0.03, 0.03), (0.97, 0.03), (0.97, 0.97), (0.03, 0.97)])
    for code, (column, row) in TILES.items():
        out.shapes.append(Shape(code, square + (column, row)))
        out.number_positions[code] = (column + 0.5, row + 0.3)
        out.name_labels.append((code, SHORT_NAMES.get(code, places.find_commune_name(code)), column + 0.5, row + 0.71))
        out.titles[code] = places.find_commune_name(code)
    out.neighbourhood_positions = {int(uid): out.number_positions[f"{int(code):05d}"]
                                   for uid, code in zip(places.uid, places.commune)}
    return out


def build_outline_map(places: NeighbourhoodPoints, outlines: Mapping[str, Outline]) -> BaseMap:
    """True outlines: those of the communes of the run, and of their neighbours in the same file."""
    out = BaseMap("outlines", map_to_communes(places))
    largest_area: dict[str, float] = {}
    for outline in outlines.values():
        code = MERGED_COMMUNES.get(outline.commune, outline.commune)
        for outer, *_ in outline.polygons:
            out.shapes.append(Shape(code, np.array([lonlat_to_km(lon, lat, places.origin) for lon, lat in outer])))
        if outline.area_km2 > largest_area.get(code, 0.0):
            largest_area[code] = outline.area_km2
            out.number_positions[code] = lonlat_to_km(*outline.centre, places.origin)
            name = places.find_commune_name(code)
            out.titles[code] = name if name != code else outline.name
    _add_outline_names(out)
    out.neighbourhood_positions = {int(uid): (float(x), float(y)) for uid, x, y in zip(places.uid, places.x, places.y)}
    return out


def _add_outline_names(out: BaseMap) -> None:
    """The name of each commune; an empty one where the outline is too narrow for it."""
    west, _, east, _ = out.bounds
    for code, (x, y) in out.number_positions.items():
        width = max(float(np.ptp(shape.ring[:, 0])) for shape in out.shapes if shape.place == code)
        name = SHORT_NAMES.get(code, out.titles[code]).replace("-\n", "-").replace("\n", " ")
        fits = len(name) <= LETTERS * width / (east - west)
        out.name_labels.append((code, name if fits else "", x, y))


def build_cell_map(places: NeighbourhoodPoints) -> BaseMap:
    """Neighbourhoods as cells, each commune at its true scale, communes laid side by side."""
    out = BaseMap("cells", map_to_groups(places))
    points = np.column_stack((places.x, places.y)).astype(float)
    blocks = [np.flatnonzero(places.commune == int(code)) for code in places.communes]
    cells = {int(row): ring for rows in blocks for row, ring in zip(rows, _build_cells(points[rows]))}
    offsets = _arrange_in_rows([np.concatenate([cells[int(row)] for row in rows]) for rows in blocks])
    for code, rows, (dx, dy) in zip(places.communes, blocks, offsets):
        out.commune_offsets[code] = (dx, dy)
        for row in map(int, rows):
            uid = int(places.uid[row])
            out.shapes.append(Shape(out.place_of.get(uid, ""), cells[row] + (dx, dy)))
            out.neighbourhood_positions[uid] = (float(points[row, 0] + dx), float(points[row, 1] + dy))
        low = min(float(cells[int(row)][:, 1].min()) for row in rows) + dy
        middle = float(np.mean([out.neighbourhood_positions[int(places.uid[row])][0] for row in rows]))
        out.name_labels.append(("", places.find_commune_name(code), middle, low))
    _add_inner_borders(out, places)
    _add_group_numbers(out, places)
    return out


def _add_group_numbers(out: BaseMap, places: NeighbourhoodPoints) -> None:
    """Title of each group, and where its number stands: at its middle, or on its most central neighbourhood if it has
    three or more."""
    groups = set(out.place_of.values())
    for group in sorted(groups):
        points = np.array([out.neighbourhood_positions[uid] for uid, place in out.place_of.items() if place == group])
        middle = points.mean(axis=0)
        best = middle if len(points) <= 2 else points[np.argmin(((points - middle) ** 2).sum(axis=1))]
        out.number_positions[group] = (float(best[0]), float(best[1]))
        code, _, number = group.partition("-")
        name = places.find_commune_name(code)
        out.titles[group] = f"{name} ({number})" if f"{code}-2" in groups else name


def _add_inner_borders(out: BaseMap, places: NeighbourhoodPoints) -> None:
    """Edges between two neighbourhoods of one place: their points are equally near to both."""
    uids = [int(uid) for code in places.communes for uid in places.uid[places.commune == int(code)]]
    for uid, shape in zip(uids, out.shapes):
        others = [other for other, place in out.place_of.items()
                  if place == shape.place and other != uid and shape.place]
        for k in range(len(shape.ring)):
            ends = shape.ring[[k - 1, k]]
            middle = ends.mean(axis=0)
            own = _distance(middle, out.neighbourhood_positions[uid])
            if any(abs(_distance(middle, out.neighbourhood_positions[other]) - own) < SAME for other in others):
                out.inner_borders.append(Shape(shape.place, ends))


def _distance(point: np.ndarray, other: tuple[float, float]) -> float:
    return float(np.hypot(*(point - other)))


def _build_cells(points: np.ndarray) -> list[np.ndarray]:
    """A disc around each point of float64[n, 2], cut where another point is nearer."""
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    radius = CELL_RADIUS * float(np.median(apart.min(axis=1))) if len(points) > 1 else 0.5
    angle = 2 * np.pi * np.arange(SIDES) / SIDES
    disc = radius * np.column_stack((np.cos(angle), np.sin(angle)))
    out = []
    for point in points:
        ring = disc + point
        for other in points:
            if (other != point).any():
                ring = _clip_to_nearer(ring, point, other)
        out.append(ring)
    return out


def _clip_to_nearer(ring: np.ndarray, point: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The part of a convex ring that is nearer to a point than to the other."""
    side = (ring - (point + other) / 2) @ (other - point)
    out: list[np.ndarray] = []
    for k in range(len(ring)):
        a, b = side[k - 1], side[k]
        if (a <= 0) != (b <= 0):
            out.append(ring[k - 1] + (ring[k] - ring[k - 1]) * (a / (a - b)))
        if b <= 0:
            out.append(ring[k])
    return np.array(out) if out else ring


def _arrange_in_rows(blocks: list[np.ndarray]) -> list[tuple[float, float]]:
    """How far to move each block of points so that they form rows: the northern ones on top, the western ones first."""
    wide, top = ceil(sqrt(len(blocks))), 0.0
    size = np.array([np.ptp(block, axis=0) for block in blocks])
    middle = np.array([(block.min(axis=0) + block.max(axis=0)) / 2 for block in blocks])
    order = sorted(range(len(blocks)), key=lambda k: (-middle[k, 1], middle[k, 0]))
    out = [(0.0, 0.0)] * len(blocks)
    for row in range(0, len(order), wide):
        chosen = sorted(order[row:row + wide], key=lambda k: middle[k, 0])
        left = -(size[chosen, 0].sum() + GAP * (len(chosen) - 1)) / 2
        tall = float(size[chosen, 1].max())
        for k in chosen:
            out[k] = (float(left + size[k, 0] / 2 - middle[k, 0]), float(top - tall / 2 - middle[k, 1]))
            left += size[k, 0] + GAP
        top -= tall + NAME_ROOM_KM
    return out
