"""Pruning by the reference stage equals the compiled one."""

from __future__ import annotations

from functools import partial

from simulator.agents.by_hand.prune_ties import REFERENCE_STAGES
from simulator.phases import prune_ties
from simulator.phases.step.context import StepContext
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.phases.stand_in import StandIn


def test_ties_of_the_dead_end_equally():
    fast = small_world(7)
    with fast.writable(["people.alive"]):
        fast.people.alive[[3, 8, 20, 21]] = 0
    slow = fast.copy()
    by_hand = {stage.__name__: partial(stage, StandIn(slow)) for stage in REFERENCE_STAGES}
    handles = PlainHandles(fast)
    with fast.writable(prune_ties.WRITES), slow.writable(prune_ties.WRITES):
        prune_ties.step(fast, StepContext(1, 1, fast.key, handles))
        prune_ties.step(slow, StepContext(1, 1, slow.key, handles, by_hand=by_hand))
    for name, array in fast.ties.arrays().items():
        assert array.tobytes() == slow.ties.arrays()[name].tobytes(), name
    assert fast.ledger.counts.tolist() == slow.ledger.counts.tolist()
