"""Loops in pieces on several threads, however few their rows: for tests that compare with one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.kernel import threads


@contextmanager
def on_threads(count: int) -> Iterator[None]:
    """Every parallel loop runs on so many threads for the length of a block; 1 plays it whole."""
    few, before = threads.FEW, threads.threads()
    threads.FEW = 0
    threads._used[0] = count
    try:
        yield
    finally:
        threads.FEW = few
        threads._used[0] = before
