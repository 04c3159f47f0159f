"""`resilience study`: plays the missing runs of a design until intervals are narrow enough, and reports."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...analysis.effects.confidence_sequence import is_precise_enough
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.value_summary import ValueSummary, average_over_points, summarise_values
from ...analysis.run_view import iterate_run_views
from ...api.run_result import register_own_outcomes
from ...cards.card_texts import read_card_text
from ...config.errors import UsageError, flatten_text, missing_extra_error, to_usage_error
from ...config.job import Job
from ...config.study.study_points import StudyPoints
from ...config.study.study_request import check_outcome_names, read_study_request
from ...i18n.translation import mark_all, translate
from ...records.files.run_files import RunTables
from ...scenario.run import Run
from ...studies.dask_executor import SchedulerUnreachableError
from ...studies.executor_settings import ExecutorSettings
from ...studies.missing_runs import play_missing
from ...studies.plan import BASELINE_ARM, PlannedRun, group_by_point, list_unique_runs, write_plan
from ...studies.store import Store
from ...studies.work_estimate import estimate_run_seconds
from ..cli.study_progress import StudyProgress
from ..cli.text_table import format_cli_table
from ..jobs.batch import announce_preparation, announce_time
from ..jobs.chain_files import CHAIN_RUN_TABLES, write_chain
from ..jobs.folder_card import keep_study
from ..jobs.job_runner import make_interruption, print_data_provenance, print_folder, print_settings
from ..jobs.no_exposure import warn_no_exposure
from ..jobs.results_folder import open_shared_folder
from ..jobs.workbook import save_workbook
from .sweep_summary import describe_missing_seeds, format_interval, format_known, summarise_sweep

if TYPE_CHECKING:
    from ..cli.main import CommandLine

SUMMARY_HEADS = mark_all(("outcome", "portfolio", "unit", "seeds", "mean", "low", "high"), context="study")
DEFAULT_OUTCOME = "loss"
"""The outcome reported when a study names none."""


@dataclass
class StudyExecution:
    """What is needed to play a study: its points, its store, the executor, whether failed runs are retried."""

    study_points: StudyPoints
    store: Store
    executor: ExecutorSettings
    retry: bool
    lang: str


def command(line: CommandLine) -> int:
    """Read the study, play the missing runs, report. Exit code 1 if some runs failed."""
    study_points = StudyPoints(read_study_request(line.arguments, line.config_folders))
    job, request = study_points.base.get_job(), study_points.request
    register_own_outcomes(request.study.outcomes)
    check_outcome_names(request.study, study_points.where, list(OUTCOMES))
    if line.cfg:
        return print_settings(job.settings)
    return run_study(study_points, job, line, job.results or str(Path("results") / request.name))


def run_study(study_points: StudyPoints, job: Job, line: CommandLine, results: str, by_point: bool = False) -> int:
    """Play the study into a folder, print its summary, by point or over points; 1 if some runs failed."""
    lang, name = line.lang, f"{line.command} -m" if line.multirun else str(line.command)
    executor = build_executor(job.settings)
    print_data_provenance(job, lang)
    planned = {number: study_points.plan_runs(number, study_points.request.seeds)
               for number in range(len(study_points.points))}
    with open_shared_folder(results) as folder:
        keep_study(folder, study_points.request, job, name, line.arguments)
        execution = StudyExecution(study_points, Store(folder), executor, bool(job.settings["retry"]), lang)
        try:
            failed = simulate_study(execution, planned)
        except KeyboardInterrupt:
            raise make_interruption(folder, lang) from None
        except ModuleNotFoundError as problem:
            raise missing_extra_error(problem) from None
        except SchedulerUnreachableError as problem:
            raise UsageError("executor.address = {word}: no Dask scheduler answers there ({why}); check the "
                             "address, or leave it out for a cluster on this machine",
                             word=flatten_text(executor.address), why=flatten_text(problem)) from None
    all_runs = [one for runs in planned.values() for one in runs]
    opened = open_stored_runs(execution.store, all_runs)
    print(summarise_sweep(all_runs, opened, job.lang) if by_point
          else summarise_study(execution, all_runs, opened, job.lang), end="")
    if opened is not None:
        warn_no_exposure(opened.tables["runs"], lang)
        print(write_chain(opened, folder, job.lang), end="")
        save_workbook(folder, job.lang, study_points.request.name)
    print_folder(folder, lang)
    return 1 if failed else 0


def open_stored_runs(store: Store, planned: Sequence[PlannedRun]) -> RunTables | None:
    """The records of those of these runs that are stored; None if none is."""
    runs = [one.run for one in planned if store.has(one.run.id)]
    return store.opened(runs, CHAIN_RUN_TABLES) if runs else None


def build_executor(settings: Mapping[str, Any]) -> ExecutorSettings:
    """The executor of the settings; workers= and threads= apply where it sets none. UsageError if it is invalid."""
    executor = ExecutorSettings(**settings["executor"])
    for name in ("workers", "threads"):
        if getattr(executor, name) is None:
            setattr(executor, name, settings[name])
    try:
        executor.check()
    except ValueError as problem:
        raise to_usage_error(problem) from None
    return executor


def simulate_study(execution: StudyExecution, planned: dict[int, list[PlannedRun]]) -> int:
    """Play batch after batch of seeds until every point has enough. Returns how many runs failed.

    planned: point to its runs; the runs of further seeds are added to it.
    """
    stop, name = execution.study_points.request.study.stop, execution.study_points.request.name
    failed, metadata, first = set[str](), execution.study_points.to_metadata(), True
    while True:
        all_runs = [one for runs in planned.values() for one in runs]
        write_plan(execution.store.folder, name, all_runs, metadata)
        failed |= simulate_study_batch(execution, list_unique_runs(all_runs), retry=execution.retry and first)
        first = False
        next_seeds = {} if stop is None else {
            number: seeds for number, runs in planned.items() if (seeds := _list_next_seeds(execution, runs))}
        for number, seeds in next_seeds.items():
            planned[number] += execution.study_points.plan_runs(number, seeds)
        if not next_seeds:
            return len(failed)


def simulate_study_batch(execution: StudyExecution, runs: list[Run], retry: bool) -> set[str]:
    """Play the missing runs, with retry also those that failed before. Returns the keys of runs that failed."""
    known = execution.store.read_failures()
    failed_before = {run.id for run in runs if run.id in known}
    missing = [run for run in execution.store.list_missing_runs(runs) if retry or run.id not in failed_before]
    message = translate("{points} points x {arms} portfolios: {all} runs so far, {missing} to play, {failed} "
                        "failed before", execution.lang, points=len(execution.study_points.points),
                        arms=len(execution.study_points.portfolios), all=len(runs), missing=len(missing),
                        failed=len(failed_before))
    print(message, file=sys.stderr, flush=True)
    failed = set() if retry else set(failed_before)
    if missing:
        announce_preparation(execution.lang)
        announce_time(missing, execution.lang, execution.executor.workers)
        progress = StudyProgress(len(missing), execution.lang, estimate_run_seconds(missing))
        try:
            failures = play_missing(missing, execution.store, execution.executor, progress)
            failed |= {failure.run for failure in failures}
        finally:
            progress.close()
    if failed:
        _print_failures(execution, failed, len(runs))
    return failed


def _print_failures(execution: StudyExecution, failed: set[str], count: int) -> None:
    first = execution.store.read_failures().get(min(failed), {})
    text = f"{first.get('levers') or BASELINE_ARM}, seed {first.get('seed')}: {first.get('error')}"
    message = translate("{count} of {all} runs failed; first: {text}; settings and traces are in {folder}; "
                        "retry=true plays them again", execution.lang, count=len(failed), all=count, text=text,
                        folder=execution.store.folder / "failed")
    print(f"resilience: {flatten_text(message)}", file=sys.stderr, flush=True)


def _list_next_seeds(execution: StudyExecution, runs: list[PlannedRun]) -> range:
    """The next seeds of a point; empty if its intervals are narrow enough or the most seeds allowed are played."""
    stop = execution.study_points.request.study.stop
    assert stop is not None
    last = max(one.run.seed for one in runs)
    return range(0) if is_point_precise(execution, runs) else range(last + 1, min(last + stop.batch, stop.most) + 1)


def is_point_precise(execution: StudyExecution, runs: list[PlannedRun]) -> bool:
    """True if the intervals of all portfolios at a point are as narrow as the stopping rule asks."""
    stop = execution.study_points.request.study.stop
    if stop is None:
        return True
    differences = pair_with_baseline(open_stored_runs(execution.store, runs), runs, stop.outcome)
    return all(is_precise_enough(np.array([*d.values()]), stop.half_width, planned=stop.least)
               for d in differences.values())


def pair_with_baseline(opened: RunTables | None, runs: list[PlannedRun],
                       outcome: str) -> dict[str, dict[tuple[int, int], float]]:
    """Portfolio to (point, seed) to its difference from the baseline; of a study without portfolios, to its value.

    The baseline of a run is the run with the same settings and seed, but without levers. NaN where a run is missing.
    """
    if opened is None:
        return {}
    measured = {view.run["run"]: OUTCOMES[outcome].measure(view) for view in iterate_run_views(opened)}
    values = {one: measured.get(one.run.id, float("nan")) for one in runs}
    base = {(one.run_columns["context"], one.run.seed): value for one, value in values.items()
            if one.arm == BASELINE_ARM}
    only_baseline = all(one.arm == BASELINE_ARM for one in runs)
    found: dict[str, dict[tuple[int, int], float]] = {}
    for one in sorted(runs, key=lambda one: (one.point, one.run.seed)):
        if only_baseline or one.arm != BASELINE_ARM:
            without = 0.0
            if base and not only_baseline:
                without = base.get((one.run_columns["context"], one.run.seed), float("nan"))
            found.setdefault(one.arm, {})[one.point, one.run.seed] = values[one] - without
    return found


def summarise_study(execution: StudyExecution, planned: list[PlannedRun], opened: RunTables | None, lang: str) -> str:
    """The summary as text: the question, and for each outcome and portfolio the mean over points with its interval."""
    study = execution.study_points.request.study
    rows, found = [], list[ValueSummary]()
    for outcome in study.outcomes or [DEFAULT_OUTCOME]:
        for arm, values in pair_with_baseline(opened, planned, outcome).items():
            one = summarise_values(average_over_points(values))
            found.append(one)
            rows.append((outcome, arm, OUTCOMES[outcome].unit, one.n, format_known(one.mean), *format_interval(one)))
    heads = [translate(head, lang, context="study") for head in SUMMARY_HEADS]
    lines = [read_card_text(study, "question", lang), "", format_cli_table(heads, rows).rstrip("\n"),
             translate("differences from the baseline where it was played, averaged over points, seed by seed; 95 "
                       "% interval that holds whenever one stops", lang)]
    lines += describe_missing_seeds(found, lang)
    imprecise = sum(not is_point_precise(execution, runs) for runs in group_by_point(planned).values())
    if imprecise:
        lines.append(translate("{count} points are not settled within the seeds allowed (stop.most)", lang,
                               count=imprecise))
    return "\n".join(lines) + "\n"
