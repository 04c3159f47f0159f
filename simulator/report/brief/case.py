"""What a brief is about: one scenario out of a folder, played with and without levers, and what surrounds it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm, arms, lettered, parameter_sets, seeds_of
from ...analysis.played import BASELINE, Played, of_runs, played
from ...analysis.run_view import RunView
from ...records.folder import Opened
from ...records.results import Results
from ..figures.findings import leading, ranked
from .search_case import Search, about, names_of, searched

SEVERAL = 2
ENOUGH = 0.5
"""The lever that a brief speaks of was played in at least this share of the cases of the one that was played most."""


@dataclass
class Case:
    """opened: the runs of one scenario. played: all that the folder or study holds, None where nothing compares.

    baseline: the arm without levers, None without one. found: arms with levers and their effect on loss, best first.
    seeds: what counts as one observation each. sets: of an ensemble, seed to its parameter set and behaviour variant.
    search: the portfolio search that played the runs, None for anything else; then `played` holds what it compared, and
    `elsewhere` all that lies in its folder besides.
    """

    results: Results
    opened: Opened
    lang: str
    study: str = ""
    played: Played | None = None
    baseline: Arm | None = None
    found: list[tuple[Arm, Any]] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    sets: dict[int, tuple[str, str]] = field(default_factory=dict)
    search: Search | None = None
    elsewhere: Played | None = None

    @property
    def content(self) -> dict[str, Any]:
        """All that the outcome of one of the runs depends on: of the baseline where there is one."""
        return self.opened.content[str(self.view.run["run"])]

    @property
    def view(self) -> RunView:
        """One run: of the baseline where there is one."""
        return next(iter((self.baseline or self.arms[0]).runs.values()))

    @cached_property
    def arms(self) -> list[Arm]:
        """Every arm, the one without levers first."""
        return arms(self.opened)

    @property
    def crisis(self) -> bool:
        """True if a crisis came."""
        return int(self.view.run["onset"]) >= 0

    @property
    def compared(self) -> bool:
        """True if there is something to compare: a baseline, and a lever with a seed in common."""
        return self.baseline is not None and any(np.isfinite(one.difference) for _, one in self.found)

    @cached_property
    def lead(self) -> list[Arm]:
        """Levers that stand out; of a search, the portfolios that no other beats."""
        if self.search and self.compared:
            return [arm for arm, one in self.found if self.on_front(arm) and np.isfinite(one.difference)]
        return leading(self.baseline, self.found, self.seeds) if self.compared and self.baseline else []

    @property
    def first(self) -> Arm:
        """The lever of which maps and groups speak: the best, on average over scenarios where there are several."""
        if self.played is None or self.points < SEVERAL:
            return self.found[0][0]
        changes = {arm.portfolio: self.played.change("loss", self.key(arm)) for arm, _ in self.found}
        cases = {name: int(np.isfinite(change).sum()) for name, change in changes.items()}
        least = max(1.0, ENOUGH * max(cases.values()))
        worth = {name: float(np.nanmean(change)) for name, change in changes.items() if cases[name] >= least}
        front = [arm for arm, _ in self.found if self.on_front(arm)]
        return min(front or [arm for arm, _ in self.found], key=lambda arm: worth.get(arm.portfolio, np.inf))

    def key(self, arm: Arm, where: Played | None = None) -> str:
        """Under what name `played`, or another, has the runs of an arm."""
        mine, where = {str(view.run["run"]) for view in arm.runs.values()}, where or self.played
        found = (key for (key, _, _), view in where.runs.items() if str(view.run["run"]) in mine) if where else ()
        return next(iter(found), "+".join(arm.levers))

    def on_front(self, arm: Arm) -> bool:
        """True if a search found no portfolio that beats this one."""
        if self.search is None or not arm.levers:
            return False
        return self.search.name(arm.content(self.opened)) in self.search.front

    @property
    def points(self) -> int:
        """Scenarios that were played; an ensemble is one scenario under several sets of numbers."""
        return self.played.points if self.played and not self.sets else 1

    @cached_property
    def draws(self) -> list[int]:
        """Every seed that was played: of an ensemble, those that share their numbers too."""
        return sorted({seed for arm in self.arms for seed in arm.runs})

    @cached_property
    def count(self) -> dict[str, int]:
        """Runs done, failed, missing, in the whole folder."""
        found = self.results.count()
        if not found["failed"]:
            found["failed"] = int(self.results.sql("SELECT count(DISTINCT run) FROM failures").fetchall()[0][0])
        return found

    def cards(self, kind: str) -> list[dict[str, Any]]:
        """Cards of all levers, or of the crises, each once."""
        if kind == "crises":
            return list(self.content["scenario"].get("crises", ()))
        known = {str(card["id"]): card for told in self.opened.content.values() for card in told.get("levers") or ()}
        return [known[name] for name in sorted(known)]


def case(results: Results, lang: str, study: str | None = None) -> Case:
    """The scenario that a folder's brief is told by, the middle one by its losses where there are several; all of an
    ensemble.

    ValueError if nothing was played yet, or several studies lie there and none is named.
    """
    whole, told = _whole(results, study), about(results.folder)
    search = searched(results.folder, told) if whole is not None and not whole.card else None
    compared = _compared(results, search) if search else whole
    sets = _sets(results) if whole is not None and not whole.card and not search else {}
    chosen = "" if sets else f"WHERE context = '{_context(results, compared)}'"
    runs = [str(row[0]) for row in results.sql(
        f"SELECT run FROM kept {chosen} ORDER BY levers, portfolio, seed").fetchall()]
    if compared is not None and (study or search):
        runs = [run for run in runs if run in {str(view.run["run"]) for view in compared.runs.values()}]
    opened = replace(results.opened(runs), names=names_of(told))
    found = Case(results, opened, lang, study or "", compared, sets=sets, search=search,
                 elsewhere=whole if search else None)
    if not found.arms[0].levers:
        found.baseline = found.arms[0]
        _, found.found, found.seeds = ranked(opened)
        if search:
            _front_first(found)
    else:
        found.seeds = seeds_of(found.arms)
    return found


def _compared(results: Results, search: Search) -> Played:
    """The runs of a search that a brief tells of: its front on fresh seeds, others on those of the search."""
    rows = results.sql("SELECT run, seed, context, content FROM kept").fetchall()
    scenes = {str(context) for _, seed, context, _ in rows if seed in search.seeds}
    runs = [str(run) for run, seed, context, content in rows
            if context in scenes and search.told(search.name(json.loads(content)), int(seed))]
    return of_runs(results.opened(runs))


def _front_first(found: Case) -> None:
    """Portfolios that no other beats come first, and letters follow that order."""
    found.found.sort(key=lambda pair: not found.on_front(pair[0]))
    lettered([arm for arm, _ in found.found])
    for whole in (found.played, found.elsewhere):
        if whole is not None:
            names = {found.key(arm, whole): arm.label for arm, _ in found.found}
            whole.arms.update({key: label for key, label in names.items() if key in whole.arms})


def _sets(results: Results) -> dict[int, tuple[str, str]]:
    """Parameter sets of an ensemble. Runs are read for it only where their numbers differ at all."""
    [(contexts,)] = results.sql("SELECT count(DISTINCT context) FROM kept").fetchall()
    return parameter_sets(results.opened()) if contexts > 1 else {}


def _whole(results: Results, study: str | None) -> Played | None:
    """All arms, scenarios and seeds; None where nothing can be compared."""
    if not results.sql("SELECT 1 FROM kept LIMIT 1").fetchall():
        raise ValueError("nothing was played yet: start the same command again, or retry what failed")
    try:
        return played(results, study)
    except ValueError as problem:
        if "stud" in str(problem):
            raise
        return None


def _context(results: Results, whole: Played | None) -> str:
    """The scenario to tell of: of those with most runs, the one with the middle loss without levers."""
    if whole is not None and whole.points >= SEVERAL:
        seen = {point: [whole.runs[key] for key in whole.runs if key[1] == point] for point in range(whole.points)}
        most = max(len(views) for views in seen.values())
        full = [point for point, views in seen.items() if len(views) == most and _baselines(whole, point)]
        full.sort(key=lambda point: float(np.nanmean(whole.values("loss", BASELINE)[point])))
        if full:
            return str(seen[full[(len(full) - 1) // 2]][0].run["context"])
    rows = results.sql("SELECT context, count(*), min(levers) FROM kept GROUP BY context ORDER BY min(levers) <> '', "
                       "count(*) DESC, context").fetchall()
    return str(rows[0][0])


def _baselines(whole: Played, point: int) -> bool:
    return any(arm == BASELINE and where == point for arm, where, _ in whole.runs)
