"""What a brief is about: one scenario out of a folder, played with and without levers, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..analysis.arms import Arm, arms, parameter_sets, seeds_of
from ..analysis.played import BASELINE, Played, played
from ..analysis.view import RunView
from ..records.folder import Opened
from ..records.results import Results
from .findings import leading, ranked

SEVERAL = 2


@dataclass
class Case:
    """opened: the runs of one scenario. played: all that the folder or study holds, None where nothing compares.

    baseline: the arm without levers, None without one. found: arms with levers and their effect on loss, best first.
    seeds: what counts as one observation each. sets: of an ensemble, seed to its parameter set and behaviour variant.
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
        """Levers that stand out."""
        return leading(self.baseline, self.found, self.seeds) if self.compared and self.baseline else []

    @property
    def first(self) -> Arm:
        """The lever of which maps and groups speak: the best, on average over scenarios where there are several."""
        if self.played is None or self.points < SEVERAL:
            return self.found[0][0]
        told = self.played
        worth = {arm: float(np.nanmean(told.change("loss", arm))) for arm in told.others
                 if np.isfinite(told.change("loss", arm)).any()}
        return min((arm for arm, _ in self.found), key=lambda arm: worth.get("+".join(arm.levers), np.inf))

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
    whole = _whole(results, study)
    sets = _sets(results) if whole is not None and not whole.card else {}
    chosen = "" if sets else f"WHERE context = '{_context(results, whole)}'"
    runs = [str(row[0]) for row in results.sql(
        f"SELECT run FROM kept {chosen} ORDER BY levers, portfolio, seed").fetchall()]
    if whole is not None and study:
        runs = [run for run in runs if run in {str(view.run["run"]) for view in whole.runs.values()}]
    opened = results.opened(runs)
    told = Case(results, opened, lang, study or "", whole, sets=sets)
    if not told.arms[0].levers:
        told.baseline = told.arms[0]
        _, told.found, told.seeds = ranked(opened)
    else:
        told.seeds = seeds_of(told.arms)
    return told


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
