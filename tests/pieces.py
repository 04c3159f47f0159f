"""Parallel loops in chunks on several threads, even over few rows: for tests that compare with one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.kernel import threads


@contextmanager
def on_threads(count: int) -> Iterator[None]:
    """Inside the block, every parallel loop runs in chunks on so many threads; with 1 it runs whole."""
    min_rows, before = threads.MIN_PARALLEL_ROWS, threads.get_num_threads()
    threads.MIN_PARALLEL_ROWS = 0
    threads._num_threads[0] = count
    try:
        yield
    finally:
        threads.MIN_PARALLEL_ROWS = min_rows
        threads._num_threads[0] = before
