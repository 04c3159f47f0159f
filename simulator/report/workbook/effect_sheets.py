"""Sheets of effects: one row per lever, one per lever and outcome, one per lever and group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.effects_table import build_effects_table, estimate_arm_price
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...analysis.study_outcomes import NO_LEVERS_ARM, StudyOutcomes
from ...i18n.texts.table_heads import get_column_head
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from ...records.schema import EFFECTS_SCHEMA
from ..figures.equity import compute_group_effects, format_dimension
from ..figures.findings import RankedEffects
from ..terminal.comparison_summary import compare_with_baseline
from .sheet import WorkbookColumn, WorkbookSheet, build_columns

LEVER_OUTCOMES = ("loss", "loss_total", "back_80", "not_back", "loss_poorest", "loss_isolated", "never_reached",
                  "deaths_expected")
"""Outcomes of the sheet with one row per lever."""
LEVER_FIELDS = ("baseline", "difference", "low", "high")
CHANGE_FIELDS = ("n", "baseline", "mean", "difference", "low", "high", "relative")
KEYS = ("context", "portfolio")
"""Columns that only programs need."""


def build_lever_sheet(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str) -> WorkbookSheet:
    """One row per lever, best first: what it changes in the main outcomes, its cost, the price of a person-day."""
    columns = build_columns("effects", ("lever", "levers"), lang, EFFECTS_SCHEMA)
    for outcome in LEVER_OUTCOMES:
        columns += _build_outcome_columns(outcome, lang)
    columns += build_columns("effects", ("helps_next", "more_seeds"), lang, EFFECTS_SCHEMA)
    columns += [WorkbookColumn(name, get_column_head("runs", name, lang), "EUR",
                               translate("mean over seeds, for the whole run", lang))
                for name in ("cost", "cost_low", "cost_high")]
    columns += build_columns("effects", ("euros_per_unit", "euros_low", "euros_high"), lang, EFFECTS_SCHEMA)
    rows = [_list_lever_cells(baseline, arm, effect, seeds, lang) for arm, effect in effects]
    return WorkbookSheet(translate("Levers", lang), columns, rows)


def _build_outcome_columns(outcome: str, lang: str) -> Iterator[WorkbookColumn]:
    definition = OUTCOMES[outcome]
    for field in LEVER_FIELDS:
        head = translate("{head}: {text}", lang, head=get_column_head("effects", outcome, lang),
                         text=get_column_head("effects", field, lang).lower())
        meaning = translate("{head}: {text}", lang, head=translate(definition.doc, lang),
                            text=translate(EFFECTS_SCHEMA[field].doc, lang))
        yield WorkbookColumn(f"{outcome}.{field}", head, translate(definition.unit, lang), meaning)


def _list_lever_cells(baseline: Arm, arm: Arm, effect: PairedEffect, seeds: list[int], lang: str) -> list[Any]:
    cells: list[Any] = [arm.label[lang], "+".join(arm.levers)]
    for outcome in LEVER_OUTCOMES:
        change = compare_with_baseline(baseline, arm, outcome, seeds)
        cells += [getattr(change, field) for field in LEVER_FIELDS]
    price = estimate_arm_price(baseline, arm, seeds)
    costs = [arm.column(name, seeds) for name in ("cost", "cost_low", "cost_high")]
    return [*cells, effect.prob_benefit_next, effect.more_seeds,
            *(float(np.nanmean(cost)) if np.isfinite(cost).any() else None for cost in costs),
            price.value, price.low, price.high]


def build_effect_sheet(opened: RunTables, labels: Mapping[str, str], lang: str) -> WorkbookSheet:
    """One row per lever and outcome, every column of the table of effects. labels: portfolio to its name."""
    table = build_effects_table(opened)
    names = [name for name in table if name not in KEYS]
    columns = build_columns("effects", ("lever", "outcome_label", *names), lang, EFFECTS_SCHEMA)
    rows = [[labels.get(str(portfolio), ""), get_column_head("effects", str(outcome), lang),
             *(translate(str(table[name][k]), lang) if name == "unit" else table[name][k] for name in names)]
            for k, (portfolio, outcome) in enumerate(zip(table["portfolio"], table["outcome"]))]
    return WorkbookSheet(translate("Effects", lang), columns, rows)


def build_group_sheet(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str) -> WorkbookSheet:
    """One row per lever and group of residents: its loss without levers, and what the lever changes."""
    unit = translate("person-days per 1,000 residents", lang)
    columns = build_columns("groups", ("lever", "dimension", "group", "people"), lang)
    columns += [WorkbookColumn(one.name, one.head, one.unit if one.name in ("n", "relative") else unit, one.meaning)
                for one in build_columns("effects", CHANGE_FIELDS, lang, EFFECTS_SCHEMA)]
    rows = [[arm.label[lang], format_dimension(group.dimension, lang), group.name, group.people,
             *(getattr(group.change, field) for field in CHANGE_FIELDS)]
            for arm, _ in effects for group in compute_group_effects(baseline, arm, seeds, lang)]
    return WorkbookSheet(translate("Groups", lang), columns, rows)


def build_study_effect_sheet(outcomes: StudyOutcomes, lang: str) -> WorkbookSheet:
    """One row per portfolio of a study and outcome: means over the points of its design, paired by seed."""
    names = (*CHANGE_FIELDS, "p", "more_seeds")
    columns = build_columns("effects", ("lever", "levers", "outcome_label", "outcome", "unit", *names), lang,
                            EFFECTS_SCHEMA)
    rows = [[outcomes.arms[arm][lang], arm, get_column_head("effects", outcome, lang), outcome,
             translate(OUTCOMES[outcome].unit, lang), *(getattr(change, name) for name in names)]
            for arm in outcomes.lever_arms for outcome in OUTCOMES
            for change in [_compare_over_points(outcomes, outcome, arm)]]
    return WorkbookSheet(translate("Effects", lang), columns, rows)


def _compare_over_points(outcomes: StudyOutcomes, outcome: str, arm: str) -> PairedEffect:
    definition = OUTCOMES[outcome]
    without, with_arm = (outcomes.values(outcome, name).mean(0) for name in (NO_LEVERS_ARM, arm))
    return compare_paired_values(without, with_arm, definition.direction, definition.smallest_effect)


def build_scenario_sheet(outcomes: StudyOutcomes, lang: str) -> WorkbookSheet:
    """One row per scenario, portfolio and main outcome, means over the seeds that were played."""
    settings: Sequence[str] = list(outcomes.settings)
    columns = [*build_columns("plan", ("point", *settings, "lever", "levers", "outcome_label", "outcome"), lang),
               *build_columns("effects", ("unit", "n", "baseline", "difference", "low", "high"), lang, EFFECTS_SCHEMA)]
    rows = [[point, *(_to_plain(outcomes.settings[name][point]) for name in settings), outcomes.arms[arm][lang], arm,
             get_column_head("effects", outcome, lang), outcome, translate(OUTCOMES[outcome].unit, lang), change.n,
             change.baseline, change.difference, change.low, change.high]
            for point in range(outcomes.points) for arm in outcomes.lever_arms for outcome in LEVER_OUTCOMES
            for change in [_compare_at_point(outcomes, outcome, arm, point)]]
    return WorkbookSheet(translate("By scenario", lang), columns, rows)


def _compare_at_point(outcomes: StudyOutcomes, outcome: str, arm: str, point: int) -> PairedEffect:
    without, with_arm = (outcomes.values(outcome, name)[point] for name in (NO_LEVERS_ARM, arm))
    return compare_paired_values(without, with_arm, OUTCOMES[outcome].direction)


def _to_plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
