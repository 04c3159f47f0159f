"""Threads that share the rows of a compiled loop (`ChunkedLoop`), or run jobs at the same time (`run_concurrently`).

A loop's rows are cut into chunks by a fixed schedule. The calling thread and the worker threads each take the next
chunk until none is left; compiled code runs without Python's lock, so chunks run at the same time. A row writes only
what belongs to it, so neither the number of threads nor the order of chunks changes a result.

Numba's own parallel loops (prange) are not used: they took a third of all compiling, and cost more per call.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock, Thread
from typing import Any

import numpy as np

from .packed_tuple import PackedTuple

MIN_PARALLEL_ROWS = 100_000
"""Loops over fewer rows run on the calling thread alone: sharing out a short loop costs more than running it."""

CHUNK_HALVINGS = 3
"""How often chunks are halved towards the end of a loop, so that no thread waits long for another's last chunk."""


def count_available_threads() -> int:
    """Threads that this process may use: NUMBA_NUM_THREADS, else one per core."""
    return int(os.environ.get("NUMBA_NUM_THREADS", 0)) or os.cpu_count() or 1


_num_threads = [count_available_threads()]


def set_num_threads(threads: int) -> None:
    """Run loops on so many threads, at most `count_available_threads()`. Results do not depend on it."""
    _num_threads[0] = max(1, min(threads, count_available_threads()))


def get_num_threads() -> int:
    """Number of threads that loops run on, the calling thread included."""
    return _num_threads[0]


class WorkerThread:
    """A daemon thread that runs one job at a time. Signalled by locks: a pool with futures takes twice as long.

    `_free` is held from the submission of a job until its result is fetched. Releasing `_submitted` starts the thread,
    which releases `_finished` when the job has ended.
    """

    def __init__(self) -> None:
        self._free, self._submitted, self._finished = Lock(), Lock(), Lock()
        self._submitted.acquire()
        self._finished.acquire()
        self._jobs: list[Callable[[], Any]] = []
        self._outcome: Any = None
        self._error: BaseException | None = None
        Thread(target=self._serve, name="resilience", daemon=True).start()

    def _serve(self) -> None:
        """Run jobs for ever, one each time `_submitted` is released."""
        while True:
            self._submitted.acquire()
            try:
                self._outcome = self._jobs.pop()()  # keep no reference: a job refers to all columns of a world
            except BaseException as error:
                self._error = error
            self._finished.release()

    def try_submit(self, job: Callable[[], Any]) -> bool:
        """Start a job. False, and nothing started, if the result of an earlier one has not been fetched yet."""
        if not self._free.acquire(blocking=False):
            return False
        self._jobs.append(job)
        self._submitted.release()
        return True

    def wait_result(self) -> tuple[Any, BaseException | None]:
        """Wait for the job to end: (what it returned, the exception it raised or None)."""
        self._finished.acquire()
        result, self._outcome, self._error = (self._outcome, self._error), None, None
        self._free.release()
        return result


@cache
def _worker_threads(size: int) -> tuple[WorkerThread, ...]:
    return tuple(WorkerThread() for _ in range(size))


def _run_on_workers(job: Callable[[], Any], others: Sequence[Callable[[], Any]]) -> list[Any]:
    """The results of `job`, on the calling thread, and of `others`, each on a worker that is free.

    Jobs for which no worker is free run on the calling thread afterwards. An exception of a job is raised here.
    """
    workers = _worker_threads(get_num_threads() - 1)
    assigned = [next((worker for worker in workers if worker.try_submit(other)), None) for other in others]
    try:
        results = [job()]
    finally:  # fetch all results even if `job` fails, so that the workers are free again
        fetched = [(None, None) if worker is None else worker.wait_result() for worker in assigned]
    for other, worker, (outcome, error) in zip(others, assigned, fetched, strict=True):
        if error is not None:
            raise error
        results.append(other() if worker is None else outcome)
    return results


@cache
def schedule_chunks(threads: int) -> tuple[tuple[int, int], ...]:
    """The chunks of a loop in the order in which threads take them: pairs of chunk number and number of chunks.

    Half of the rows go out as `threads` chunks, then half of what is left, and so on; the last chunks take all of it.
    Large chunks first mean few calls, small ones last mean little waiting. No chunk number occurs twice, so that a loop
    may use it as the index of a buffer. With two threads: (0, 4), (1, 4), (4, 8), (5, 8), (12, 16), (13, 16), (28, 32),
    (29, 32), (30, 32), (31, 32).
    """
    if threads == 1:
        return ((0, 1),)
    rounds = [2 * threads << halved for halved in range(CHUNK_HALVINGS + 1)]
    halves = [(chunk, chunks) for chunks in rounds for chunk in range(chunks - 2 * threads, chunks - threads)]
    return (*halves, *((chunk, rounds[-1]) for chunk in range(rounds[-1] - threads, rounds[-1])))


def max_chunks() -> int:
    """Upper bound of chunk numbers: a loop that needs a buffer for each chunk allocates so many rows of it."""
    return 1 if _num_threads[0] == 1 else schedule_chunks(get_num_threads())[-1][1]


def max_rows(args: tuple[Any, ...]) -> int:
    """Length of the longest array among arguments, which may be tuples of arrays. 0 without arrays."""
    most = 0
    for arg in args:  # a plain loop: this runs at every call, twice as fast as max() over a generator
        rows = (len(arg) if isinstance(arg, np.ndarray) else max_rows(arg) if isinstance(arg, tuple) else
                arg._longest if isinstance(arg, PackedTuple) else 0)
        if rows > most:
            most = rows
    return most


def run_concurrently(rows: int, *jobs: Callable[[], Any]) -> list[Any]:
    """The results of jobs, in order. Jobs run at the same time if there are several threads and MIN_PARALLEL_ROWS rows.

    For work that one thread must do in a fixed order, beside other such work. rows: about how many rows a job handles.
    No job may read what another writes.
    """
    if get_num_threads() == 1 or rows < MIN_PARALLEL_ROWS:
        return [job() for job in jobs]
    return _run_on_workers(jobs[0], jobs[1:])


class ChunkedLoop:
    """Calls a compiled loop once per chunk of its rows, on several threads.

    The loop's last two parameters are the chunk's number and the number of chunks; callers of this object leave them
    out. With one thread, or fewer than MIN_PARALLEL_ROWS rows in the longest argument, the whole loop is chunk 0 of 1.
    """

    def __init__(self, loop: Callable[..., Any]) -> None:
        self.loop = loop
        self.py_func = loop.py_func  # type: ignore[attr-defined]
        self.__doc__, self.__name__ = loop.__doc__, loop.__name__

    def __call__(self, *args: Any) -> None:
        """Run the loop over all rows, and return when every chunk is done."""
        if _num_threads[0] == 1 or max_rows(args) < MIN_PARALLEL_ROWS:
            self.loop(*args, 0, 1)
            return
        schedule = iter(schedule_chunks(get_num_threads()))

        def run_chunks() -> None:
            for chunk in schedule:  # one iterator for all threads: each chunk goes to the thread that asks first
                self.loop(*args, *chunk)

        _run_on_workers(run_chunks, [run_chunks] * (get_num_threads() - 1))
