"""A study's runs laid out for analysis: the outcome of every arm, at every point of the design, for every seed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..i18n.translation import Message
from ..records.files.folder_check import PLANS_FOLDER
from ..records.files.parquet import read_metadata
from ..records.files.run_files import RunTables
from ..records.results import Results
from .effects.arms import format_full_label, format_portfolio_label, map_seeds_to_parameter_sets
from .effects.outcomes import OUTCOMES, compute_loss_per_resident
from .run_view import RunView, iterate_run_views

NO_LEVERS_ARM = ""
"""Key of the baseline among the arms."""
EQUITY_DIMENSIONS = ("income", "age", "household", "isolation_before")
"""Group dimensions that equity is judged by: no group along them should be left worse off."""
SCENARIO_COLUMNS = ("territory", "crises", "behaviour")
"""Columns that tell points apart when the runs belong to no study."""


def compute_group_losses(view: RunView) -> dict[str, float]:
    """Map each group, named dimension.group, to its loss per resident in one run; NaN for an empty group."""
    return {f"{dimension}.{group}": compute_loss_per_resident(view, dimension, group)
            for dimension, group in view.groups if dimension in EQUITY_DIMENSIONS}


@dataclass
class StudyOutcomes:
    """The runs of one study by arm, point and seed, with their outcomes as arrays.

    settings: what varies, name to values[points]. arms: levers joined by + ("" without any) to the arm's names by
    language. points: number of points. runs: (arm, point, seed) to the run. card: the study's card, empty for a
    comparison. Arrays over points and seeds hold NaN where a run is missing.
    """

    settings: dict[str, np.ndarray]
    arms: dict[str, dict[str, str]]
    points: int
    seeds: list[int]
    runs: dict[tuple[str, int, int], RunView]
    card: dict[str, Any] = field(default_factory=dict)
    _cache: dict[tuple[str, str], np.ndarray] = field(default_factory=dict, repr=False)

    @property
    def lever_arms(self) -> list[str]:
        """Arms with levers."""
        return [arm for arm in self.arms if arm != NO_LEVERS_ARM]

    @property
    def has_own_sets(self) -> bool:
        """True if seeds play plausible sets of numbers of their own: they then differ by more than luck."""
        contexts: dict[int, set[str]] = {}
        for (_, point, _), view in self.runs.items():
            contexts.setdefault(point, set()).add(str(view.run["context"]))
        return any(len(found) > 1 for found in contexts.values())

    def values(self, outcome: str, arm: str) -> np.ndarray:
        """float64[points, seeds]: an outcome of OUTCOMES, or `cost` in EUR."""
        key = (outcome, arm)
        if key not in self._cache:
            measure = (lambda view: float(view.run["cost"])) if outcome == "cost" else OUTCOMES[outcome].measure
            self._cache[key] = self._measure_runs(arm, measure)
        return self._cache[key]

    def _measure_runs(self, arm: str, measure: Callable[[RunView], float]) -> np.ndarray:
        return np.array([[measure(self.runs[arm, point, seed]) if (arm, point, seed) in self.runs else np.nan
                          for seed in self.seeds] for point in range(self.points)]).reshape(self.points, -1)

    def change(self, outcome: str, arm: str) -> np.ndarray:
        """float64[points, seeds]: with the levers minus without, paired by point and seed."""
        return self.values(outcome, arm) - self.values(outcome, NO_LEVERS_ARM)

    def group_changes(self, arm: str) -> dict[str, np.ndarray]:
        """Map each group, named dimension.group, to the change of its loss per resident, float64[points, seeds].

        Groups that are empty at some point are left out.
        """
        view = next(iter(self.runs.values()))
        out = {}
        for dimension, group in [key for key in view.groups if key[0] in EQUITY_DIMENSIONS]:
            def measure(run: RunView, dimension: str = dimension, group: str = group) -> float:
                return compute_loss_per_resident(run, dimension, group)

            change = self._measure_runs(arm, measure) - self._measure_runs(NO_LEVERS_ARM, measure)
            if np.isfinite(change).any(1).all():
                out[f"{dimension}.{group}"] = change
        return out

    def list_complete_seeds(self, arms: Sequence[str]) -> list[int]:
        """Indices into `seeds` of those that every one of these arms has run at every point."""
        return [k for k, seed in enumerate(self.seeds) if all(
            (arm, point, seed) in self.runs for arm in arms for point in range(self.points))]

    def coalition_outcomes(self, outcome: str) -> dict[frozenset[str], np.ndarray]:
        """Map each set of levers to the outcome's mean over points, float64[seeds].

        Arms that are told apart by their doses are left out.
        """
        return {frozenset(lever for lever in arm.split("+") if lever): self.values(outcome, arm).mean(0)
                for arm in self.arms if "*" not in arm}


def load_study_outcomes(results: Results, study: str | None = None) -> StudyOutcomes:
    """Load the runs of one study in a results folder, or of a comparison when the folder holds no study.

    ValueError if there are no runs, if the study is missing or not named among several, or if there is no baseline or
    no arm with levers.
    """
    plans = sorted((results.folder / PLANS_FOLDER).glob("*.parquet"))
    names = [plan.stem for plan in plans]
    if study is not None and study not in names:
        raise ValueError(Message("study = {study}: not in this folder; expected one of {known}", study=study,
                                 known=names or Message("none", context="list")))
    if len(names) > 1 and study is None:
        raise ValueError(Message("{n} studies here: name one with study=, of {known}", n=len(names), known=names))
    loaded = _load_planned_runs(results, study or names[0]) if names else collect_run_outcomes(results.opened())
    if NO_LEVERS_ARM not in loaded.arms or not loaded.lever_arms:
        raise ValueError(Message("expected runs without levers and runs with levers, on the same seeds"))
    return loaded


def _load_planned_runs(results: Results, study: str) -> StudyOutcomes:
    plan = results.sql("SELECT * FROM plan WHERE study = $1 ORDER BY point, arm, seed".replace("$1", _quote_sql(study)))
    planned = plan.fetchnumpy()
    stored = {str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall()}
    done = [run for run in dict.fromkeys(map(str, planned["run"])) if run in stored]
    if not done:
        raise ValueError(Message("nothing was played yet"))
    study_card = json.loads(read_metadata(results.folder / PLANS_FOLDER / f"{study}.parquet").get("study", "{}"))
    opened = results.opened(done)
    views_by_run = dict(zip(map(str, opened.tables["runs"]["run"]), iterate_run_views(opened)))
    runs, arms = {}, dict[str, dict[str, Any]]()
    for run, point, seed in zip(map(str, planned["run"]), planned["point"], planned["seed"]):
        if run in views_by_run:
            arm = str(views_by_run[run].run["levers"])
            arms.setdefault(arm, opened.content[run])
            runs[arm, int(point), int(seed)] = views_by_run[run]
    points = int(max(planned["point"])) + 1
    first = [int(np.argmax(planned["point"] == point)) for point in range(points)]
    varied = [axis["name"] for axis in study_card.get("axes", []) if axis["name"] in planned]
    settings = {name: _unmask(planned[name])[first] for name in varied}
    return StudyOutcomes(settings, _label_arms(arms), points, sorted(set(map(int, planned["seed"]))), runs, study_card)


def _label_arms(contents: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Map the arms, in order, to their names; an arm whose short name is not unique is named by all of its levers."""
    short = {arm: format_portfolio_label(content) for arm, content in sorted(contents.items(), key=_sort_key)}
    uses = Counter(name["en"] for name in short.values())
    return {arm: format_full_label(contents[arm]) if arm and uses[name["en"]] > 1 else name
            for arm, name in short.items()}


def collect_run_outcomes(opened: RunTables) -> StudyOutcomes:
    """Lay out runs that belong to no study, with one point for each scenario. ValueError if there are none.

    Runs whose numbers differ by the seed alone are one scenario.
    """
    table = opened.tables["runs"]
    if not len(table["run"]):
        raise ValueError(Message("nothing was played yet"))
    contexts = list(dict.fromkeys(table["context"]))
    points = dict.fromkeys(contexts, 0) if map_seeds_to_parameter_sets(opened) else {
        context: k for k, context in enumerate(contexts)}
    arm_of = _name_arms_by_dose(opened)
    runs, arms = {}, dict[str, dict[str, Any]]()
    for view in iterate_run_views(opened):
        run = str(view.run["run"])
        arms.setdefault(arm_of[run], opened.content[run])
        runs[arm_of[run], points[view.run["context"]], int(view.run["seed"])] = view
    first = [int(np.argmax(table["context"] == context)) for context in contexts][:len(set(points.values()))]
    settings = {name: table[name][first] for name in SCENARIO_COLUMNS if len(set(table[name][first])) > 1}
    return StudyOutcomes(settings, _label_arms(arms), len(first), sorted(set(map(int, table["seed"]))), runs)


def _name_arms_by_dose(opened: RunTables) -> dict[str, str]:
    """Map each run to its levers joined by +, with their doses if the same levers were run at several doses."""
    table = opened.tables["runs"]
    portfolios: dict[str, set[str]] = {}
    for levers, portfolio in zip(table["levers"], table["portfolio"]):
        portfolios.setdefault(str(levers), set()).add(str(portfolio))
    out = {}
    for run, levers in zip(map(str, table["run"]), map(str, table["levers"])):
        cards = opened.content[run].get("levers") or ()
        several = len(portfolios[levers]) > 1
        out[run] = "+".join(f"{card['id']}*{float(card.get('dose', 1)):g}" if several else str(card["id"])
                            for card in cards)
    return out


def _sort_key(arm: tuple[str, Any]) -> tuple[int, str]:
    """Baseline first, then by number of levers, then by name."""
    return arm[0].count("+") + bool(arm[0]), arm[0]


def _unmask(values: Any) -> np.ndarray:
    """The values as a plain array; missing floats become NaN."""
    return np.asarray(values.filled(np.nan) if isinstance(values, np.ma.MaskedArray) and values.dtype.kind == "f"
                      else getattr(values, "data", values) if isinstance(values, np.ma.MaskedArray) else values)


def _quote_sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
