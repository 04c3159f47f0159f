"""The base of a map: true outlines, communes, or joined neighbourhoods of few communes, with what lies around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

import numpy as np

from ...world.places.outline import Outline
from ...world.population.communes import lonlat_to_km
from .cells import Cell, build_cells, is_inside, join_cells, list_edges
from .commune_names import MERGED_COMMUNES, SHORT_NAMES
from .drawn_layout import list_surroundings, place_as_drawn
from .neighbourhoods import NeighbourhoodPoints, map_to_communes, map_to_groups

GAP = 0.5
"""Distance between parts of a territory that are drawn side by side, km."""
MAX_STEP = 2.0
"""Neighbourhoods farther apart than this, with none between them, are parts of their own, km."""
GROUND = 0.7
"""Neighbourhoods of others are drawn within this distance of the territory's, km."""
MAX_CELL_COMMUNES = 6
"""Up to so many communes, groups of neighbourhoods are drawn; with more, communes."""


@dataclass(frozen=True)
class Shape:
    """A closed ring, float64[k, 2] in km, and the key of the place whose colour it takes; "" for ground."""

    place: str
    ring: np.ndarray


@dataclass(frozen=True)
class NameLabel:
    """A name on a map: where it belongs, and the texts to try in turn, the longest first. place: "" for ground."""

    place: str
    texts: tuple[str, ...]
    x: float
    y: float


@dataclass
class BaseMap:
    """Shapes and positions to draw values on, in km.

    kind: "outlines", "communes" or "cells". place_of: neighbourhood to its place, the key of values on the map.
    titles: place to its full name. shapes: the ground first. number_positions: place to where its number stands.
    neighbourhood_positions: where each neighbourhood is drawn; offsets: how far that is from where it lies.
    inner_borders: edges between neighbourhoods of the same place.
    """

    kind: str
    place_of: dict[int, str]
    titles: dict[str, str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    number_positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    name_labels: list[NameLabel] = field(default_factory=list)
    neighbourhood_positions: dict[int, tuple[float, float]] = field(default_factory=dict)
    offsets: dict[int, tuple[float, float]] = field(default_factory=dict)
    inner_borders: list[Shape] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all shapes."""
        points = np.concatenate([shape.ring for shape in self.shapes])
        return (*map(float, points.min(axis=0)), *map(float, points.max(axis=0)))  # type: ignore[return-value]


def build_base_map(places: NeighbourhoodPoints, outlines: Mapping[str, Outline] | None = None) -> BaseMap:
    """The base map that fits: outlines where they are given, groups of neighbourhoods of few communes, or communes."""
    base_map = assign_places(places, outlines)
    if outlines and base_map.kind == "outlines":
        _draw_outlines(base_map, places, outlines)
    else:
        _draw_cells(base_map, places)
    return base_map


def assign_places(places: NeighbourhoodPoints, outlines: Mapping[str, Outline] | None = None) -> BaseMap:
    """Kind, places and titles of a map, without its shapes."""
    codes = set(places.communes)
    named = {code: places.find_commune_name(code) for code in sorted(codes)}
    if outlines and codes & {MERGED_COMMUNES.get(outline.commune, outline.commune) for outline in outlines.values()}:
        return BaseMap("outlines", map_to_communes(places), named)
    if len(codes) > MAX_CELL_COMMUNES:
        return BaseMap("communes", map_to_communes(places), named)
    place_of = map_to_groups(places)
    groups = sorted(set(place_of.values()))
    titles = {group: named[group[:5]] + (f" {group[6:]}" if f"{group[:5]}-2" in groups else "") for group in groups}
    return BaseMap("cells", place_of, titles)


def _draw_outlines(out: BaseMap, places: NeighbourhoodPoints, outlines: Mapping[str, Outline]) -> None:
    """True outlines: those of the communes of the run, and of their neighbours in the same file."""
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
    for code, (x, y) in out.number_positions.items():
        name = SHORT_NAMES.get(code, out.titles[code])
        out.name_labels.append(NameLabel(code, (name,), x, y))
    out.neighbourhood_positions = {int(uid): (float(x), float(y)) for uid, x, y in zip(places.uid, places.x, places.y)}
    out.offsets = dict.fromkeys(out.neighbourhood_positions, (0.0, 0.0))


def _draw_cells(out: BaseMap, places: NeighbourhoodPoints) -> None:
    """Places as areas joined from cells around neighbourhoods, over the neighbourhoods around; parts side by side."""
    own, true = place_as_drawn(places), np.column_stack((places.x, places.y)).astype(float)
    around = list_surroundings(places)
    others = np.column_stack((around.x, around.y)).astype(float)
    is_whole = out.kind == "communes"
    blocks = [np.arange(len(own))] if is_whole else _find_blocks(own)
    grounds = [np.arange(len(others)) if is_whole else _find_near(others, own[rows]) for rows in blocks]
    drawn = [build_cells(np.concatenate((own[rows], others[near]))) for rows, near in zip(blocks, grounds)]
    offsets = _arrange_in_rows([np.concatenate([cell.ring for cell in cells]) for cells in drawn])
    for rows, near, cells, offset in zip(blocks, grounds, drawn, offsets):
        shift = np.array(offset)
        uids = [int(uid) for uid in places.uid[rows]]
        for uid, point, moved in zip(uids, own[rows] + shift, own[rows] + shift - true[rows]):
            out.neighbourhood_positions[uid] = (float(point[0]), float(point[1]))
            out.offsets[uid] = (float(moved[0]), float(moved[1]))
        keys = [(out.place_of.get(uid, ""), f"{int(code):05d}") for uid, code in zip(uids, places.commune[rows])]
        keys += [("", f"{int(code):05d}") for code in around.commune[near]]
        _add_areas(out, cells, keys, shift)
        _name_ground(out, places, keys, np.concatenate((own[rows], others[near])) + shift)
    _place_numbers(out, places)


def _add_areas(out: BaseMap, cells: Sequence[Cell], keys: Sequence[tuple[str, str]], shift: np.ndarray) -> None:
    """The shapes of cells joined by (place, commune), ground first, and the edges within a place."""
    for key in sorted(set(keys)):
        rows = [row for row, other in enumerate(keys) if other == key]
        out.shapes += [Shape(key[0], ring + shift) for ring in join_cells(cells, rows)]
        if key[0]:
            out.inner_borders += [Shape(key[0], ends + shift) for row in rows for other, ends in list_edges(cells[row])
                                  if other > row and keys[other] == key]


def _name_ground(out: BaseMap, places: NeighbourhoodPoints, keys: Sequence[tuple[str, str]],
                 points: np.ndarray) -> None:
    """The names of communes without a place of their own in this part, at the middle of what is drawn of them."""
    shown = {commune for place, commune in keys if place}
    for code in sorted({commune for _, commune in keys} - shown):
        x, y = points[[commune == code for _, commune in keys]].mean(axis=0)
        out.name_labels.append(NameLabel("", (SHORT_NAMES.get(code, places.find_commune_name(code)),), float(x),
                                         float(y)))


def _place_numbers(out: BaseMap, places: NeighbourhoodPoints) -> None:
    """Where the number of each place stands, with its name: at its middle, or on its most central neighbourhood if it
    has three or more, or another place lies in the middle."""
    for place in sorted(set(out.place_of.values())):
        points = np.array([out.neighbourhood_positions[uid] for uid, other in out.place_of.items() if other == place])
        middle = points.mean(axis=0)
        rings = [shape.ring for shape in out.shapes if shape.place == place]
        is_own = sum(is_inside(ring, middle) for ring in rings) % 2 == 1
        best = middle if len(points) <= 2 and is_own else points[np.argmin(((points - middle) ** 2).sum(axis=1))]
        out.number_positions[place] = (float(best[0]), float(best[1]))
        code, _, number = place.partition("-")
        short = SHORT_NAMES.get(code, places.find_commune_name(code))
        is_alone = out.titles[place] == places.find_commune_name(code)
        texts = (short,) if is_alone else (f"{short} {number}", number)
        out.name_labels.append(NameLabel(place, texts, float(best[0]), float(best[1])))


def _find_blocks(points: np.ndarray) -> list[np.ndarray]:
    """Rows of points float64[n, 2] in parts: each has another of its part within MAX_STEP."""
    near = ((points[:, None] - points[None]) ** 2).sum(axis=2) <= MAX_STEP**2
    free, blocks = np.ones(len(points), bool), []
    while free.any():
        part = np.zeros(len(points), bool)
        part[int(np.argmax(free))] = True
        while (grown := near[part].any(axis=0)).sum() > part.sum():
            part = grown
        blocks.append(np.flatnonzero(part))
        free &= ~part
    return blocks


def _find_near(others: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Rows of others, float64[m, 2], within GROUND of one of the points."""
    if not len(others):
        return np.arange(0)
    apart = ((others[:, None] - points[None]) ** 2).sum(axis=2)
    return np.flatnonzero(apart.min(axis=1) <= GROUND**2)


def _arrange_in_rows(blocks: Iterable[np.ndarray]) -> list[tuple[float, float]]:
    """How far to move each block of points so that they form rows: the northern ones on top, the western ones first; a
    single one stays."""
    blocks = list(blocks)
    if len(blocks) == 1:
        return [(0.0, 0.0)]
    wide, top = ceil(sqrt(len(blocks))) + (len(blocks) == 3), 0.0
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
        top -= tall + GAP
    return out
