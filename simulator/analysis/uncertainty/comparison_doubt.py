"""The doubt about a comparison: how often each arm helps and comes first, and what its effect varies with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..effects.arms import Arm
from ..effects.outcomes import OUTCOMES
from .rank_acceptability import RankSummary, summarise_ranks
from .variance_shares import VarianceShares, count_repeated_sets, estimate_variance_shares

RANKED_OUTCOME = "loss"
"""The outcome by which arms are ranked."""


@dataclass(frozen=True)
class ComparisonDoubt:
    """How sure a comparison is.

    units: seeds that stand for an observation each, the first of each set. seeds: all of them. sets: how many plausible
    sets of numbers were played, 0 where luck alone differs. variants: behaviour variants. repeated: sets with two seeds
    or more. ranks, shares: portfolio to its ranks and to the shares of its effect's variance.
    """

    units: tuple[int, ...]
    seeds: tuple[int, ...]
    sets: int
    variants: tuple[str, ...]
    repeated: int
    ranks: dict[str, RankSummary]
    shares: dict[str, VarianceShares]


def list_changes(baseline: Arm, arms: Sequence[Arm], units: Sequence[int]) -> dict[str, np.ndarray]:
    """Map each portfolio to its change of RANKED_OUTCOME against no lever, float64[units]; NaN where unknown."""
    without = baseline.values(RANKED_OUTCOME, list(units))
    return {arm.portfolio: arm.values(RANKED_OUTCOME, list(units)) - without for arm in arms}


def measure_comparison_doubt(baseline: Arm, arms: Sequence[Arm], units: Sequence[int],
                             sets: Mapping[int, tuple[str, str]], weights: np.ndarray | None = None) -> ComparisonDoubt:
    """The doubt about arms against a baseline.

    units: as `list_observation_seeds` gives them. sets: seed to (parameter set, behaviour variant), empty where all
    seeds play the same numbers. weights: float64[units], equal ones by default.
    """
    changes = list_changes(baseline, arms, units)
    seeds = sorted({seed for arm in (baseline, *arms) for seed in arm.runs})
    played = [sets[seed] for seed in seeds if seed in sets]
    shares = {arm.portfolio: estimate_effect_shares(baseline, arm, sets) for arm in arms} if sets else {}
    return ComparisonDoubt(tuple(units), tuple(seeds), len(set(played)),
                           tuple(dict.fromkeys(variant for _, variant in played)), count_repeated_sets(played),
                           summarise_ranks(changes, OUTCOMES[RANKED_OUTCOME].direction, weights), shares)


def estimate_effect_shares(baseline: Arm, arm: Arm, sets: Mapping[int, tuple[str, str]]) -> VarianceShares:
    """Shares of the variance of the change that an arm makes, seed by seed. sets: as in `measure_comparison_doubt`."""
    seeds = sorted(sets)
    without, with_ = (np.array([one.value_of_single_run(RANKED_OUTCOME, seed) for seed in seeds])
                      for one in (baseline, arm))
    return estimate_variance_shares(with_ - without, [sets[seed] for seed in seeds], [sets[seed][1] for seed in seeds])
