"""Two-stage sampling: the number of seeds, fixed once after a first stage, so that the final interval stays valid."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, sqrt

import numpy as np

from ...i18n.translation import Message
from .paired_comparison import CONFIDENCE_LEVEL


def compute_seeds_for_width(first: np.ndarray, half: float, level: float = CONFIDENCE_LEVEL) -> int:
    """Total seeds, first stage included, for an interval of plus or minus `half` around a mean difference.

    first: differences float64[n0] of the first stage, at least 2. Run that many seeds in all without looking at results
    in between, then take `compute_stein_interval`. ValueError if half is not above 0. Source: Stein 1945,
    doi:10.1214/aoms/1177731088.
    """
    n, s = _summarise_first_stage(first)
    if half <= 0:
        raise ValueError(Message("half = {half:g}: expected a half-width above 0, in the outcome's unit", half=half))
    return max(n, ceil((_t_quantile(n, 0.5 + level / 2.0) * s / half) ** 2))


def compute_stein_interval(first: np.ndarray, both_stages: np.ndarray,
                           level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """Interval of the mean over both stages, with the standard deviation and degrees of freedom of the first stage.

    both_stages: float64[n], the first stage included. Exact for normal differences.
    """
    n, s = _summarise_first_stage(first)
    both_stages = np.asarray(both_stages, np.float64)
    half = _t_quantile(n, 0.5 + level / 2.0) * s / sqrt(both_stages.size)
    return float(both_stages.mean()) - half, float(both_stages.mean()) + half


def compute_seeds_to_choose(first: Mapping[str, np.ndarray], smallest_effect: float,
                            level: float = CONFIDENCE_LEVEL) -> int:
    """Total seeds, the same for every arm, after which the arm with the best mean may be chosen.

    With probability `level` that arm is the best, or within smallest_effect of it. first: arm to float64[n0], the same
    seeds in the same order; arms may be correlated in any way. ValueError below 2 arms or for a smallest_effect that is
    not above 0. Source: Clark & Yang 1986, doi:10.1016/0167-7152(86)90072-4 (Bonferroni; Rinott's rule takes arms as
    independent).
    """
    arms = [np.asarray(values, np.float64) for values in first.values()]
    if len(arms) < 2 or smallest_effect <= 0:
        raise ValueError(Message("{n} arms, smallest = {smallest:g}: expected 2 arms or more and a difference above 0",
                                 n=len(arms), smallest=smallest_effect))
    n = arms[0].size
    t = _t_quantile(n, 1.0 - (1.0 - level) / (len(arms) - 1))
    most = max(_summarise_first_stage(b - a)[1] for k, a in enumerate(arms) for b in arms[k + 1:])
    return max(n, ceil((t * most / smallest_effect) ** 2))


def _summarise_first_stage(first: np.ndarray) -> tuple[int, float]:
    """Number and standard deviation of the first stage's differences. ValueError if fewer than 2 or not finite."""
    first = np.asarray(first, np.float64)
    if first.size < 2 or not np.isfinite(first).all():
        raise ValueError(Message("{n} values in the first stage: expected at least 2, all known", n=first.size))
    return first.size, float(first.std(ddof=1))


def _t_quantile(n: int, probability: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, probability))
