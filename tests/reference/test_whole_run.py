"""A whole run by the reference stages equals the compiled one, bit for bit, in calm and in crisis."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.agents import TerritoryModel
from tests.agents.village import village
from tests.reference.compare import differences


@pytest.mark.slow
def test_reference_run_equals_compiled_run() -> None:
    compiled, by_hand = TerritoryModel(village()), TerritoryModel(village(), by_hand=True)
    met = np.zeros_like(compiled.world.ledger.met)
    while compiled.running:
        compiled.step()
        by_hand.step()
        assert not differences(compiled.world, by_hand.world), f"day {compiled.day}"
        met += compiled.world.ledger.met
    assert (met.sum(1) > 0).sum() >= 8, "the run must exercise nearly every source of help"
    for name, table in compiled.record.tables.items():
        for column, values in table.items():
            other = by_hand.record.tables[name][column]
            assert np.array_equal(values, other, equal_nan=values.dtype.kind == "f"), f"{name}.{column}"
