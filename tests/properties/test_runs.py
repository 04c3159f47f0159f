"""Whole runs: the same run gives the same bytes for any number of threads and workers and any order of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.records.files.run_files import save_record
from simulator.records.record import Record
from simulator.scenario.run import Run
from simulator.studies.missing_runs import play_missing_locally
from simulator.studies.store import Store
from tests.phases.relabel import mismatches, relabelled
from tests.pieces import on_threads
from tests.properties.trial_run import every_lever, fresh, played, quick, trial, unlike
from tests.reference.compare import differences

BUSY = trial(*every_lever())


@pytest.fixture(scope="module")
def busy() -> Engine:
    """A run with every shipped lever."""
    return played(BUSY)


def parquet(record: Record, folder: Path) -> bytes:
    """The bytes of a record's file."""
    return save_record(record, folder / "run.parquet").read_bytes()


def stored_bytes(store: Store) -> dict[str, bytes]:
    """The bytes of every table in a store."""
    return {str(path.relative_to(store.runs)): path.read_bytes() for path in sorted(store.runs.rglob("*.parquet"))}


def test_two_runs_of_one_seed_are_the_same_bytes(busy: Engine, tmp_path: Path) -> None:
    again = played(BUSY)
    assert not differences(busy.world, again.world)
    one, other = parquet(busy.record, tmp_path / "one"), parquet(again.record, tmp_path / "other")
    assert one and one == other


def test_another_seed_is_another_run(busy: Engine) -> None:
    other = played(replace(BUSY, seed=2))
    assert {"series.functioning", "series.ties", "runs.loss"} <= set(unlike(busy.record, other.record))


def test_one_thread_or_two_are_the_same_bytes(busy: Engine, tmp_path: Path) -> None:
    """I1."""
    engine = Engine(BUSY)
    with on_threads(2):
        while not engine.is_done:
            engine.step()
    engine.finish_record()
    assert not differences(busy.world, engine.world)
    assert parquet(engine.record, tmp_path / "two") == parquet(busy.record, tmp_path / "one")


@pytest.mark.slow
def test_one_worker_or_two_are_the_same_bytes(tmp_path: Path) -> None:
    arms: Sequence[tuple] = ((), (quick("coordinator"),), (quick("open_project"),))
    runs: list[Run] = [trial(*levers, seed=seed) for seed in (1, 2) for levers in arms]
    one, two = Store(tmp_path / "one"), Store(tmp_path / "two")
    assert play_missing_locally(runs, one, workers=1, threads=1) == []
    assert play_missing_locally(runs, two, workers=2, threads=2) == []
    assert len(stored_bytes(one)) == len(runs) and stored_bytes(one) == stored_bytes(two)


def test_a_study_taken_up_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """Missing arms fork from a burn-in of their own."""
    runs = [trial(), trial(quick("outreach")), trial(quick("longer_hours", lead=0, start="2025-01-16"))]
    whole, in_parts = Store(tmp_path / "whole"), Store(tmp_path / "parts")
    play_missing_locally(runs, whole, workers=1, threads=1)
    play_missing_locally(runs[2:], in_parts, workers=1, threads=1)
    play_missing_locally(runs, in_parts, workers=1, threads=1)
    assert stored_bytes(whole) == stored_bytes(in_parts)


def test_the_order_of_levers_changes_nothing(busy: Engine, tmp_path: Path) -> None:
    reordered = played(trial(*every_lever()[::-1]))
    assert reordered.run.id == busy.run.id and not differences(busy.world, reordered.world)
    assert parquet(reordered.record, tmp_path / "reordered") == parquet(busy.record, tmp_path / "busy")


def test_the_order_of_rows_changes_nothing() -> None:
    """I2: households within buildings, and residents within households, in another order; every lever, two crises."""
    world = fresh(BUSY)
    moved, order, house_order = relabelled(world, 5)
    assert (order != np.arange(len(order))).mean() > 0.9
    one, other = Engine(BUSY, world=world), Engine(BUSY, world=moved)
    while not one.is_done:
        one.step()
        other.step()
        assert not mismatches(one.world, other.world, order, house_order), f"day {one.day}"
    one.finish_record()
    other.finish_record()
    assert not unlike(one.record, other.record, ())
