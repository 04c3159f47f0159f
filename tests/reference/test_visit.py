"""Visits by the reference stages equal the compiled ones, bit for bit."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from simulator.agents.by_hand.visit import REFERENCE_STAGES
from simulator.parameters import Model
from simulator.phases import visit
from simulator.phases.step.context import StepContext
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.phases.stand_in import StandIn

OVERRIDES = [{}, {"territory.visits": 0.35, "territory.site_activity": 0.0}, {"resident.contact": "varied"},
             {"site.activity": [0.0, 0.7], "resident.site_access": np.arange(60) % 3 / 2}]


@pytest.mark.parametrize("overrides", OVERRIDES)
@pytest.mark.parametrize("concentration", [1.0, 1.3])
def test_weeks_of_visits_are_equal(overrides, concentration):
    settings = Model()
    settings.contact.concentration = concentration
    fast = small_world(3, settings=settings)
    slow = fast.copy()
    if overrides.get("resident.contact") == "varied":
        overrides = {"resident.contact": np.linspace(0.2, 1, fast.people.rows, dtype=np.float32)}
    by_hand = {stage.__name__: partial(stage, StandIn(slow)) for stage in REFERENCE_STAGES}
    handles = PlainHandles(fast, **overrides)
    for week in range(3):
        with fast.writable(visit.WRITES), slow.writable(visit.WRITES):
            visit.step(fast, StepContext(7 * week, 7, fast.key, handles))
            visit.step(slow, StepContext(7 * week, 7, slow.key, handles, by_hand=by_hand))
    assert fast.ledger.counts.tolist() == slow.ledger.counts.tolist()
    assert fast.neighbourhoods.support.tobytes() == slow.neighbourhoods.support.tobytes()
    for name, array in fast.ties.arrays().items():
        assert array.tobytes() == slow.ties.arrays()[name].tobytes(), name
