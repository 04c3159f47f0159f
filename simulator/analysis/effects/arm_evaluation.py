"""Evaluation of arms: which levers to act on, which to drop, and which may be the best, valid at any stopping time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from .confidence_sequence import PLANNED_PAIRS, compute_anytime_interval, compute_e_value
from .paired_comparison import CONFIDENCE_LEVEL, correct_holm
from .variance_reduction import VarianceReduction, measure_variance_reduction
from .verdict import compute_joint_interval, decide_verdict


@dataclass(frozen=True)
class ArmEvaluation:
    """One arm against the baseline and against the other arms.

    n: paired seeds. difference: mean paired difference to the baseline. low, high: its interval, one of those of all
    arms that hold together (`compute_joint_interval`). p: valid at any stopping time, corrected by Holm. verdict: one
    of VERDICTS. among_best: no other arm is known to be better. gap_to_best: (low, high) of how much worse it is
    than the best of the others, in the outcome's unit. variance_reduction: what sharing random numbers with the
    baseline gained.
    """

    n: int
    difference: float
    low: float
    high: float
    p: float
    verdict: str
    among_best: bool
    gap_to_best: tuple[float, float]
    variance_reduction: VarianceReduction


def evaluate_arms(baseline: np.ndarray, arms: Mapping[str, np.ndarray], direction: int = -1,
                  smallest_effect: float = 0.0, level: float = CONFIDENCE_LEVEL,
                  planned: int = PLANNED_PAIRS) -> dict[str, ArmEvaluation]:
    """Evaluate every arm. baseline, arms: float64[seeds], the same seeds in the same order; NaN where unknown.

    direction: -1 if less is better, 1 if more is. smallest_effect: the smallest difference worth acting on. With
    probability `level`, all intervals against the baseline hold together (Bonferroni). So do all of
    `compute_gaps_to_best`, and the best arm is among those marked `among_best`, for all numbers of seeds at once;
    planned: pairs at which these are tightest.
    """
    if not arms:
        return {}
    p = _correct_e_values({name: compute_e_value(values - baseline, 0.0, level, planned)
                           for name, values in arms.items()})
    best = select_best_subset(arms, direction, level, planned)
    gaps = compute_gaps_to_best(arms, direction, level, planned)
    out = {}
    for name, values in arms.items():
        d = values - baseline
        d = d[np.isfinite(d)]
        low, high = compute_joint_interval(d, len(arms), level)
        gain = (-high, -low) if direction < 0 else (low, high)
        out[name] = ArmEvaluation(d.size, float(d.mean()) if d.size else float("nan"), low, high, p[name],
                                  decide_verdict(*gain, smallest_effect), name in best, gaps[name],
                                  measure_variance_reduction(baseline, values, level))
    return out


def select_best_subset(arms: Mapping[str, np.ndarray], direction: int = -1, level: float = CONFIDENCE_LEVEL,
                       planned: int = PLANNED_PAIRS) -> list[str]:
    """Arms that no other arm is known to beat: the best is among them with probability `level`, after any seed.

    An arm is dropped when one of the k - 1 others is better at level 1 - (1 - level)/(k - 1). The best arm can only be
    dropped by its own k - 1 comparisons, so no further correction is needed. Source: subset selection, Gupta 1965,
    doi:10.1080/00401706.1965.10490251, here with a confidence sequence instead of one interval.
    """
    if len(arms) < 2:
        return list(arms)
    each = 1.0 - (1.0 - level) / (len(arms) - 1)
    return [name for name in arms if not any(
        _gap_interval(arms[name], arms[other], direction, each, planned)[0] > 0 for other in arms if other != name)]


def compute_gaps_to_best(arms: Mapping[str, np.ndarray], direction: int = -1, level: float = CONFIDENCE_LEVEL,
                         planned: int = PLANNED_PAIRS) -> dict[str, tuple[float, float]]:
    """Map each arm to the interval of how much worse it is than the best of the others; below 0, better than all.

    All pairs are corrected together. Source: multiple comparisons with the best, Hsu 1981, doi:10.1214/aos/1176345582.
    """
    if len(arms) < 2:
        return dict.fromkeys(arms, (-inf, inf))
    each = 1.0 - (1.0 - level) / (len(arms) * (len(arms) - 1) / 2)
    out = {}
    for name in arms:
        pairs = [_gap_interval(arms[name], arms[other], direction, each, planned) for other in arms if other != name]
        out[name] = max(low for low, _ in pairs), max(high for _, high in pairs)
    return out


def _gap_interval(arm: np.ndarray, other: np.ndarray, direction: int, level: float,
                  planned: int) -> tuple[float, float]:
    """Interval of how much worse `arm` is than `other`, over the seeds that both have."""
    return compute_anytime_interval((arm - other) if direction < 0 else (other - arm), level, planned)


def _correct_e_values(e_values: Mapping[str, float]) -> dict[str, float]:
    """E-values as p values, corrected by Holm: valid at any time, for any dependence between arms."""
    return correct_holm({name: min(1.0, 1.0 / e) if e > 0 else 1.0 for name, e in e_values.items()})
