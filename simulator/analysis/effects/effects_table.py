"""The effects table: every portfolio compared with the baseline on every outcome."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ...records.files.parquet import write_table
from ...records.files.run_files import RunTables, build_file_metadata
from ...records.schema import EFFECTS_SCHEMA
from .arms import Arm, collect_arms, list_observation_seeds
from .cost_effectiveness import PricePerDay, estimate_price_per_day
from .judgement import judge_arms
from .outcomes import OUTCOMES
from .paired_comparison import NAN, PairedEffect, correct_holm, select_best_by_t_test
from .paired_outcomes import compare_outcome
from .verdict import parse_threshold

NO_PRICE = PricePerDay(NAN, NAN, NAN, "")
PRICED_OUTCOME = "loss"
"""The outcome whose rows hold the price per person-day."""


def build_effects_table(opened: RunTables, outcomes: tuple[str, ...] = tuple(OUTCOMES),
                        context: str | None = None) -> dict[str, np.ndarray]:
    """The columns of EFFECTS_SCHEMA, one row per portfolio and outcome. Empty without a baseline or without levers."""
    arms = collect_arms(opened, context)
    baseline = [arm for arm in arms if not arm.levers]
    others = [arm for arm in arms if arm.levers]
    rows: list[dict[str, Any]] = []
    if baseline and others:
        seeds = list_observation_seeds(arms)
        threshold = parse_threshold(opened.worth)
        verdicts = {name: {"verdict": one.verdict, "worth": str(threshold)}
                    for name, one in judge_arms(baseline[0], others, opened, threshold).items()}
        for outcome in outcomes:
            rows += [{**row, **verdicts[row["portfolio"]]}
                     for row in _outcome_rows(outcome, baseline[0], others, seeds)]
    kinds = {"str": "object"}
    return {name: np.array([row[name] for row in rows], dtype=kinds.get(column.dtype, column.dtype))
            for name, column in EFFECTS_SCHEMA.items()}


def _outcome_rows(outcome: str, baseline: Arm, others: list[Arm], seeds: list[int]) -> list[dict[str, Any]]:
    effects = [compare_outcome(baseline, arm, outcome, seeds) for arm in others]
    p_holm = correct_holm({arm.portfolio: effect.p for arm, effect in zip(others, effects)})
    best = select_best_portfolios(outcome, [baseline, *others], seeds)
    context = str(next(iter(baseline.runs.values())).run["context"])
    rows = []
    for arm, effect in zip(others, effects):
        price = estimate_arm_price(baseline, arm, seeds) if outcome == PRICED_OUTCOME else NO_PRICE
        rows.append({"context": context, "portfolio": arm.portfolio, "levers": "+".join(arm.levers), "outcome": outcome,
                     "unit": OUTCOMES[outcome].unit, **_effect_cells(effect), "p_holm": p_holm[arm.portfolio],
                     "among_best": int(arm.portfolio in best), **_price_cells(price)})
    return rows


def _effect_cells(effect: PairedEffect) -> dict[str, Any]:
    same_name = ("n", "baseline", "mean", "difference", "low", "high", "bootstrap_low", "bootstrap_high", "relative",
                 "p", "variance_ratio", "more_seeds")
    return {**{name: getattr(effect, name) for name in same_name}, "helps": effect.prob_benefit,
            "helps_next": effect.prob_benefit_next}


def _price_cells(price: PricePerDay) -> dict[str, Any]:
    return {"euros_per_unit": price.value, "euros_low": price.low, "euros_high": price.high,
            "price_status": price.status}


def select_best_portfolios(outcome: str, arms: list[Arm], seeds: list[int]) -> list[str]:
    """Portfolios not distinguishable from the best, over the seeds that all arms have.

    All of them if the outcome has no better side or no seed is shared.
    """
    values = {arm.portfolio: arm.values(outcome, seeds) for arm in arms}
    shared = np.isfinite(np.array(list(values.values()))).all(axis=0)
    if OUTCOMES[outcome].direction == 0 or not shared.any():
        return list(values)
    return select_best_by_t_test({name: v[shared] for name, v in values.items()}, OUTCOMES[outcome].direction)


def estimate_arm_price(baseline: Arm, arm: Arm, seeds: list[int]) -> PricePerDay:
    """EUR per person-day that a portfolio saves against the baseline."""
    saved = baseline.values("loss_total", seeds) - arm.values("loss_total", seeds)
    extra = [arm.column(name, seeds) - baseline.column(name, seeds) for name in ("cost", "cost_low", "cost_high")]
    return estimate_price_per_day(extra[0], saved, extra[1], extra[2])


def write_effects_table(table: dict[str, np.ndarray], path: Path) -> None:
    """Write the effects table, whole or not at all. ValueError if it is empty."""
    if not len(table["n"]):
        raise ValueError(Message("no effects: expected a baseline and at least one lever with a seed in common"))
    write_table(path, table, build_file_metadata("effects"))
