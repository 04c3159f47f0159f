"""What a comparison says under a team's own ranges: stored sets weighted, or why these have to be played."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import numpy as np

from ...analysis.effects.arms import Arm, map_seeds_to_parameter_sets
from ...analysis.uncertainty.comparison_doubt import (
    choose_ranked_outcome,
    find_worthwhile,
    measure_comparison_doubt,
)
from ...analysis.uncertainty.played_numbers import read_played_number
from ...analysis.uncertainty.priors import MIN_EFFECTIVE_SETS, PriorRange, weight_sets
from ...analysis.uncertainty.rank_acceptability import compute_effective_size
from ...i18n.number_format import format_number, format_percent
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from ...records.files.run_files import RunTables
from ..figures.findings import RankedEffects, rank_effects
from .analysis_sheet import AnalysisSheet
from .doubt import format_doubt_table

TABLE, WIDTH = "priors", 110
HEADS = ("levers", "portfolio", "mean_change", "relative", "helps", "helps_low", "helps_high", "best", "best_low",
         "best_high", "effective_sets", "sets")


def build_priors_sheet(opened: RunTables, priors: Mapping[str, PriorRange], replay: str, lang: str) -> AnalysisSheet:
    """Shares of the sets, weighted by ranges, in which each lever helps and is best. replay: the command to play them.

    The table is empty where the sets that are left are too few for any answer.
    """
    baseline, effects, seeds = rank_effects(opened)
    units = [seed for seed in seeds if seed in baseline.runs]
    numbers = {name: read_played_number(opened, baseline, units, name) for name in priors}
    weights = weight_sets(numbers, priors)
    effective = compute_effective_size(weights)
    said = "; ".join(dict.fromkeys(prior.who for prior in priors.values()))
    text = [translate("With the ranges of {who} for {names}: {effective} effective sets of {n}.", lang, who=said,
                      names=", ".join(priors), effective=format_number(effective, lang, 1), n=len(units))]
    if fixed := [name for name, values in numbers.items() if np.ptp(values) == 0]:
        text.append(translate("The sets played do not vary {names}: only playing can tell, by: {command}", lang,
                              names=", ".join(fixed), command=replay))
    if effective < MIN_EFFECTIVE_SETS:
        text.append(translate("Too few (below {least}) to lean on: numbers drawn within these ranges are played by: "
                              "{command}", lang, least=format_number(MIN_EFFECTIVE_SETS, lang), command=replay))
    lines = [fill(insert_nbsp(one), WIDTH, break_long_words=False, break_on_hyphens=False) for one in text]
    if effective < 2:
        return AnalysisSheet(TABLE, "\n".join(lines) + "\n", HEADS, [])
    arms = [arm for arm, _ in effects]
    doubt = measure_comparison_doubt(baseline, arms, units, map_seeds_to_parameter_sets(opened), weights,
                                     find_worthwhile(baseline, arms, units, opened))
    means = {arm.portfolio: _weigh_change(baseline, arm, units, weights) for arm, _ in effects}
    lines += ["", format_doubt_table(effects, doubt, lang), _format_means(effects, means, lang), ""]
    rows = [["+".join(arm.levers), arm.portfolio, *means[arm.portfolio], *_list_ends(doubt.ranks[arm.portfolio].helps),
             *_list_ends(doubt.ranks[arm.portfolio].best), effective, len(units)] for arm, _ in effects]
    return AnalysisSheet(TABLE, "\n".join(lines), HEADS, rows)


def _weigh_change(baseline: Arm, arm: Arm, units: list[int], weights: np.ndarray) -> tuple[float, float]:
    """Weighted mean change of the outcome, and its ratio to the weighted mean without levers."""
    without, with_ = (one.values(choose_ranked_outcome([arm]), units) for one in (baseline, arm))
    known = np.isfinite(without) & np.isfinite(with_)
    total = float(weights[known].sum())
    change = float((weights * (with_ - without))[known].sum()) / total if total else float("nan")
    base = float((weights * without)[known].sum()) / total if total else float("nan")
    return change, change / base if base else float("nan")


def _format_means(effects: RankedEffects, means: Mapping[str, tuple[float, float]], lang: str) -> str:
    """Change in loss under these ranges beside that over all sets alike."""
    parts = [translate("“{lever}” {weighted} (all sets alike: {plain})", lang, lever=arm.label[lang],
                       weighted=format_percent(means[arm.portfolio][1], lang, 1, True),
                       plain=format_percent(effect.relative, lang, 1, True)) for arm, effect in effects]
    text = translate("Change in loss with these ranges: {parts}.", lang, parts="; ".join(parts))
    return fill(insert_nbsp(text), WIDTH)


def _list_ends(share: object) -> list[float]:
    return [getattr(share, name) for name in ("share", "low", "high")]
