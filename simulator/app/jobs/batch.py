"""Plays a batch of runs for one command, with progress by seed; failures are reported in one line."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from ...config.errors import flatten_text
from ...config.job import Job
from ...i18n.translation import translate
from ...scenario.run import Run
from ...studies.missing_runs import RunFailure, play_missing_locally
from ...studies.store import Store
from ..cli.progress import ProgressBar


def simulate_batch(job: Job, store: Store, runs: Sequence[Run], lang: str) -> list[RunFailure]:
    """Play those of these runs that the store lacks. Returns the failures; the first goes to standard error."""
    missing = store.list_missing_runs(runs)
    if missing:
        announce_preparation(lang)
    with ProgressBar(len(missing), lang, "run") as progress:
        for seed, count in Counter(run.seed for run in missing).items():
            progress.expect_runs(seed, count)
        failures = play_missing_locally(runs, store, workers=job.workers, threads=job.threads,
                                        on_run=lambda run: progress.advance(run.seed))
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
    print(translate("preparing the territory and the model (some minutes the first time: the model is compiled once)",
                    lang), file=sys.stderr, flush=True)
