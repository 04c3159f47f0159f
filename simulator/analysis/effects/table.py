"""The effects table: every portfolio against the baseline, on every outcome."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ...records.folder import Opened
from ...records.parquet import write_table
from ...records.schema import EFFECTS, SCHEMA_VERSION
from .arms import Arm, arms, seeds_of
from .cost import PricePerDay, price_per_day
from .outcomes import OUTCOMES
from .paired import NAN, Paired, among_best, compare, holm

NO_PRICE = PricePerDay(NAN, NAN, NAN, "")
PRICED = "loss"
"""The outcome whose rows carry the price per person-day."""


def effects(opened: Opened, outcomes: tuple[str, ...] = tuple(OUTCOMES), context: str | None = None
            ) -> dict[str, np.ndarray]:
    """Table of EFFECTS, one row per portfolio and outcome. Empty without a baseline or without levers."""
    known = arms(opened, context)
    baseline = [arm for arm in known if not arm.levers]
    others = [arm for arm in known if arm.levers]
    rows: list[dict[str, Any]] = []
    if baseline and others:
        seeds = seeds_of(known)
        for outcome in outcomes:
            rows += _outcome_rows(outcome, baseline[0], others, seeds)
    kinds = {"str": "object"}
    table = {name: np.array([row[name] for row in rows], dtype=kinds.get(f.dtype, f.dtype))
             for name, f in EFFECTS.items()}
    return table


def _outcome_rows(outcome: str, baseline: Arm, others: list[Arm], seeds: list[int]) -> list[dict[str, Any]]:
    told = OUTCOMES[outcome]
    without = baseline.values(outcome, seeds)
    found = [compare(without, arm.values(outcome, seeds), told.better, told.smallest) for arm in others]
    corrected = holm({arm.portfolio: one.p for arm, one in zip(others, found)})
    best = best_set(outcome, [baseline, *others], seeds)
    context = str(next(iter(baseline.runs.values())).run["context"])
    return [_row(context, arm, outcome, one, corrected[arm.portfolio], arm.portfolio in best,
                 price(baseline, arm, seeds) if outcome == PRICED else NO_PRICE) for arm, one in zip(others, found)]


def best_set(outcome: str, chosen: list[Arm], seeds: list[int]) -> list[str]:
    """Portfolios not distinguishable from the best, over the seeds that all have played; nothing to rank: all."""
    values = {arm.portfolio: arm.values(outcome, seeds) for arm in chosen}
    shared = np.isfinite(np.array(list(values.values()))).all(axis=0)
    if OUTCOMES[outcome].better == 0 or not shared.any():
        return list(values)
    return among_best({name: v[shared] for name, v in values.items()}, OUTCOMES[outcome].better)


def price(baseline: Arm, arm: Arm, seeds: list[int]) -> PricePerDay:
    """EUR per person-day saved by a portfolio."""
    saved = baseline.values("loss_total", seeds) - arm.values("loss_total", seeds)
    extra = [arm.column(name, seeds) - baseline.column(name, seeds) for name in ("cost", "cost_low", "cost_high")]
    return price_per_day(extra[0], saved, extra[1], extra[2])


def _row(context: str, arm: Arm, outcome: str, one: Paired, p_holm: float, best: bool, euros: PricePerDay
         ) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in (
        "n", "baseline", "mean", "difference", "low", "high", "bootstrap_low", "bootstrap_high", "relative", "helps",
        "helps_next", "p", "variance_ratio", "more_seeds")}
    return {"context": context, "portfolio": arm.portfolio, "levers": "+".join(arm.levers), "outcome": outcome,
            "unit": OUTCOMES[outcome].unit, **kept, "p_holm": p_holm, "among_best": int(best),
            "euros_per_unit": euros.value, "euros_low": euros.low, "euros_high": euros.high, "verdict": euros.verdict}


def write_effects(table: dict[str, np.ndarray], path: Path) -> None:
    """Write the effects table, whole or not at all. ValueError if it is empty."""
    if not len(table["n"]):
        raise ValueError("no effects: expected a baseline and at least one lever with a seed in common")
    write_table(path, table, {"schema_version": str(SCHEMA_VERSION)})
