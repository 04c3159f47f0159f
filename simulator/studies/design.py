"""Experimental designs: from axes to the points at which the model is played. The same design gives the same points."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..cards.reader import card_entry
from ..i18n.translation import Message
from .axis import MAX_POINTS, Axis

DesignPoint = dict[str, Any]
"""Setting to value: one point of a design."""
UnitCubeSample = list[list[float]]
"""float[points][axes]: positions from 0 to 1 along each axis."""


@dataclass
class Design:
    """How points are placed in the space of the axes."""

    kind: str = card_entry("grid", doc="how points are laid",
                           choices=("grid", "list", "latin_hypercube", "sobol", "morris"))
    points: int = card_entry(0, doc="latin_hypercube: points; sobol: base points (a power of two), times factors + 2; "
                             "morris: trajectories, times factors + 1", low=0, high=MAX_POINTS)
    seed: int = card_entry(1, doc="seed of the design itself, not of the runs", low=0, high=2**32 - 1)
    levels: int = card_entry(4, doc="morris: levels of each factor, an even number", low=2, high=64)
    second_order: bool = card_entry(False, doc="sobol: indices of pairs of factors too, which doubles the points")

    def check(self) -> None:
        """ValueError for entries that contradict one another."""
        sampled = self.kind not in ("grid", "list")
        if sampled and self.points < 1:
            raise ValueError(Message("design.points = {n}: {kind} needs a number of points, such as 64", n=self.points,
                                     kind=self.kind))
        if not sampled and self.points:
            raise ValueError(Message("design.points = {n}: a {kind} has as many points as its values make; leave "
                                     "points out", n=self.points, kind=self.kind))
        if self.kind == "sobol" and self.points & (self.points - 1):
            raise ValueError(Message("design.points = {n}: sobol needs a power of two; take {power}", n=self.points,
                                     power=2 ** round(math.log2(self.points))))
        if self.kind == "morris" and self.levels % 2:
            raise ValueError(Message("design.levels = {n}: morris needs an even number; take {even}", n=self.levels,
                                     even=self.levels + 1))


def generate_design_points(design: Design, axes: Sequence[Axis], rows: Sequence[DesignPoint] = ()) -> list[DesignPoint]:
    """The points of a design, in order. ValueError if it cannot be laid, ModuleNotFoundError without its library."""
    if design.kind == "list":
        return _list_points(axes, rows)
    if not axes:
        if design.kind != "grid":
            raise ValueError(Message("design.kind = {kind}: nothing varies; add settings under vary", kind=design.kind))
        return [{}]
    if design.kind == "grid":
        values = [axis.list_values() for axis in axes]
        if math.prod(map(len, values)) > MAX_POINTS:
            raise ValueError(Message("design: a grid of {n} points; expected {most} at most",
                                     n=math.prod(map(len, values)), most=MAX_POINTS))
        return [dict(zip([axis.name for axis in axes], combination)) for combination in itertools.product(*values)]
    cube = SAMPLERS[design.kind](design, axes)
    return [{axis.name: axis.value_at(position) for axis, position in zip(axes, row)} for row in cube]


def _list_points(axes: Sequence[Axis], rows: Sequence[DesignPoint]) -> list[DesignPoint]:
    """The rows themselves; or, without rows, point k takes the k-th value of every axis."""
    if rows and axes:
        raise ValueError(Message("design: a list takes rows, or lists under vary that are read side by side, not both"))
    if rows:
        return [dict(row) for row in rows]
    columns = {axis.name: axis.list_values() for axis in axes}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        lengths_text = ", ".join(f"{name} {len(column)}" for name, column in columns.items())
        raise ValueError(Message("vary: a list reads its values side by side, so all need as many; found {lengths}",
                                 lengths=lengths_text))
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def _sample_latin_hypercube(design: Design, axes: Sequence[Axis]) -> UnitCubeSample:
    from scipy.stats import qmc

    return qmc.LatinHypercube(d=len(axes), seed=design.seed).random(design.points).tolist()


def build_salib_problem(axes: Sequence[Axis]) -> dict[str, Any]:
    """The axes as a SALib problem, all bounds 0 to 1: `Axis.value_at` maps positions to values."""
    return {"num_vars": len(axes), "names": [axis.name for axis in axes], "bounds": [[0.0, 1.0]] * len(axes)}


def _sample_sobol(design: Design, axes: Sequence[Axis]) -> UnitCubeSample:
    """Saltelli's scheme, in the order that SALib's analysis expects."""
    sobol = import_module("SALib.sample.sobol")
    return sobol.sample(build_salib_problem(axes), design.points, calc_second_order=design.second_order,
                        seed=design.seed).tolist()


def _sample_morris(design: Design, axes: Sequence[Axis]) -> UnitCubeSample:
    morris = import_module("SALib.sample.morris")
    return morris.sample(build_salib_problem(axes), design.points, num_levels=design.levels, seed=design.seed).tolist()


SAMPLERS: dict[str, Callable[[Design, Sequence[Axis]], UnitCubeSample]] = {
    "latin_hypercube": _sample_latin_hypercube, "sobol": _sample_sobol, "morris": _sample_morris}
"""Kind of design to its sampler."""


@dataclass
class PortfolioDesign:
    """Which portfolios (sets of levers) are played at every point."""

    levers: list[str] = card_entry(list, doc="names of lever cards")
    design: str = card_entry("each", doc="each: one at a time · factorial: every subset · pairs: one and two at a time "
                             "· together: all at once",
                             choices=("each", "factorial", "pairs", "together"))
    baseline: bool = card_entry(True, doc="also without any lever, so that effects are paired")

    def list_portfolios(self) -> list[tuple[str, ...]]:
        """The portfolios, the baseline () first. ValueError if there are too many or a lever is listed twice."""
        names = list(self.levers)
        if len(set(names)) < len(names):
            raise ValueError(Message("portfolios.levers: a lever is listed twice; keep one"))
        sizes = {"each": [1], "pairs": [1, 2], "together": [len(names)],
                 "factorial": range(1, len(names) + 1)}[self.design]
        subsets = 2 ** len(names)
        if self.design == "factorial" and subsets > MAX_POINTS:
            raise ValueError(Message("portfolios: {n} subsets of {count} levers; expected {most} at most", n=subsets,
                                     count=len(names), most=MAX_POINTS))
        found = [portfolio for size in sizes if size for portfolio in itertools.combinations(names, size)]
        return [()] * (self.baseline or not found) + found
