"""The sweep by hand equals the kernel."""

from __future__ import annotations

from functools import partial

from simulator.agents.by_hand.prune_ties import HAND
from simulator.phases import prune_ties
from simulator.phases.step.context import Moment
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.phases.stand_in import StandIn


def test_the_sweep_by_hand_equals_the_kernel():
    fast = small_world(7)
    with fast.lend(["people.alive"]):
        fast.people.alive[[3, 8, 20, 21]] = 0
    slow = fast.copy()
    by_hand = {name: partial(stage, StandIn(slow)) for name, stage in HAND.items()}
    handles = PlainHandles(fast)
    with fast.lend(prune_ties.WRITES), slow.lend(prune_ties.WRITES):
        prune_ties.step(fast, Moment(1, 1, fast.key, handles))
        prune_ties.step(slow, Moment(1, 1, slow.key, handles, by_hand=by_hand))
    for name, array in fast.ties.arrays().items():
        assert array.tobytes() == slow.ties.arrays()[name].tobytes(), name
    assert fast.ledger.counts.tolist() == slow.ledger.counts.tolist()
