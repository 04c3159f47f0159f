"""What a brief is about: one scenario of a results folder, played with and without levers, and what belongs to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from ...analysis.effects.arms import (
    Arm,
    assign_letters,
    collect_arms,
    list_observation_seeds,
    map_seeds_to_parameter_sets,
)
from ...analysis.run_view import RunView
from ...analysis.study_outcomes import NO_LEVERS_ARM, StudyOutcomes, collect_run_outcomes, load_study_outcomes
from ...i18n.translation import Message
from ...records.files.run_files import RunTables
from ...records.results import Results
from ..figures.findings import find_leading_arms, rank_effects
from ..stored_threshold import find_stored_threshold
from .portfolio_search import PortfolioSearch, list_portfolio_names, read_job_settings, read_portfolio_search

SEVERAL = 2
MIN_CASE_SHARE = 0.5
"""The best arm was played in at least this share of the cases of the arm that was played most."""


@dataclass
class Case:
    """One scenario with its runs and effects.

    opened: the runs of the scenario. study: its name, "" for none. outcomes: all runs of the folder or study; of a
    search those that it compared; None where nothing can be compared. baseline: the arm without levers, None without
    one. effects: arms with levers and their effect on loss, best first. seeds: one per observation. parameter_sets: of
    an ensemble, seed to (parameter set, behaviour variant). search: the portfolio search that played the runs, None for
    anything else. other_outcomes: with a search, all runs of its folder.
    """

    results: Results
    opened: RunTables
    lang: str
    study: str = ""
    outcomes: StudyOutcomes | None = None
    baseline: Arm | None = None
    effects: list[tuple[Arm, Any]] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    parameter_sets: dict[int, tuple[str, str]] = field(default_factory=dict)
    search: PortfolioSearch | None = None
    other_outcomes: StudyOutcomes | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The settings of one run: of the baseline where there is one."""
        return self.opened.content[str(self.sample_run.run["run"])]

    @property
    def sample_run(self) -> RunView:
        """One run: of the baseline where there is one."""
        return next(iter((self.baseline or self.arms[0]).runs.values()))

    @cached_property
    def arms(self) -> list[Arm]:
        """Every arm, the one without levers first."""
        return collect_arms(self.opened)

    @property
    def crisis(self) -> bool:
        """True if a crisis happens in these runs."""
        return int(self.sample_run.run["onset"]) >= 0

    @property
    def is_comparable(self) -> bool:
        """True if there is something to compare: a baseline, and a lever with a seed in common."""
        return self.baseline is not None and any(np.isfinite(effect.difference) for _, effect in self.effects)

    @cached_property
    def leading_arms(self) -> list[Arm]:
        """Levers that stand out; of a search, the portfolios on its Pareto front."""
        if not self.is_comparable or self.baseline is None:
            return []
        if self.search:
            return [arm for arm, effect in self.effects if self.is_on_front(arm) and np.isfinite(effect.difference)]
        return find_leading_arms(self.baseline, self.effects, self.seeds)

    @property
    def best_arm(self) -> Arm:
        """The arm that maps and groups show: the best, on average over scenarios where there are several."""
        arms = [arm for arm, _ in self.effects]
        if self.outcomes is None or self.scenario_count < SEVERAL:
            return arms[0]
        changes = {arm.portfolio: self.outcomes.change("loss", self.outcome_key(arm)) for arm in arms}
        cases = {name: int(np.isfinite(change).sum()) for name, change in changes.items()}
        least = max(1.0, MIN_CASE_SHARE * max(cases.values()))
        means = {name: float(np.nanmean(change)) for name, change in changes.items() if cases[name] >= least}
        front = [arm for arm in arms if self.is_on_front(arm)]
        return min(front or arms, key=lambda arm: means.get(arm.portfolio, np.inf))

    def outcome_key(self, arm: Arm, outcomes: StudyOutcomes | None = None) -> str:
        """The name of an arm in these outcomes, in `self.outcomes` by default."""
        outcomes = outcomes or self.outcomes
        runs = {str(view.run["run"]) for view in arm.runs.values()}
        keys = (key for (key, _, _), view in outcomes.runs.items() if str(view.run["run"]) in runs) if outcomes else ()
        return next(iter(keys), "+".join(arm.levers))

    def is_on_front(self, arm: Arm) -> bool:
        """True if this portfolio is on the Pareto front of the search."""
        if self.search is None or not arm.levers:
            return False
        return self.search.name(arm.content(self.opened)) in self.search.front

    @property
    def scenario_count(self) -> int:
        """Scenarios that were played; an ensemble is one scenario with several parameter sets."""
        return self.outcomes.points if self.outcomes and not self.parameter_sets else 1

    @cached_property
    def draws(self) -> list[int]:
        """Every seed that was played, including those of an ensemble that share a parameter set."""
        return sorted({seed for arm in self.arms for seed in arm.runs})

    @cached_property
    def run_counts(self) -> dict[str, int]:
        """Number of runs done, failed and missing, in the whole folder."""
        counts = self.results.count()
        if not counts["failed"]:
            counts["failed"] = int(self.results.sql("SELECT count(DISTINCT run) FROM failures").fetchall()[0][0])
        return counts

    def cards(self, kind: str) -> list[dict[str, Any]]:
        """Cards of all "levers", or of the "crises", each once."""
        if kind == "crises":
            return list(self.content["scenario"].get("crises", ()))
        cards = {str(card["id"]): card for run in self.opened.content.values() for card in run.get("levers") or ()}
        return [cards[name] for name in sorted(cards)]


def select_case(results: Results, lang: str, study: str | None = None, worth: str | None = None) -> Case:
    """The scenario that the brief of a folder is about: the middle one by its losses where there are several; of an
    ensemble, all runs.

    study: its name where the folder holds several. worth: from which difference on acting counts as worthwhile; as the
    folder's comparison was asked by default. ValueError if nothing was played yet, or if the folder holds several
    studies and none is named.
    """
    everything, job = _load_comparable_runs(results, study), read_job_settings(results.folder)
    unplanned = everything is not None and not everything.card
    search = read_portfolio_search(results.folder, job) if unplanned else None
    outcomes = _select_search_runs(results, search) if search else everything
    sets = _find_parameter_sets(results) if unplanned and not search else {}
    where = "" if sets else f"WHERE context = '{_choose_scenario(results, outcomes)}'"
    rows = results.sql(f"SELECT run FROM kept {where} ORDER BY levers, portfolio, seed").fetchall()
    runs = [str(row[0]) for row in rows]
    if outcomes is not None and (study or search):
        compared = {str(view.run["run"]) for view in outcomes.runs.values()}
        runs = [run for run in runs if run in compared]
    opened = replace(results.opened(runs), portfolio_names=list_portfolio_names(job),
                     worth=find_stored_threshold(results.folder, worth))
    case = Case(results, opened, lang, study or "", outcomes, parameter_sets=sets, search=search,
                other_outcomes=everything if search else None)
    _add_effects(case)
    return case


def _add_effects(case: Case) -> None:
    """Fill in baseline, effects and seeds; only the seeds where there is no baseline."""
    if case.arms[0].levers:
        case.seeds = list_observation_seeds(case.arms)
        return
    case.baseline = case.arms[0]
    _, case.effects, case.seeds = rank_effects(case.opened)
    if case.search:
        _put_front_first(case)


def _select_search_runs(results: Results, search: PortfolioSearch) -> StudyOutcomes:
    """The runs of a search that a brief reports: its front with fresh seeds, other portfolios with the search's."""
    rows = results.sql("SELECT run, seed, context, content FROM kept").fetchall()
    contexts = {str(context) for _, seed, context, _ in rows if seed in search.seeds}
    runs = [str(run) for run, seed, context, content in rows
            if context in contexts and search.is_reported(search.name(json.loads(content)), int(seed))]
    return collect_run_outcomes(results.opened(runs))


def _put_front_first(case: Case) -> None:
    """Put portfolios of the Pareto front first, and give letters in that order."""
    case.effects.sort(key=lambda pair: not case.is_on_front(pair[0]))
    arms = [arm for arm, _ in case.effects]
    assign_letters(arms)
    for outcomes in (case.outcomes, case.other_outcomes):
        if outcomes is not None:
            labels = {case.outcome_key(arm, outcomes): arm.label for arm in arms}
            outcomes.arms.update({key: label for key, label in labels.items() if key in outcomes.arms})


def _find_parameter_sets(results: Results) -> dict[int, tuple[str, str]]:
    """Parameter sets of an ensemble, empty for anything else. Runs are read only where their contexts differ."""
    [(contexts,)] = results.sql("SELECT count(DISTINCT context) FROM kept").fetchall()
    return map_seeds_to_parameter_sets(results.opened()) if contexts > 1 else {}


def _load_comparable_runs(results: Results, study: str | None) -> StudyOutcomes | None:
    """Outcomes of all arms, scenarios and seeds; None where nothing can be compared. ValueError as select_case."""
    if not results.sql("SELECT 1 FROM kept LIMIT 1").fetchall():
        raise ValueError(Message("nothing was played yet: start the same command again, or retry what failed"))
    try:
        return load_study_outcomes(results, study)
    except ValueError as problem:
        if "stud" in str(problem):
            raise
        return None


def _choose_scenario(results: Results, outcomes: StudyOutcomes | None) -> str:
    """The context to report: of those with most runs, the one with the median loss without levers."""
    if outcomes is not None and outcomes.points >= SEVERAL:
        views_at = {point: [view for (_, of_point, _), view in outcomes.runs.items() if of_point == point]
                    for point in range(outcomes.points)}
        most = max(len(views) for views in views_at.values())
        full = [point for point, views in views_at.items() if len(views) == most and _has_baseline(outcomes, point)]
        full.sort(key=lambda point: float(np.nanmean(outcomes.values("loss", NO_LEVERS_ARM)[point])))
        if full:
            return str(views_at[full[(len(full) - 1) // 2]][0].run["context"])
    rows = results.sql("SELECT context, count(*), min(levers) FROM kept GROUP BY context ORDER BY min(levers) <> '', "
                       "count(*) DESC, context").fetchall()
    return str(rows[0][0])


def _has_baseline(outcomes: StudyOutcomes, point: int) -> bool:
    return any(arm == NO_LEVERS_ARM and of_point == point for arm, of_point, _ in outcomes.runs)
