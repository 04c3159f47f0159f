"""New ties by the reference stages equal the compiled ones, bit for bit, evictions included."""

from __future__ import annotations

from functools import partial

import numpy as np

from simulator.agents.by_hand.form_ties import REFERENCE_STAGES
from simulator.parameters import Model
from simulator.phases import form_ties
from simulator.phases.step.context import StepContext
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.phases.stand_in import StandIn


def test_weeks_of_new_ties_are_equal():
    settings = Model()
    settings.tie_formation.friend, settings.tie_formation.building, settings.tie_formation.other = 400.0, 200.0, 200.0
    settings.tie_formation.first_trust, settings.tie_formation.homophily = 0.9, 0.2
    fast = small_world(5, settings=settings)
    slow = fast.copy()
    by_hand = {stage.__name__: partial(stage, StandIn(slow)) for stage in REFERENCE_STAGES}
    handles = PlainHandles(fast, **{"territory.visits": 0.8, "resident.neighbour_encounters": np.linspace(0.5, 3, 60)})
    for week in range(8):
        with fast.writable(form_ties.WRITES), slow.writable(form_ties.WRITES):
            form_ties.step(fast, StepContext(7 * week, 7, fast.key, handles))
            form_ties.step(slow, StepContext(7 * week, 7, slow.key, handles, by_hand=by_hand))
        for name, array in fast.ties.arrays().items():
            assert array.tobytes() == slow.ties.arrays()[name].tobytes(), (week, name)
    assert fast.ledger.counts.tolist() == slow.ledger.counts.tolist()
    assert fast.ledger.counts[fast.ledger.COUNTS.index("ties_displaced")] > 0
