"""How many seeds to play, fixed once after a first stage: the other way to stop without spoiling the interval."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, sqrt

import numpy as np

from .paired import LEVEL


def seeds_for_width(first: np.ndarray, half: float, level: float = LEVEL) -> int:
    """Seeds in all, first stage included, for an interval of plus or minus `half` around a mean difference.

    first: differences float64[n0] of the first stage, at least 2. Play that many in all, look at nothing between, then
    take `stein`. Source: Stein 1945, doi:10.1214/aoms/1177731088.
    """
    n, s = _first(first)
    if half <= 0:
        raise ValueError(f"half = {half:g}: expected a half-width above 0, in the outcome's unit")
    return max(n, ceil((_t(n, 0.5 + level / 2.0) * s / half) ** 2))


def stein(first: np.ndarray, everything: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """Interval of the mean over both stages; its spread and degrees of freedom are those of the first stage.

    Exact for normal differences. everything: float64[n], the first stage among them.
    """
    n, s = _first(first)
    everything = np.asarray(everything, np.float64)
    half = _t(n, 0.5 + level / 2.0) * s / sqrt(everything.size)
    return float(everything.mean()) - half, float(everything.mean()) + half


def seeds_to_choose(first: Mapping[str, np.ndarray], smallest: float, level: float = LEVEL) -> int:
    """Seeds in all, the same for every arm, after which the arm with the best mean is chosen.

    With probability `level` it is the best one, or within `smallest` of it. first: arm to float64[n0], the same seeds
    in the same order: arms may share their luck in any way. Source: Clark & Yang 1986, doi:10.1016/0167-7152(86)90072-4
    (Bonferroni; Rinott's rule takes arms as independent).
    """
    arms = [np.asarray(values, np.float64) for values in first.values()]
    if len(arms) < 2 or smallest <= 0:
        raise ValueError(f"{len(arms)} arms, smallest = {smallest:g}: expected 2 arms or more and a difference above 0")
    n = arms[0].size
    t = _t(n, 1.0 - (1.0 - level) / (len(arms) - 1))
    most = max(_first(b - a)[1] for k, a in enumerate(arms) for b in arms[k + 1:])
    return max(n, ceil((t * most / smallest) ** 2))


def _first(first: np.ndarray) -> tuple[int, float]:
    first = np.asarray(first, np.float64)
    if first.size < 2 or not np.isfinite(first).all():
        raise ValueError(f"{first.size} values in the first stage: expected at least 2, all known")
    return first.size, float(first.std(ddof=1))


def _t(n: int, probability: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, probability))
