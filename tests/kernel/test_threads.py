"""Loops in chunks handle every row once, whatever the number of threads; jobs run at the same time."""

from __future__ import annotations

import threading
import weakref
from fractions import Fraction

import numpy as np
import pytest

from simulator.kernel.compiled import chunk_range, parallel_kernel
from simulator.kernel.threads import (
    MIN_PARALLEL_ROWS,
    get_num_threads,
    max_chunks,
    max_rows,
    run_concurrently,
    schedule_chunks,
    set_num_threads,
)
from tests.pieces import on_threads


@parallel_kernel
def count_visits(visits, seen, chunk, chunks):
    seen[chunk] = chunks
    for k in chunk_range(visits.size, chunk, chunks):
        visits[k] += 1


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("rows", [0, 1, 1000])
def test_every_row_is_visited_once_and_every_chunk_has_a_buffer(count: int, rows: int) -> None:
    with on_threads(count):
        visits, seen = np.zeros(rows, np.int64), np.zeros(max_chunks(), np.int64)
        count_visits(visits, seen)
    assert (visits == 1).all()
    assert {(chunk, chunks) for chunk, chunks in enumerate(seen.tolist()) if chunks} == set(schedule_chunks(count))


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_chunks_shrink_cover_every_row_once_and_have_distinct_numbers(count: int) -> None:
    schedule = schedule_chunks(count)
    ends = [Fraction(0)] + [Fraction(chunk + 1, chunks) for chunk, chunks in schedule]
    assert all(Fraction(chunk, chunks) == end for (chunk, chunks), end in zip(schedule, ends, strict=False))
    assert ends[-1] == 1
    assert [chunks for _, chunks in schedule] == sorted(chunks for _, chunks in schedule)
    numbers = [chunk for chunk, _ in schedule]
    assert len(set(numbers)) == len(numbers) and max(numbers) < schedule[-1][1]


def test_a_loop_over_few_rows_runs_whole() -> None:
    before = get_num_threads()
    set_num_threads(2)
    try:
        visits, seen = np.zeros(MIN_PARALLEL_ROWS - 1, np.int64), np.zeros(max_chunks(), np.int64)
        count_visits(visits, seen)
    finally:
        set_num_threads(before)
    assert (visits == 1).all() and seen[0] == 1 and not seen[1:].any()


def test_the_longest_array_is_found_inside_tuples() -> None:
    assert max_rows(()) == max_rows((3, 0.5, ())) == 0
    assert max_rows((np.zeros(4), (np.zeros((9, 2)), (np.zeros(30), 100)), np.zeros(5))) == 30


@pytest.mark.parametrize("count", [1, 2])
def test_results_of_concurrent_jobs_are_in_order(count: int) -> None:
    seen: list[int] = []
    with on_threads(count):
        results = run_concurrently(1000, *(lambda k=k: (seen.append(k), k * k)[1] for k in range(3)))
    assert results == [0, 1, 4] and sorted(seen) == [0, 1, 2]


@pytest.mark.parametrize("count", [1, 2])
def test_an_exception_of_a_job_is_raised(count: int) -> None:
    with on_threads(count), pytest.raises(ZeroDivisionError):
        run_concurrently(1000, lambda: 1, lambda: 1 // 0)


def test_workers_are_free_after_a_job_has_failed() -> None:
    with on_threads(2):
        for jobs in ((lambda: 1, lambda: 1 // 0), (lambda: 1 // 0, lambda: 1), (lambda: 1 // 0, lambda: 1 // 0)):
            with pytest.raises(ZeroDivisionError):
                run_concurrently(1000, *jobs)
        thread_ids = run_concurrently(1000, threading.get_ident, threading.get_ident)
    assert len(set(thread_ids)) == 2


def test_workers_keep_no_reference_to_a_job() -> None:
    array = np.zeros(1000)
    reference = weakref.ref(array)
    with on_threads(2):
        run_concurrently(1000, lambda: 0, lambda array=array: array.sum())
    del array
    assert reference() is None


def test_concurrent_jobs_may_run_parallel_loops() -> None:
    def count() -> int:
        visits, seen = np.zeros(1000, np.int64), np.zeros(max_chunks(), np.int64)
        for _ in range(50):
            count_visits(visits, seen)
        return int(visits.sum())

    with on_threads(2):
        assert run_concurrently(1000, count, count, count) == [50_000] * 3


def test_jobs_over_few_rows_run_on_the_calling_thread() -> None:
    before = get_num_threads()
    set_num_threads(2)
    try:
        thread_ids = run_concurrently(MIN_PARALLEL_ROWS - 1, threading.get_ident, threading.get_ident)
    finally:
        set_num_threads(before)
    assert thread_ids == [threading.get_ident()] * 2
