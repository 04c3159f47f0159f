"""The sheet of an ensemble: the range of each outcome, and its variance split into parameters, seeds and behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from textwrap import fill

import numpy as np

from ...analysis.effects.arms import Arm, collect_arms, format_portfolio_label, map_seeds_to_parameter_sets
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.uncertainty.variance_shares import MIN_REPEATED_SETS, VarianceShares, estimate_variance_shares
from ...i18n.number_format import NO_VALUE, decimals_for_error, format_number, format_percent
from ...i18n.translation import mark, translate
from ...i18n.typography import insert_nbsp
from ...records.files.run_files import RunTables
from ..terminal.comparison_summary import list_scenario_labels
from ..terminal.run_summary import format_run_summary
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

TABLE = "ensemble"
INNER_PERCENTILES = (5.0, 95.0)
"""Percentiles between which nine observations in ten lie."""
SINGLE_ARM_OUTCOMES = ("loss", "loss_per_hit", "back_80", "not_back", "never_reached", "deaths_expected")
"""Outcomes of runs that are not compared."""
NO_CRISIS_COLUMNS = ("members", "isolated")
"""Outcomes of runs without a crisis: numbers of residents at the end."""
VARIANCE_SOURCES = ("numbers", "luck", "behaviour")
"""Parts of the variance: parameter sets, seeds, behaviour variants."""
HEADS = ("portfolio", "outcome", "unit", "kind", "observations", "parameter_sets", "variants", "mean", "low", "high",
         *(f"variance_{part}" for part in VARIANCE_SOURCES),
         *(f"share_{part}_{end}" for part in VARIANCE_SOURCES for end in ("low", "high")),
         *(f"share_{part}" for part in VARIANCE_SOURCES))

OUTCOME_LABELS: dict[str, str] = {
    "loss": mark("loss per resident (person-days)"), "loss_per_hit": mark("loss of each person hit (days)"),
    "back_80": mark("80% of those hit back (days)"), "not_back": mark("share of those hit not back"),
    "never_reached": mark("in need, helped by nobody"), "deaths_expected": mark("expected excess deaths"),
    "members": mark("members of a site at the end"), "isolated": mark("isolated at the end"),
}
"""Outcomes and measures of everyday life, by the column that holds them."""



def build_ensemble_sheet(opened: RunTables, lang: str) -> AnalysisSheet | None:
    """Mean, range and variance components of each outcome; of the change in loss by each lever where there is a
    baseline. None where the runs are no ensemble."""
    sets = map_seeds_to_parameter_sets(opened)
    if not sets:
        return None
    seeds = sorted(sets)
    members, variants = [sets[seed][0] for seed in seeds], [sets[seed][1] for seed in seeds]
    set_count, variant_count = len(set(members)), len(set(variants))
    shown, rows = [], []
    for name, arm, outcome, kind, values in _list_observed_outcomes(collect_arms(opened), seeds, lang):
        variance, mean = estimate_variance_shares(values, members, variants), float(np.nanmean(values))
        ends = np.nanpercentile(values, INNER_PERCENTILES) if np.isfinite(values).any() else (np.nan, np.nan)
        low, high = map(float, ends)
        shown.append([name, *_format_mean_and_range(mean, low, high, lang),
                      *(_format_variance_share(variance, part, lang) for part in VARIANCE_SOURCES)])
        unit = OUTCOMES[outcome].unit if outcome in OUTCOMES else "persons"
        rows.append([arm.portfolio, outcome, unit, kind, int(np.isfinite(values).sum()), set_count, variant_count,
                     mean, low, high, *(getattr(variance.components, part) for part in VARIANCE_SOURCES),
                     *(end for part in VARIANCE_SOURCES for end in variance.shares[part][1:]),
                     *(variance.shares[part][0] for part in VARIANCE_SOURCES)])
    lead = translate("Ensemble: {seeds} seeds, {sets} calibrated parameter sets; behaviour variants: {variants}. Share "
                     "of the variance due to each:", lang, seeds=len(seeds), sets=set_count, variants=variant_count)
    heads = ("", translate("mean", lang), translate("nine in ten", lang), translate("numbers", lang),
             translate("luck", lang), translate("behaviour", lang))
    text = [fill(insert_nbsp(lead), 110), "", format_fixed_width_table(heads, shown).rstrip("\n")]
    if not any(np.isfinite(row[-1]) or np.isfinite(row[-2]) for row in rows):
        text += ["", fill(translate("Shares of variance cannot be told by these runs: that takes {least} parameter "
                                    "sets with two seeds each.", lang, least=MIN_REPEATED_SETS), 110)]
    return AnalysisSheet(TABLE, "\n".join(text) + "\n", HEADS, rows)


def format_ensemble(opened: RunTables, sheet: AnalysisSheet | None, lang: str) -> str:
    """The terminal's text on an ensemble without comparison. sheet: from build_ensemble_sheet."""
    content = next(iter(opened.content.values()))
    head = " · ".join([*list_scenario_labels(content, lang).values(), format_portfolio_label(content)[lang]])
    return f"{head}\n\n{sheet.text}" if sheet else format_run_summary(opened, lang)


def _list_observed_outcomes(arms: list[Arm], seeds: list[int],
                            lang: str) -> Iterator[tuple[str, Arm, str, str, np.ndarray]]:
    """(label, arm, outcome, "value" or "change", float64[seeds]) of each row of the sheet."""
    first = arms[0]
    if int(next(iter(first.runs.values())).run["onset"]) < 0:
        for column in NO_CRISIS_COLUMNS:
            last = [float(first.runs[seed].series[column][-1]) if seed in first.runs else np.nan for seed in seeds]
            yield translate(OUTCOME_LABELS[column], lang), first, column, "value", np.array(last)
        return
    if first.levers or len(arms) == 1:
        for outcome in SINGLE_ARM_OUTCOMES:
            values = _collect_by_seed(first, outcome, seeds)
            yield translate(OUTCOME_LABELS[outcome], lang), first, outcome, "value", values
        return
    without = _collect_by_seed(first, "loss", seeds)
    yield translate("No lever: loss", lang), first, "loss", "value", without
    for arm in arms[1:]:
        label = translate("{lever}: change in loss", lang, lever=arm.label[lang])
        yield label, arm, "loss", "change", _collect_by_seed(arm, "loss", seeds) - without


def _collect_by_seed(arm: Arm, outcome: str, seeds: list[int]) -> np.ndarray:
    return np.array([arm.value_of_single_run(outcome, seed) for seed in seeds])


def _format_mean_and_range(mean: float, low: float, high: float, lang: str) -> list[str]:
    if not isfinite(mean):
        return [NO_VALUE, NO_VALUE]
    places = decimals_for_error((high - low) / 2)
    first, last = (format_number(value, lang, places) for value in (low, high))
    return [format_number(mean, lang, places), translate("{low} to {high}", lang, context="spread", low=first,
                                                         high=last)]


def _format_variance_share(variance: VarianceShares, part: str, lang: str) -> str:
    share = variance.shares[part][0]
    return format_percent(share, lang) if isfinite(share) else NO_VALUE
