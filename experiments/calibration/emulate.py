"""What is left of the space: an emulator of the patterns over the waves, and the points it finds plausible.

History matching: points whose emulated patterns all lie in their intervals stay. The emulator's own error is told, not
allowed for.
Source of the method: Craig et al. 1997, doi:10.1007/978-1-4612-2290-3_2; Vernon et al. 2010, doi:10.1214/10-BA524.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.analysis.validation.targets import TARGETS, Target
from simulator.parameters.model import BEHAVIOURS

from .space import SPACE, Point
from .wave import measures

DRAWS = 400_000
LOW, HIGH = (np.array([bounds[end] for bounds in SPACE.values()]) for end in (0, 1))
USED: dict[str, Target] = {one.pattern: one for one in TARGETS if one.use == "calibration"}
"""Patterns that decide which points stay."""


def described(points: Sequence[Point]) -> np.ndarray:
    """float64[points, numbers + variants]: logs of the numbers, between -1 and 1 over the range, and the variant."""
    logs = np.log([[point.numbers[name] for name in SPACE] for point in points])
    scaled = 2.0 * (logs - np.log(LOW)) / np.log(HIGH / LOW) - 1.0
    variant = [[float(point.behaviour == name) for name in BEHAVIOURS[1:]] for point in points]
    return np.hstack([scaled, np.array(variant)])


@dataclass(frozen=True)
class Emulator:
    """One linear model per pattern. error: root mean square when each point is left out in turn; explained: share of
    the variance then."""

    models: dict[str, Any]
    error: dict[str, float]
    explained: dict[str, float]

    def implausibility(self, x: np.ndarray) -> np.ndarray:
        """float64[points]: the worst pattern's distance from its interval's middle, in half-widths of the interval."""
        return np.max([abs(model.predict(x) - (USED[name].low + USED[name].high) / 2) /
                       ((USED[name].high - USED[name].low) / 2) for name, model in self.models.items()], axis=0)


def fitted(points: Sequence[Point], values: np.ndarray) -> Emulator:
    """The emulator of a table of waves (wave.averaged)."""
    from sklearn.linear_model import BayesianRidge
    from sklearn.model_selection import LeaveOneOut, cross_val_predict

    x, models, error, explained = described(points), {}, {}, {}
    for name in USED:
        y = measures(values, name)
        known = np.isfinite(y)
        models[name] = BayesianRidge().fit(x[known], y[known])
        missed = cross_val_predict(BayesianRidge(), x[known], y[known], cv=LeaveOneOut()) - y[known]
        error[name] = float(np.sqrt(np.mean(missed**2)))
        explained[name] = 1.0 - float(np.mean(missed**2) / y[known].var())
    return Emulator(models, error, explained)


def proposed(emulator: Emulator, each: int, seed: int) -> list[Point]:
    """`each` plausible points of every variant, drawn evenly in ratios; fewer where fewer are plausible."""
    luck, found = np.random.default_rng(seed), []
    for behaviour in BEHAVIOURS:
        at = luck.random((DRAWS, len(SPACE)))
        variant = np.tile([float(behaviour == name) for name in BEHAVIOURS[1:]], (DRAWS, 1))
        worst = emulator.implausibility(np.hstack([2.0 * at - 1.0, variant]))
        kept = at[worst <= 1.0]
        print(f"{behaviour}: {len(kept)} of {DRAWS} drawn points are plausible, the best at {worst.min():.2f}")
        found += [Point(behaviour, {name: float(f"{value:.4g}") for name, value in
                                    zip(SPACE, np.exp(np.log(LOW) + row * np.log(HIGH / LOW)), strict=True)})
                  for row in kept[:each]]
    return found


def holding(values: np.ndarray) -> np.ndarray:
    """bool[points]: every pattern that decides lies in its interval."""
    return np.all([(measures(values, name) >= one.low) & (measures(values, name) <= one.high)
                   for name, one in USED.items()], axis=0)


def shrinkage(points: Sequence[Point]) -> dict[str, float]:
    """Spread (in ratios) of each number over these points, over that of the range searched: 1 is nothing learnt."""
    x = described(points)[:, :len(SPACE)]
    even = 2.0 / np.sqrt(12.0)
    return {name: float(x[:, j].std(ddof=1) / even) for j, name in enumerate(SPACE)}
