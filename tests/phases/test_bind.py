"""New acquaintances: mirrors hold, homophily sorts, the dead and the household are left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.phases import bind
from simulator.phases.bind import comes_about
from simulator.phases.step.context import Moment
from simulator.rules.belief import chance
from simulator.world.ties.network import external_internal
from tests.phases.mirrors import assert_mirrors
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def grown(homophily, weeks=12):
    model = Model()
    model.binding.friend = model.binding.building = model.binding.other = 20.0
    model.binding.homophily = homophily
    world = small_world(6, 300, model)
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


@settings(deadline=None)
@given(st.floats(0, 1, exclude_min=True, exclude_max=True), st.floats(0, 400), st.sampled_from([1.0, 7.0]))
def test_the_bound_that_spares_an_exponential_changes_no_answer(u, rate, days):
    for luck in (u, chance(rate, days), rate * days / 365.0):
        assert comes_about(luck, rate, days) == (luck < chance(rate, days))
