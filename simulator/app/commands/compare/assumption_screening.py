"""evidence.csv and lean.csv of `compare`: its parameters with sources, and those its conclusion depends on most."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ....config.job import Job
from ....i18n.translation import translate
from ....scenario.run import Run
from ....studies import worker_pool
from ....studies.executor_settings import ExecutorSettings
from ....studies.missing_runs import play_missing
from ....studies.parameter_changes import change_parameters
from ....studies.store import Store
from ...cli.progress import ProgressBar
from ...cli.time_left import TimeLeft
from ...jobs.batch import RunCounter, announce_time

if TYPE_CHECKING:
    from ....analysis.effects.arms import Arm
    from ....analysis.sensitivity.assumption_screening import AssumptionScreening, ParameterMoves, PointEffects
    from ....records.files.run_files import RunTables
    from ....records.parameter_sources import SourcedNumber

SCREENING_FOLDER, EVIDENCE_FILE, SCREENING_TABLE = "lean", "evidence.csv", "lean"
MAX_SCREENING_SEEDS, MAX_SCREENING_ARMS = 3, 2
"""Seeds and arms of the screening: few, since every point takes as many runs."""


def write_evidence_tables(job: Job, store: Store, opened: RunTables, lang: str) -> str:
    """Write both tables; returns the text to print. Simulates only if lean= asks for it."""
    from ....records.parameter_sources import list_sourced_numbers
    from ....report.sheets.analysis_sheet import format_sheet_csv, write_text_atomic
    from ....report.sheets.assumptions import WIDTH, build_assumption_sheet, build_evidence_sheet, format_grade_shares
    from ....report.sheets.reference_screening import format_reference_screening

    content = job.baseline.content()
    levers = {lever.id: lever for arm in job.arms().values() for lever in arm}
    cards = job.run(tuple(levers.values()), job.seeds[0]).content()
    numbers = list_sourced_numbers(content, cards["levers"])
    write_text_atomic(store.folder / EVIDENCE_FILE, format_sheet_csv(build_evidence_sheet(numbers)))
    parts = [format_grade_shares(numbers, job.lang)]
    runner = ScreeningRunner(job, store, opened, lang) if job.settings.get("lean") else None
    screening = runner.screen(numbers) if runner else None
    if runner is None or screening is None:
        crises = {crisis.id: str(getattr(crisis, f"label_{job.lang}")) for crisis in job.baseline.scenario.crises}
        parts.append(fill(format_reference_screening(crises, job.lang), WIDTH))
    else:
        sheet = build_assumption_sheet(screening, numbers, runner.labels, job.lang)
        write_text_atomic(store.folder / f"{SCREENING_TABLE}.csv", format_sheet_csv(sheet))
        parts.append(sheet.text)
    return "\n\n".join(parts) + "\n"


class ScreeningRunner:
    """Plays a comparison again with moved parameters: without levers, and the two leading arms, on the first seeds.

    The runs go to a store of their own inside the comparison's folder, apart from those of the comparison.
    """

    def __init__(self, job: Job, store: Store, opened: RunTables, lang: str) -> None:
        self.job, self.lang, self.store = job, lang, Store(store.folder / SCREENING_FOLDER)
        self.loss = list_run_losses(opened)
        arms = {name: levers for name, levers in job.arms().items() if levers}
        self.seeds = [seed for seed in job.seeds if all(job.run(levers, seed).id in self.loss
                                                        for levers in ((), *arms.values()))][:MAX_SCREENING_SEEDS]
        names = {job.run(levers, seed).id: name for name, levers in arms.items() for seed in self.seeds}
        ranked = _rank_arms(opened) if self.seeds else []
        self.labels = {names[run]: arm.label[job.lang] for arm in ranked for run in _list_run_ids(arm) if run in names}
        self.arms = list(self.labels)[:MAX_SCREENING_ARMS]

    def screen(self, numbers: Sequence[SourcedNumber]) -> AssumptionScreening | None:
        """The parameters that the leading arm's effect depends on most; None if there is no arm to compare."""
        from ....analysis.sensitivity.assumption_screening import screen_assumptions

        if not self.arms:
            return None
        levers = {lever.id for name in self.arms for lever in self.job.arms()[name]}
        screened = [number for number in numbers
                    if not number.group.startswith("lever.") or number.group.split(".")[1] in levers]
        points = int(self.job.settings["lean"])
        runs = points * (1 + len(self.arms)) * len(self.seeds)
        print(translate("{name}: {count} runs to play", self.lang, name=f"lean={points}", count=runs),
              file=sys.stderr, flush=True)
        reference = self._compute_effects(self._build_runs({}))
        assert reference is not None, "played already"
        one_point = [run for arm in self._build_runs({}).values() for run in arm]
        announce_time(one_point, self.lang, self.job.workers, replays=points)
        with worker_pool.keep_workers(), ProgressBar(runs, self.lang, "run") as progress:
            progress.clock = TimeLeft({str(k): 1.0 for k in range(runs)})
            self._progress = progress
            return screen_assumptions(screened, self.arms[0], reference, points, self.simulate_points)

    def simulate_points(self, points: Sequence[ParameterMoves]) -> list[PointEffects | None]:
        """Play the missing runs of these points; the effects at each point, None where a run failed."""
        runs_by_point = [self._build_runs(moves) for moves in points]
        missing = {run.id: run for arms in runs_by_point for runs in arms.values() for run in runs
                   if run.id not in self.loss}
        if missing:
            play_missing(list(missing.values()), self.store,
                         ExecutorSettings("local", self.job.workers, self.job.threads), RunCounter(self._progress))
            stored = [run for run in missing.values() if self.store.has(run.id)]
            self.loss |= list_run_losses(self.store.opened(stored)) if stored else {}
        return [self._compute_effects(runs) for runs in runs_by_point]

    def _build_runs(self, moves: ParameterMoves) -> dict[str, list[Run]]:
        """Arm to its runs, one a seed, at moved parameters; "" is the arm without levers."""
        arms = {"": (), **{name: self.job.arms()[name] for name in self.arms}}
        return {name: [change_parameters(self.job.run(levers, seed), moves) for seed in self.seeds]
                for name, levers in arms.items()}

    def _compute_effects(self, runs_by_arm: Mapping[str, Sequence[Run]]) -> PointEffects | None:
        """The change in loss of each arm, float64[seeds]; None where a run is missing."""
        from ....analysis.sensitivity.assumption_screening import PointEffects

        loss = {name: np.array([self.loss.get(run.id, np.nan) for run in runs]) for name, runs in runs_by_arm.items()}
        if not all(np.isfinite(values).all() for values in loss.values()):
            return None
        return PointEffects({name: loss[name] - loss[""] for name in self.arms})


def _rank_arms(opened: RunTables) -> list[Arm]:
    """The arms with levers, first the one that the conclusion of the comparison names."""
    from ....report.figures.findings import find_leading_arms, rank_effects

    baseline, effects, seeds = rank_effects(opened)
    leading = find_leading_arms(baseline, effects, seeds)[:1]
    return [*leading, *(arm for arm, _ in effects if arm not in leading)]


def _list_run_ids(arm: Arm) -> list[str]:
    return [str(view.run["run"]) for view in arm.runs.values()]


def list_run_losses(opened: RunTables) -> dict[str, float]:
    """Id of each run to its loss, person-days per resident."""
    from ....analysis.effects.outcomes import OUTCOMES
    from ....analysis.run_view import iterate_run_views

    return {str(view.run["run"]): OUTCOMES["loss"].measure(view) for view in iterate_run_views(opened)}
