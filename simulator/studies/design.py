"""Designs: from what varies to the points at which the model is played, always the same for the same design."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..cards.reader import entry
from .axis import MOST, Axis

Point = dict[str, Any]
"""Setting to value."""
Cube = list[list[float]]
"""Places from 0 to 1, a row a point."""


@dataclass
class Design:
    """How points are laid in the space of what varies."""

    kind: str = entry("grid", doc="how points are laid", choices=("grid", "list", "latin_hypercube", "sobol", "morris"))
    points: int = entry(0, doc="latin_hypercube: points; sobol: base points (a power of two), times factors + 2; "
                               "morris: trajectories, times factors + 1", low=0, high=MOST)
    seed: int = entry(1, doc="seed of the design itself, not of the runs", low=0, high=2**32 - 1)
    levels: int = entry(4, doc="morris: levels of each factor, an even number", low=2, high=64)
    second_order: bool = entry(False, doc="sobol: indices of pairs of factors too, which doubles the points")

    def check(self) -> None:
        """ValueError for entries that contradict one another."""
        sampled = self.kind not in ("grid", "list")
        if sampled and self.points < 1:
            raise ValueError(f"design.points = {self.points}: {self.kind} needs a number of points, such as 64")
        if not sampled and self.points:
            raise ValueError(f"design.points = {self.points}: a {self.kind} has as many points as its values make; "
                             "leave points out")
        if self.kind == "sobol" and self.points & (self.points - 1):
            raise ValueError(f"design.points = {self.points}: sobol needs a power of two; take "
                             f"{2 ** round(math.log2(self.points))}")
        if self.kind == "morris" and self.levels % 2:
            raise ValueError(f"design.levels = {self.levels}: morris needs an even number; take {self.levels + 1}")


def points(design: Design, axes: Sequence[Axis], rows: Sequence[Point] = ()) -> list[Point]:
    """The points of a design, in order. ValueError if it cannot be laid, ModuleNotFoundError without its library."""
    if design.kind == "list":
        return _listed(axes, rows)
    if not axes:
        if design.kind != "grid":
            raise ValueError(f"design.kind = {design.kind}: nothing varies; add settings under vary")
        return [{}]
    if design.kind == "grid":
        values = [axis.listed() for axis in axes]
        if math.prod(map(len, values)) > MOST:
            raise ValueError(f"design: a grid of {math.prod(map(len, values))} points; expected {MOST} at most")
        return [dict(zip([axis.name for axis in axes], combination)) for combination in itertools.product(*values)]
    cube = SAMPLERS[design.kind](design, axes)
    return [{axis.name: axis.at(place) for axis, place in zip(axes, row)} for row in cube]


def _listed(axes: Sequence[Axis], rows: Sequence[Point]) -> list[Point]:
    """Rows as they stand; or the k-th value of every axis together."""
    if rows and axes:
        raise ValueError("design: a list takes rows, or lists under vary that are read side by side, not both")
    if rows:
        return [dict(row) for row in rows]
    columns = {axis.name: axis.listed() for axis in axes}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        told = ", ".join(f"{name} {len(column)}" for name, column in columns.items())
        raise ValueError(f"vary: a list reads its values side by side, so all need as many; found {told}")
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def _latin_hypercube(design: Design, axes: Sequence[Axis]) -> Cube:
    from scipy.stats import qmc

    return qmc.LatinHypercube(d=len(axes), seed=design.seed).random(design.points).tolist()


def problem(axes: Sequence[Axis]) -> dict[str, Any]:
    """The axes as SALib wants them, every bound 0 to 1: `Axis.at` does the rest."""
    return {"num_vars": len(axes), "names": [axis.name for axis in axes], "bounds": [[0.0, 1.0]] * len(axes)}


def _sobol(design: Design, axes: Sequence[Axis]) -> Cube:
    """Saltelli's scheme, in the order in which SALib analyses it."""
    sobol = import_module("SALib.sample.sobol")
    return sobol.sample(problem(axes), design.points, calc_second_order=design.second_order, seed=design.seed).tolist()


def _morris(design: Design, axes: Sequence[Axis]) -> Cube:
    morris = import_module("SALib.sample.morris")
    return morris.sample(problem(axes), design.points, num_levels=design.levels, seed=design.seed).tolist()


SAMPLERS: dict[str, Callable[[Design, Sequence[Axis]], Cube]] = {
    "latin_hypercube": _latin_hypercube, "sobol": _sobol, "morris": _morris}


@dataclass
class Portfolios:
    """Which sets of levers are played at every point."""

    levers: list[str] = entry(list, doc="names of lever cards")
    design: str = entry("each", doc="each: one at a time · factorial: every subset · pairs: one and two at a time · "
                                    "together: all at once", choices=("each", "factorial", "pairs", "together"))
    baseline: bool = entry(True, doc="also without any lever, so that effects are paired")

    def sets(self) -> list[tuple[str, ...]]:
        """The portfolios, the baseline first. ValueError if there are too many."""
        names = list(self.levers)
        if len(set(names)) < len(names):
            raise ValueError("portfolios.levers: a lever is listed twice; keep one")
        sizes = {"each": [1], "pairs": [1, 2], "together": [len(names)],
                 "factorial": range(1, len(names) + 1)}[self.design]
        if self.design == "factorial" and 2 ** len(names) > MOST:
            raise ValueError(f"portfolios: {2 ** len(names)} subsets of {len(names)} levers; expected {MOST} at most")
        found = [one for size in sizes if size for one in itertools.combinations(names, size)]
        return [()] * (self.baseline or not found) + found
