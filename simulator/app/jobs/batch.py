"""Many runs of one command: what is missing is played, with progress by seed; what failed is told in one line."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from ...config.errors import one_line
from ...config.resolve import Job
from ...i18n.app_texts import say
from ...scenario.run import Run
from ...studies.play import Failure, play_all
from ...studies.store import Store
from ..cli.progress import Progress


def play_batch(job: Job, store: Store, wanted: Sequence[Run], lang: str) -> list[Failure]:
    """Play what the store lacks of these runs; those that failed, told on standard error."""
    missing = store.missing(wanted)
    if missing:
        print(say("preparing", lang), file=sys.stderr, flush=True)
    with Progress(len(missing), lang, "run") as progress:
        for seed, count in Counter(run.seed for run in missing).items():
            progress.expect(seed, count)
        failures = play_all(wanted, store, workers=job.workers, threads=job.threads,
                            on_run=lambda run: progress.advance(run.seed))
    for one in failures[:1]:
        first = f"{one.levers or 'baseline'}, seed {one.seed}: {one.error}"
        told = say("failed", lang, count=len(failures), all=len(wanted), text=first, folder=store.folder)
        print(f"resilience: {one_line(told)}", file=sys.stderr)
    return failures
