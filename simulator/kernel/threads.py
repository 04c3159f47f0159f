"""Loops whose rows are cut into pieces, and the threads that take the pieces in turn.

Numba's own parallel loops cost a third of all compiling, and more for every call that has little to do. Here a loop is
compiled once, plainly, without Python's lock; each row writes only what it owns, so pieces can be played in any order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock, Thread
from typing import Any

import numpy as np

FEW = 100_000
"""Loops over fewer rows are played by the thread that calls them: handing out dozens of loops a step costs more than
they take."""

HALVINGS = 3
"""How often pieces are halved towards the end of a loop, so that no thread waits long for another's last."""


def available() -> int:
    """Threads a process may use: NUMBA_NUM_THREADS, else one a core."""
    return int(os.environ.get("NUMBA_NUM_THREADS", 0)) or os.cpu_count() or 1


_used = [available()]


def use_threads(threads: int) -> None:
    """Loops run on so many threads, at most those available; results do not depend on it."""
    _used[0] = max(1, min(threads, available()))


def threads() -> int:
    """How many threads loops run on."""
    return _used[0]


class Helper:
    """A thread that plays one job at a time, woken and awaited by locks: a pool's futures take twice as long."""

    def __init__(self) -> None:
        self._free, self._begun, self._ended = Lock(), Lock(), Lock()
        self._begun.acquire()
        self._ended.acquire()
        self._jobs: list[Callable[[], Any]] = []
        self._outcome: Any = None
        self._error: BaseException | None = None
        Thread(target=self._serve, name="resilience", daemon=True).start()

    def _serve(self) -> None:
        while True:
            self._begun.acquire()
            try:
                self._outcome = self._jobs.pop()()  # not kept: a job holds all columns of a world
            except BaseException as error:
                self._error = error
            self._ended.release()

    def take(self, job: Callable[[], Any]) -> bool:
        """Begin a job, unless another has not been fetched yet."""
        if not self._free.acquire(blocking=False):
            return False
        self._jobs.append(job)
        self._begun.release()
        return True

    def fetch(self) -> tuple[Any, BaseException | None]:
        """What the job taken returned, and what it raised, once it has ended."""
        self._ended.acquire()
        told, self._outcome, self._error = (self._outcome, self._error), None, None
        self._free.release()
        return told


@cache
def _crew(size: int) -> tuple[Helper, ...]:
    return tuple(Helper() for _ in range(size))


def _share(job: Callable[[], Any], others: Sequence[Callable[[], Any]]) -> list[Any]:
    """What a job and others return; helpers who are free take others meanwhile, the caller plays what nobody takes."""
    crew = _crew(threads() - 1)
    takers = [next((helper for helper in crew if helper.take(other)), None) for other in others]
    try:
        told = [job()]
    finally:  # whatever happens, helpers are free again
        fetched = [(None, None) if helper is None else helper.fetch() for helper in takers]
    for other, helper, (outcome, error) in zip(others, takers, fetched, strict=True):
        if error is not None:
            raise error
        told.append(other() if helper is None else outcome)
    return told


@cache
def turns(threads: int) -> tuple[tuple[int, int], ...]:
    """Which pieces to play, of how many, in turn: first half of the rows, then half of what is left, last all of it.

    Large pieces first cost few calls, small ones last leave little to wait for. No number of a piece comes twice.
    """
    if threads == 1:
        return ((0, 1),)
    rounds = [2 * threads << halved for halved in range(HALVINGS + 1)]
    halves = [(piece, pieces) for pieces in rounds for piece in range(pieces - 2 * threads, pieces - threads)]
    return (*halves, *((piece, rounds[-1]) for piece in range(rounds[-1] - threads, rounds[-1])))


def most_pieces() -> int:
    """Numbers that pieces of a loop have at most: a loop that needs room to work in takes as many, one for each."""
    return turns(threads())[-1][1]


def most_rows(given: tuple[Any, ...]) -> int:
    """Rows of the longest array among arguments and in tuples of them."""
    most = 0
    for one in given:  # A plain loop: asked at every call, and twice as fast as a generator within max.
        rows = len(one) if isinstance(one, np.ndarray) else most_rows(one) if isinstance(one, tuple) else 0
        if rows > most:
            most = rows
    return most


def side_by_side(rows: int, *jobs: Callable[[], Any]) -> list[Any]:
    """What each job returns, for work over about so many rows that one thread must do in order.

    No job may read what another writes: they are played at the same time where threads and rows allow.
    """
    if threads() == 1 or rows < FEW:
        return [job() for job in jobs]
    return _share(jobs[0], jobs[1:])


class Spread:
    """A compiled loop with two arguments more than its callers give: which piece of its rows to play, of how many."""

    def __init__(self, loop: Callable[..., Any]) -> None:
        self.loop = loop
        self.py_func = loop.py_func  # type: ignore[attr-defined]
        self.__doc__, self.__name__ = loop.__doc__, loop.__name__

    def __call__(self, *given: Any) -> None:
        """Play all pieces."""
        if threads() == 1 or most_rows(given) < FEW:
            self.loop(*given, 0, 1)
            return
        waiting = iter(turns(threads()))

        def play() -> None:
            for turn in waiting:  # each is taken by whichever thread comes for it first
                self.loop(*given, *turn)

        _share(play, [play] * (threads() - 1))
