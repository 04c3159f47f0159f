"""Portfolios played and measured for a search: each once per scenario and seed, whatever asks for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.played import of_groups
from ...analysis.portfolios.pareto_front import objectives
from ...analysis.run_view import views
from ...config.budget import terms_of
from ...config.resolve import Job
from ...i18n.app_texts import say
from ...scenario.run import Run
from ...studies.executor import Executor
from ...studies.play import play_missing
from ...studies.store import Store
from ...studies.task import Watch

if TYPE_CHECKING:
    from ...analysis.portfolios.search import Portfolio

MEASURED = ("loss", "fifth_gap", "loss_total")


class Trials:
    """Plays what is asked for and keeps what it measured. RuntimeError naming the first run that failed."""

    def __init__(self, job: Job, folder: Path, lang: str) -> None:
        self.job, self.store, self.lang = job, Store(folder), lang
        self.levers = {lever.id: lever for lever in job.levers}
        given = job.plain["severities"]
        self.severities = [float(one) for one in (given if isinstance(given, list) else [given])]
        self._values: dict[tuple[Portfolio, int], np.ndarray] = {}
        self._groups: dict[tuple[Portfolio, int], list[dict[str, float]]] = {}
        self._costs: dict[tuple[str, float], float] = {}

    def cost(self, portfolio: Portfolio) -> float:
        """Discounted EUR a year, counted at the start of the run: the same for all seeds."""
        for lever, dose in portfolio:
            if (lever, dose) not in self._costs:
                self._costs[lever, dose] = self.yearly(lever, dose)
        return sum(self._costs[one] for one in portfolio)

    def total(self, portfolio: Portfolio) -> float:
        """Discounted EUR over the whole run, as the records count them."""
        return self.cost(portfolio) * self.years() if portfolio else 0.0

    def years(self) -> float:
        """Years over which levers cost."""
        return terms_of(self.job.baseline).years

    def yearly(self, lever: str, dose: float) -> float:
        """What one lever costs a year at a dose times its card's own."""
        terms, card = terms_of(self.job.baseline), self.levers[lever]
        return terms.a_year(terms.active(card), card.dose * dose)

    def label(self, portfolio: Portfolio) -> dict[str, str]:
        """Names of the levers by language, with doses that are not the card's own."""
        if not portfolio:
            return {"fr": "Sans levier", "en": "No lever"}
        return {lang: " + ".join(getattr(self.levers[lever], f"label_{lang}") + ("" if dose == 1 else f" × {dose:g}")
                                 for lever, dose in portfolio) for lang in ("fr", "en")}

    def objectives(self, portfolio: Portfolio, seeds: Sequence[int]) -> np.ndarray:
        """float64[seeds, 3] as front.OBJECTIVES, against doing nothing with the same luck."""
        return self._objectives(portfolio, seeds) - self._objectives((), seeds)

    def _objectives(self, portfolio: Portfolio, seeds: Sequence[int]) -> np.ndarray:
        found = self.values(portfolio, seeds)
        return objectives(found[:, :, 0], found[:, :, 1])

    def saved(self, portfolio: Portfolio, seeds: Sequence[int]) -> np.ndarray:
        """float64[seeds]: person-days avoided against doing nothing, mean over scenarios."""
        return (self.values((), seeds) - self.values(portfolio, seeds))[:, :, 2].mean(1)

    def groups(self, portfolio: Portfolio, seeds: Sequence[int]) -> dict[str, np.ndarray]:
        """Group to the change of its loss per resident against doing nothing, float64[scenarios, seeds]."""
        self.values(portfolio, seeds)
        self.values((), seeds)
        with_, without = ([self._groups[one, seed] for seed in seeds] for one in (portfolio, ()))
        names = set.intersection(*(set(here) for seed in (*with_, *without) for here in seed))
        found = {name: np.array([[a[name] - b[name] for a, b in zip(one, other)] for one, other in zip(with_, without)])
                 for name in sorted(names)}
        return {name: change.T for name, change in found.items() if np.isfinite(change).all()}

    def worst(self, portfolio: Portfolio, seeds: Sequence[int]) -> float:
        """The greatest rise of a group's loss, mean over the seeds, in its worst scenario; person-days per resident."""
        return max((float(change.mean(1).max()) for change in self.groups(portfolio, seeds).values()), default=0.0)

    def values(self, portfolio: Portfolio, seeds: Sequence[int]) -> np.ndarray:
        """float64[seeds, scenarios, MEASURED], played where missing."""
        lacking = [seed for seed in seeds if (portfolio, seed) not in self._values]
        if lacking:
            self._play(portfolio, lacking)
        return np.array([self._values[portfolio, seed] for seed in seeds])

    def _play(self, portfolio: Portfolio, seeds: Sequence[int]) -> None:
        runs = [self.run(portfolio, seed, severity) for seed in seeds for severity in self.severities]
        print(say("trying", self.lang, name=self.label(portfolio)[self.lang], count=len(self.store.missing(runs))),
              file=sys.stderr, flush=True)
        here = Executor(workers=self.job.workers, threads=self.job.threads)
        failures = play_missing(runs, self.store, here, Watch())
        if failures:
            raise RuntimeError(f"{failures[0].levers or 'baseline'}, seed {failures[0].seed}: {failures[0].error}")
        seen = {str(view.run["run"]): view for view in views(self.store.opened(runs))}
        told = [[OUTCOMES[name].of(seen[run.id]) for name in MEASURED] for run in runs]
        for seed, part in zip(seeds, np.array(told).reshape(len(seeds), len(self.severities), len(MEASURED))):
            self._values[portfolio, seed] = part
            self._groups[portfolio, seed] = [of_groups(seen[run.id]) for run in runs if run.seed == seed]

    def run(self, portfolio: Portfolio, seed: int, severity: float) -> Run:
        """One portfolio in one scenario with one seed."""
        levers = tuple(replace(self.levers[lever], dose=self.levers[lever].dose * dose) for lever, dose in portfolio)
        scenario = self.job.baseline.scenario
        crises = tuple(replace(crisis, severity=crisis.severity * severity) for crisis in scenario.crises)
        return replace(self.job.baseline, scenario=replace(scenario, crises=crises), levers=levers, seed=seed)
