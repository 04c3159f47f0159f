"""Form ties: both sides agree, homophily sorts, the dead and one's household are left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.phases import form_ties
from simulator.phases.form_ties import does_meeting_occur
from simulator.phases.step.context import StepContext
from simulator.rules.belief import event_probability
from simulator.world.ties.network import compute_ei_index
from tests.phases.mirrors import assert_mirrors
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def grown(homophily, weeks=12):
    model = Model()
    model.tie_formation.friend = model.tie_formation.building = model.tie_formation.other = 20.0
    model.tie_formation.homophily = homophily
    world = small_world(6, 300, model)
    with world.writable([*form_ties.WRITES, "people.alive"]):
        world.people.alive[5] = 0
        for week in range(weeks):
            form_ties.step(world, StepContext(7 * week, 7, world.key, PlainHandles(world)))
    return world


def test_ties_begin_on_both_sides_and_homophily_sorts():
    mixed, sorted_out = grown(0.0), grown(2.0)
    assert_mirrors(sorted_out.ties, sorted_out.people)
    born = mixed.ledger.COUNTS.index("ties_created")
    assert mixed.ledger.counts[born] > sorted_out.ledger.counts[born] > 0
    assert (compute_ei_index(sorted_out.ties, sorted_out.people.group)
            < compute_ei_index(mixed.ties, mixed.people.group))


@settings(deadline=None)
@given(st.floats(0, 1, exclude_min=True, exclude_max=True), st.floats(0, 400), st.sampled_from([1.0, 7.0]))
def test_the_bound_that_saves_an_exponential_changes_no_result(u, rate, days):
    for number in (u, event_probability(rate, days), rate * days / 365.0):
        assert does_meeting_occur(number, rate, days) == (number < event_probability(rate, days))
