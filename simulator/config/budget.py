"""euros= and posts= of `compare`: scales doses of levers to a yearly budget and to posts; writes budget.csv."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cards.reader import CardError
from ..i18n.plain_text import write_csv
from .errors import UsageError, to_usage_error

if TYPE_CHECKING:
    from ..levers.budget import BudgetContext
    from ..levers.card import Lever
    from ..scenario.run import Run

BUDGET_FILE = "budget.csv"
MAX_AMOUNT = 1e12
COSTING_SEED = 1
"""Money is counted in the world of this seed, whichever seeds are played, so that all get the same doses."""
_TERMS_CACHE: dict[str, BudgetContext] = {}
"""The last context used, by id of its run, so that one command builds a territory once."""
BUDGET_COLUMNS = ("lever", "payer", "year", "kind", "euros", "euros_low", "euros_high")


def get_cost_terms(run: Run) -> BudgetContext:
    """What costs are counted in: the world of the run's territory at its start, its calendar and its last day."""
    from ..engine.calendar import compute_end_day
    from ..levers.budget import BudgetContext
    from ..world.build import build_world

    key = replace(run, levers=(), seed=COSTING_SEED).id
    if key not in _TERMS_CACHE:
        cards = {card.id: card for card in run.scenario.sites}
        world = build_world(run.scenario.territory, run.model, COSTING_SEED, cards,
                            given=run.given_population)
        _TERMS_CACHE.clear()
        _TERMS_CACHE[key] = BudgetContext(world, run.scenario.calendar, compute_end_day(run))
    return _TERMS_CACHE[key]


def scale_levers_to_budget(settings: dict[str, Any], run: Run,
                           levers: Sequence[Lever]) -> tuple[list[Lever], list[Lever]]:
    """(each lever at the dose that meets the budget alone, all of them at doses that meet it together).

    Levers stay as they are without euros= and posts=. UsageError for a budget that cannot be met.
    """
    euros, posts = (_read_amount(settings, name) for name in ("euros", "posts"))
    if euros is None and posts is None:
        return list(levers), list(levers)
    from ..levers.budget import scale_portfolio, scale_to_budget

    terms = get_cost_terms(run)
    try:
        alone = [lever if euros is None else scale_to_budget(lever, euros, terms) for lever in levers]
        alone = [scale_portfolio([lever], terms, posts=posts)[0] for lever in alone]
        joint = list(scale_portfolio(levers, terms, euros, posts)) if settings["together"] else list(alone)
    except CardError as problem:
        raise to_usage_error(problem) from None
    return alone, joint


def scale_arms_to_budget(settings: dict[str, Any], run: Run,
                         arms: Mapping[str, Sequence[Lever]]) -> dict[str, tuple[Lever, ...]]:
    """Each named mix with its doses scaled by one factor, so that it meets the budget; as they are without one.

    UsageError for a budget that cannot be met.
    """
    euros, posts = (_read_amount(settings, name) for name in ("euros", "posts"))
    if euros is None and posts is None:
        return {name: tuple(levers) for name, levers in arms.items()}
    from ..levers.budget import scale_portfolio

    terms = get_cost_terms(run)
    scaled: dict[str, tuple[Lever, ...]] = {}
    for name, levers in arms.items():
        try:
            scaled[name] = scale_portfolio(levers, terms, euros, posts)
        except CardError as problem:
            raise to_usage_error(problem, f"arms.{name}") from None
    return scaled


def _read_amount(settings: dict[str, Any], name: str) -> float | None:
    value = settings.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MAX_AMOUNT:
        raise UsageError("{name} = {value!r}: expected a number above 0", name=name, value=value)
    return float(value)


def write_budget(arms: Mapping[str, Sequence[Lever]], run: Run, folder: Path) -> Path:
    """Write budget.csv, whole or not at all; its path. Money of every arm by lever, payer and year.

    In EUR of the cards' price years, counted in the world at the start of the run.
    """
    terms = get_cost_terms(run)
    file, temporary = folder / BUDGET_FILE, folder / f".{BUDGET_FILE}.{os.getpid()}.part"
    try:
        with open(temporary, "w", encoding="utf-8", newline="") as text:
            write_csv(text, [("arm", *BUDGET_COLUMNS), *((name, *row) for name, levers in arms.items()
                                                         for row in _list_budget_rows(levers, terms))])
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    return file


def _list_budget_rows(levers: Iterable[Lever], terms: BudgetContext) -> list[tuple[object, ...]]:
    """Rows in the order of BUDGET_COLUMNS."""
    from ..levers.budget import list_yearly_payments

    payments = [payment for lever in levers for payment in list_yearly_payments(lever, terms)]
    payments.sort(key=lambda one: (one.lever, one.payer, one.year, one.kind))
    return [(one.lever, one.payer, one.year, one.kind, *(f"{money:.0f}" for money in (one.value, one.low, one.high)))
            for one in payments]
