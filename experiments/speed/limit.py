"""Time of every phase against a limit of the machine: bytes of the columns that it accesses over copy bandwidth.

The bytes of a phase are those of every column it accesses in the step, once for reading and once more for writing if it
may write; of ties only the slots in use. A phase that visits few rows reads less than whole columns, and may be faster
than the limit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import numpy as np

from simulator.engine.loop import Engine, set_num_threads
from simulator.kernel.compiled import chunk_range, parallel_kernel
from simulator.kernel.table import Column, SlotColumn, Table, list_arrays
from simulator.phases.order import HELP_PHASES, PHASES
from simulator.scenario.run import Run

from .rates import list_measured_steps

KINDS = ("calm week", "crisis day", "other day")
COPIED = 1 << 26
"""Elements of 8 bytes copied to measure bandwidth: half a gigabyte, far more than any cache."""


@parallel_kernel
def _copy(source, target, chunk, chunks):
    for i in chunk_range(source.size, chunk, chunks):
        target[i] = source[i]


def measure_bandwidth(threads: int) -> float:
    """Bytes per second that a parallel copy reads and writes together: the best of seven."""
    set_num_threads(threads)
    source, target = np.ones(COPIED), np.zeros(COPIED)
    _copy(source[:10], target)
    best = np.inf
    for _ in range(7):
        started = time.perf_counter()
        _copy(source, target)
        best = min(best, time.perf_counter() - started)
    return 2 * source.nbytes / best


@contextmanager
def record_columns(opened: set[tuple[Any, str]]) -> Iterator[None]:
    """Inside the block, add every column that is accessed to `opened`, as (table, name)."""
    get, views = Column.__get__, Table.views

    def recorded_get(column: Column, table: Any, owner: type | None = None) -> Any:
        if table is not None:
            opened.add((table, column.name))
        return get(column, table, owner)

    def recorded_views(table: Table, names: Any) -> Any:
        names = list(names)
        opened.update((table, name) for name in names)
        return views(table, names)

    Column.__get__, Table.views = recorded_get, recorded_views  # type: ignore[method-assign]
    try:
        yield
    finally:
        Column.__get__, Table.views = get, views  # type: ignore[method-assign]


def count_bytes(table: Any, name: str) -> int:
    """Bytes of a column; of columns of ties, of the slots in use only."""
    arrays = list_arrays(table.views([name]))
    if isinstance(table.columns()[name], SlotColumn):
        return int(table.degree.sum()) * arrays[0].itemsize
    return sum(array.nbytes for array in arrays)


def play_step(engine: Engine, seconds: dict[str, list[float]], touched: dict[str, int]) -> None:
    """As Engine.step, without the record: time each phase, and find the bytes it accesses the first time it is played.

    seconds: phase to times, appended to. touched: phase to bytes, filled in.
    """
    world = engine.world
    world.ledger.clear()
    world.day = engine.day
    step_context = engine.build_context()
    help_context = step_context.help_context
    for name, phase in PHASES.items():
        context = help_context if name in HELP_PHASES else step_context
        if context is None:
            continue
        with world.writable(phase.WRITES):
            started = time.perf_counter()
            if name in touched:
                phase.step(world, context)
                seconds.setdefault(name, []).append(time.perf_counter() - started)
            else:
                opened: set[tuple[Any, str]] = set()
                with record_columns(opened):
                    phase.step(world, context)
                writes = {tuple(column.split(".")) for column in phase.WRITES}
                names = {id(table): table_name for table_name, table in world.tables().items()}
                touched[name] = sum(count_bytes(table, column) * (1 + ((names.get(id(table)), column) in writes))
                                    for table, column in opened)
    engine.step_index += 1


def measure_phases(run: Run, threads: int) -> dict[str, dict[str, float]]:
    """By kind of step and phase: median milliseconds, megabytes, and time as a multiple of the limit."""
    set_num_threads(threads)
    bandwidth = measure_bandwidth(threads)
    engine = Engine(run)
    seconds: dict[str, dict[str, list[float]]] = {kind: {} for kind in KINDS}
    touched: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for _, span, hit, _ in list_measured_steps(run):
        kind = KINDS[0] if span > 1 else KINDS[1] if hit else KINDS[2]
        play_step(engine, seconds[kind], touched[kind])
    found = {"copy bandwidth": {"GB/s": bandwidth / 1e9}}
    for kind in KINDS[:2]:
        medians, sizes = {name: median(times) for name, times in seconds[kind].items()}, touched[kind]
        for name, duration in medians.items():
            found[f"{kind}, {name}"] = compare_with_limit(duration, sizes[name], bandwidth)
        total = sum(sizes[name] for name in medians)
        found[f"{kind}, all phases"] = compare_with_limit(sum(medians.values()), total, bandwidth)
    return found


def compare_with_limit(duration: float, size: int, bandwidth: float) -> dict[str, float]:
    """A row of results, from seconds, bytes and bytes per second. A phase that accesses no column has no limit."""
    return {"ms": duration * 1e3, "MB": size / 1e6,
            "times the limit": duration * bandwidth / size if size else float("nan")}
