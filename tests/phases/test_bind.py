"""New acquaintances: mirrors hold, homophily sorts, the dead and the household are left out."""

from __future__ import annotations

from simulator.phases import bind
from simulator.phases.moment import Moment
from simulator.settings import Model
from simulator.world.network import external_internal
from tests.phases.mirrors import assert_mirrors
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def grown(homophily, weeks=12):
    settings = Model()
    settings.binding.friend = settings.binding.building = settings.binding.other = 20.0
    settings.binding.homophily = homophily
    world = small_world(6, 300, settings)
    with world.lend([*bind.WRITES, "people.alive"]):
        world.people.alive[5] = 0
        for week in range(weeks):
            bind.step(world, Moment(7 * week, 7, world.key, PlainHandles(world)))
    return world


def test_ties_are_born_on_both_sides_and_like_finds_like():
    mixed, sorted_out = grown(0.0), grown(2.0)
    assert_mirrors(sorted_out.ties, sorted_out.people)
    born = mixed.ledger.COUNTS.index("born")
    assert mixed.ledger.counts[born] > sorted_out.ledger.counts[born] > 0
    assert (external_internal(sorted_out.ties, sorted_out.people.group)
            < external_internal(mixed.ties, mixed.people.group))
