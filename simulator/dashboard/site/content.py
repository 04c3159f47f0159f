"""What the page to hand on holds: every scenario of a results folder that was played with and without levers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ...analysis.effects.arms import format_no_lever_label, map_seeds_to_parameter_sets
from ...analysis.effects.effects_table import estimate_arm_price
from ...i18n.number_format import format_euro_range, format_euros, format_significant
from ...i18n.texts.analysis_texts import format_setting_name
from ...i18n.translation import Message, list_languages, translate
from ...records.files.run_files import RunTables
from ...records.resident_cases import read_cases
from ...records.results import Results
from ...report.brief.case import Case
from ...report.brief.first_page import list_plain_answer
from ...report.brief.portfolio_search import list_portfolio_names, read_job_settings
from ...report.figures.findings import rank_effects
from ...report.stored_threshold import find_stored_threshold
from ...report.terminal.comparison_summary import (
    format_baseline,
    format_price,
    list_scenario_labels,
)
from ..data.comparison import BASELINE_LETTER, Comparison, ShownArm
from .case_rows import list_scene_cases
from .measures import describe_map, list_curves, list_doubts, list_groups, list_steps, list_versus, round_number
from .texts import say_in_all_languages

PLAN_COLUMNS = {"study", "point", "arm", "run", "seed", "territory", "crises", "levers", "portfolio", "context",
                "model_version", "schema_version", "crisis", "lever"}
"""Columns of a plan that do not vary the scenario; territory and crises are named anyway."""


def iterate_comparisons(results: Results, worth: str | None = None) -> Iterator[tuple[str, Comparison]]:
    """(key, comparison) of each scenario that was played with and without levers; an ensemble is one scenario.

    worth: from which difference on acting counts as worthwhile; as the folder's comparison was asked by default.
    """
    names = list_portfolio_names(read_job_settings(results.folder))
    worth = find_stored_threshold(results.folder, worth)
    rows = results.sql("SELECT context, run, crises FROM kept ORDER BY crises, context, levers, seed").fetchall()
    runs_by_context: dict[str, list[str]] = {}
    for context, run, _ in rows:
        runs_by_context.setdefault(str(context), []).append(str(run))
    if len(runs_by_context) > 1 and map_seeds_to_parameter_sets(results.opened()):
        runs_by_context = {"ensemble": [run for runs in runs_by_context.values() for run in runs]}
    for context, runs in runs_by_context.items():
        comparison = build_comparison(replace(results.opened(runs), portfolio_names=names, worth=worth))
        if comparison is not None:
            yield context, comparison


def build_comparison(opened: RunTables) -> Comparison | None:
    """The comparison of runs of one scenario; None without a baseline, a lever, a crisis, or a seed in common."""
    try:
        baseline, effects, seeds = rank_effects(opened)
    except ValueError:
        return None
    effects = [(arm, effect) for arm, effect in effects if np.isfinite(effect.difference)]
    if not effects or int(next(iter(baseline.runs.values())).run["onset"]) < 0:
        return None
    shown = tuple(ShownArm(str(k), arm.label, arm, effect) for k, (arm, effect) in enumerate(effects, 1))
    first = ShownArm(BASELINE_LETTER, format_no_lever_label(), baseline)
    return Comparison(opened, (first, *shown), shown, tuple(seeds), baseline.content(opened))


def describe_scene(results: Results, key: str, comparison: Comparison, settings: dict[str, Any],
                   cases: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """All that the page shows of one scenario. settings: those that vary in its study, by name; cases: residents."""
    base, seeds = comparison.baseline.arm, list(comparison.seeds)
    view = next(iter(base.runs.values()))
    pairs = [(shown.arm, shown.effect) for shown in comparison.ranked if shown.effect is not None]
    labels = {lang: list_scenario_labels(dict(comparison.content), lang) for lang in list_languages()}
    return {
        "key": key, "label": {lang: _format_scene_label(found, settings, lang) for lang, found in labels.items()},
        "territory": {lang: found["territory"] for lang, found in labels.items()},
        "seeds": comparison.seed_count, "model": str(view.run["model_version"]),
        "answer": {lang: " ".join(list_plain_answer(Case(results, comparison.opened, lang, baseline=base, effects=pairs,
                                                         seeds=seeds))) for lang in labels},
        "baseline": {lang: format_baseline(base, seeds, lang) for lang in labels},
        "levers": [_describe_lever(shown, comparison) for shown in comparison.ranked],
        "groups": list_groups(comparison), "curves": list_curves(comparison), "steps": list_steps(comparison),
        "doubts": list_doubts(comparison), "versus": list_versus(comparison), "map": describe_map(comparison),
        "cases": cases or [],
    }


def _format_scene_label(labels: dict[str, str], settings: dict[str, Any], lang: str) -> str:
    varied = [translate("{head}: {text}", lang, head=format_setting_name(name, lang), text=_format_setting(value, lang))
              for name, value in settings.items()]
    return " · ".join([labels["crises"], labels["territory"], *varied])


def _format_setting(value: Any, lang: str) -> str:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return format_significant(float(value), lang) if is_number else str(value)


def _describe_lever(shown: ShownArm, comparison: Comparison) -> dict[str, Any]:
    """Key, names, cost with its range, and price of a person-day of one arm."""
    arm, base, seeds = shown.arm, comparison.baseline.arm, list(comparison.seeds)
    middle, low, high = (float(np.nanmean(arm.column(name, seeds))) for name in ("cost", "cost_low", "cost_high"))
    price = estimate_arm_price(base, arm, seeds)
    costs = say_in_all_languages("no cost")
    if high > 0:
        costs = {lang: f"{format_euros(middle, lang)} [{format_euro_range(low, high, lang)}]" for lang in costs}
    listed = {lang: arm.lever_list.get(lang, "") for lang in costs}
    twins = [other for other in comparison.ranked if other.arm.levers == arm.levers]
    key = "+".join(arm.levers) if len(twins) == 1 else arm.portfolio
    return {"key": key, "label": shown.name, "holds": listed, "cost": costs, "euros": round_number(middle),
            "price": {lang: format_price(price, lang) for lang in costs}}


def read_varied_settings(results: Results) -> dict[str, dict[str, Any]]:
    """Context to the settings that vary in the study of a folder; empty for a comparison."""
    relation = results.sql("SELECT * FROM plan")
    names = [name for name in relation.columns if name not in PLAN_COLUMNS]
    rows = [dict(zip(relation.columns, row)) for row in relation.fetchall()]
    varied = [name for name in names if len({str(row[name]) for row in rows}) > 1]
    return {str(row["context"]): {name: row[name] for name in varied} for row in rows if "context" in row}


def collect_scenes(results: Results, most_bytes: int, measure: Any,
                   worth: str | None = None) -> tuple[list[dict[str, Any]], int]:
    """(scenes that fit into so many bytes, number of those left out). measure: scene to its bytes on the page. worth:
    as in iterate_comparisons.

    ValueError if nothing was played both with and without levers.
    """
    settings, scenes, total, left_out = read_varied_settings(results), list[dict[str, Any]](), 0, 0
    sheet = read_cases(results.folder)
    for key, comparison in iterate_comparisons(results, worth):
        scene = describe_scene(results, key, comparison, settings.get(key, {}), list_scene_cases(sheet, comparison))
        total += measure(scene)
        if total <= most_bytes:
            scenes.append(scene)
        else:
            left_out += 1
    if not scenes:
        raise ValueError(Message("no comparison here: expected runs of a crisis without levers and with levers, on the "
                                 "same seeds; resilience compare makes one"))
    return scenes, left_out
