"""Snapshots of a world: equal bit for bit, written whole or not at all, refused when they do not fit."""

from __future__ import annotations

import os

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.world.snapshot import load_world, save_world


def test_a_loaded_world_is_equal_bit_for_bit(village, tmp_path):
    world = village.copy()
    world.day = 21
    world.ledger.count("joined", 3)
    again = load_world(save_world(world, tmp_path / "deep" / "village.npz"), world.settings)
    for name, table in world.tables().items():
        for column, values in table.arrays().items():
            other = again.tables()[name].arrays()[column]
            assert values.dtype == other.dtype and values.tobytes() == other.tobytes(), f"{name}.{column}"
            assert not other.flags.writeable
    assert again.key == world.key and again.day == 21
    for name in ("adults_by_building", "adults_by_neighbourhood"):
        assert np.array_equal(getattr(again, name), getattr(world, name))
    assert np.array_equal(again.raster.cells, world.raster.cells) and again.raster.x0 == world.raster.x0
    assert np.array_equal(again.ledger.counts, world.ledger.counts)


def test_the_same_world_gives_the_same_file(village, tmp_path):
    one, two = save_world(village, tmp_path / "one.npz"), save_world(village, tmp_path / "two.npz")
    assert one.read_bytes() == two.read_bytes()


def test_a_failed_save_leaves_the_old_file_and_nothing_beside_it(village, tmp_path, monkeypatch):
    path = save_world(village, tmp_path / "village.npz")
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save_world(village, path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_files_that_do_not_fit_are_refused(village, tmp_path):
    path = save_world(village, tmp_path / "village.npz")
    other = Model()
    other.start.kin = 2.0
    with pytest.raises(ValueError, match="other numbers"):
        load_world(path, other)
    (tmp_path / "text.npz").write_text("not a world")
    with pytest.raises(ValueError, match="not a world"):
        load_world(tmp_path / "text.npz", village.settings)
    np.savez(tmp_path / "strange.npz", a=np.zeros(3))
    with pytest.raises(ValueError, match="not a world"):
        load_world(tmp_path / "strange.npz", village.settings)
