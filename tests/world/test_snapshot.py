"""A world kept and taken up again: equal bit for bit, whole or not at all, and refused when it is another's."""

from __future__ import annotations

import os

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.world.snapshot import load, save


def test_a_world_comes_back_bit_for_bit(village, tmp_path):
    world = village.copy()
    world.day = 21
    world.ledger.count("joined", 3)
    again = load(save(world, tmp_path / "deep" / "village.npz"), world.settings)
    for name, table in world.tables().items():
        for column, values in table.arrays().items():
            other = again.tables()[name].arrays()[column]
            assert values.dtype == other.dtype and values.tobytes() == other.tobytes(), f"{name}.{column}"
            assert not other.flags.writeable
    assert again.key == world.key and again.day == 21
    assert np.array_equal(again.roll, world.roll) and np.array_equal(again.place_roll, world.place_roll)
    assert np.array_equal(again.atlas.cells, world.atlas.cells) and again.atlas.x0 == world.atlas.x0
    assert np.array_equal(again.ledger.counts, world.ledger.counts)


def test_the_same_world_gives_the_same_file(village, tmp_path):
    one, two = save(village, tmp_path / "one.npz"), save(village, tmp_path / "two.npz")
    assert one.read_bytes() == two.read_bytes()


def test_a_failed_save_leaves_the_old_file_and_nothing_beside_it(village, tmp_path, monkeypatch):
    path = save(village, tmp_path / "village.npz")
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save(village, path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_what_is_not_this_world_is_refused(village, tmp_path):
    path = save(village, tmp_path / "village.npz")
    other = Model()
    other.start.kin = 2.0
    with pytest.raises(ValueError, match="other numbers"):
        load(path, other)
    (tmp_path / "text.npz").write_text("not a world")
    with pytest.raises(ValueError, match="not a world"):
        load(tmp_path / "text.npz", village.settings)
    np.savez(tmp_path / "strange.npz", a=np.zeros(3))
    with pytest.raises(ValueError, match="not a world"):
        load(tmp_path / "strange.npz", village.settings)
