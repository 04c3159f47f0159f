"""What one comparison gives the page to hand on: effects by lever and group, curves, steps to help, doubt, places."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isfinite, log10
from typing import Any

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...analysis.run_view import RunView
from ...i18n.texts.table_heads import get_column_head
from ...i18n.translation import list_languages, translate
from ...report.figures.equity import THOUSAND, compute_group_effects, format_dimension
from ...report.figures.recovery import compute_recovery_curves
from ...report.terminal.comparison_summary import compare_with_baseline
from ..data.comparison import Comparison, ShownArm, draw_place_map, list_place_rows, list_real_sites
from .texts import STEP_LABELS, say_in_all_languages

EVERYONE = "all"
DIGITS = 5
"""Digits of a number on the page."""
MAX_CURVE_POINTS = 150
CURVES = {EVERYONE: "functioning", **{f"income.{k}": f"functioning_{k}" for k in range(1, 6)},
          "isolation_before.isolated": "functioning_isolated"}
"""Groups whose recovery is recorded day by day, to the column of the series."""
PAIR_OUTCOMES = ("loss_total", "quintile_gap", "never_reached")
"""Outcomes by which one lever is held against another."""
DOUBT_OUTCOMES = ("loss", "loss_per_hit", "back_50", "back_80", "not_back", "loss_poorest", "loss_isolated",
                  "never_reached", "deaths_expected")
"""Outcomes whose interval the page shows."""


def round_number(value: float, digits: int = DIGITS) -> float | int | None:
    """The number with so many digits; None for one that is not finite."""
    if not isfinite(value):
        return None
    rounded = round(float(value), digits - 1 - floor(log10(abs(value)))) if value else 0
    return int(rounded) if rounded == int(rounded) else rounded


def describe_effect(effect: PairedEffect, scale: float = 1.0) -> dict[str, Any]:
    """The change with its interval, mean without levers, number of pairs, chance that one more seed gains."""
    numbers = {"without": effect.baseline, "change": effect.difference, "low": effect.low, "high": effect.high}
    return {**{name: round_number(scale * value) for name, value in numbers.items()}, "pairs": effect.n,
            "chance": round_number(effect.prob_benefit_next, 3), "sure": bool(effect.excludes_zero)}


def list_groups(comparison: Comparison) -> list[dict[str, Any]]:
    """Everyone, then every group with enough residents: its names, residents, and effect of each lever in turn.

    Effects are on person-days lost per 1,000 residents of the group.
    """
    base, seeds, arms = comparison.baseline.arm, list(comparison.seeds), [shown.arm for shown in comparison.ranked]
    people = float(np.mean([float(view.run["n"]) for view in base.runs.values()]))
    whole = {"key": EVERYONE, "label": say_in_all_languages("Everyone"), "people": round_number(people), "effects": [
        describe_effect(compare_with_baseline(base, arm, "loss", seeds), THOUSAND) for arm in arms]}
    found: dict[str, dict[str, Any]] = {EVERYONE: whole}
    keys = _list_group_keys(comparison)
    for k, arm in enumerate(arms):
        for lang in list_languages():
            for effect in compute_group_effects(base, arm, seeds, lang):
                label = translate("{head}: {text}", lang, head=format_dimension(effect.dimension, lang),
                                  text=effect.name)
                key = keys.setdefault((lang, effect.dimension, effect.name), f"{effect.dimension}.{effect.name}")
                group = found.setdefault(key, {"key": key, "label": {}, "people": round_number(effect.people),
                                               "effects": [None] * len(arms)})
                group["label"][lang] = label
                group["effects"][k] = describe_effect(effect.change)
    return list(found.values())


def _list_group_keys(comparison: Comparison) -> dict[tuple[str, str, str], str]:
    """(language, dimension, name shown) to the key of a group, the same in every language."""
    from ...report.figures.equity import format_group_name

    view = next(iter(comparison.baseline.arm.runs.values()))
    return {(lang, dimension, format_group_name(dimension, group, lang)): f"{dimension}.{group}"
            for lang in list_languages() for dimension, group in view.groups}


def list_curves(comparison: Comparison) -> dict[str, Any]:
    """Days, and for each recorded group and arm the mean, lowest and highest functioning, per cent of normal.

    "away" is the share of those hit who are not back yet, per cent. Arms: the baseline first, then the levers in turn.
    """
    arms = (comparison.baseline, *comparison.ranked)
    days, _ = compute_recovery_curves(comparison.baseline.arm)
    shown = np.flatnonzero(days <= max(1.0, comparison.shown_days))
    kept = shown[np.unique(np.linspace(0, len(shown) - 1, MAX_CURVE_POINTS).round().astype(int))]
    curves = {group: [_describe_band(compute_recovery_curves(one.arm, column)[1], kept) for one in arms]
              for group, column in CURVES.items()}
    return {"days": [round_number(day) for day in days[kept]], "groups": curves,
            "away": [_describe_band(_list_shares_away(one), kept) for one in arms]}


def _describe_band(values: np.ndarray, kept: np.ndarray) -> dict[str, list[Any]]:
    """Mean, lowest and highest over seeds of shares float64[seeds, steps], in per cent, at the steps that are kept."""
    steps = kept[kept < values.shape[1]]
    percent = 100 * values[:, steps]
    return {name: [round_number(value) for value in measure(percent, axis=0)]
            for name, measure in (("mean", np.mean), ("low", np.min), ("high", np.max))}


def _list_shares_away(shown: ShownArm) -> np.ndarray:
    """float64[seeds, steps]: share of those hit so far whose functioning is below the level that counts as back."""
    rows = [_compute_share_away(view) for view in shown.arm.runs.values()]
    steps = min(map(len, rows))
    return np.array([row[:steps] for row in rows])


def _compute_share_away(view: RunView) -> np.ndarray:
    since = view.series["day"] >= int(view.run["onset"])
    hit, low = (np.asarray(view.series[name], np.float64)[since] for name in ("hit", "hit_low"))
    away = np.divide(low, hit, out=np.zeros_like(low), where=hit > 0)
    return np.r_[away[:1], away]


def list_steps(comparison: Comparison) -> list[dict[str, Any]]:
    """Adults at each step from being hit to being helped: name, and the mean over seeds in each arm in turn."""
    arms = (comparison.baseline, *comparison.ranked)
    return [{"key": key, "label": say_in_all_languages(label), "values": [
        round_number(float(np.mean([float(view.run[key]) for view in one.arm.runs.values()]))) for one in arms]}
        for key, label in STEP_LABELS.items()]


def list_doubts(comparison: Comparison) -> list[dict[str, Any]]:
    """Main outcomes: name, unit, and the effect of each lever in turn."""
    base, seeds = comparison.baseline.arm, list(comparison.seeds)
    return [{"key": name, "label": {lang: get_column_head("effects", name, lang) for lang in list_languages()},
             "unit": say_in_all_languages(OUTCOMES[name].unit), "effects": [
                 describe_effect(compare_with_baseline(base, shown.arm, name, seeds)) for shown in comparison.ranked]}
            for name in DOUBT_OUTCOMES]


def list_versus(comparison: Comparison) -> list[dict[str, Any]]:
    """For each lever in turn, against each other lever: the effects of PAIR_OUTCOMES, and what it costs more, EUR."""
    seeds, arms = list(comparison.seeds), [shown.arm for shown in comparison.ranked]
    costs = [float(np.nanmean(arm.column("cost", seeds))) for arm in arms]
    return [{"against": [None if other is arm else {
        "euros": round_number(cost - other_cost), **{name: describe_effect(compare_paired_values(
            other.values(name, seeds), arm.values(name, seeds))) for name in PAIR_OUTCOMES}}
        for other, other_cost in zip(arms, costs)]} for arm, cost in zip(arms, costs)]


def describe_map(comparison: Comparison) -> dict[str, Any] | None:
    """Shapes of the map, and places with their loss and what each lever changes there; None below two places."""
    rows = [list_place_rows(comparison, shown.letter) for shown in comparison.ranked]
    if not rows or len(rows[0]) < 2:
        return None
    base_map = draw_place_map(comparison)
    shapes, inner = ([{"place": shape.place, "xs": [round_number(x) for x in shape.ring[:, 0]],
                       "ys": [round_number(y) for y in shape.ring[:, 1]]} for shape in drawn]
                     for drawn in (base_map.shapes, base_map.inner_borders))
    names = [{"text": label.texts[0], "x": round_number(label.x),
              "y": round_number(label.y), "place": label.place} for label in base_map.name_labels]
    places = [{"key": row["uid"], "title": row["where"], "people": round_number(row["n"]),
               "loss": round_number(row["loss"]), "never": round_number(row["never"]),
               "effects": [_describe_place_effect(found, row["uid"]) for found in rows]} for row in rows[0]]
    sites = {lang: list_real_sites(comparison, base_map, lang) for lang in list_languages()}
    marks = [{"name": {lang: found[k].short for lang, found in sites.items()}, "x": round_number(site.x),
              "y": round_number(site.y)} for k, site in enumerate(sites[list_languages()[0]])]
    return {"shapes": shapes, "inner": inner, "places": places, "names": names, "sites": marks}


def _describe_place_effect(rows: list[dict[str, Any]], uid: str) -> Mapping[str, Any] | None:
    row = next((row for row in rows if row["uid"] == uid), None)
    if row is None:
        return None
    return {**{name: round_number(row[name]) for name in ("change", "low", "high")}, "sure": row["sure"],
            "never": round_number(row["never_with"])}
