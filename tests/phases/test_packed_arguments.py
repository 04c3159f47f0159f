"""A compiled loop gets columns and numbers packed: named tuples that numba would look through at every call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.catalogue import find_card
from simulator.engine.loop import Engine
from simulator.kernel.packed_tuple import PackedTuple, pack_tuple
from simulator.kernel.slot_arrays import SlotArrays
from simulator.kernel.threads import ChunkedLoop
from simulator.phases.step.columns import ResidentColumns, view_residents
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.places.territory import Territory
from simulator.world.world import World


def build_short_run() -> Run:
    """Four weeks of 300 residents, with the days before, in and after a flood."""
    flood = find_card("crisis", "flood", [find_shipped_configs()]).card
    calendar = Calendar("2025-01-06", "2025-01-06", horizon_days=14)
    small = Territory("small", "Petit", "Small", communes=["93071"], residents=300)
    return Run(Scenario(small, (), calendar, (replace(flood, start="2025-01-20"),)))


def list_leaves(values: Any) -> Iterator[Any]:
    for value in values:
        yield from list_leaves(value) if isinstance(value, tuple) and not isinstance(value, PackedTuple) else (value,)


def should_be_packed(values: Any, columns: list[np.ndarray]) -> bool:
    """True for a named tuple that holds nothing but columns nobody may write, and numbers. SlotArrays is one column."""
    if not hasattr(values, "_fields") or isinstance(values, PackedTuple | SlotArrays):
        return False
    leaves = list(list_leaves(values))
    return all(isinstance(leaf, float) or isinstance(leaf, np.ndarray) and not leaf.flags.writeable
               and any(np.may_share_memory(leaf, column) for column in columns) for leaf in leaves)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> tuple[Engine, list[tuple[str, tuple[Any, ...]]]]:
    """An engine, and the arguments of every call of a loop from now on."""
    engine, calls, call = Engine(build_short_run()), [], ChunkedLoop.__call__

    def record(loop: ChunkedLoop, *args: Any) -> None:
        calls.append((loop.__name__, args))
        call(loop, *args)

    monkeypatch.setattr(ChunkedLoop, "__call__", record)
    return engine, calls


def list_unpacked(world: World, calls: list[tuple[str, tuple[Any, ...]]]) -> set[str]:
    columns = [array for table in world.tables().values() for array in table.arrays().values()]
    return {f"{name}: {type(value).__name__}" for name, args in calls for value in args
            if should_be_packed(value, columns)}


def test_no_loop_of_a_run_gets_columns_or_numbers_unpacked(engine):
    engine, calls = engine
    unpacked = set()
    while not engine.is_done:
        calls.clear()
        engine.step()
        unpacked |= list_unpacked(engine.world, calls)
        assert any(isinstance(value, PackedTuple) for _, args in calls for value in args)
    assert not unpacked, "pack them: Table.bundle, World.keep with pack_tuple, or the numbers of a group"


def test_what_the_test_above_looks_for_is_found(engine):
    engine, _ = engine
    world = engine.world
    residents, numbers = view_residents(world), world.settings.contact.numbers
    unpacked = [("one", (ResidentColumns(*residents),)), ("two", (type(numbers._values)(*numbers),)),
                ("three", (residents, numbers, np.zeros(2)))]
    assert list_unpacked(world, unpacked) == {"one: ResidentColumns", "two: ContactParametersNumbers"}


def test_what_is_packed_has_the_types_of_what_it_was_packed_from(engine):
    engine, calls = engine
    engine.step()
    packed = [value for _, args in calls for value in args if isinstance(value, PackedTuple)]
    assert packed and all(pack_tuple(value._values)._kind == value._kind for value in packed)
