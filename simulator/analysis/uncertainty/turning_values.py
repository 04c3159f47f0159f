"""Which few numbers would turn a ranking, and at which value: where a surrogate of the gap of two arms crosses 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ..effects.paired_comparison import NAN
from .played_numbers import VARIANT_PREFIX
from .surrogate import (
    MAX_ROWS,
    MIN_SETS,
    Surrogate,
    build_estimator,
    estimate_needed_sets,
    fit_surrogate,
    predict_along,
)

MAX_TURNING_NUMBERS = 5
"""Numbers of most weight that are told."""
GRID_POINTS, RESAMPLES, MIN_TURNING_SHARE = 41, 20, 0.8
"""Values of a number that are tried; bootstrap samples of sets; share of these in which a number has to turn too."""


@dataclass(frozen=True)
class TurningValue:
    """One number of weight in the gap between two arms.

    weight: standard deviation of the gap that goes with it, in the outcome's unit. value: where the mean gap changes
    sign, NaN if it does not within the values played; low, high: of nine in ten bootstrap samples. first_above: the
    first arm does better above the value (below it otherwise); without a value, the gap falls as the number rises.
    """

    name: str
    weight: float
    value: float
    low: float
    high: float
    first_above: bool

    @property
    def turns(self) -> bool:
        """True if the ranking changes at a value."""
        return bool(np.isfinite(self.value))


@dataclass(frozen=True)
class TurningReport:
    """What would turn the ranking of two arms; numbers are listed only where the surrogate is good enough.

    sets: that were played. r2: on sets left out, NaN below MIN_SETS. kind: of the surrogate. needed: sets that it would
    take where nothing is told, 0 if more sets would hardly do.
    """

    sets: int
    r2: float = NAN
    kind: str = ""
    needed: int = MIN_SETS
    numbers: tuple[TurningValue, ...] = field(default=())

    @property
    def is_told(self) -> bool:
        """True if the surrogate is good enough."""
        return self.kind != "" and self.needed == self.sets


def find_turning_values(numbers: Mapping[str, np.ndarray], gap: np.ndarray) -> TurningReport:
    """The numbers of most weight in a gap, and where it changes sign.

    numbers: name to float64[sets]. gap: float64[sets], outcome of the first arm minus that of the second; below 0 the
    first does better. Sets in which it is NaN are left out. MissingExtra without scikit-learn.
    """
    known = np.isfinite(gap)
    y, names = np.asarray(gap, np.float64)[known], list(numbers)
    if y.size < MIN_SETS or not names or np.ptp(y) == 0:
        return TurningReport(int(y.size), needed=MIN_SETS if y.size < MIN_SETS else 0)
    x = np.column_stack([np.asarray(values, np.float64)[known] for values in numbers.values()])
    surrogate = fit_surrogate(x, y)
    if not surrogate.is_told:
        return TurningReport(y.size, surrogate.r2, surrogate.kind, estimate_needed_sets(x, y, surrogate))
    weights = surrogate.importances
    strongest = [int(k) for k in np.argsort(-weights)[:MAX_TURNING_NUMBERS] if weights[k] > 0]
    resampled = [_refit(surrogate, x, y, seed) for seed in range(RESAMPLES)]
    found = tuple(_describe_number(names[k], k, surrogate, x, resampled) for k in strongest)
    return TurningReport(y.size, surrogate.r2, surrogate.kind, y.size, found)


def _refit(surrogate: Surrogate, x: np.ndarray, y: np.ndarray, seed: int) -> object:
    """The surrogate fitted to a bootstrap sample of sets; a linear one with the penalty found on all sets."""
    rows = np.random.default_rng(seed).integers(len(y), size=len(y))
    model = build_estimator(surrogate.kind)
    if surrogate.kind == "linear":
        model.steps[-1] = ("lasso", type(model[-1]).__mro__[0](cv=5, alphas=[float(surrogate.model[-1].alpha_)]))
    return model.fit(x[rows], y[rows])


def _describe_number(name: str, k: int, surrogate: Surrogate, x: np.ndarray, resampled: list[object]) -> TurningValue:
    rows = x[:: max(1, len(x) // MAX_ROWS)]
    values = np.unique(x[:, k]) if name.startswith(VARIANT_PREFIX) else np.linspace(x[:, k].min(), x[:, k].max(),
                                                                                    GRID_POINTS)
    curve = predict_along(surrogate.model, rows, k, values)
    first_above = bool(curve[-1] < curve[0])
    value, drawn = find_crossing(values, curve), []
    if np.isfinite(value):
        drawn = [find_crossing(values, predict_along(model, rows, k, values)) for model in resampled]
    known = np.array(drawn)[np.isfinite(drawn)] if drawn else np.zeros(0)
    if not np.isfinite(value) or len(known) < MIN_TURNING_SHARE * len(resampled):
        return TurningValue(name, float(surrogate.importances[k]), NAN, NAN, NAN, first_above)
    low, high = np.percentile(known, (5, 95))
    return TurningValue(name, float(surrogate.importances[k]), value, float(low), float(high), first_above)


def find_crossing(values: np.ndarray, curve: np.ndarray) -> float:
    """Where a curve over values crosses 0, by linear interpolation; NaN unless its ends differ in sign.

    Of several crossings the middle one counts.
    """
    if not curve[0] * curve[-1] < 0:
        return NAN
    at = np.flatnonzero(np.sign(curve[:-1]) * np.sign(curve[1:]) <= 0)
    k = int(at[len(at) // 2])
    if curve[k] == curve[k + 1]:
        return float(values[k])
    return float(values[k] - curve[k] * (values[k + 1] - values[k]) / (curve[k + 1] - curve[k]))
