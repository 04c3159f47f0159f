"""Search for portfolios under a budget; whoever calls plays the runs, or looks them up."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..extra import need

Portfolio = tuple[tuple[str, float], ...]
"""(lever, dose) of every lever chosen, sorted by lever; empty for doing nothing."""
POPULATION = 16
TIRED = 4
"""The search ends when so many populations in a row brought no portfolio that was new."""


WORSE = "worse"
"""Under this name a trial keeps by how much it breaks the constraint."""


@dataclass(frozen=True)
class Limits:
    """budget: EUR a year. plays: portfolios evaluated at most. worse: by how much a portfolio evaluated breaks a
    constraint, 0 or less if it keeps it; those that break it breed last."""

    budget: float
    plays: int
    seed: int = 0
    worse: Callable[[Portfolio], float] | None = None


def name_of(portfolio: Portfolio) -> str:
    """a+b, or a*0.5+b where a dose is not 1."""
    return "+".join(lever if dose == 1 else f"{lever}*{dose:g}" for lever, dose in portfolio)


def search(doses: Mapping[str, Sequence[float]], cost: Callable[[Portfolio], float],
           evaluate: Callable[[Portfolio], Sequence[float]], limits: Limits) -> dict[Portfolio, np.ndarray]:
    """Every portfolio evaluated, at most `limits.plays` of them, with its objectives, float64[k], less is better.

    doses: lever to the doses it may be given (0, left out, is always among them). cost: EUR of a portfolio; none over
    budget is evaluated. Doing nothing and single levers come first, then NSGA-II (Deb et al. 2002,
    doi:10.1109/4235.996017, by optuna) breeds; the same seed gives the same search. Take `front.on_front` of the
    result and confirm it with fresh seeds: the best of many looks better than it is.
    """
    optuna = need("optuna")
    known: dict[Portfolio, np.ndarray] = {}
    if limits.plays < 1:
        raise ValueError(f"plays = {limits.plays}: expected 1 or more")

    def ask(portfolio: Portfolio) -> np.ndarray:
        if portfolio not in known:
            known[portfolio] = np.asarray(evaluate(portfolio), np.float64)
        return known[portfolio]

    for first in [(), *(((lever, float(max(given))),) for lever, given in doses.items())]:
        if len(known) < limits.plays and cost(first) <= limits.budget:
            ask(first)
    _breed(optuna, doses, lambda wish: affordable(wish, cost, limits.budget), ask, (known, limits))
    return known


def _breed(optuna: Any, doses: Mapping[str, Sequence[float]], decode: Callable[[list[tuple[str, float]]], Portfolio],
           ask: Callable[[Portfolio], np.ndarray], state: tuple[dict[Portfolio, np.ndarray], Limits]) -> None:
    """Ask and tell until enough portfolios are known, or no new one turns up any more."""
    known, limits = state
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kept = None if limits.worse is None else lambda trial: (trial.user_attrs[WORSE],)
            sampler = optuna.samplers.NSGAIISampler(population_size=POPULATION, seed=limits.seed, constraints_func=kept)
            many = len(next(iter(known.values()))) if known else len(ask(()))
            study = optuna.create_study(directions=["minimize"] * many, sampler=sampler)
            idle = 0
            while len(known) < limits.plays and idle < TIRED * POPULATION:
                trial, before = study.ask(), len(known)
                chosen = decode(_wish(trial, doses))
                values = [float(one) for one in ask(chosen)]
                if limits.worse is not None:
                    trial.set_user_attr(WORSE, float(limits.worse(chosen)))
                study.tell(trial, values)
                idle = idle + 1 if len(known) == before else 0
    finally:
        optuna.logging.set_verbosity(verbosity)


def _wish(trial: Any, doses: Mapping[str, Sequence[float]]) -> list[tuple[str, float]]:
    """Levers and doses in the order in which the trial wants them."""
    wanted = []
    for lever, given in doses.items():
        listed = [0.0, *(float(one) for one in given if one)]
        place = trial.suggest_int(f"dose {lever}", 0, len(listed) - 1)
        wanted.append((trial.suggest_float(f"turn {lever}", 0.0, 1.0), lever, listed[place]))
    return [(lever, dose) for _, lever, dose in sorted(wanted) if dose]


def affordable(wish: Sequence[tuple[str, float]], cost: Callable[[Portfolio], float], budget: float) -> Portfolio:
    """Levers taken in turn as long as the portfolio stays within the budget."""
    chosen: Portfolio = ()
    for one in wish:
        grown = tuple(sorted((*chosen, one)))
        if cost(grown) <= budget:
            chosen = grown
    return chosen
