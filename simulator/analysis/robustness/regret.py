"""Choosing when nobody knows which scenario will come: regret, conditions met, and nobody left worse off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ..effects.paired import LEVEL
from ..effects.sequence import PLANNED, interval

PERCENTILE = 90.0


def regret(values: np.ndarray, better: int = -1) -> np.ndarray:
    """How much worse than the best arm of the same scenario: float64[arms, scenarios], 0 for the best one.

    Source: Savage 1951, doi:10.1080/01621459.1951.10500768.
    """
    values = np.asarray(values, np.float64)
    return values - values.min(0) if better < 0 else values.max(0) - values


@dataclass(frozen=True)
class Robust:
    """One arm over all scenarios: mean, 90th percentile and greatest regret; share of scenarios it is best in."""

    mean_regret: float
    regret_90: float
    max_regret: float
    best_in: float


def robust(values: Mapping[str, np.ndarray], better: int = -1) -> dict[str, Robust]:
    """Arm to its regret. values: arm to float64[scenarios] (means over seeds); put doing nothing among the arms."""
    found = regret(np.array(list(values.values())), better)
    return {name: Robust(float(r.mean()), float(np.percentile(r, PERCENTILE)), float(r.max()), float((r == 0).mean()))
            for name, r in zip(values, found)}


@dataclass(frozen=True)
class Condition:
    """What makes a scenario end well: an outcome (change against the baseline, or cost) at most, or at least, so much.

    relative: the limit is a share of the baseline's value.
    """

    outcome: str
    at_most: bool
    limit: float
    relative: bool

    def met(self, with_: np.ndarray, without: np.ndarray) -> np.ndarray:
        """bool[scenarios] from means with and without the levers. cost is taken as it is; all else as a change."""
        value = np.asarray(with_, np.float64)
        if self.outcome != "cost":
            value = value - without
        limit = self.limit * np.abs(without) if self.relative else self.limit
        slack = 1e-9 * np.maximum(1.0, np.abs(limit))
        return value <= limit + slack if self.at_most else value >= limit - slack


_WRITTEN = re.compile(r"^\s*(\w+)\s*(<=|>=)\s*([+-]?\d+(?:\.\d+)?)\s*(%?)\s*$")


def condition(text: str, known: Sequence[str]) -> Condition:
    """Read loss<=-10%, fifth_ratio<=0 or cost<=300000. ValueError for another form or an unknown outcome."""
    read = _WRITTEN.match(text)
    if read is None or (read[1] == "cost" and read[4]):
        raise ValueError(f"{text!r}: expected a condition such as loss<=-10%, fifth_ratio<=0 or cost<=300000")
    if read[1] not in (*known, "cost"):
        raise ValueError(f"{text!r}: unknown outcome {read[1]!r}; expected one of cost, {', '.join(known)}")
    return Condition(read[1], read[2] == "<=", float(read[3]) / (100.0 if read[4] else 1.0), bool(read[4]))


def satisficing(met: np.ndarray, level: float = LEVEL) -> tuple[float, float, float]:
    """Share of scenarios in which all conditions hold, with Wilson's interval for sampled scenarios.

    met: bool[conditions, scenarios]. Source: Starr 1962 (domain criterion); Wilson 1927, doi:10.2307/2276774.
    """
    from scipy.special import ndtri

    met = np.atleast_2d(met)
    n, share = met.shape[1], float(met.all(0).mean())
    z = float(ndtri(0.5 + level / 2.0))
    middle, half = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return share, max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass(frozen=True)
class Fairness:
    """Does an arm leave a group worse off? state: kept, broken or open; group, by: the one that fares worst, and by
    how much its loss rises in its worst scenario; scenarios: share of them in which some group's mean loss rises."""

    state: str
    group: str
    by: float
    scenarios: float


def fairness(change: Mapping[str, np.ndarray], smallest: float = 0.0, level: float = LEVEL, planned: int = PLANNED
             ) -> Fairness:
    """No-group-worse-off as a constraint. change: group to float64[scenarios, seeds], loss with minus loss without.

    broken: some group's loss rises by more than `smallest` in some scenario, beyond doubt; kept: that is excluded for
    all, at once; open: neither.
    """
    means = {group: np.nanmean(v, axis=1) for group, v in change.items()}
    each = 1.0 - (1.0 - level) / sum(len(v) for v in change.values())
    ends = np.array([interval(row, each, planned) for v in change.values() for row in v])
    worst = max(means, key=lambda group: float(means[group].max()))
    state = "broken" if (ends[:, 0] > smallest).any() else "kept" if (ends[:, 1] <= smallest).all() else "open"
    rises = np.array([m > max(smallest, 0.0) for m in means.values()]).any(0)
    return Fairness(state, worst, float(means[worst].max()), float(rises.mean()))
