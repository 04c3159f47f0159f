"""Visits by hand equal the kernels, bit for bit."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from simulator.agents.by_hand.visit import HAND
from simulator.parameters import Model
from simulator.phases import visit
from simulator.phases.step.context import Moment
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.phases.stand_in import StandIn

TURNED = [{}, {"territory.meet": 0.35, "territory.site_open": 0.0}, {"resident.contact": "varied"},
          {"site.opening": [0.0, 0.7], "resident.at_site": np.arange(60) % 3 / 2}]


@pytest.mark.parametrize("turned", TURNED)
@pytest.mark.parametrize("concentration", [1.0, 1.3])
def test_weeks_by_hand_equal_the_kernels(turned, concentration):
    settings = Model()
    settings.contact.concentration = concentration
    fast = small_world(3, settings=settings)
    slow = fast.copy()
    if turned.get("resident.contact") == "varied":
        turned = {"resident.contact": np.linspace(0.2, 1, fast.people.rows, dtype=np.float32)}
    by_hand = {name: partial(stage, StandIn(slow)) for name, stage in HAND.items()}
    handles = PlainHandles(fast, **turned)
    for week in range(3):
        with fast.lend(visit.WRITES), slow.lend(visit.WRITES):
            visit.step(fast, Moment(7 * week, 7, fast.key, handles))
            visit.step(slow, Moment(7 * week, 7, slow.key, handles, by_hand=by_hand))
    assert fast.ledger.counts.tolist() == slow.ledger.counts.tolist()
    assert fast.neighbourhoods.climate.tobytes() == slow.neighbourhoods.climate.tobytes()
    for name, array in fast.ties.arrays().items():
        assert array.tobytes() == slow.ties.arrays()[name].tobytes(), name
