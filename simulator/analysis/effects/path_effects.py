"""Through which channels a lever works: its effect again with a channel cut in both arms, seed by seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ...records.files.run_files import RunTables
from .arms import Arm, collect_arms, list_observation_seeds
from .hit_panel import HitPanel, collect_hit_panels, total_pair
from .outcomes import OUTCOMES
from .paired_comparison import CONFIDENCE_LEVEL, NAN, PairedEffect, compare_paired_values
from .verdict import linearise_ratio

JUDGED_OUTCOME = "loss_per_hit"
"""What verdicts are given on: its values are ratios of sums over seeds, over the same people hit in every arm."""
PATH_OUTCOMES = (JUDGED_OUTCOME, "loss", "permanent_loss", "never_reached")
"""Outcomes in the table of paths; the first one is shown."""
ArmValues = tuple[np.ndarray, np.ndarray]
"""An outcome without and with the levers, float64[seeds] each, NaN where it is not known."""


@dataclass(frozen=True)
class PathEffect:
    """An effect with and without some channels. All parts are paired over the same seeds.

    effect: of the lever, nothing cut. remaining: of the lever, with the channels cut in both arms. through: effect
    minus remaining, hence what runs through the channels. share: mean of `through` over mean of `effect`, with
    Fieller's interval; NaN where the sign of the effect is not known. overlap: for channels cut together, what runs
    through each of them cut alone, added up, minus `through`; None where one of them was not cut alone. With the sign
    of the effect, it is counted twice: one channel works through the other. With the other sign, it is not seen when
    one is cut alone: one channel stands in for the other.
    """

    effect: PairedEffect
    remaining: PairedEffect
    through: PairedEffect
    share: float
    share_low: float
    share_high: float
    overlap: PairedEffect | None = None

    @property
    def is_nothing(self) -> bool:
        """True if the cut changes the effect in no seed, to the last bit."""
        return self.through.n > 0 and self.through.difference == 0 and not self.through.high > self.through.low


def measure_path_effects(opened: RunTables, cut_tables: Mapping[tuple[str, ...], RunTables],
                         outcome: str) -> list[tuple[Arm, dict[tuple[str, ...], PathEffect]]]:
    """Every arm with levers, and its effect on an outcome through every cut.

    opened: the runs of a comparison. cut_tables: the same runs with these channels cut.
    """
    arms = collect_arms(opened)
    seeds, direction = list_observation_seeds(arms), OUTCOMES[outcome].direction
    usual = _read_values(arms, opened, outcome, seeds)
    by_cut = {cut: _read_values(collect_arms(tables), tables, outcome, seeds) for cut, tables in cut_tables.items()}
    return [(arm, compare_paths(usual(arms[0], arm), {cut: values(arms[0], arm) for cut, values in by_cut.items()},
                                direction)) for arm in arms[1:]]


def _read_values(arms: Sequence[Arm], opened: RunTables, outcome: str,
                 seeds: list[int]) -> Callable[[Arm, Arm], ArmValues]:
    """What gives an outcome of two arms without and with levers, by their portfolios, from the runs of these arms."""
    found, panels = {arm.portfolio: arm for arm in arms}, collect_hit_panels(arms, opened)

    def list_values(without: Arm, with_: Arm) -> ArmValues:
        one, other = found.get(without.portfolio), found.get(with_.portfolio)
        if outcome == JUDGED_OUTCOME and one and other and panels:
            return _list_losses_per_hit(one, other, panels, seeds)
        unknown = np.full(len(seeds), np.nan)
        return one.values(outcome, seeds) if one else unknown, other.values(outcome, seeds) if other else unknown

    return list_values


def _list_losses_per_hit(without: Arm, with_: Arm, panels: Mapping[int, HitPanel], seeds: list[int]) -> ArmValues:
    """float64[seeds] each: person-days that a hit person loses, values whose means are the ratios of sums."""
    totals = total_pair(panels, with_, without)
    at = np.searchsorted(seeds, totals.seeds)
    values = np.full((2, len(seeds)), np.nan)
    for row, lost in zip(values, (totals.base, totals.base - totals.gain)):
        row[at] = linearise_ratio(lost, totals.hit)
    return values[0], values[1]


def compare_paths(usual: ArmValues, by_cut: Mapping[tuple[str, ...], ArmValues],
                  direction: int = -1) -> dict[tuple[str, ...], PathEffect]:
    """Every cut's PathEffect. usual: values with nothing cut; by_cut: those with channels cut, the same seeds.

    direction: -1 if less is better, 1 if more is. Seeds of which one of the four runs is not known are left out.
    """
    effect = usual[1] - usual[0]
    through = {cut: effect - (with_ - without) for cut, (without, with_) in by_cut.items()}
    return {cut: _compare_path(usual, by_cut[cut], through, cut, direction) for cut in by_cut}


def _compare_path(usual: ArmValues, values: ArmValues, through: Mapping[tuple[str, ...], np.ndarray],
                  cut: tuple[str, ...], direction: int) -> PathEffect:
    known = np.isfinite(through[cut])
    effect = compare_paired_values(usual[0][known], usual[1][known], direction)
    remaining = compare_paired_values(values[0][known], values[1][known], direction)
    paths = through[cut][known]
    share, low, high = NAN, NAN, NAN
    if effect.excludes_zero:
        share = float(paths.mean() / effect.difference)
        low, high = compute_ratio_interval(paths, (usual[1] - usual[0])[known])
    singles = [through[name,] for name in cut if (name,) in through]
    overlap = None
    if len(cut) > 1 and len(singles) == len(cut):
        overlap = compare_paired_values(through[cut], np.sum(singles, axis=0), direction)
    return PathEffect(effect, remaining, compare_paired_values(np.zeros(paths.size), paths, direction), share, low,
                      high, overlap)


def compute_ratio_interval(top: np.ndarray, bottom: np.ndarray, level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """Fieller's interval of mean(top) / mean(bottom), paired values float64[n] of either sign.

    NaN below two values, or where a mean of zero cannot be excluded below: the ratio then has no bounded interval.
    Source: Fieller 1954, https://www.jstor.org/stable/2984043.
    """
    from scipy.special import stdtrit

    n = top.size
    if n < 2:
        return NAN, NAN
    k = float(stdtrit(n - 1, 0.5 + level / 2.0)) ** 2 / n
    covariance, above, below = np.cov(top, bottom, ddof=1), float(top.mean()), float(bottom.mean())
    square = below * below - k * covariance[1, 1]
    if square <= 0:
        return NAN, NAN
    linear = above * below - k * covariance[0, 1]
    root = sqrt(max(0.0, linear * linear - square * (above * above - k * covariance[0, 0])))
    return (linear - root) / square, (linear + root) / square
