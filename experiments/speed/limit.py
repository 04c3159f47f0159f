"""Time of every phase against the machine's limit: the bytes of the columns that it opens over copy bandwidth.

A phase's bytes are those of every column it asks for in the step, once for reading and once more for writing where it
may write; of ties only the slots in use. A phase that visits few rows touches less than it opens and may stay below 1.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import numpy as np

from simulator.engine.loop import Engine, use_threads
from simulator.kernel.compiled import parallel, portion
from simulator.kernel.table import Column, SlotColumn, Table, arrays_of
from simulator.phases.order import HELP, PHASES
from simulator.scenario.run import Run

from .rates import stretch

KINDS = ("calm week", "crisis day", "other day")
COPIED = 1 << 26
"""Elements of 8 bytes that are copied to measure bandwidth: half a gigabyte, far beyond any cache."""


@parallel
def _copy(source, target, piece, pieces):
    for i in portion(source.size, piece, pieces):
        target[i] = source[i]


def bandwidth(threads: int) -> float:
    """Bytes a second that a copy reads and writes together: the best of seven."""
    use_threads(threads)
    source, target = np.ones(COPIED), np.zeros(COPIED)
    _copy(source[:10], target)
    best = np.inf
    for _ in range(7):
        begun = time.perf_counter()
        _copy(source, target)
        best = min(best, time.perf_counter() - begun)
    return 2 * source.nbytes / best


@contextmanager
def watched(opened: set[tuple[Any, str]]) -> Iterator[None]:
    """Note every column that is asked for in the block, as (table, name)."""
    get, views = Column.__get__, Table.views

    def noted_get(column: Column, table: Any, owner: type | None = None) -> Any:
        if table is not None:
            opened.add((table, column.name))
        return get(column, table, owner)

    def noted_views(table: Table, names: Any) -> Any:
        names = list(names)
        opened.update((table, name) for name in names)
        return views(table, names)

    Column.__get__, Table.views = noted_get, noted_views  # type: ignore[method-assign]
    try:
        yield
    finally:
        Column.__get__, Table.views = get, views  # type: ignore[method-assign]


def size_of(table: Any, name: str) -> int:
    """Bytes of a column; of the columns of ties, those of slots in use."""
    held = arrays_of(table.views([name]))
    if isinstance(table.columns()[name], SlotColumn):
        return int(table.degree.sum()) * held[0].itemsize
    return sum(array.nbytes for array in held)


def advance(engine: Engine, seconds: dict[str, list[float]], touched: dict[str, int]) -> None:
    """Engine.step without its record, phase by phase: time each, and note what it opens the first time."""
    world = engine.world
    world.ledger.clear()
    world.day = engine.day
    now = engine.moment()
    helping = now.helping
    for name, phase in PHASES.items():
        moment = helping if name in HELP else now
        if moment is None:
            continue
        with world.lend(phase.WRITES):
            begun = time.perf_counter()
            if name in touched:
                phase.step(world, moment)
                seconds.setdefault(name, []).append(time.perf_counter() - begun)
            else:
                opened: set[tuple[Any, str]] = set()
                with watched(opened):
                    phase.step(world, moment)
                writes = {tuple(one.split(".")) for one in phase.WRITES}
                kinds = {id(table): word for word, table in world.tables().items()}
                touched[name] = sum(size_of(table, column) * (1 + ((kinds.get(id(table)), column) in writes))
                                    for table, column in opened)
    engine.at += 1


def phases(run: Run, threads: int) -> dict[str, dict[str, float]]:
    """By kind of step and phase: milliseconds (median), megabytes, and time over the limit."""
    use_threads(threads)
    fast = bandwidth(threads)
    engine = Engine(run)
    seconds: dict[str, dict[str, list[float]]] = {kind: {} for kind in KINDS}
    touched: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for _, span, hit, _ in stretch(run):
        kind = KINDS[0] if span > 1 else KINDS[1] if hit else KINDS[2]
        advance(engine, seconds[kind], touched[kind])
    found = {"copy bandwidth": {"GB/s": fast / 1e9}}
    for kind in KINDS[:2]:
        taken = {name: median(times) for name, times in seconds[kind].items()}
        for name, took in taken.items():
            found[f"{kind}, {name}"] = against(took, touched[kind][name], fast)
        found[f"{kind}, all phases"] = against(sum(taken.values()), sum(touched[kind][name] for name in taken), fast)
    return found


def against(took: float, size: int, fast: float) -> dict[str, float]:
    """One row; a phase that opens no column has no limit."""
    return {"ms": took * 1e3, "MB": size / 1e6, "times the limit": took * fast / size if size else float("nan")}
