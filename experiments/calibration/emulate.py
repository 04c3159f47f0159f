"""History matching: an emulator of the patterns, fitted to waves of runs, and the points it finds plausible.

A point is plausible if all its emulated patterns lie in their target intervals. The emulator's error is reported, but
intervals are not widened by it.
Source of the method: Craig et al. 1997, doi:10.1007/978-1-4612-2290-3_2; Vernon et al. 2010, doi:10.1214/10-BA524.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.analysis.validation.pattern_targets import TARGETS, PatternTarget
from simulator.parameters.model import BEHAVIOURS

from .space import SPACE, Point
from .wave import select_pattern

DRAWS = 400_000
"""Points drawn per behaviour variant in search of plausible ones."""
LOW, HIGH = (np.array([bounds[end] for bounds in SPACE.values()]) for end in (0, 1))
CALIBRATION_TARGETS: dict[str, PatternTarget] = {target.pattern: target for target in TARGETS
                                                 if target.use == "calibration"}
"""Pattern to its target, for the patterns that decide which points stay."""


def scale_points(points: Sequence[Point]) -> np.ndarray:
    """float64[points, parameters + 2]: logarithms of parameters, -1 to 1 over the range, and indicators of variants."""
    logs = np.log([[point.numbers[name] for name in SPACE] for point in points])
    scaled = 2.0 * (logs - np.log(LOW)) / np.log(HIGH / LOW) - 1.0
    variant = [[float(point.behaviour == name) for name in BEHAVIOURS[1:]] for point in points]
    return np.hstack([scaled, np.array(variant)])


@dataclass(frozen=True)
class Emulator:
    """One linear model per pattern, in scaled logarithms of the parameters.

    error: root mean square error in leave-one-out cross-validation. explained: share of the variance explained there.
    """

    models: dict[str, Any]
    error: dict[str, float]
    explained: dict[str, float]

    def implausibility(self, x: np.ndarray) -> np.ndarray:
        """float64[points]: largest distance of a pattern from the middle of its interval, in half-widths.

        x: points as `scale_points` returns them.
        """
        targets = CALIBRATION_TARGETS
        return np.max([abs(model.predict(x) - (targets[name].low + targets[name].high) / 2) /
                       ((targets[name].high - targets[name].low) / 2) for name, model in self.models.items()], axis=0)


def fit_emulator(points: Sequence[Point], values: np.ndarray) -> Emulator:
    """Fit the emulator to points and their patterns, as `wave.average_seeds` returns them."""
    from sklearn.linear_model import BayesianRidge
    from sklearn.model_selection import LeaveOneOut, cross_val_predict

    x, models, error, explained = scale_points(points), {}, {}, {}
    for name in CALIBRATION_TARGETS:
        y = select_pattern(values, name)
        known = np.isfinite(y)
        models[name] = BayesianRidge().fit(x[known], y[known])
        residuals = cross_val_predict(BayesianRidge(), x[known], y[known], cv=LeaveOneOut()) - y[known]
        error[name] = float(np.sqrt(np.mean(residuals**2)))
        explained[name] = 1.0 - float(np.mean(residuals**2) / y[known].var())
    return Emulator(models, error, explained)


def propose_points(emulator: Emulator, count: int, seed: int) -> list[Point]:
    """`count` plausible points of every variant, drawn uniformly in logarithms; fewer where fewer are plausible."""
    rng, found = np.random.default_rng(seed), []
    for behaviour in BEHAVIOURS:
        positions = rng.random((DRAWS, len(SPACE)))
        variant = np.tile([float(behaviour == name) for name in BEHAVIOURS[1:]], (DRAWS, 1))
        worst = emulator.implausibility(np.hstack([2.0 * positions - 1.0, variant]))
        plausible = positions[worst <= 1.0]
        print(f"{behaviour}: {len(plausible)} of {DRAWS} drawn points are plausible, the best at {worst.min():.2f}")
        found += [Point(behaviour, {name: float(f"{value:.4g}") for name, value in
                                    zip(SPACE, np.exp(np.log(LOW) + row * np.log(HIGH / LOW)), strict=True)})
                  for row in plausible[:count]]
    return found


def match_targets(values: np.ndarray) -> np.ndarray:
    """bool[points]: True if every calibrated pattern lies in its target interval."""
    return np.all([(select_pattern(values, name) >= target.low) & (select_pattern(values, name) <= target.high)
                   for name, target in CALIBRATION_TARGETS.items()], axis=0)


def compute_relative_spread(points: Sequence[Point]) -> dict[str, float]:
    """Standard deviation of each parameter's logarithm over these points, relative to a uniform draw from its range.

    1 means that nothing was learnt about the parameter.
    """
    x = scale_points(points)[:, :len(SPACE)]
    uniform = 2.0 / np.sqrt(12.0)
    return {name: float(x[:, j].std(ddof=1) / uniform) for j, name in enumerate(SPACE)}
