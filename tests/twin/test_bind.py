"""New acquaintances by hand equal the kernels, bit for bit, evictions included."""

from __future__ import annotations

from functools import partial

import numpy as np

from simulator.agents.by_hand.bind import HAND
from simulator.parameters import Model
from simulator.phases import bind
from simulator.phases.step.context import Moment
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.phases.stand_in import StandIn


def test_weeks_of_binding_by_hand_equal_the_kernels():
    settings = Model()
    settings.binding.friend, settings.binding.building, settings.binding.other = 400.0, 200.0, 200.0
    settings.binding.first_trust, settings.binding.homophily = 0.9, 0.2
    fast = small_world(5, settings=settings)
    slow = fast.copy()
    by_hand = {name: partial(stage, StandIn(slow)) for name, stage in HAND.items()}
    handles = PlainHandles(fast, **{"territory.meet": 0.8, "resident.mingling": np.linspace(0.5, 3, 60)})
    for week in range(8):
        with fast.lend(bind.WRITES), slow.lend(bind.WRITES):
            bind.step(fast, Moment(7 * week, 7, fast.key, handles))
            bind.step(slow, Moment(7 * week, 7, slow.key, handles, by_hand=by_hand))
        for name, array in fast.ties.arrays().items():
            assert array.tobytes() == slow.ties.arrays()[name].tobytes(), (week, name)
    assert fast.ledger.counts.tolist() == slow.ledger.counts.tolist()
    assert fast.ledger.counts[fast.ledger.COUNTS.index("evicted")] > 0
