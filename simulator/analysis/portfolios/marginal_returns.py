"""What more money buys: the best portfolio for each budget, and the price of the last euro spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..effects.paired import LEVEL, NAN
from ..effects.sequence import PLANNED, interval

ENOUGH_TO_SPLIT = 10
"""Seeds from which portfolios are chosen on one half and valued on the other: half must be enough for an interval."""


@dataclass(frozen=True)
class Step:
    """The best portfolio from this budget on. saved: in the outcome's unit, more is better, with its interval.

    marginal: EUR per further unit saved against the step before, NaN if none was. efficient: False where a mix of the
    steps around it would buy more for the same money.
    """

    portfolio: str
    cost: float
    saved: float
    low: float
    high: float
    marginal: float
    efficient: bool


def returns(cost: Mapping[str, float], saved: Mapping[str, np.ndarray], level: float = LEVEL,
            planned: int = PLANNED) -> list[Step]:
    """Steps of the diminishing-return curve, cheapest first; the first is doing nothing.

    cost: portfolio to EUR; saved: portfolio to float64[seeds] against the baseline, the same seeds in the same order.
    With 10 seeds or more, portfolios are chosen on every other seed and valued on the rest: the best of many, valued on
    the seeds that made it the best, would look better than it is. Intervals hold for all steps together.
    """
    seeds = min((len(v) for v in saved.values()), default=0)
    split = seeds >= ENOUGH_TO_SPLIT
    by = {name: float(np.nanmean(v[0::2] if split else v)) for name, v in saved.items()}
    names = best_by_budget(cost, by)
    each = 1.0 - (1.0 - level) / max(1, len(names))
    steps = [Step("", 0.0, 0.0, 0.0, 0.0, NAN, True)]
    for name in names:
        told = saved[name][1::2] if split else saved[name]
        value = float(np.nanmean(told))
        gained = value - steps[-1].saved
        marginal = (cost[name] - steps[-1].cost) / gained if gained > 0 else NAN
        steps.append(Step(name, cost[name], value, *interval(told, each, planned), marginal, False))
    hull = _hull([(step.cost, step.saved) for step in steps])
    return [Step(**{**vars(step), "efficient": k in hull}) for k, step in enumerate(steps)]


def best_by_budget(cost: Mapping[str, float], saved: Mapping[str, float]) -> list[str]:
    """Portfolios that save more than all that cost as much or less, and more than nothing; cheapest first."""
    out, most = list[str](), 0.0
    for name in sorted(cost, key=lambda one: (cost[one], -saved[one], one)):
        if saved[name] > most:
            out.append(name)
            most = saved[name]
    return out


def _hull(points: list[tuple[float, float]]) -> set[int]:
    """Places of the points on the upper concave hull."""
    kept: list[int] = []
    for k, (x, y) in enumerate(points):
        while len(kept) > 1 and _turns_up(points[kept[-2]], points[kept[-1]], (x, y)):
            kept.pop()
        kept.append(k)
    while len(kept) > 1 and points[kept[-1]][1] <= points[kept[-2]][1]:
        kept.pop()
    return set(kept)


def _turns_up(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) >= (c[0] - a[0]) * (b[1] - a[1])
