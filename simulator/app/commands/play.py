"""`resilience run`: one run, its records, its summary and its figure in one folder."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.resolve import Job
from ...i18n.app_texts import say
from ...records.folder import Opened
from ...scenario.run import Run
from ...studies.store import FIGURES, Store
from ..cli.progress import Progress
from ..jobs.folder import show
from ..jobs.job import carry_out
from ..jobs.no_exposure import warn

if TYPE_CHECKING:
    from ..cli.main import Line


def command(line: Line) -> int:
    """Compose, check, play, tell."""
    return carry_out("run", line, play_and_tell)


def play_and_tell(job: Job, folder: Path, lang: str) -> int:
    """Play the run unless its records are there, print the summary, write the figure. An ensemble: all of its runs."""
    if job.sets:
        return play_ensemble(job, folder, lang)
    tell(job, folder, keep(job, folder, lang))
    return 0


def keep(job: Job, folder: Path, lang: str) -> Opened:
    """The run's tables: read back if it was played before, else played and saved."""
    run, store = job.run(job.levers, job.seeds[0]), Store(folder)
    store.clean()
    if store.has(run.id):
        print(say("already", lang), file=sys.stderr)
    else:
        print(say("preparing", lang), file=sys.stderr, flush=True)
        begun = time.perf_counter()
        with Progress(1, lang, "step") as progress:
            record = perform(run, job.threads, progress)
        store.keep(record, time.perf_counter() - begun)
    return store.opened([run])


def perform(run: Run, threads: int | None, progress: Progress) -> Any:
    """Play the run. The one place where `run` simulates."""
    from ...engine.loop import play
    from ...engine.precompile import warm

    warm(run)
    return play(run, threads=threads or _cores(run), progress=progress.reach)


def _cores(run: Run) -> int:
    """All cores, but for a territory so small that threads would wait for one another."""
    return 1 if run.scenario.territory.residents else os.cpu_count() or 1


def play_ensemble(job: Job, folder: Path, lang: str) -> int:
    """Play each parameter set with its seeds; tell ranges, and what they come from. 1 if some runs failed."""
    from ..jobs.batch import play_batch

    store, runs = Store(folder), [job.run(job.levers, seed) for seed in job.seeds]
    failures = play_batch(job, store, runs, lang)
    kept = [run for run in runs if store.has(run.id)]
    if kept:
        tell_ensemble(job, folder, store.opened(kept))
    return 1 if failures else 0


def tell_ensemble(job: Job, folder: Path, opened: Opened) -> None:
    """Print ranges; write their table, and the recovery figure where there was a crisis."""
    from ...report.analysis_sheet import keep as keep_sheets
    from ...report.figures.bands import ensemble_figure
    from ...report.figures.folder_figures import draw
    from ...report.figures.uncertainty import ensemble_sheet, ensemble_text

    sheet, picture = ensemble_sheet(opened, job.lang), ensemble_figure(opened, job.lang)
    show(ensemble_text(opened, sheet, job.lang), folder)
    keep_sheets([sheet] if sheet else [], folder)
    warn(opened.tables["runs"], job.lang)
    draw([picture] if picture else [], folder / FIGURES)


def tell(job: Job, folder: Path, opened: Opened) -> None:
    """Print the summary; write the recovery figure."""
    from ...report.figures.folder_figures import draw, run_figure
    from ...report.terminal.run_summary import run_text

    show(run_text(opened, job.lang), folder)
    warn(opened.tables["runs"], job.lang)
    draw([run_figure(opened, job.lang)], folder / FIGURES)
