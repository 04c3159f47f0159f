"""Differences between runs that share a seed: how large, how sure, and what more seeds would tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

LEVEL = 0.95
ENOUGH_TO_RESAMPLE = 8
"""Pairs from which a BCa interval is given too. Below, only Student's t."""
RESAMPLES = 2000
WORTH = 0.10
"""A half-width of a tenth of the effect is precise enough (model 12.3)."""
MOST_SEEDS = 10_000

NAN = float("nan")


@dataclass(frozen=True)
class Paired:
    """What `compare` found; NaN where there are too few pairs. Interval: Student's t on the paired differences."""

    n: int
    baseline: float
    mean: float
    difference: float
    low: float
    high: float
    bootstrap_low: float
    bootstrap_high: float
    helps: float
    helps_next: float
    p: float
    variance_ratio: float
    more_seeds: int

    @property
    def relative(self) -> float:
        """Difference over the baseline's mean."""
        return self.difference / self.baseline if self.baseline else NAN

    @property
    def settled(self) -> bool:
        """True when the interval leaves no doubt about the sign."""
        return self.low > 0 or self.high < 0


def compare(without: np.ndarray, with_: np.ndarray, better: int = -1, smallest: float = 0.0) -> Paired:
    """Compare paired values float64[n], one per seed; pairs with a NaN (censored) are left out.

    better: -1 if less is better. helps: posterior probability, under a flat prior, that the mean difference is a
    benefit. helps_next: the predictive probability that the next seed shows one; it does not go to 1 by playing more
    seeds. Source: Gelman et al. 2013, Bayesian Data Analysis, section 3.2.
    """
    without, with_ = np.asarray(without, np.float64), np.asarray(with_, np.float64)
    known = np.isfinite(without) & np.isfinite(with_)
    a, b = without[known], with_[known]
    d = b - a
    n = d.size
    if n == 0:
        return Paired(0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0)
    mean, spread = float(d.mean()), _spread(d)
    low, high = t_interval(mean, spread, n)
    boot_low, boot_high = bootstrap_interval(d, spread)
    helps, following = _chances(mean, spread, n, better)
    return Paired(n, float(a.mean()), float(b.mean()), mean, low, high, boot_low, boot_high, helps, following,
                  _p(mean, spread, n), _variance_ratio(a, b, spread), more_seeds(mean, spread, n, smallest))


def _spread(d: np.ndarray) -> float:
    """Standard deviation of the differences; exactly 0 when they are equal up to rounding."""
    if d.size < 2:
        return NAN
    spread = float(d.std(ddof=1))
    return 0.0 if spread <= 1e-12 * max(1.0, float(np.abs(d).max())) else spread


def t_interval(mean: float, spread: float, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Student's interval of a mean; NaN below two values."""
    if n < 2:
        return NAN, NAN
    half = half_width(spread, n, level)
    return mean - half, mean + half


def half_width(spread: float, n: int, level: float = LEVEL) -> float:
    """Half the width of Student's interval."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.5 + level / 2.0)) * spread / sqrt(n)


def bootstrap_interval(d: np.ndarray, spread: float, level: float = LEVEL) -> tuple[float, float]:
    """BCa interval of the mean from 8 values on, else NaN. Resampling is seeded: the same values, the same interval.

    Source: Efron 1987, doi:10.1080/01621459.1987.10478410.
    """
    if d.size < ENOUGH_TO_RESAMPLE:
        return NAN, NAN
    if spread == 0.0:
        return float(d.mean()), float(d.mean())
    from scipy.stats import bootstrap

    found = bootstrap((d,), np.mean, confidence_level=level, n_resamples=RESAMPLES, method="BCa",
                      rng=np.random.default_rng(0)).confidence_interval
    return float(found.low), float(found.high)


def _chances(mean: float, spread: float, n: int, better: int) -> tuple[float, float]:
    if n < 2 or better == 0 or (spread == 0.0 and mean == 0.0):
        return NAN, NAN
    if spread == 0.0:
        sure = 1.0 if mean * better > 0 else 0.0
        return sure, sure
    from scipy.special import stdtr

    helps = stdtr(n - 1, better * mean / (spread / sqrt(n)))
    following = stdtr(n - 1, better * mean / (spread * sqrt(1.0 + 1.0 / n)))
    return float(helps), float(following)


def _p(mean: float, spread: float, n: int) -> float:
    if n < 2:
        return NAN
    if spread == 0.0:
        return 1.0 if mean == 0.0 else 0.0
    from scipy.special import stdtr

    return float(2.0 * stdtr(n - 1, -abs(mean) / (spread / sqrt(n))))


def _variance_ratio(a: np.ndarray, b: np.ndarray, spread: float) -> float:
    """How many times fewer runs pairing needs: (var a + var b) / var(b - a). Noisy with few seeds."""
    if a.size < 2 or spread == 0.0:
        return NAN
    return float((a.var(ddof=1) + b.var(ddof=1)) / spread**2)


def more_seeds(mean: float, spread: float, n: int, smallest: float) -> int:
    """Further seeds until the question is settled: 0 now, -1 if not within 10 000 or nothing can be said.

    Settled: the interval excludes 0, or is so narrow that a difference of `smallest` can be ruled out; taken at the
    mean and spread seen so far. A guide, not a stopping rule: seeds added until a result pleases make it void.
    """
    if n < 2 or not isfinite(spread):
        return -1
    low, high = t_interval(mean, spread, n)
    goal = max(smallest, abs(mean))
    if spread == 0.0 or low > 0 or high < 0 or half_width(spread, n) <= smallest:
        return 0
    few, many = n, MOST_SEEDS
    if goal == 0.0 or half_width(spread, many) >= goal:
        return -1
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if half_width(spread, middle) < goal else (middle, many)
    return many - n


def holm(p: Mapping[str, float]) -> dict[str, float]:
    """p values corrected for their number. Source: Holm 1979, https://www.jstor.org/stable/4615733.

    Holm and not Dunnett: Dunnett's test takes arms as independent samples, and ours share their seeds.
    """
    known = sorted((value, name) for name, value in p.items() if isfinite(value))
    out, worst = dict.fromkeys(p, NAN), 0.0
    for k, (value, name) in enumerate(known):
        worst = max(worst, min(1.0, (len(known) - k) * value))
        out[name] = worst
    return out


def among_best(values: Mapping[str, np.ndarray], better: int = -1, level: float = LEVEL) -> list[str]:
    """Arms not distinguishable from the best: paired t tests against the arm with the best mean, Holm's correction.

    values: arm to float64[seeds], the same seeds in the same order.
    """
    means = {name: float(np.nanmean(v)) for name, v in values.items() if np.isfinite(v).any()}
    if not means:
        return []
    best = max(sorted(means), key=lambda name: better * means[name])
    p = holm({name: compare(values[best], v).p for name, v in values.items() if name in means and name != best})
    return [name for name in values if name == best or (name in p and not p[name] <= 1.0 - level)]
