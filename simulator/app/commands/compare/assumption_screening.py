"""evidence.csv of `compare`, and lean.csv: the numbers behind a comparison, and those its conclusion leans on most."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ....config.resolve import Job
from ....i18n.app_texts import say
from ....scenario.run import Run
from ....studies import worker_pool
from ....studies.play import play_all
from ....studies.store import Store
from ....studies.with_parameters import moved
from ...cli.progress import Progress

if TYPE_CHECKING:
    from ....analysis.effects.arms import Arm
    from ....analysis.sensitivity.assumption_screening import Effects, Moves
    from ....analysis.sensitivity.assumption_screening import Lean as Found
    from ....records.evidence import Known
    from ....records.folder import Opened

FOLDER, FILE, TABLE = "lean", "evidence.csv", "lean"
SEEDS, ARMS = 3, 2
"""Seeds and levers with which numbers are tried: few, since every point costs as many runs."""


def write_evidence(job: Job, store: Store, opened: Opened, lang: str) -> str:
    """Write both tables; what to say of them. Plays only where `lean` asks for it."""
    from ....records.evidence import numbers
    from ....report.analysis_sheet import csv_text, write
    from ....report.brief.screening import screened
    from ....report.figures.assumptions import WIDTH, evidence_sheet, lean_sheet, share_text

    content = opened.content[job.run((), job.seeds[0]).id] if job.seeds else {}
    cards = job.run(tuple({one.id: one for arm in job.arms().values() for one in arm}.values()), job.seeds[0]).content()
    known = numbers(content, cards["levers"])
    write(store.folder / FILE, csv_text(evidence_sheet(known)))
    parts = [share_text(known, job.lang)]
    trial = Trial(job, store, opened, lang) if job.plain.get("lean") else None
    found = trial.search(known) if trial else None
    if trial is None or found is None:
        crises = {one.id: str(getattr(one, f"label_{job.lang}")) for one in job.baseline.scenario.crises}
        parts.append(fill(screened(crises, job.lang), WIDTH))
    else:
        sheet = lean_sheet(found, known, trial.labels, job.lang)
        write(store.folder / f"{TABLE}.csv", csv_text(sheet))
        parts.append(sheet.text)
    return "\n\n".join(parts) + "\n"


class Trial:
    """Plays a comparison again with numbers moved: no lever, the lever that leads and the next, on the first seeds.

    The runs go to a store of their own inside the comparison's folder, so that nobody takes them for the comparison.
    """

    def __init__(self, job: Job, store: Store, opened: Opened, lang: str) -> None:
        self.job, self.lang, self.store = job, lang, Store(store.folder / FOLDER)
        self.loss = losses(opened)
        arms = {name: levers for name, levers in job.arms().items() if levers}
        self.seeds = [seed for seed in job.seeds if all(job.run(levers, seed).id in self.loss
                                                        for levers in ((), *arms.values()))][:SEEDS]
        names = {job.run(levers, seed).id: name for name, levers in arms.items() for seed in self.seeds}
        best = _best_first(opened) if self.seeds else []
        self.labels = {names[run]: arm.label[job.lang] for arm in best for run in _runs_of(arm) if run in names}
        self.arms = list(self.labels)[:ARMS]

    def search(self, known: Sequence[Known]) -> Found | None:
        """What the conclusion leans on; None where there is nothing to compare."""
        from ....analysis.sensitivity.assumption_screening import search

        if not self.arms:
            return None
        cards = {lever.id for name in self.arms for lever in self.job.arms()[name]}
        mine = [one for one in known if not one.group.startswith("lever.") or one.group.split(".")[1] in cards]
        points = int(self.job.plain["lean"])
        runs = points * (1 + len(self.arms)) * len(self.seeds)
        print(say("trying", self.lang, name=f"lean={points}", count=runs), file=sys.stderr, flush=True)
        now = self._effects(self._runs({}))
        assert now is not None, "played already"
        with worker_pool.kept(), Progress(points, self.lang, "point") as progress:
            self._progress = progress
            return search(mine, self.arms[0], now, points, self.measure)

    def measure(self, points: Sequence[Moves]) -> list[Effects | None]:
        """Play what is missing of these points; the effects at each."""
        plans = [self._runs(moves) for moves in points]
        wanted = {run.id: run for plan in plans for runs in plan.values() for run in runs if run.id not in self.loss}
        if wanted:
            play_all(list(wanted.values()), self.store, workers=self.job.workers, threads=self.job.threads)
            here = [run for run in wanted.values() if self.store.has(run.id)]
            self.loss |= losses(self.store.opened(here)) if here else {}
        self._progress.advance(count=len(points))
        return [self._effects(plan) for plan in plans]

    def _runs(self, moves: Moves) -> dict[str, list[Run]]:
        """Runs of each arm, and of no lever under "", one a seed."""
        arms = {"": (), **{name: self.job.arms()[name] for name in self.arms}}
        first = {name: moved(self.job.run(levers, self.seeds[0]), moves) for name, levers in arms.items()}
        return {name: [replace(run, seed=seed) for seed in self.seeds] for name, run in first.items()}

    def _effects(self, plan: Mapping[str, Sequence[Run]]) -> Effects | None:
        """Change in loss that each arm brings, float64[seeds]; None where a run is missing."""
        from ....analysis.sensitivity.assumption_screening import Effects

        loss = {name: np.array([self.loss.get(run.id, np.nan) for run in runs]) for name, runs in plan.items()}
        if not all(np.isfinite(values).all() for values in loss.values()):
            return None
        return Effects({name: loss[name] - loss[""] for name in self.arms})


def _best_first(opened: Opened) -> list[Arm]:
    """The arms with levers, first the one that the comparison's answer names."""
    from ....report.figures.findings import leading, ranked

    baseline, found, seeds = ranked(opened)
    lead = leading(baseline, found, seeds)[:1]
    return [*lead, *(arm for arm, _ in found if arm not in lead)]


def _runs_of(arm: Arm) -> list[str]:
    return [str(view.run["run"]) for view in arm.runs.values()]


def losses(opened: Opened) -> dict[str, float]:
    """Run to functioning lost, person-days per resident."""
    from ....analysis.effects.outcomes import OUTCOMES
    from ....analysis.run_view import views

    return {str(view.run["run"]): OUTCOMES["loss"].of(view) for view in views(opened)}
