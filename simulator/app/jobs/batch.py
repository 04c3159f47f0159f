"""Plays a batch of runs for one command, with progress by seed; failures are reported in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ...config.errors import flatten_text
from ...config.job import Job
from ...i18n.translation import translate
from ...scenario.run import Run
from ...studies.executor_settings import ExecutorSettings
from ...studies.machine import choose_worker_count
from ...studies.missing_runs import RunFailure, play_missing
from ...studies.store import Store
from ...studies.task import ProgressListener
from ...studies.work_estimate import estimate_batch_seconds, remember_pace
from ..cli.progress import ProgressBar
from ..cli.time_left import format_duration


class BatchListener(ProgressListener):
    """Passes what happens to the runs of a batch on to its progress."""

    def __init__(self, progress: ProgressBar) -> None:
        self.progress = progress

    def compiling(self, done: int, loops: int) -> None:
        """The model is being compiled; the clock stands still."""
        self.progress.show_compilation(done, loops)

    def running(self, runs: int) -> None:
        """Work has begun: the clock starts."""
        self.progress.clock.begin(runs)

    def done(self, run: Run) -> None:
        """A run is stored."""
        self.progress.finish_run(run)

    def failed(self, failure: RunFailure) -> None:
        """A run that failed takes no more time."""
        self.progress.clock.finish(failure.run)


class RunCounter(ProgressListener):
    """Counts runs that are all alike, and of which only their greatest number is known, on a progress."""

    def __init__(self, progress: ProgressBar) -> None:
        self.progress = progress

    def running(self, runs: int) -> None:
        """Work has begun: the clock starts."""
        self.progress.clock.begin(runs)

    def done(self, run: Run) -> None:
        """A run is stored."""
        self.progress.clock.finish(str(self.progress.done))
        self.progress.advance()


def play_with_progress(runs: Sequence[Run], store: Store, lang: str, workers: int | None,
                       threads: int | None) -> list[RunFailure]:
    """Play those of these runs that the store lacks: says before about how long, then how far. Returns the failures."""
    missing = store.list_missing_runs(runs)
    announce_time(missing, lang, workers)
    with ProgressBar(len(missing), lang, "run") as progress:
        progress.expect_work(missing)
        guessed = progress.clock.total
        failures = play_missing(missing, store, ExecutorSettings("local", workers, threads), BatchListener(progress))
    if missing and not failures:
        remember_pace(progress.clock.elapsed, guessed / choose_worker_count(workers, len(missing), 0))
    return failures


def announce_time(missing: Sequence[Run], lang: str, workers: int | None = None, replays: int = 1) -> None:
    """Print on standard error about how long these runs take, each played `replays` times; nothing for none."""
    if missing:
        print(translate("{count} runs to play, about {time}: a guess, until a tenth is played", lang,
                        count=replays * len(missing),
                        time=format_duration(estimate_batch_seconds(missing, workers, replays))),
              file=sys.stderr, flush=True)


def simulate_batch(job: Job, store: Store, runs: Sequence[Run], lang: str) -> list[RunFailure]:
    """Play those of these runs that the store lacks. Returns the failures; the first goes to standard error."""
    if store.list_missing_runs(runs):
        announce_preparation(lang)
    failures = play_with_progress(runs, store, lang, job.workers, job.threads)
    if failures:
        first = failures[0]
        text = f"{first.levers or 'baseline'}, seed {first.seed}: {first.error}"
        message = translate("{count} of {all} runs failed; first: {text}; the same command with results={folder} "
                            "plays them again", lang, count=len(failures), all=len(runs), text=text,
                            folder=store.folder)
        print(f"resilience: {flatten_text(message)}", file=sys.stderr)
    return failures


def announce_preparation(lang: str) -> None:
    """Print on standard error that the territory and the model are prepared, which takes time before the first run."""
    print(translate("preparing the territory and the model", lang), file=sys.stderr, flush=True)
