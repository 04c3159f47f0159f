"""`resilience run`: plays one run, or each member of an ensemble; records, summary and figure go to one folder."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.job import Job
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from ...scenario.run import Run
from ...studies.store import FIGURES_FOLDER, Store
from ..cli.progress import ProgressBar
from ..cli.text_table import get_output_width
from ..jobs.batch import announce_preparation, announce_time
from ..jobs.job_runner import run_job
from ..jobs.no_exposure import warn_no_exposure
from ..jobs.results_folder import print_and_save_summary

if TYPE_CHECKING:
    from ..cli.main import CommandLine


def command(line: CommandLine) -> int:
    """Compose, check, play, report. Exit code 1 if some runs of an ensemble failed."""
    return run_job("run", line, simulate_run_job)


def simulate_run_job(job: Job, folder: Path, lang: str) -> int:
    """Play the run unless its records are stored, print the summary, write the figure; of an ensemble, all runs."""
    if job.parameter_sets:
        return simulate_ensemble(job, folder, lang)
    report_run(job, folder, load_or_simulate(job, folder, lang))
    return 0


def load_or_simulate(job: Job, folder: Path, lang: str) -> RunTables:
    """The run's tables, read from the store; a run that is not stored is played first."""
    run, store = job.run(job.levers, job.seeds[0]), Store(folder)
    store.remove_abandoned_files()
    if store.has(run.id):
        print(translate("already played; reading the records", lang), file=sys.stderr)
    else:
        announce_preparation(lang)
        announce_time([run], lang, workers=1)
        started = time.perf_counter()
        with ProgressBar(1, lang, "step") as progress:
            record = simulate_run(run, job.threads, progress)
        store.save(record, time.perf_counter() - started)
    return store.opened([run])


def simulate_run(run: Run, threads: int | None, progress: ProgressBar) -> Any:
    """Play the run and return its record. The one place where `run` simulates."""
    from ...engine.loop import play
    from ...engine.precompile import precompile

    precompile(run, progress=progress.show_compilation)
    return play(run, threads=threads or _choose_thread_count(run), progress=progress.set_progress)


def _choose_thread_count(run: Run) -> int:
    """One thread for a territory of few residents, where threads would wait for one another; else all cores."""
    return 1 if run.scenario.territory.residents else os.cpu_count() or 1


def simulate_ensemble(job: Job, folder: Path, lang: str) -> int:
    """Play each parameter set with its seeds; report ranges and their sources. Exit code 1 if some runs failed."""
    from ..jobs.batch import simulate_batch

    store, runs = Store(folder), [job.run(job.levers, seed) for seed in job.seeds]
    failures = simulate_batch(job, store, runs, lang)
    stored = [run for run in runs if store.has(run.id)]
    if stored:
        report_ensemble(job, folder, store.opened(stored))
    return 1 if failures else 0


def report_ensemble(job: Job, folder: Path, opened: RunTables) -> None:
    """Print ranges of the outcomes; write their table, and the recovery figure if there was a crisis."""
    from ...report.figures.comparison_figures import save_figures
    from ...report.figures.ensemble_bands import draw_ensemble_figure
    from ...report.sheets.analysis_sheet import write_sheets
    from ...report.sheets.uncertainty import build_ensemble_sheet, format_ensemble

    sheet, picture = build_ensemble_sheet(opened, job.lang), draw_ensemble_figure(opened, job.lang)
    print_and_save_summary(format_ensemble(opened, sheet, job.lang), folder)
    write_sheets([sheet] if sheet else [], folder)
    warn_no_exposure(opened.tables["runs"], job.lang)
    save_figures([picture] if picture else [], folder / FIGURES_FOLDER)


def report_run(job: Job, folder: Path, opened: RunTables) -> None:
    """Print the summary; write the recovery figure."""
    from ...report.figures.comparison_figures import save_figures
    from ...report.figures.recovery import draw_run_figure
    from ...report.terminal.run_summary import format_run_summary

    print_and_save_summary(format_run_summary(opened, job.lang, get_output_width()), folder)
    warn_no_exposure(opened.tables["runs"], job.lang)
    save_figures([draw_run_figure(opened, job.lang)], folder / FIGURES_FOLDER)
