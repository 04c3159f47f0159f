"""This project's way: one column, keyed luck, one parallel loop a day."""

from __future__ import annotations

import time

import numpy as np

from simulator.engine.loop import use_threads
from simulator.kernel.compiled import parallel, portion
from simulator.kernel.random import key, uniform

from .task import DAYS, DONE, EXPOSED, STARTS, STOPS, TELL, TELLING, UNAWARE, rows, seeded, small_world

PROGRESS, HEAR = 1, 2
"""Streams: one number per decision, as in the model."""


@parallel
def progress(luck, day, starts, before, state, piece, pieces):
    """Who has heard starts to tell, who tells stops."""
    for i in portion(state.size, piece, pieces):
        if before[i] == EXPOSED:
            if uniform(luck, i, 0, day, PROGRESS) < starts:
                state[i] = TELLING
        elif before[i] == TELLING and uniform(luck, i, 0, day, PROGRESS) < STOPS:
            state[i] = DONE


@parallel
def hear(luck, day, start, other, before, state, piece, pieces):
    """Who does not know hears from each telling contact; luck is drawn only where there is one."""
    for i in portion(state.size, piece, pieces):
        if before[i] == UNAWARE:
            telling = 0
            for k in range(start[i], start[i + 1]):
                telling += before[other[k]] == TELLING
            if telling and uniform(luck, i, 0, day, HEAR) >= (1.0 - TELL) ** telling:
                state[i] = EXPOSED


def play(n: int, seed: int, starts: float = STARTS, threads: int = 2) -> dict[str, float]:
    """Seconds to build and to play, and the share that ever heard."""
    use_threads(threads)
    begun = time.perf_counter()
    start, other = rows(small_world(n, seed))
    state = np.zeros(n, np.uint8)
    state[seeded(n, seed)] = TELLING
    luck, built = key(seed), time.perf_counter()
    for day in range(DAYS):
        if day:
            progress(luck, day, starts, state.copy(), state)
        hear(luck, day, start, other, state.copy(), state)
    return {"build": built - begun, "play": time.perf_counter() - built, "attack": float(np.mean(state != UNAWARE))}


def play_one_thread(n: int, seed: int, starts: float = STARTS) -> dict[str, float]:
    """The same on one thread: the same bits."""
    return play(n, seed, starts, threads=1)
