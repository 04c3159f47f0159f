"""Sensitivity of an effect to the settings, apart from the variance due to seeds: Morris screening, Sobol indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ..effects.paired_comparison import CONFIDENCE_LEVEL, NAN
from ..optional_libraries import import_optional

INDEX_RESAMPLES = 200
"""Bootstrap samples behind the intervals of an index."""


@dataclass(frozen=True)
class TwoWayVariance:
    """Variance of y[points, seeds] by its source, in squared units of y.

    settings: between points. seed: between seeds, the same at all points. interaction: what a seed does at one point
    and not at another. seeds: number of seeds.
    """

    settings: float
    seed: float
    interaction: float
    seeds: int

    @property
    def seed_share(self) -> float:
        """Share of all variance that is due to the seed, alone or with the settings; NaN for one seed."""
        total = self.settings + self.seed + self.interaction
        return (self.seed + self.interaction) / total if total > 0 else NAN

    @property
    def noise_share(self) -> float:
        """Share of the variance of the points' means that is due to the seeds rather than the settings."""
        total = self.settings + self.noise
        return self.noise / total if total > 0 else NAN

    @property
    def noise(self) -> float:
        """Variance that the seeds leave in the mean of a point, beyond what they add to all points alike."""
        return self.interaction / self.seeds if np.isfinite(self.interaction) else 0.0


def decompose_variance(y: np.ndarray) -> TwoWayVariance:
    """Two-way analysis of variance of y, float64[points, seeds], every seed run at every point.

    With one seed, seeds and settings cannot be told apart: NaN. Source: Scheffé 1959, The Analysis of Variance,
    section 4.8.
    """
    y = _check_complete_design(y)
    points, seeds = y.shape
    by_point = float(y.mean(1).var(ddof=1))
    if seeds < 2:
        return TwoWayVariance(by_point, NAN, NAN, 1)
    residual = y - y.mean(1, keepdims=True) - y.mean(0) + y.mean()
    interaction = float((residual**2).sum() / ((points - 1) * (seeds - 1)))
    seed_effect = float(y.mean(0).var(ddof=1)) - interaction / points
    return TwoWayVariance(max(0.0, by_point - interaction / seeds), max(0.0, seed_effect), interaction, seeds)


@dataclass(frozen=True)
class MorrisEffect:
    """A setting's elementary effects, in units of y over its whole range.

    mu_star: mean absolute effect; low, high: its interval. mean: mean effect, with its sign. sigma: their standard
    deviation, large if the setting interacts with others or acts nonlinearly.
    """

    name: str
    mu_star: float
    low: float
    high: float
    mean: float
    sigma: float


def compute_morris_effects(names: Sequence[str], x: np.ndarray, y: np.ndarray,
                           levels: int = 4) -> tuple[list[MorrisEffect], float]:
    """(effects, noise_mu_star): the settings' effects, the strongest first, and the mu* of noise alone.

    noise_mu_star is the mu* that a setting without any effect has because of the seeds. x: float64[points, names],
    values from 0 to 1 in the order of Morris's design. y: float64[points, seeds]. levels: levels of that design.
    Source: Campolongo, Cariboni & Saltelli 2007, doi:10.1016/j.envsoft.2006.10.004, by SALib.
    """
    analyse, y = import_optional("SALib.analyze.morris").analyze, _check_complete_design(y)
    found = analyse(_problem(names), np.asarray(x, np.float64), y.mean(1), num_resamples=INDEX_RESAMPLES,
                    conf_level=CONFIDENCE_LEVEL, num_levels=levels, seed=0)
    step = levels / (2.0 * (levels - 1))
    noise_mu_star = sqrt(2.0 / pi) * sqrt(2.0 * decompose_variance(y).noise) / step
    effects = [MorrisEffect(name, float(star), float(max(0.0, star - half)), float(star + half), float(mean),
                            float(sigma))
               for name, star, half, mean, sigma in zip(names, found["mu_star"], found["mu_star_conf"], found["mu"],
                                                        found["sigma"])]
    return sorted(effects, key=lambda effect: -effect.mu_star), noise_mu_star


@dataclass(frozen=True)
class SobolIndex:
    """A setting's share of the variance of the mean over seeds.

    first: alone. total: with all its interactions. first_half, total_half: half widths of their intervals.
    """

    name: str
    first: float
    first_half: float
    total: float
    total_half: float


@dataclass(frozen=True)
class SobolResult:
    """Sobol indices, the strongest first. second_order: (a, b) to their interaction's share, if the design has it."""

    indices: list[SobolIndex]
    second_order: dict[tuple[str, str], float]
    variance: TwoWayVariance


def compute_sobol_indices(names: Sequence[str], y: np.ndarray) -> SobolResult:
    """First-order and total indices of the mean over seeds. y: float64[points, seeds], points in Saltelli's order.

    Half widths are those of 95 % bootstrap intervals. Noise left in a mean of few seeds lowers first-order indices and
    raises totals, at most by `noise_share`. ValueError if points do not fit the design, or if nothing varies.
    Source: Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, by SALib.
    """
    y = _check_complete_design(y)
    if np.ptp(y.mean(1)) == 0.0:
        raise ValueError(Message("the effect is the same at every point: nothing to explain"))
    analyse = import_optional("SALib.analyze.sobol").analyze
    found = analyse(_problem(names), y.mean(1), calc_second_order=_has_second_order(names, len(y)),
                    num_resamples=INDEX_RESAMPLES, conf_level=CONFIDENCE_LEVEL, seed=0)
    indices = [SobolIndex(name, float(found["S1"][k]), float(found["S1_conf"][k]), float(found["ST"][k]),
                          float(found["ST_conf"][k])) for k, name in enumerate(names)]
    s2 = found.get("S2")
    pairs = {} if s2 is None else {(a, b): float(s2[i][j]) for i, a in enumerate(names)
                                   for j, b in enumerate(names) if i < j}
    return SobolResult(sorted(indices, key=lambda index: -index.total), pairs, decompose_variance(y))


def _has_second_order(names: Sequence[str], points: int) -> bool:
    """True if the design has n (2 k + 2) points for k settings, False if n (k + 2), where n is a power of two."""
    for each, second_order in ((len(names) + 2, False), (2 * len(names) + 2, True)):
        base, rest = divmod(points, each)
        if not rest and base and not base & (base - 1):
            return second_order
    raise ValueError(Message("{n} points of {count} settings: expected a power of two times {least} or {most} "
                             "(design.kind: sobol), every one played", n=points, count=len(names), least=len(names) + 2,
                             most=2 * len(names) + 2))


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _check_complete_design(y: np.ndarray) -> np.ndarray:
    """y as float64[points, seeds]. ValueError if a value is missing or there are fewer than 2 points."""
    y = np.asarray(y, np.float64)
    y = y[:, None] if y.ndim == 1 else y
    if len(y) < 2 or not np.isfinite(y).all():
        raise ValueError(Message("{n} of {count} points lack a seed or the outcome: expected every seed at every point",
                                 n=int((~np.isfinite(y)).any(-1).sum()), count=len(y)))
    return y
