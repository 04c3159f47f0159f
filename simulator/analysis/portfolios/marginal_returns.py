"""Diminishing returns: the best portfolio for each budget, and the marginal price of the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..effects.confidence_sequence import PLANNED_PAIRS, compute_anytime_interval
from ..effects.paired_comparison import CONFIDENCE_LEVEL, NAN

MIN_SEEDS_TO_SPLIT = 10
"""From so many seeds on, portfolios are chosen on one half and valued on the other; a half must allow an interval."""


@dataclass(frozen=True)
class BudgetStep:
    """The best portfolio from this budget on.

    portfolio: its key, "" for the baseline. cost: EUR. saved: in the outcome's unit, more is better; low, high: its
    interval. marginal_price: EUR per further unit saved since the previous step, NaN if nothing more is saved.
    is_efficient: False if the step lies below the concave hull: a mix of its neighbours would buy more for the same.
    """

    portfolio: str
    cost: float
    saved: float
    low: float
    high: float
    marginal_price: float
    is_efficient: bool


def build_returns_curve(cost: Mapping[str, float], saved: Mapping[str, np.ndarray], level: float = CONFIDENCE_LEVEL,
                        planned: int = PLANNED_PAIRS) -> list[BudgetStep]:
    """Steps of the diminishing-returns curve, cheapest first; the first step is the baseline.

    cost: portfolio to EUR. saved: portfolio to float64[seeds] against the baseline, the same seeds in the same order.
    With 10 seeds or more, portfolios are chosen on every other seed and valued on the rest, because the best of many
    looks better than it is on the seeds it was chosen by. Intervals hold for all steps together.
    """
    seeds = min((len(v) for v in saved.values()), default=0)
    split = seeds >= MIN_SEEDS_TO_SPLIT
    mean_saved = {name: float(np.nanmean(v[0::2] if split else v)) for name, v in saved.items()}
    names = select_best_by_budget(cost, mean_saved)
    step_level = 1.0 - (1.0 - level) / max(1, len(names))
    steps = [BudgetStep("", 0.0, 0.0, 0.0, 0.0, NAN, True)]
    for name in names:
        by_seed = saved[name][1::2] if split else saved[name]
        value = float(np.nanmean(by_seed))
        gained = value - steps[-1].saved
        marginal = (cost[name] - steps[-1].cost) / gained if gained > 0 else NAN
        low, high = compute_anytime_interval(by_seed, step_level, planned)
        steps.append(BudgetStep(name, cost[name], value, low, high, marginal, False))
    hull = _find_concave_hull([(step.cost, step.saved) for step in steps])
    return [replace(step, is_efficient=k in hull) for k, step in enumerate(steps)]


def select_best_by_budget(cost: Mapping[str, float], saved: Mapping[str, float]) -> list[str]:
    """Portfolios that save more than 0 and more than every one that costs as much or less; cheapest first."""
    out, most = list[str](), 0.0
    for name in sorted(cost, key=lambda portfolio: (cost[portfolio], -saved[portfolio], portfolio)):
        if saved[name] > most:
            out.append(name)
            most = saved[name]
    return out


def _find_concave_hull(points: list[tuple[float, float]]) -> set[int]:
    """Indices of the points on the upper concave hull, up to its highest point."""
    hull: list[int] = []
    for k, point in enumerate(points):
        while len(hull) > 1 and _is_left_turn(points[hull[-2]], points[hull[-1]], point):
            hull.pop()
        hull.append(k)
    while len(hull) > 1 and points[hull[-1]][1] <= points[hull[-2]][1]:
        hull.pop()
    return set(hull)


def _is_left_turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """True if b lies on or below the line from a to c."""
    return (b[0] - a[0]) * (c[1] - a[1]) >= (c[0] - a[0]) * (b[1] - a[1])
