"""What a map is drawn on: tiles of communes, true outlines, or the neighbourhoods of few communes side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt

import numpy as np

from ...world.places.outline import Outline
from ...world.population.communes import kilometres
from .places import Places, by_commune, in_groups
from .tiles import MERGED, SHORT, TILES

NAMED = 0.75
"""Room for the name below a commune, km."""
SIDES = 32
"""Corners of a neighbourhood that no other one touches."""
REACH = 0.78
"""Radius of a neighbourhood, in distances to the nearest one."""
LETTERS = 105
"""Letters of a name that fit into the width of a map."""
SAME = 1e-6
"""km within which two distances are the same."""
GAP = 0.45
"""Free room between communes laid side by side, km."""
FEW = 6
"""Communes up to which neighbourhoods are drawn; of more, communes."""


@dataclass(frozen=True)
class Shape:
    """One closed line, float64[k, 2] in km or tiles. place: the key of the place whose colour it takes."""

    place: str
    ring: np.ndarray


@dataclass
class Ground:
    """shapes: what is drawn. at: place to where its figure stands. names: place, text and where.
    home: neighbourhood to place.

    spots: neighbourhood to where it stands; shift: commune to how far it was moved from its true place, for sites.
    inner: edges between neighbourhoods of one place.
    """

    kind: str
    home: dict[int, str]
    shapes: list[Shape] = field(default_factory=list)
    at: dict[str, tuple[float, float]] = field(default_factory=dict)
    names: list[tuple[str, str, float, float]] = field(default_factory=list)
    spots: dict[int, tuple[float, float]] = field(default_factory=dict)
    shift: dict[str, tuple[float, float]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    inner: list[Shape] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all shapes."""
        points = np.concatenate([shape.ring for shape in self.shapes])
        return (*map(float, points.min(axis=0)), *map(float, points.max(axis=0)))  # type: ignore[return-value]


def ground(places: Places, outlines: Mapping[str, Outline] | None = None) -> Ground:
    """The ground that fits: outlines where they are given, neighbourhoods of few communes, else tiles."""
    codes = set(places.communes)
    if outlines and codes & {MERGED.get(one.commune, one.commune) for one in outlines.values()}:
        return outlined(places, outlines)
    if len(codes) > FEW and codes <= set(TILES):
        return tiled(places)
    return celled(places)


def tiled(places: Places) -> Ground:
    """One tile for each commune of Seine-Saint-Denis, whether it is played or not."""
    out = Ground("tiles", by_commune(places))
    square = np.array([(0.03, 0.03), (0.97, 0.03), (0.97, 0.97), (0.03, 0.97)])
    for code, (column, row) in TILES.items():
        out.shapes.append(Shape(code, square + (column, row)))
        out.at[code] = (column + 0.5, row + 0.3)
        out.names.append((code, SHORT.get(code, places.name_of(code)), column + 0.5, row + 0.71))
        out.titles[code] = places.name_of(code)
    out.spots = {int(uid): out.at[f"{int(code):05d}"] for uid, code in zip(places.uid, places.commune)}
    return out


def outlined(places: Places, outlines: Mapping[str, Outline]) -> Ground:
    """True outlines: those of the communes that are played, and of their neighbours in the same file."""
    out = Ground("outlines", by_commune(places))
    grown: dict[str, float] = {}
    for one in outlines.values():
        code = MERGED.get(one.commune, one.commune)
        for outer, *_ in one.polygons:
            out.shapes.append(Shape(code, np.array([kilometres(lon, lat, places.origin) for lon, lat in outer])))
        if one.area_km2 > grown.get(code, 0.0):
            out.at[code], grown[code] = kilometres(*one.centre, places.origin), one.area_km2
            out.titles[code] = places.name_of(code) if code != places.name_of(code) else one.name
    west, _, east, _ = out.box
    wide = {code: max(float(np.ptp(one.ring[:, 0])) for one in out.shapes if one.place == code) for code in out.at}
    for code, (x, y) in out.at.items():
        name = SHORT.get(code, out.titles[code]).replace("-\n", "-").replace("\n", " ")
        fits = len(name) <= LETTERS * wide[code] / (east - west)
        out.names.append((code, name if fits else "", x, y))
    out.spots = {int(uid): (float(x), float(y)) for uid, x, y in zip(places.uid, places.x, places.y)}
    return out


def celled(places: Places) -> Ground:
    """Neighbourhoods as cells, each commune at its true scale, communes laid side by side."""
    out = Ground("cells", in_groups(places))
    at = np.column_stack((places.x, places.y)).astype(float)
    blocks = [np.flatnonzero(places.commune == int(code)) for code in places.communes]
    cells = {int(row): ring for rows in blocks for row, ring in zip(rows, _cells(at[rows]))}
    for code, rows, (dx, dy) in zip(places.communes, blocks, _side_by_side([
            np.concatenate([cells[int(row)] for row in rows]) for rows in blocks])):
        out.shift[code] = (dx, dy)
        for row in map(int, rows):
            uid = int(places.uid[row])
            out.shapes.append(Shape(out.home.get(uid, ""), cells[row] + (dx, dy)))
            out.spots[uid] = (float(at[row, 0] + dx), float(at[row, 1] + dy))
        low = min(float(cells[int(row)][:, 1].min()) for row in rows) + dy
        middle = float(np.mean([out.spots[int(places.uid[row])][0] for row in rows]))
        out.names.append(("", places.name_of(code), middle, low))
    _borders(out, places)
    for group in sorted(set(out.home.values())):
        spots = np.array([out.spots[uid] for uid, where in out.home.items() if where == group])
        middle = spots.mean(axis=0)
        best = middle if len(spots) <= 2 else spots[np.argmin(((spots - middle) ** 2).sum(axis=1))]
        out.at[group] = (float(best[0]), float(best[1]))
        code, _, number = group.partition("-")
        single = f"{code}-2" not in out.home.values()
        out.titles[group] = places.name_of(code) if single else f"{places.name_of(code)} ({number})"
    return out


def _borders(out: Ground, places: Places) -> None:
    """Edges between two neighbourhoods of one place: a point of theirs is as near to one as to the other."""
    for uid, shape in zip([int(uid) for code in places.communes for uid in places.uid[places.commune == int(code)]],
                          out.shapes):
        others = [other for other, where in out.home.items() if where == shape.place and other != uid and shape.place]
        for k in range(len(shape.ring)):
            ends = shape.ring[[k - 1, k]]
            middle = ends.mean(axis=0)
            own = float(np.hypot(*(middle - out.spots[uid])))
            if any(abs(float(np.hypot(*(middle - out.spots[other]))) - own) < SAME for other in others):
                out.inner.append(Shape(shape.place, ends))


def _cells(at: np.ndarray) -> list[np.ndarray]:
    """A disc around each point, cut where another point is nearer."""
    apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    radius = REACH * float(np.median(apart.min(axis=1))) if len(at) > 1 else 0.5
    turn = 2 * np.pi * np.arange(SIDES) / SIDES
    disc = radius * np.column_stack((np.cos(turn), np.sin(turn)))
    out = []
    for here in at:
        ring = disc + here
        for there in at:
            if (there != here).any():
                ring = _nearer(ring, here, there)
        out.append(ring)
    return out


def _nearer(ring: np.ndarray, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The part of a convex ring that is nearer to `here` than to `there`."""
    side = (ring - (here + there) / 2) @ (there - here)
    out: list[np.ndarray] = []
    for k in range(len(ring)):
        a, b = side[k - 1], side[k]
        if (a <= 0) != (b <= 0):
            out.append(ring[k - 1] + (ring[k] - ring[k - 1]) * (a / (a - b)))
        if b <= 0:
            out.append(ring[k])
    return np.array(out) if out else ring


def _side_by_side(blocks: list[np.ndarray]) -> list[tuple[float, float]]:
    """How far each block of points is moved to stand in rows, those of the north above, of the west first."""
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
        top -= tall + NAMED
    return out
