"""What is left of the space: an emulator of the patterns over the waves, and the points it finds plausible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.analysis.targets import TARGETS

from .space import SPACE

DRAWS = 200_000


@dataclass(frozen=True)
class Emulator:
    """One linear model per pattern, of log numbers. error: root mean square when each point is left out in turn."""

    patterns: list[str]
    slopes: np.ndarray
    levels: np.ndarray
    error: np.ndarray
    explained: np.ndarray

    def at(self, logs: np.ndarray) -> np.ndarray:
        """float64[points, patterns] of log numbers float64[points, numbers]."""
        return self.levels + logs @ self.slopes


def fitted(names: Sequence[str], rows: np.ndarray) -> Emulator:
    """The emulator of a table of waves (wave.read). Patterns that calm runs cannot tell are left out."""
    from sklearn.linear_model import BayesianRidge
    from sklearn.model_selection import LeaveOneOut, cross_val_predict

    logs = np.log(rows[:, [names.index(name) for name in SPACE]])
    patterns = [target.pattern for target in TARGETS
                if target.pattern in names and np.isfinite(rows[:, names.index(target.pattern)]).all()]
    models, errors, explained = [], [], []
    for pattern in patterns:
        y = rows[:, names.index(pattern)]
        models.append(BayesianRidge().fit(logs, y))
        missed = cross_val_predict(BayesianRidge(), logs, y, cv=LeaveOneOut()) - y
        errors.append(float(np.sqrt(np.mean(missed**2))))
        explained.append(1.0 - float(np.mean(missed**2) / y.var()))
    return Emulator(patterns, np.stack([one.coef_ for one in models], axis=1),
                    np.array([one.intercept_ for one in models]), np.array(errors), np.array(explained))


def implausibility(emulator: Emulator, logs: np.ndarray) -> np.ndarray:
    """float64[points, patterns]: distance from each interval's middle, in half-widths of the interval."""
    targets = {target.pattern: target for target in TARGETS}
    low, high = (np.array([getattr(targets[name], end) for name in emulator.patterns]) for end in ("low", "high"))
    return np.abs(emulator.at(logs) - (low + high) / 2.0) / ((high - low) / 2.0)


def plausible(emulator: Emulator, low: np.ndarray, high: np.ndarray, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """(points float64[k, numbers] with every emulated pattern in its interval, best first; their worst distance).

    low, high: the box searched, float64[numbers]; points are drawn evenly in ratios.
    """
    luck = np.random.default_rng(seed)
    logs = np.log(low) + luck.random((DRAWS, len(low))) * np.log(high / low)
    worst = implausibility(emulator, logs).max(axis=1)
    order = np.argsort(worst)
    order = order[worst[order] <= 1.0]
    return np.exp(logs[order]), worst[order]
