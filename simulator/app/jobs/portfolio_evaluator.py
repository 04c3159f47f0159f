"""Simulates and measures portfolios for a search: each once per scenario and seed, however often it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import format_no_lever_label
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.portfolios.pareto_front import compute_objectives
from ...analysis.run_view import iterate_run_views
from ...analysis.study_outcomes import compute_group_losses
from ...cards.card_texts import read_card_text
from ...config.budget import get_cost_terms
from ...config.job import Job
from ...i18n.number_format import format_dose
from ...i18n.translation import list_languages, translate
from ...scenario.run import Run
from ...studies.executor_settings import ExecutorSettings
from ...studies.missing_runs import play_missing
from ...studies.store import Store
from ..cli.progress import ProgressBar
from ..cli.time_left import TimeLeft
from .batch import RunCounter, announce_time

if TYPE_CHECKING:
    from ...analysis.portfolios.portfolio_search import PortfolioDoses

MEASURED_OUTCOMES = ("loss", "quintile_gap", "loss_total")
"""The columns of `measured_values`."""


class PortfolioEvaluator:
    """Outcomes and costs of portfolios, simulated where the store lacks them and cached.

    Scenarios are the job's crises at each of its severities. All portfolios of a seed share common random numbers.
    RuntimeError naming the first run that failed.
    """

    def __init__(self, job: Job, folder: Path, lang: str) -> None:
        self.job, self.store, self.lang = job, Store(folder), lang
        self.levers = {lever.id: lever for lever in job.levers}
        severities = job.settings["severities"]
        self.severities = [float(one) for one in (severities if isinstance(severities, list) else [severities])]
        self._values: dict[tuple[PortfolioDoses, int], np.ndarray] = {}
        self._groups: dict[tuple[PortfolioDoses, int], list[dict[str, float]]] = {}
        self._costs: dict[tuple[str, float], float] = {}
        most = (job.settings["plays"] + 1) * len(job.seeds) * len(self.severities)
        self._progress = ProgressBar(most, lang, "run", quiet=True)
        self._progress.clock = TimeLeft({str(k): 1.0 for k in range(most)})

    def yearly_cost(self, portfolio: PortfolioDoses) -> float:
        """Discounted EUR per year of a portfolio, counted in the world at the start of the run; no seed changes it."""
        for lever, dose in portfolio:
            if (lever, dose) not in self._costs:
                self._costs[lever, dose] = self.lever_yearly_cost(lever, dose)
        return sum(self._costs[one] for one in portfolio)

    def total_cost(self, portfolio: PortfolioDoses) -> float:
        """Discounted EUR of a portfolio over the whole run, as the records count them."""
        return self.yearly_cost(portfolio) * self.costed_years() if portfolio else 0.0

    def costed_years(self) -> float:
        """Years from the levers' date to the end of the run: total cost over yearly cost."""
        return get_cost_terms(self.job.baseline).years

    def lever_yearly_cost(self, lever: str, dose: float) -> float:
        """Discounted EUR per year of one lever. dose: a factor on the dose of its card."""
        terms, card = get_cost_terms(self.job.baseline), self.levers[lever]
        return terms.yearly_cost(terms.resolve_lever(card), card.dose * dose)

    def labels(self, portfolio: PortfolioDoses) -> dict[str, str]:
        """Language to the names of the levers, with each dose that differs from the card's."""
        if not portfolio:
            return format_no_lever_label()
        return {lang: " + ".join(read_card_text(self.levers[lever], "label", lang)
                                 + ("" if dose == 1 else f" × {format_dose(dose, lang)}") for lever, dose in portfolio)
                for lang in list_languages()}

    def objectives(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> np.ndarray:
        """float64[seeds, 3], in the order of pareto_front.OBJECTIVES: differences from doing nothing, seed by seed."""
        return self._absolute_objectives(portfolio, seeds) - self._absolute_objectives((), seeds)

    def _absolute_objectives(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> np.ndarray:
        values = self.measured_values(portfolio, seeds)
        return compute_objectives(values[:, :, 0], values[:, :, 1])

    def avoided_loss(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> np.ndarray:
        """float64[seeds]: loss avoided against doing nothing, person-days, mean over scenarios."""
        return (self.measured_values((), seeds) - self.measured_values(portfolio, seeds))[:, :, 2].mean(1)

    def group_loss_changes(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> dict[str, np.ndarray]:
        """Group to float64[scenarios, seeds]: change of its loss against doing nothing, person-days per resident.

        Groups without a value in some run are left out.
        """
        self.measured_values(portfolio, seeds)
        self.measured_values((), seeds)
        with_, without = ([self._groups[one, seed] for seed in seeds] for one in (portfolio, ()))
        names = set.intersection(*(set(losses) for seed in (*with_, *without) for losses in seed))
        changes = {name: np.array([[a[name] - b[name] for a, b in zip(*pair)] for pair in zip(with_, without)])
                   for name in sorted(names)}
        return {name: change.T for name, change in changes.items() if np.isfinite(change).all()}

    def worst_group_change(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> float:
        """The greatest rise of any group's loss in any scenario, mean over seeds, person-days per resident."""
        return max((float(change.mean(1).max()) for change in self.group_loss_changes(portfolio, seeds).values()),
                   default=0.0)

    def measured_values(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> np.ndarray:
        """float64[seeds, scenarios, MEASURED_OUTCOMES]; what is missing is simulated."""
        missing = [seed for seed in seeds if (portfolio, seed) not in self._values]
        if missing:
            self._simulate(portfolio, missing)
        return np.array([self._values[portfolio, seed] for seed in seeds])

    def _simulate(self, portfolio: PortfolioDoses, seeds: Sequence[int]) -> None:
        runs = [self.build_run(portfolio, seed, severity) for seed in seeds for severity in self.severities]
        missing = self.store.list_missing_runs(runs)
        if not self._progress.done:
            announce_time(missing, self.lang, self.job.workers, max(1, self._progress.steps // max(1, len(missing))))
        line = translate("{name}: {count} runs to play", self.lang, name=self.labels(portfolio)[self.lang],
                         count=len(missing))
        print(f"{line}{self._progress.clock.describe(self.lang)}", file=sys.stderr, flush=True)
        executor = ExecutorSettings(workers=self.job.workers, threads=self.job.threads)
        failures = play_missing(runs, self.store, executor, RunCounter(self._progress))
        if failures:
            raise RuntimeError(f"{failures[0].levers or 'baseline'}, seed {failures[0].seed}: {failures[0].error}")
        views = {str(view.run["run"]): view for view in iterate_run_views(self.store.opened(runs))}
        values = np.array([[OUTCOMES[name].measure(views[run.id]) for name in MEASURED_OUTCOMES] for run in runs])
        for seed, of_seed in zip(seeds, values.reshape(len(seeds), len(self.severities), len(MEASURED_OUTCOMES))):
            self._values[portfolio, seed] = of_seed
            self._groups[portfolio, seed] = [compute_group_losses(views[run.id]) for run in runs if run.seed == seed]

    def build_run(self, portfolio: PortfolioDoses, seed: int, severity: float) -> Run:
        """The run of one portfolio with one seed, crises at this factor on their severity."""
        levers = tuple(replace(self.levers[lever], dose=self.levers[lever].dose * dose) for lever, dose in portfolio)
        scenario = self.job.baseline.scenario
        crises = tuple(replace(crisis, severity=crisis.severity * severity) for crisis in scenario.crises)
        return replace(self.job.baseline, scenario=replace(scenario, crises=crises), levers=levers, seed=seed)
