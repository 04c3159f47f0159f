"""Paired comparison of runs that share a seed: effect, intervals, p values, and seeds still needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

CONFIDENCE_LEVEL = 0.95
MIN_PAIRS_TO_RESAMPLE = 8
"""From so many pairs on, a BCa bootstrap interval is computed as well as Student's t."""
BCA_RESAMPLES = 2000
MAX_PROJECTED_SEEDS = 10_000
"""Beyond so many seeds, an open question counts as one that seeds cannot settle."""

NAN = float("nan")


@dataclass(frozen=True)
class PairedEffect:
    """The result of `compare_paired_values`; NaN where there are too few pairs.

    n: pairs. baseline, mean: means without and with the levers. difference: mean paired difference; low, high: its 95 %
    interval by Student's t; bootstrap_low, bootstrap_high: by BCa. prob_benefit: posterior probability, under a flat
    prior, that the mean difference is a benefit. prob_benefit_next: predictive probability that the next seed shows a
    benefit; it does not go to 1 as seeds are added. p: two-sided, of the paired t test. variance_ratio: variance
    without pairing over variance with it. more_seeds: see `estimate_more_seeds`.
    """

    n: int
    baseline: float
    mean: float
    difference: float
    low: float
    high: float
    bootstrap_low: float
    bootstrap_high: float
    prob_benefit: float
    prob_benefit_next: float
    p: float
    variance_ratio: float
    more_seeds: int

    @property
    def relative(self) -> float:
        """Difference over the baseline's mean."""
        return self.difference / self.baseline if self.baseline else NAN

    @property
    def excludes_zero(self) -> bool:
        """True if the interval excludes 0: the sign is known."""
        return self.low > 0 or self.high < 0


def compare_paired_values(without: np.ndarray, with_: np.ndarray, direction: int = -1,
                          smallest_effect: float = 0.0) -> PairedEffect:
    """Compare paired values float64[n], one per seed; pairs with a NaN (censored) are left out.

    direction: -1 if less is better, 1 if more is, 0 if neither. smallest_effect: the smallest difference of interest.
    Source of the probabilities: Gelman et al. 2013, Bayesian Data Analysis, section 3.2.
    """
    without, with_ = np.asarray(without, np.float64), np.asarray(with_, np.float64)
    known = np.isfinite(without) & np.isfinite(with_)
    a, b = without[known], with_[known]
    d = b - a
    n = d.size
    if n == 0:
        return PairedEffect(0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0)
    mean, deviation = float(d.mean()), _standard_deviation(d)
    low, high = compute_t_interval(mean, deviation, n)
    boot_low, boot_high = compute_bca_interval(d, deviation)
    benefit, benefit_next = _benefit_probabilities(mean, deviation, n, direction)
    return PairedEffect(n, float(a.mean()), float(b.mean()), mean, low, high, boot_low, boot_high, benefit,
                        benefit_next, _p_value(mean, deviation, n), _variance_ratio(a, b, deviation),
                        estimate_more_seeds(mean, deviation, n, smallest_effect))


def _standard_deviation(d: np.ndarray) -> float:
    """Standard deviation of the differences; exactly 0 if they are equal up to rounding."""
    if d.size < 2:
        return NAN
    deviation = float(d.std(ddof=1))
    return 0.0 if deviation <= 1e-12 * max(1.0, float(np.abs(d).max())) else deviation


def compute_t_interval(mean: float, deviation: float, n: int, level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """Student's interval of a mean, from the standard deviation of n values; NaN below two values."""
    if n < 2:
        return NAN, NAN
    half = compute_t_half_width(deviation, n, level)
    return mean - half, mean + half


def compute_t_half_width(deviation: float, n: int, level: float = CONFIDENCE_LEVEL) -> float:
    """Half the width of Student's interval."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.5 + level / 2.0)) * deviation / sqrt(n)


def compute_bca_interval(d: np.ndarray, deviation: float, level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """BCa bootstrap interval of the mean of d float64[n]; NaN below 8 values.

    deviation: standard deviation of d. Resampling is seeded: the same values give the same interval.

    Source: Efron 1987, doi:10.1080/01621459.1987.10478410.
    """
    if d.size < MIN_PAIRS_TO_RESAMPLE:
        return NAN, NAN
    if deviation == 0.0:
        return float(d.mean()), float(d.mean())
    from scipy.stats import bootstrap

    found = bootstrap((d,), np.mean, confidence_level=level, n_resamples=BCA_RESAMPLES, method="BCa",
                      rng=np.random.default_rng(0)).confidence_interval
    return float(found.low), float(found.high)


def _benefit_probabilities(mean: float, deviation: float, n: int, direction: int) -> tuple[float, float]:
    """Probabilities that the mean difference and that the next difference is a benefit."""
    if n < 2 or direction == 0 or (deviation == 0.0 and mean == 0.0):
        return NAN, NAN
    if deviation == 0.0:
        certain = 1.0 if mean * direction > 0 else 0.0
        return certain, certain
    from scipy.special import stdtr

    benefit = stdtr(n - 1, direction * mean / (deviation / sqrt(n)))
    benefit_next = stdtr(n - 1, direction * mean / (deviation * sqrt(1.0 + 1.0 / n)))
    return float(benefit), float(benefit_next)


def _p_value(mean: float, deviation: float, n: int) -> float:
    if n < 2:
        return NAN
    if deviation == 0.0:
        return 1.0 if mean == 0.0 else 0.0
    from scipy.special import stdtr

    return float(2.0 * stdtr(n - 1, -abs(mean) / (deviation / sqrt(n))))


def _variance_ratio(a: np.ndarray, b: np.ndarray, deviation: float) -> float:
    """(var a + var b) / var(b - a): how many times fewer runs are needed with pairing. Noisy with few seeds."""
    if a.size < 2 or deviation == 0.0:
        return NAN
    return float((a.var(ddof=1) + b.var(ddof=1)) / deviation**2)


def estimate_more_seeds(mean: float, deviation: float, n: int, smallest_effect: float) -> int:
    """Further seeds until the question is settled: 0 if it is, -1 if not within 10 000 seeds or nothing can be said.

    Settled means that the interval excludes 0 or is so narrow that a difference of smallest_effect is ruled out. It is
    projected from the mean and standard deviation so far. This is a guide, not a stopping rule: an interval is void if
    seeds are added until the result pleases.
    """
    if n < 2 or not isfinite(deviation):
        return -1
    low, high = compute_t_interval(mean, deviation, n)
    goal = max(smallest_effect, abs(mean))
    if deviation == 0.0 or low > 0 or high < 0 or compute_t_half_width(deviation, n) <= smallest_effect:
        return 0
    too_few, enough = n, MAX_PROJECTED_SEEDS
    if goal == 0.0 or compute_t_half_width(deviation, enough) >= goal:
        return -1
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if compute_t_half_width(deviation, middle) < goal:
            enough = middle
        else:
            too_few = middle
    return enough - n


def correct_holm(p: Mapping[str, float]) -> dict[str, float]:
    """p values corrected for their number. Source: Holm 1979, https://www.jstor.org/stable/4615733.

    Holm's correction and not Dunnett's, which takes arms as independent samples: ours share their seeds.
    """
    known = sorted((value, name) for name, value in p.items() if isfinite(value))
    out, corrected = dict.fromkeys(p, NAN), 0.0
    for k, (value, name) in enumerate(known):
        corrected = max(corrected, min(1.0, (len(known) - k) * value))
        out[name] = corrected
    return out


def select_best_by_t_test(values: Mapping[str, np.ndarray], direction: int = -1,
                          level: float = CONFIDENCE_LEVEL) -> list[str]:
    """Arms not distinguishable from the best, by paired t tests against the arm with the best mean, Holm-corrected.

    values: arm to float64[seeds], the same seeds in the same order. direction: -1 if less is better, 1 if more is.
    """
    means = {name: float(np.nanmean(v)) for name, v in values.items() if np.isfinite(v).any()}
    if not means:
        return []
    best = max(sorted(means), key=lambda name: direction * means[name])
    p = correct_holm({name: compare_paired_values(values[best], v).p
                      for name, v in values.items() if name in means and name != best})
    return [name for name in values if name == best or (name in p and not p[name] <= 1.0 - level)]
