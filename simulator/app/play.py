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
    """Play the run unless its records are there, print the summary, write the figure."""
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


def tell(job: Job, folder: Path, opened: Opened) -> None:
    """Print the summary; write the recovery figure."""
    from ..report.figures import draw, run_figure
    from ..report.run_summary import run_text

    show(run_text(opened, job.lang), folder)
    warn(opened.tables["runs"], job.lang)
    draw([run_figure(opened, job.lang)], folder / FIGURES)
