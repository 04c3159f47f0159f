"""The tables of a brief: effects and costs of levers, groups, recovery, years without a crisis, scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm, list_observation_seeds
from ...analysis.effects.effects_table import estimate_arm_price
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...analysis.run_view import RunView
from ...analysis.study_outcomes import NO_LEVERS_ARM
from ...i18n.number_format import (
    decimals_for_error,
    decimals_for_size,
    format_estimate,
    format_euro_range,
    format_euros,
    format_interval,
    format_number,
    format_percent,
    format_probability,
    format_significant,
)
from ...i18n.texts.analysis_texts import format_setting_name
from ...i18n.texts.brief_labels import PAYERS, get_brief_label
from ...i18n.texts.verdict_texts import format_verdict
from ...i18n.translation import translate
from ..figures.equity import GroupEffect, format_dimension
from ..figures.findings import widen_to_all_levers
from ..figures.recovery import compute_recovery_curves, find_axis_end
from ..terminal.comparison_summary import compare_with_baseline, format_price
from .case import Case

WEEK = 7
"""Days between two rows of the table of recovery."""
TENTH = 0.095
"""Smallest share that is rounded to 10 %."""
TWO_DECIMALS_FROM = 0.98
"""Above this lowest functioning, the table of recovery has two decimals of a per cent."""
WEEKS = 12
"""Rows of the table of recovery, after the first."""


@dataclass(frozen=True)
class BriefTable:
    """The numbers behind a figure. rows: formatted cells, of which the first is the heading of its row."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def compare_total_loss(case: Case, arm: Arm) -> PairedEffect:
    """Person-days of normal life lost in the whole territory, with a lever against without."""
    assert case.baseline is not None
    return widen_to_all_levers(compare_with_baseline(case.baseline, arm, "loss_total", case.seeds), arm)


def format_days(change: PairedEffect, lang: str, sign: bool = True) -> str:
    """A change in days, with the digits that its uncertainty justifies."""
    return format_number(change.difference, lang, day_decimals(change), sign)


def percent_decimals(share: float) -> int:
    """Decimals of a per cent: one below 10 %."""
    return 1 if abs(share) < TENTH else 0


def day_decimals(change: PairedEffect) -> int:
    """Decimals of a number of days: one at most, below 0 for tens or hundreds where the interval is wide.

    One digit more where rounding could hide half of the change: beside its percentage that would look like an error.
    """
    if not np.isfinite(change.high):
        return 0
    decimals = decimals_for_error((change.high - change.low) / 2)
    return min(1, decimals + (10.0 ** -decimals > abs(change.difference) / 2))


def _format_share(change: PairedEffect, lang: str) -> str:
    return format_percent(change.relative, lang, percent_decimals(change.relative), True)


def _make_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> BriefTable:
    """A table whose heads are keys of labels."""
    return BriefTable(title, [get_brief_label(head, lang) for head in heads], rows)


def build_lever_effects_table(case: Case) -> BriefTable:
    """One row per lever, best first: verdict, change, probability of a benefit, the poorest, isolated and unreached."""
    lang, base = case.lang, case.baseline
    assert base is not None
    rows = []
    for arm, effect in case.effects:
        total = compare_total_loss(case, arm)
        poorest, isolated, never = (compare_with_baseline(base, arm, name, case.seeds)
                                    for name in ("loss_poorest", "loss_isolated", "never_reached"))
        interval = format_interval(total.low, total.high, lang, day_decimals(total), True) or "–"
        verdict = format_verdict(arm.judgement.verdict, lang) if arm.judgement else "–"
        rows.append([arm.label[lang], verdict, format_days(total, lang), interval, _format_share(effect, lang),
                     format_probability(effect.prob_benefit_next, lang), _format_share(poorest, lang),
                     _format_share(isolated, lang), format_days(never, lang)])
    heads = ("lever", "verdict", "days", "interval", "share", "chance", "poorest", "isolated", "never")
    return _make_table(translate("Effects of the levers", lang), heads, rows, lang)


def build_cost_table(case: Case) -> BriefTable:
    """One row per lever: its cost with its range, who pays, and the price of a person-day gained."""
    lang, base = case.lang, case.baseline
    assert base is not None
    rows = []
    for arm, _ in case.effects:
        middle, low, high = mean_costs(case, arm)
        cost, cost_range = translate("no cost", lang), "–"
        if high > 0:
            cost, cost_range = format_euros(middle, lang), format_euro_range(low, high, lang)
        price = format_price(estimate_arm_price(base, arm, case.seeds), lang)
        rows.append([arm.label[lang], cost, cost_range, ", ".join(list_payers(case, arm)) or "–", price])
    title = translate("Costs of the levers", lang)
    return _make_table(title, ("lever", "cost", "range", "payer", "price"), rows, lang)


def build_contents_table(case: Case) -> BriefTable:
    """One row per portfolio whose name does not list its levers."""
    rows = [[arm.label[case.lang], arm.lever_list[case.lang]] for arm, _ in case.effects if arm.lever_list]
    return _make_table(translate("What each mix holds", case.lang), ("mix", "levers"), rows, case.lang)


def mean_costs(case: Case, arm: Arm) -> tuple[float, float, float]:
    """Middle, low and high cost of an arm over the whole run, EUR, mean over seeds."""
    middle, low, high = (float(np.nanmean(arm.column(name, case.seeds))) for name in ("cost", "cost_low", "cost_high"))
    return middle, low, high


def list_payers(case: Case, arm: Arm) -> list[str]:
    """Who pays, once each, in the reader's language."""
    cards = arm.content(case.opened).get("levers") or ()
    names = dict.fromkeys(str((card.get("cost") or {}).get("payer") or "") for card in cards)
    return [translate(PAYERS[name], case.lang) if name in PAYERS else name for name in names if name]


def build_groups_table(case: Case, effects: Sequence[GroupEffect]) -> BriefTable:
    """One row per group: people, loss without levers, change with the best arm, and its verdict."""
    lang = case.lang
    rows = []
    for effect in effects:
        change = effect.change
        places = decimals_for_error((change.high - change.low) / 2)
        rows.append([f"{format_dimension(effect.dimension, lang)} · {effect.name}",
                     format_significant(effect.people, lang), format_number(change.baseline, lang, places),
                     format_number(change.difference, lang, places, True),
                     format_interval(change.low, change.high, lang, places, True) or "–", _format_share(change, lang),
                     get_brief_label(effect.verdict, lang)])
    names = ("group", "people", "without", "change", "interval", "share", "verdict")
    title = translate("Effect of “{lever}” by group", lang, lever=case.best_arm.label[lang])
    return _make_table(title, names, rows, lang)


def build_curve_table(case: Case) -> BriefTable:
    """Functioning without levers (or in the only arm) by week since the crisis began: mean, lowest and highest seed."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    days, values = compute_recovery_curves(arm)
    places = 2 if values.min() > TWO_DECIMALS_FROM else 1
    rows, last = [], min(find_axis_end(arm), days[-1])
    for day in range(0, WEEK * WEEKS + 1, WEEK):
        if day <= last:
            percents = 100 * values[:, int(np.argmin(np.abs(days - day)))]
            cells = (percents.mean(), percents.min(), percents.max())
            rows.append([format_number(day, lang), *(format_number(cell, lang, places) for cell in cells)])
    title = translate("Mean functioning without levers, % of normal", lang)
    if not case.baseline:
        title = translate("Mean functioning, % of normal, {arm}", lang, arm=arm.label[lang])
    return _make_table(title, ("day", "mean", "lowest", "highest"), rows, lang)


NO_CRISIS_MEASURES = {"members": "members", "alone": "isolated", "ties": "ties", "strong": "strong",
                      "trust": "trust_institutions"}
"""Measures of everyday life to their columns in `series`."""


def _read_no_crisis_measure(view: RunView, name: str) -> float:
    """A measure of everyday life at the end of a run."""
    return float(view.series[NO_CRISIS_MEASURES[name]][-1])


def build_no_crisis_table(case: Case) -> BriefTable:
    """Everyday life at the end of the run: one row per measure, with the change that each lever makes."""
    lang, base = case.lang, case.baseline or case.arms[0]
    rows = []
    for name in NO_CRISIS_MEASURES:
        without = np.array([_read_no_crisis_measure(view, name) for view in base.runs.values()])
        changes = [format_no_crisis_change(compare_no_crisis_measure(base, arm, name), lang) for arm, _ in case.effects]
        rows.append([get_brief_label(name, lang), format_significant(float(without.mean()), lang), *changes])
    heads = [translate("Measure", lang), base.label[lang], *(arm.label[lang] for arm, _ in case.effects)]
    return BriefTable(translate("Everyday life, without a crisis", lang), heads, rows)


def compare_no_crisis_measure(base: Arm, arm: Arm, name: str) -> PairedEffect:
    """The change of one measure of everyday life. name: of NO_CRISIS_MEASURES."""
    seeds = list_observation_seeds([base, arm])

    def measure(view: RunView) -> float:
        return _read_no_crisis_measure(view, name)

    without, with_arm = (np.array([played.measure_seed(measure, seed) for seed in seeds]) for played in (base, arm))
    return compare_paired_values(without, with_arm, 0)


def format_no_crisis_change(change: PairedEffect, lang: str) -> str:
    """A change with its interval; without one where every draw gave the same."""
    if change.difference == 0 or change.high == change.low:
        places = max(0, decimals_for_size(change.difference)) if change.difference % 1 else 0
        return format_number(change.difference, lang, places, True)
    return format_estimate(change.difference, change.low, change.high, lang)


def build_scenarios_table(case: Case, arm_key: str) -> BriefTable:
    """One row per scenario of a study: its settings, loss without levers, the best lever, the effect of one arm."""
    lang, results = case.lang, case.outcomes
    assert results is not None
    rows: list[list[str]] = []
    base = results.values("loss", NO_LEVERS_ARM)
    for point in range(results.points):
        known = {arm: float(np.nanmean(results.change("loss", arm)[point])) for arm in results.lever_arms
                 if np.isfinite(results.change("loss", arm)[point]).any()}
        lead = min(known, key=lambda arm: known[arm]) if known else ""
        loss = float(np.nanmean(base[point]))
        share = known.get(arm_key, float("nan")) / loss if loss else float("nan")
        rows.append([format_scenario_settings(results.settings, point, lang), format_significant(loss, lang),
                     results.arms[lead][lang] if lead and known[lead] < 0 else "–",
                     format_percent(share, lang, 1, True)])
    heads = [translate("Scenario", lang), translate("loss/resident", lang).capitalize(),
             translate("Leading lever", lang),
             translate("Gain from “{lever}”", lang, lever=results.arms[arm_key][lang])]
    return BriefTable(translate("The answer by scenario", lang), heads, rows)


def format_scenario_settings(settings: dict[str, Any], point: int, lang: str) -> str:
    """The settings of one scenario as "name: value, …"; its number where nothing varies."""
    parts = []
    for name, values in settings.items():
        value = values[point]
        is_number = isinstance(value, (float, np.floating, np.integer))
        text = format_significant(float(value), lang) if is_number else str(value)
        parts.append(translate("{head}: {text}", lang, head=format_setting_name(name, lang), text=text))
    return ", ".join(parts) or str(point + 1)
