"""What a worker process does: plays the tasks that come through its pipe and reports each run."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import Connection

from ..scenario.run import Run
from .task import ProgressListener, RunFailure, play_task


class _PipeListener(ProgressListener):
    """Runs in a worker: sends each event through the pipe, a run as its position in the task."""

    def __init__(self, pipe: Connection, runs: Sequence[Run]) -> None:
        self.pipe, self.position = pipe, {run.id: k for k, run in enumerate(runs)}

    def done(self, run: Run) -> None:
        self.pipe.send(("done", self.position[run.id]))

    def failed(self, failure: RunFailure) -> None:
        self.pipe.send(("failed", failure))


def run_worker_loop(pipe: Connection) -> None:
    """Main loop of a worker: receives (runs, folder, threads, player) and plays them, until the pipe closes."""
    while True:
        try:
            runs, folder, threads, player = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            play_task(runs, folder, threads, _PipeListener(pipe, runs), player)
            pipe.send(("over", None))
        except BrokenPipeError:
            return
        except OSError as problem:
            pipe.send(("disk", (problem.errno, problem.strerror, problem.filename)))
