"""The judgement of every arm of a comparison, against doing nothing and against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from .hit_panel import HitPanel, PairTotals, collect_hit_panels, total_pair
from .paired_comparison import NAN
from .verdict import (
    DAYS,
    DEFAULT_THRESHOLD,
    MIN_HIT,
    PERCENT,
    Threshold,
    compute_joint_interval,
    decide_verdict,
    linearise_ratio,
    project_seeds,
)

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables
    from .arms import Arm

PERCENTS = 100.0
LEAST_LOSS = 0.1
"""Where the hit lose less than this, person-days each, no share of it matters (an assumption: an hour of an active day
or two): expected deaths decide where there are any, as in a heat wave."""


@dataclass(frozen=True)
class Judgement:
    """One arm against another (`versus`, "" for no lever), over the seeds that both have played.

    n: seeds. hit: residents hit over all of them, the same in both. base: what each loses without, person-days to the
    horizon; gain: what each saves, low, high its interval; gain_year: saved to day 365. share: per cent of what is
    lost that is saved, the ratio of sums, share_low, share_high. per_resident: person-days saved per resident. days:
    days sooner back, the restricted mean over all hit. better, worse: residents of the territory who fare better or
    worse by a person-day or more, better_each, worse_each: by how much each. permanent: functioning lost for good that
    it adds, mean of the hit, permanent_low, permanent_high. Intervals hold for all arms together (Bonferroni).
    verdict: one of VERDICTS, for this threshold; "mixed" in place of a gain where more is lost for good, or more die.
    more_seeds: until it is no longer open, -1 if unknown or too many. is_by_deaths: judged by expected deaths, because
    the hit lose next to nothing else; deaths: how many it averts a seed of base_deaths, deaths_share: the same in per
    cent. is_fixed: False if the lever changes who
    is hit.
    """

    portfolio: str
    versus: str
    n: int
    hit: int
    threshold: Threshold
    verdict: str
    more_seeds: int = -1
    is_fixed: bool = True
    base: float = NAN
    gain: float = NAN
    low: float = NAN
    high: float = NAN
    gain_year: float = NAN
    share: float = NAN
    share_low: float = NAN
    share_high: float = NAN
    per_resident: float = NAN
    days: float = NAN
    better: float = NAN
    worse: float = NAN
    better_each: float = NAN
    worse_each: float = NAN
    permanent: float = NAN
    permanent_low: float = NAN
    permanent_high: float = NAN
    is_by_deaths: bool = False
    deaths: float = NAN
    base_deaths: float = NAN
    deaths_share: float = NAN
    deaths_share_low: float = NAN
    deaths_share_high: float = NAN

    @property
    def judged_share(self) -> tuple[float, float, float]:
        """Per cent saved of what it is judged by, losses or expected deaths, with the ends of its interval."""
        if self.is_by_deaths:
            return self.deaths_share, self.deaths_share_low, self.deaths_share_high
        return self.share, self.share_low, self.share_high

    @property
    def rank_value(self) -> float:
        """What arms are ranked by, the more the better: expected deaths averted, or days saved per person hit."""
        return self.deaths if self.is_by_deaths else self.gain


def judge_arms(baseline: Arm, arms: Sequence[Arm], opened: RunTables,
               threshold: Threshold = DEFAULT_THRESHOLD) -> dict[str, Judgement]:
    """Portfolio to its judgement against no lever, the largest gain per person hit first."""
    panels = collect_hit_panels([baseline, *arms], opened)
    found = [judge_pair(panels, arm, baseline, len(arms), threshold) for arm in arms]
    found.sort(key=lambda one: (not np.isfinite(one.rank_value), -np.nan_to_num(one.rank_value)))
    return {one.portfolio: one for one in found}


def judge_arm_differences(arms: Sequence[Arm], opened: RunTables,
                          threshold: Threshold = DEFAULT_THRESHOLD) -> list[Judgement]:
    """Every pair of arms with levers, the first against the second, over the seeds that both have played."""
    panels, pairs = collect_hit_panels(arms, opened), list(combinations(arms, 2))
    return [judge_pair(panels, one, other, len(pairs), threshold) for one, other in pairs]


def judge_pair(panels: Mapping[int, HitPanel], arm: Arm, other: Arm, comparisons: int,
               threshold: Threshold = DEFAULT_THRESHOLD) -> Judgement:
    """One arm against another. comparisons: how many are to hold together."""
    totals = total_pair(panels, arm, other)
    versus = other.portfolio if other.levers else ""
    hit = int(totals.hit.sum())
    if not hit:
        return Judgement(arm.portfolio, versus, len(totals.seeds), 0, threshold, "few")
    deaths = _measure_added_deaths(arm, other, totals, comparisons)
    measured = {**_measure_gain(totals, other, comparisons), **_measure_persons(totals),
                **_measure_deaths(arm, other, totals, comparisons),
                **_measure_interval("permanent", linearise_ratio(totals.permanent, totals.hit), comparisons)}
    is_negligible = threshold.unit == PERCENT and measured["base"] < LEAST_LOSS
    by_deaths = is_negligible and measured["base_deaths"] > 0
    judged = _select_judged_gain(totals, threshold) if not by_deaths else _list_deaths_saved(arm, other, totals)
    low, high = compute_joint_interval(judged, comparisons)
    verdict = decide_verdict(low, high, threshold.amount)
    if verdict == "acts" or (verdict == "open" and low > 0):
        surely = float(np.nanmax([0.0, deaths, measured["permanent_low"]]))
        verdict = "mixed" if surely > 0 or _is_more_lost_for_good(totals, threshold) else verdict
    more = project_seeds(judged, threshold.amount, comparisons)
    if hit < MIN_HIT:
        verdict, more = "few", _project_hit(hit, totals)
    elif is_negligible and not by_deaths:
        verdict, more = "small", 0
    return Judgement(arm.portfolio, versus, len(totals.seeds), hit, threshold, verdict, more,
                     all(panels[seed].is_fixed for seed in totals.seeds), is_by_deaths=by_deaths, **measured)


def _select_judged_gain(totals: PairTotals, threshold: Threshold) -> np.ndarray:
    """float64[seeds]: the gain in the unit of the threshold."""
    if threshold.unit == PERCENT:
        return PERCENTS * linearise_ratio(totals.gain, totals.base)
    if threshold.unit == DAYS:
        return linearise_ratio(totals.gain, totals.hit)
    return (totals.better - totals.worse) / totals.runs


def _measure_interval(name: str, values: np.ndarray, comparisons: int) -> dict[str, float]:
    """The mean of values by seed under this name, with the ends of its interval."""
    low, high = compute_joint_interval(values, comparisons)
    return {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}


def _measure_gain(totals: PairTotals, other: Arm, comparisons: int) -> dict[str, float]:
    """What is saved: per person hit, in per cent, per resident, to day 365."""
    gain = _measure_interval("gain", linearise_ratio(totals.gain, totals.hit), comparisons)
    residents = [other.measure_seed(lambda view: float(view.run["n"]), seed) for seed in totals.seeds]
    hit = totals.hit.sum()
    return {"base": float(totals.base.sum() / hit), "gain": gain["gain"], "low": gain["gain_low"],
            "high": gain["gain_high"], "gain_year": float(totals.gain_year.sum() / hit),
            **_measure_interval("share", PERCENTS * linearise_ratio(totals.gain, totals.base), comparisons),
            "per_resident": float((totals.gain / totals.runs).mean() / np.mean(residents))}


def _list_deaths_saved(arm: Arm, other: Arm, totals: PairTotals) -> np.ndarray:
    """float64[seeds]: per cent of expected deaths beyond the usual that the arm averts."""
    without, with_arm = (one.values("deaths_expected", list(totals.seeds)) for one in (other, arm))
    return PERCENTS * linearise_ratio(without - with_arm, without)


def _measure_deaths(arm: Arm, other: Arm, totals: PairTotals, comparisons: int) -> dict[str, float]:
    """Expected deaths beyond the usual, and what the arm averts of them."""
    without, with_arm = (one.values("deaths_expected", list(totals.seeds)) for one in (other, arm))
    return {"base_deaths": float(without.mean()), "deaths": float((without - with_arm).mean()),
            **_measure_interval("deaths_share", _list_deaths_saved(arm, other, totals), comparisons)}


def _measure_persons(totals: PairTotals) -> dict[str, float]:
    """How many fare better or worse, by how much each, and how much sooner all hit are back."""
    return {"days": float(totals.days.sum() / totals.hit.sum()), "better": float((totals.better / totals.runs).mean()),
            "worse": float((totals.worse / totals.runs).mean()),
            "better_each": _divide(totals.better_days, totals.better),
            "worse_each": _divide(totals.worse_days, totals.worse)}


def _divide(total: np.ndarray, count: np.ndarray) -> float:
    """The ratio of sums; NaN where nobody counts."""
    return float(total.sum() / count.sum()) if count.sum() else NAN


def _project_hit(hit: int, totals: PairTotals) -> int:
    """Further seeds until enough residents are hit."""
    return ceil((MIN_HIT - hit) / (hit / len(totals.seeds)))


def _measure_added_deaths(arm: Arm, other: Arm, totals: PairTotals, comparisons: int) -> float:
    """Low end of the interval of expected deaths that the arm adds, NaN below two seeds."""
    seeds = list(totals.seeds)
    return compute_joint_interval(arm.values("deaths_expected", seeds) - other.values("deaths_expected", seeds),
                                  comparisons)[0]


def _is_more_lost_for_good(totals: PairTotals, threshold: Threshold) -> bool:
    """True if more is lost for good, on average by more than what the reader holds worthwhile of what is lost without.

    Giving up shortens times and lowers losses: fewer days with more permanent loss is no help. A threshold that is no
    percentage leaves the default here.
    """
    percent = threshold.amount if threshold.unit == PERCENT else DEFAULT_THRESHOLD.amount
    added = float(totals.permanent.sum())
    return added > 0 and added > percent / PERCENTS * float(totals.base_permanent.sum())
