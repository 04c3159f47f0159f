"""euros= and posts= of `compare`: levers brought to one yearly budget before anything is played; money by payer."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cards.reader import CardError
from .errors import UsageError, refused

if TYPE_CHECKING:
    from ..levers.budget import Terms
    from ..levers.card import Lever
    from ..scenario.run import Run

BUDGET = "budget.csv"
MOST = 1e12
SEED = 1
"""Money is counted in one world, whichever seeds are played: the same dose for all."""
_KNOWN: dict[str, Terms] = {}
"""The last terms asked for, by the run they are of: a territory is not built twice for one command."""
HEAD = ("lever", "payer", "year", "kind", "euros", "euros_low", "euros_high")


def terms_of(run: Run) -> Terms:
    """What costs are counted in: the run's territory at its start, its calendar and its end."""
    from ..engine.calendar import last_day
    from ..levers.budget import Terms
    from ..world.build import build

    key = replace(run, levers=(), seed=SEED).id
    if key not in _KNOWN:
        cards = {card.id: card for card in run.scenario.sites}
        world = build(run.scenario.territory, run.model, SEED, cards)
        _KNOWN.clear()
        _KNOWN[key] = Terms(world, run.scenario.calendar, last_day(run))
    return _KNOWN[key]


def share_out(plain: dict[str, Any], run: Run, levers: Sequence[Lever]) -> tuple[list[Lever], list[Lever]]:
    """(levers, each alone at the budget; the same together within it). UsageError for a budget that cannot be met."""
    euros, posts = (_amount(plain, name) for name in ("euros", "posts"))
    if euros is None and posts is None:
        return list(levers), list(levers)
    from ..levers.budget import at_budget, within

    terms = terms_of(run)
    try:
        alone = [lever if euros is None else at_budget(lever, euros, terms) for lever in levers]
        alone = [within([lever], terms, posts=posts)[0] for lever in alone]
        joint = list(within(levers, terms, euros, posts)) if plain["together"] else list(alone)
    except CardError as problem:
        raise refused(problem) from None
    return alone, joint


def _amount(plain: dict[str, Any], name: str) -> float | None:
    value = plain.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST:
        raise UsageError("amount", name=name, value=value)
    return float(value)


def write_budget(arms: Mapping[str, Sequence[Lever]], run: Run, folder: Path) -> Path:
    """Money of every arm by lever, payer and year, EUR of the cards' price years, counted at the start of the run."""
    terms = terms_of(run)
    file, beside = folder / BUDGET, folder / f".{BUDGET}.{os.getpid()}.part"
    try:
        with open(beside, "w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(("arm", *HEAD))
            for name, levers in arms.items():
                writer.writerows((name, *row) for row in _rows(levers, terms))
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    return file


def _rows(levers: Iterable[Lever], terms: Terms) -> list[tuple[object, ...]]:
    from ..levers.budget import yearly_flows

    flows = [flow for lever in levers for flow in yearly_flows(lever, terms)]
    return [(flow.lever, flow.payer, flow.year, flow.kind, *(f"{money:.0f}" for money in (flow.value, flow.low,
             flow.high))) for flow in sorted(flows, key=lambda one: (one.lever, one.payer, one.year, one.kind))]
