"""The task with this project's kernel: one column, keyed random numbers, one parallel loop per day."""

from __future__ import annotations

import time

import numpy as np

from simulator.engine.loop import set_num_threads
from simulator.kernel.compiled import chunk_range, parallel_kernel
from simulator.kernel.keyed_random import draw_uniform, make_random_key

from .task import (
    DAYS,
    DONE,
    EXPOSED,
    STARTS,
    STOPS,
    TELL,
    TELLING,
    UNAWARE,
    build_adjacency,
    build_small_world,
    draw_first_tellers,
)

PROGRESS, HEAR = 1, 2
"""Streams of keyed random numbers, one per decision, as in the model."""


@parallel_kernel
def progress(key, day, starts, before, state, chunk, chunks):
    """Residents who have heard start to tell, those who tell stop."""
    for i in chunk_range(state.size, chunk, chunks):
        if before[i] == EXPOSED:
            if draw_uniform(key, i, 0, day, PROGRESS) < starts:
                state[i] = TELLING
        elif before[i] == TELLING and draw_uniform(key, i, 0, day, PROGRESS) < STOPS:
            state[i] = DONE


@parallel_kernel
def hear(key, day, start, other, before, state, chunk, chunks):
    """Unaware residents hear from telling contacts; a number is drawn only where there is such a contact."""
    for i in chunk_range(state.size, chunk, chunks):
        if before[i] == UNAWARE:
            telling = 0
            for k in range(start[i], start[i + 1]):
                telling += before[other[k]] == TELLING
            if telling and draw_uniform(key, i, 0, day, HEAR) >= (1.0 - TELL) ** telling:
                state[i] = EXPOSED


def play(n: int, seed: int, starts: float = STARTS, threads: int = 2) -> dict[str, float]:
    """Seconds to build and to play, and the share that ever heard (attack)."""
    set_num_threads(threads)
    started = time.perf_counter()
    start, other = build_adjacency(build_small_world(n, seed))
    state = np.zeros(n, np.uint8)
    state[draw_first_tellers(n, seed)] = TELLING
    key, built = make_random_key(seed), time.perf_counter()
    for day in range(DAYS):
        if day:
            progress(key, day, starts, state.copy(), state)
        hear(key, day, start, other, state.copy(), state)
    return {"build": built - started, "play": time.perf_counter() - built, "attack": float(np.mean(state != UNAWARE))}


def play_one_thread(n: int, seed: int, starts: float = STARTS) -> dict[str, float]:
    """`play` on one thread; the same bits."""
    return play(n, seed, starts, threads=1)
