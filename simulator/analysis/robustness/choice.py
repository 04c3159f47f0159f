"""Which levers to act on, which to drop, and which cannot be told apart from the best, whenever playing stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from ..effects.paired import LEVEL
from ..effects.sequence import PLANNED, evidence, interval
from ..effects.variance_reduction import Gain, gain

VERDICTS = ("acts", "helps", "small", "harms", "open")
"""acts: better than nothing by more than the smallest difference that matters · helps: better than nothing, perhaps by
less · small: whatever it is, too small to act on · harms: worse than nothing · open: more seeds are needed."""


@dataclass(frozen=True)
class Choice:
    """One arm against the baseline and against the other arms.

    low, high: interval of the difference, valid under optional stopping, corrected for the number of arms. p: the same
    as a p value, after Holm. behind: (low, high) of how much worse than the best of the others, in the outcome's unit.
    """

    n: int
    difference: float
    low: float
    high: float
    p: float
    verdict: str
    among_best: bool
    behind: tuple[float, float]
    gain: Gain


def choose(baseline: np.ndarray, arms: Mapping[str, np.ndarray], better: int = -1, smallest: float = 0.0,
           level: float = LEVEL, planned: int = PLANNED) -> dict[str, Choice]:
    """Arm to choice. baseline, arms: float64[seeds], the same seeds in the same order; NaN where not known.

    better: -1 if less is better, 1 if more. smallest: the smallest difference worth acting on. Together, all intervals
    against the baseline hold with probability `level` (Bonferroni); so do those of `behind`, and `among_best` holds
    the best arm with that probability, at every number of seeds at once.
    """
    if not arms:
        return {}
    shared = 1.0 - (1.0 - level) / len(arms)
    found = {name: interval(values - baseline, shared, planned) for name, values in arms.items()}
    p = _holm({name: evidence(values - baseline, 0.0, level, planned) for name, values in arms.items()})
    best, lags = best_arms(arms, better, level, planned), behind(arms, better, level, planned)
    out = {}
    for name, values in arms.items():
        d = values - baseline
        d = d[np.isfinite(d)]
        low, high = found[name]
        out[name] = Choice(d.size, float(d.mean()) if d.size else float("nan"), low, high, p[name],
                           verdict(low, high, better, smallest), name in best, lags[name],
                           gain(baseline, values, level))
    return out


def verdict(low: float, high: float, better: int = -1, smallest: float = 0.0) -> str:
    """One of VERDICTS for the interval of a difference."""
    worst, most = (-high, -low) if better < 0 else (low, high)  # gains, the larger the better
    if -smallest <= worst and most <= smallest:
        return "small"
    if worst >= smallest and worst > 0:
        return "acts"
    if worst > 0:
        return "helps"
    return "harms" if most < 0 else "open"


def best_arms(arms: Mapping[str, np.ndarray], better: int = -1, level: float = LEVEL, planned: int = PLANNED
              ) -> list[str]:
    """Arms that no other arm beats beyond doubt: the best is among them with probability `level`, at all times.

    An arm leaves when one of the k - 1 others is better at level 1 - (1 - level)/(k - 1): only the comparisons of the
    best arm with the others can put it out, so no more correction is needed. Source: subset selection, Gupta 1965,
    doi:10.1080/00401706.1965.10490251, with a sequence of intervals instead of one.
    """
    if len(arms) < 2:
        return list(arms)
    each = 1.0 - (1.0 - level) / (len(arms) - 1)
    return [name for name in arms if not any(
        _excess(arms[name], arms[other], better, each, planned)[0] > 0 for other in arms if other != name)]


def behind(arms: Mapping[str, np.ndarray], better: int = -1, level: float = LEVEL, planned: int = PLANNED
           ) -> dict[str, tuple[float, float]]:
    """Arm to the interval of how much worse it is than the best of the others (below 0: better than all others).

    All pairs corrected together. Source: multiple comparisons with the best, Hsu 1981, doi:10.1214/aos/1176345582.
    """
    if len(arms) < 2:
        return dict.fromkeys(arms, (-inf, inf))
    each = 1.0 - (1.0 - level) / (len(arms) * (len(arms) - 1) / 2)
    out = {}
    for name in arms:
        pairs = [_excess(arms[name], arms[other], better, each, planned) for other in arms if other != name]
        out[name] = max(low for low, _ in pairs), max(high for _, high in pairs)
    return out


def _excess(one: np.ndarray, other: np.ndarray, better: int, level: float, planned: int) -> tuple[float, float]:
    """Interval of how much worse `one` is than `other`, over the seeds that both have played."""
    return interval((one - other) if better < 0 else (other - one), level, planned)


def _holm(found: Mapping[str, float]) -> dict[str, float]:
    """Evidence turned into p values, corrected by Holm: valid at any time, for any dependence between arms."""
    from ..effects.paired import holm

    return holm({name: min(1.0, 1.0 / e) if e > 0 else 1.0 for name, e in found.items()})
