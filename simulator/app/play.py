"""`resilience run`: one run, its records, its summary and its figure in one folder."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records.folder import Opened
from ..run import Run
from ..sweep.store import FIGURES, Store
from .door import Job
from .errors import one_line
from .folder import show
from .job import carry_out
from .progress import Progress
from .untouched import warn
from .words import say

if TYPE_CHECKING:
    from .main import Line


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
    from ..engine.loop import play
    from ..engine.warm import warm

    warm(run)
    return play(run, threads=threads or _cores(run), progress=progress.reach)


def _cores(run: Run) -> int:
    """All cores, but for a territory so small that threads would wait for one another."""
    return 1 if run.scenario.territory.residents else os.cpu_count() or 1


def play_ensemble(job: Job, folder: Path, lang: str) -> int:
    """Play each parameter set with its seeds; tell ranges, and what they come from. 1 if some runs failed."""
    from ..report.bands import ensemble_figure
    from ..report.doubt import ensemble_sheet, ensemble_text
    from ..report.figures import draw
    from ..report.sheet import keep as keep_sheets
    from ..sweep.play import play_all

    store, runs = Store(folder), [job.run(job.levers, seed) for seed in job.seeds]
    missing = store.missing(runs)
    if missing:
        print(say("preparing", lang), file=sys.stderr, flush=True)
    with Progress(len(missing), lang, "run") as progress:
        failures = play_all(runs, store, workers=job.workers, threads=job.threads,
                            on_run=lambda run: progress.advance(run.seed))
    for one in failures[:1]:
        told = say("failed", lang, count=len(failures), all=len(runs), text=one.error, folder=folder)
        print(f"resilience: {one_line(told)}", file=sys.stderr)
    if any(store.has(run.id) for run in runs):
        opened = store.opened(run for run in runs if store.has(run.id))
        show(ensemble_text(opened, job.lang), folder)
        keep_sheets([sheet for sheet in [ensemble_sheet(opened, job.lang)] if sheet], folder)
        warn(opened.tables["runs"], job.lang)
        draw([picture for picture in [ensemble_figure(opened, job.lang)] if picture], folder / FIGURES)
    return 1 if failures else 0


def tell(job: Job, folder: Path, opened: Opened) -> None:
    """Print the summary; write the recovery figure."""
    from ..report.figures import draw, run_figure
    from ..report.run_summary import run_text

    show(run_text(opened, job.lang), folder)
    warn(opened.tables["runs"], job.lang)
    draw([run_figure(opened, job.lang)], folder / FIGURES)
