"""Which settings an effect depends on, with luck kept apart: Morris screening and Sobol indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import numpy as np

from ..effects.paired import LEVEL, NAN
from ..extra import need

RESAMPLES = 200
"""Bootstrap samples behind the intervals of an index."""


@dataclass(frozen=True)
class Spread:
    """Variance of y[points, seeds] by what causes it. settings: the points; luck: the seeds, alike at all points;
    joint: what a seed does at one point and not at another. In squared units of y."""

    settings: float
    luck: float
    joint: float
    seeds: int

    @property
    def seed_share(self) -> float:
        """Share of all variance that comes with the seed, alone or together with the settings. NaN for one seed."""
        total = self.settings + self.luck + self.joint
        return (self.luck + self.joint) / total if total > 0 else NAN

    @property
    def left(self) -> float:
        """Share of the variance of points' means that may be luck rather than settings."""
        total = self.settings + self.noise
        return self.noise / total if total > 0 else NAN

    @property
    def noise(self) -> float:
        """Variance that luck leaves in the mean of a point over its seeds, beyond what it adds to all points."""
        return self.joint / self.seeds if np.isfinite(self.joint) else 0.0


def spread(y: np.ndarray) -> Spread:
    """Two-way analysis of variance of y, float64[points, seeds], every seed played at every point.

    With one seed luck cannot be told from settings: NaN. Source: Scheffé 1959, The Analysis of Variance, section 4.8.
    """
    y = _whole(y)
    points, seeds = y.shape
    by_point = float(y.mean(1).var(ddof=1))
    if seeds < 2:
        return Spread(by_point, NAN, NAN, 1)
    rest = y - y.mean(1, keepdims=True) - y.mean(0) + y.mean()
    joint = float((rest**2).sum() / ((points - 1) * (seeds - 1)))
    luck = float(y.mean(0).var(ddof=1)) - joint / points
    return Spread(max(0.0, by_point - joint / seeds), max(0.0, luck), joint, seeds)


@dataclass(frozen=True)
class Screened:
    """A setting's elementary effects, in units of y over its whole range. star: mean size (Morris's mu*), low and
    high its interval; mean: with sign; uneven: their standard deviation, large where it interacts or bends."""

    name: str
    star: float
    low: float
    high: float
    mean: float
    uneven: float


def morris(names: Sequence[str], x: np.ndarray, y: np.ndarray, levels: int = 4) -> tuple[list[Screened], float]:
    """Settings, the strongest first, and the floor: the mu* that luck alone gives to a setting without effect.

    x: float64[points, names], places from 0 to 1 in Morris's order; y: float64[points, seeds].
    Source: Campolongo, Cariboni & Saltelli 2007, doi:10.1016/j.envsoft.2006.10.004, by SALib.
    """
    analyse, y = need("SALib.analyze.morris").analyze, _whole(y)
    found = analyse(_problem(names), np.asarray(x, np.float64), y.mean(1), num_resamples=RESAMPLES,
                    conf_level=LEVEL, num_levels=levels, seed=0)
    step = levels / (2.0 * (levels - 1))
    floor = sqrt(2.0 / pi) * sqrt(2.0 * spread(y).noise) / step
    out = [Screened(name, float(star), float(max(0.0, star - wide)), float(star + wide), float(mean), float(uneven))
           for name, star, wide, mean, uneven in zip(names, found["mu_star"], found["mu_star_conf"], found["mu"],
                                                     found["sigma"])]
    return sorted(out, key=lambda one: -one.star), floor


@dataclass(frozen=True)
class Index:
    """A setting's share of the variance of the mean over seeds. first: alone; total: with all its interactions."""

    name: str
    first: float
    first_half: float
    total: float
    total_half: float


@dataclass(frozen=True)
class Sobol:
    """Indices, the strongest first; pairs: (a, b) to the share of their interaction, if the design has it."""

    indices: list[Index]
    pairs: dict[tuple[str, str], float]
    spread: Spread


def sobol(names: Sequence[str], y: np.ndarray) -> Sobol:
    """First-order and total indices of the mean over seeds. y: float64[points, seeds], points in Saltelli's order.

    Halves are those of 95 % bootstrap intervals. Luck left in a mean of few seeds lowers first-order indices and raises
    totals, at most by the share `left`. ValueError if points do not fit the design, or if nothing varies.
    Source: Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, by SALib.
    """
    y = _whole(y)
    if np.ptp(y.mean(1)) == 0.0:
        raise ValueError("the effect is the same at every point: nothing to explain")
    found = need("SALib.analyze.sobol").analyze(_problem(names), y.mean(1), calc_second_order=_pairs(names, len(y)),
                                                num_resamples=RESAMPLES, conf_level=LEVEL, seed=0)
    indices = [Index(name, float(found["S1"][k]), float(found["S1_conf"][k]), float(found["ST"][k]),
                     float(found["ST_conf"][k])) for k, name in enumerate(names)]
    two = found.get("S2")
    pairs = {} if two is None else {(a, b): float(two[i][j]) for i, a in enumerate(names)
                                    for j, b in enumerate(names) if i < j}
    return Sobol(sorted(indices, key=lambda one: -one.total), pairs, spread(y))


def _pairs(names: Sequence[str], points: int) -> bool:
    """True for so many points as the scheme with pairs has, n (2 k + 2); False for n (k + 2); n is a power of two."""
    for each, pairs in ((len(names) + 2, False), (2 * len(names) + 2, True)):
        base, rest = divmod(points, each)
        if not rest and base and not base & (base - 1):
            return pairs
    raise ValueError(f"{points} points of {len(names)} settings: expected a power of two times {len(names) + 2} or "
                     f"{2 * len(names) + 2} (design.kind: sobol), every one played")


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _whole(y: np.ndarray) -> np.ndarray:
    y = np.asarray(y, np.float64)
    y = y[:, None] if y.ndim == 1 else y
    if len(y) < 2 or not np.isfinite(y).all():
        raise ValueError(f"{int((~np.isfinite(y)).any(-1).sum())} of {len(y)} points lack a seed or the outcome: "
                         "expected every seed at every point")
    return y
