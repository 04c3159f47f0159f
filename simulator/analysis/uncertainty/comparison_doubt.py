"""The doubt about a comparison: how often each arm helps and comes first, and what its effect varies with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..effects.arms import Arm
from ..effects.hit_panel import HitPanel, collect_hit_panels, total_pair
from ..effects.outcomes import OUTCOMES
from ..effects.verdict import DAYS, DEFAULT_THRESHOLD, PEOPLE, PERCENT
from .rank_acceptability import RankSummary, summarise_ranks
from .variance_shares import VarianceShares, count_repeated_sets, estimate_variance_shares

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables

RANKED_OUTCOME, RANKED_BY_DEATHS = "loss", "deaths_expected"
"""The outcome by which arms are ranked in a set, where those hit are the same in all arms; the other one where they
lose next to nothing, and verdicts are given on expected deaths."""


@dataclass(frozen=True)
class ComparisonDoubt:
    """How sure a comparison is.

    outcome: by which arms are ranked. units: seeds that stand for an observation each, the first of each set. seeds:
    all of them. sets: how many plausible sets of numbers were played, 0 where luck alone differs. variants: behaviour
    variants. repeated: sets with two seeds or more. ranks, shares: portfolio to its ranks and to the shares of its
    effect's variance.
    """

    outcome: str
    units: tuple[int, ...]
    seeds: tuple[int, ...]
    sets: int
    variants: tuple[str, ...]
    repeated: int
    ranks: dict[str, RankSummary]
    shares: dict[str, VarianceShares]


def choose_ranked_outcome(arms: Sequence[Arm]) -> str:
    """The outcome by which these arms are ranked: the one that their verdicts are given on."""
    by_deaths = any(arm.judgement is not None and arm.judgement.is_by_deaths for arm in arms)
    return RANKED_BY_DEATHS if by_deaths else RANKED_OUTCOME


def list_changes(baseline: Arm, arms: Sequence[Arm], units: Sequence[int]) -> dict[str, np.ndarray]:
    """Map each portfolio to its change of the ranked outcome against no lever, float64[units]; NaN where unknown."""
    outcome = choose_ranked_outcome(arms)
    without = baseline.values(outcome, list(units))
    return {arm.portfolio: arm.values(outcome, list(units)) - without for arm in arms}


def find_worthwhile(baseline: Arm, arms: Sequence[Arm], units: Sequence[int],
                    opened: RunTables) -> dict[str, np.ndarray]:
    """Map each portfolio to bool[units]: whether it gains there as much as makes acting worthwhile, or more.

    The threshold is that of the arms' judgements, hence the reader's.
    """
    panels = collect_hit_panels([baseline, *arms], opened)
    return {arm.portfolio: np.isin(list(units), _list_worthwhile(baseline, arm, panels)) for arm in arms}


def _list_worthwhile(baseline: Arm, arm: Arm, panels: Mapping[int, HitPanel]) -> list[int]:
    """The observations in which an arm gains enough."""
    threshold = arm.judgement.threshold if arm.judgement else DEFAULT_THRESHOLD
    totals = total_pair(panels, arm, baseline)
    gain, base = totals.gain, totals.base
    if arm.judgement is not None and arm.judgement.is_by_deaths:
        base = baseline.values(RANKED_BY_DEATHS, list(totals.seeds))
        gain = base - arm.values(RANKED_BY_DEATHS, list(totals.seeds))
    enough = {PERCENT: threshold.amount / 100.0 * base, DAYS: threshold.amount * totals.hit,
              PEOPLE: threshold.amount * totals.runs}[threshold.unit]
    found = totals.better - totals.worse if threshold.unit == PEOPLE else gain
    return [seed for seed, value, least in zip(totals.seeds, found, enough) if value > 0 and value >= least]


def measure_comparison_doubt(baseline: Arm, arms: Sequence[Arm], units: Sequence[int],
                             sets: Mapping[int, tuple[str, str]], weights: np.ndarray | None = None,
                             worthwhile: Mapping[str, np.ndarray] | None = None) -> ComparisonDoubt:
    """The doubt about arms against a baseline.

    units: as `list_observation_seeds` gives them. sets: seed to (parameter set, behaviour variant), empty where all
    seeds play the same numbers. weights: float64[units], equal ones by default. worthwhile: see `find_worthwhile`.
    """
    changes = list_changes(baseline, arms, units)
    seeds = sorted({seed for arm in (baseline, *arms) for seed in arm.runs})
    played = [sets[seed] for seed in seeds if seed in sets]
    outcome = choose_ranked_outcome(arms)
    shares = {arm.portfolio: estimate_effect_shares(baseline, arm, sets, outcome) for arm in arms} if sets else {}
    return ComparisonDoubt(outcome, tuple(units), tuple(seeds), len(set(played)),
                           tuple(dict.fromkeys(variant for _, variant in played)), count_repeated_sets(played),
                           summarise_ranks(changes, OUTCOMES[outcome].direction, weights, worthwhile), shares)


def estimate_effect_shares(baseline: Arm, arm: Arm, sets: Mapping[int, tuple[str, str]],
                           outcome: str = RANKED_OUTCOME) -> VarianceShares:
    """Shares of the variance of the change that an arm makes, seed by seed. sets: as in `measure_comparison_doubt`."""
    seeds = sorted(sets)
    without, with_ = (np.array([one.value_of_single_run(outcome, seed) for seed in seeds])
                      for one in (baseline, arm))
    return estimate_variance_shares(with_ - without, [sets[seed] for seed in seeds], [sets[seed][1] for seed in seeds])
