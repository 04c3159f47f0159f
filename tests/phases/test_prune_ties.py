"""Prune ties: nobody keeps a tie to the dead."""

from __future__ import annotations

from simulator.phases import prune_ties
from simulator.phases.step.context import StepContext
from tests.phases.mirrors import assert_mirrors
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def test_ties_of_the_dead_leave_both_sides():
    world = small_world(4)
    before = int(world.ties.degree.sum())
    with world.writable(["people.alive", *prune_ties.WRITES]):
        world.people.alive[[0, 9, 30]] = 0
        prune_ties.step(world, StepContext(1, 1, world.key, PlainHandles(world)))
    assert_mirrors(world.ties, world.people)
    assert not world.ties.degree[[0, 9, 30]].any()
    assert before - int(world.ties.degree.sum()) == 2 * world.ledger.counts[world.ledger.COUNTS.index("ties_ended")]
