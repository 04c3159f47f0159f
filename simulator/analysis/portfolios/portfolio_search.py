"""Search for portfolios under a budget by NSGA-II; the caller simulates the portfolios, or looks them up."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ..optional_libraries import import_optional

PortfolioDoses = tuple[tuple[str, float], ...]
"""(lever, dose) of every lever chosen, sorted by lever; empty for the baseline."""
POPULATION_SIZE = 16
MAX_IDLE_POPULATIONS = 4
"""The search ends after so many populations in a row without a new portfolio."""
CONSTRAINT_KEY = "worse"
"""Attribute of an optuna trial that holds by how much it violates the constraint."""


@dataclass(frozen=True)
class SearchLimits:
    """Limits of a search.

    budget: EUR a year. evaluations: portfolios evaluated at most. violation: by how much an evaluated portfolio
    violates a constraint, 0 or less if it satisfies it; portfolios that violate it are selected last.
    """

    budget: float
    evaluations: int
    seed: int = 0
    violation: Callable[[PortfolioDoses], float] | None = None


def format_portfolio(portfolio: PortfolioDoses) -> str:
    """a+b, or a*0.5+b where a dose is not 1."""
    return "+".join(lever if dose == 1 else f"{lever}*{dose:g}" for lever, dose in portfolio)


def search_portfolios(doses: Mapping[str, Sequence[float]], cost: Callable[[PortfolioDoses], float],
                      evaluate: Callable[[PortfolioDoses], Sequence[float]],
                      limits: SearchLimits) -> dict[PortfolioDoses, np.ndarray]:
    """Map every portfolio evaluated, at most `limits.evaluations`, to its objectives float64[k], less is better.

    doses: lever to the doses it may have; 0, without the lever, is always possible. cost: EUR of a portfolio; none over
    budget is evaluated. evaluate: its objectives. The baseline and single levers come first, then those that NSGA-II
    proposes (Deb et al. 2002, doi:10.1109/4235.996017, by optuna). The same seed gives the same search. Take
    `mark_pareto_front` of the result and confirm it with fresh seeds: the best of many looks better than it is.
    ValueError if `limits.evaluations` is below 1.
    """
    optuna = import_optional("optuna")
    known: dict[PortfolioDoses, np.ndarray] = {}
    if limits.evaluations < 1:
        raise ValueError(Message("plays = {n}: expected 1 or more", n=limits.evaluations))

    def evaluate_once(portfolio: PortfolioDoses) -> np.ndarray:
        if portfolio not in known:
            known[portfolio] = np.asarray(evaluate(portfolio), np.float64)
        return known[portfolio]

    def decode(trial: Any) -> PortfolioDoses:
        return fit_to_budget(_read_trial_doses(trial, doses), cost, limits.budget)

    for first in [(), *(((lever, float(max(options))),) for lever, options in doses.items())]:
        if len(known) < limits.evaluations and cost(first) <= limits.budget:
            evaluate_once(first)
    _run_nsga2(optuna, decode, evaluate_once, known, limits)
    return known


def _run_nsga2(optuna: Any, decode: Callable[[Any], PortfolioDoses],
               evaluate_once: Callable[[PortfolioDoses], np.ndarray], known: dict[PortfolioDoses, np.ndarray],
               limits: SearchLimits) -> None:
    """Add portfolios to `known` until there are enough, or no new one is proposed any more."""
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            constraint = None if limits.violation is None else lambda trial: (trial.user_attrs[CONSTRAINT_KEY],)
            sampler = optuna.samplers.NSGAIISampler(population_size=POPULATION_SIZE, seed=limits.seed,
                                                    constraints_func=constraint)
            objectives = len(next(iter(known.values()))) if known else len(evaluate_once(()))
            study = optuna.create_study(directions=["minimize"] * objectives, sampler=sampler)
            idle = 0
            while len(known) < limits.evaluations and idle < MAX_IDLE_POPULATIONS * POPULATION_SIZE:
                trial, before = study.ask(), len(known)
                portfolio = decode(trial)
                values = [float(value) for value in evaluate_once(portfolio)]
                if limits.violation is not None:
                    trial.set_user_attr(CONSTRAINT_KEY, float(limits.violation(portfolio)))
                study.tell(trial, values)
                idle = idle + 1 if len(known) == before else 0
    finally:
        optuna.logging.set_verbosity(verbosity)


def _read_trial_doses(trial: Any, doses: Mapping[str, Sequence[float]]) -> list[tuple[str, float]]:
    """Levers and doses in the order of priority that the trial suggests."""
    ranked = []
    for lever, options in doses.items():
        listed = [0.0, *(float(dose) for dose in options if dose)]
        k = trial.suggest_int(f"dose {lever}", 0, len(listed) - 1)
        ranked.append((trial.suggest_float(f"turn {lever}", 0.0, 1.0), lever, listed[k]))
    return [(lever, dose) for _, lever, dose in sorted(ranked) if dose]


def fit_to_budget(ordered_doses: Sequence[tuple[str, float]], cost: Callable[[PortfolioDoses], float],
                  budget: float) -> PortfolioDoses:
    """The portfolio of levers taken in this order, leaving out each that would exceed the budget."""
    portfolio: PortfolioDoses = ()
    for lever_dose in ordered_doses:
        larger = tuple(sorted((*portfolio, lever_dose)))
        if cost(larger) <= budget:
            portfolio = larger
    return portfolio
