"""Who wants to join: blocks give the same as one resident at a time; what `behaviour` switches off."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.phases.projects import join_intent
from simulator.phases.step.context import WEEK, StepContext
from simulator.rules.tie_formation import ADULT_AGE
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def one_by_one(world, context: StepContext) -> np.ndarray:
    """int32[n]: the site that each resident would join soonest, by exact rates."""
    people, out = world.people, np.full(len(world.people), -1, np.int32)
    p, columns = join_intent.get_joining_parameters(world), join_intent.collect_join_columns(world, context)
    for i in range(len(people)):
        known = [k for k, s in enumerate(people.candidate[i]) if s >= 0 and people.aware[i] >> k & 1
                 and world.sites.open[s]]
        days = {int(people.candidate[i, k]):
                join_intent.draw_days_until_joining(context.key, context.day, i, k, p, *columns) for k in known}
        free = (people.member[i] < 0 and people.waiting[i] < 0 and people.alive[i]
                and people.age[i] >= ADULT_AGE)
        if free and days and min(days.values()) < WEEK:
            out[i] = min(days, key=lambda s: days[s])
    return out


@pytest.mark.parametrize(("rate", "welcome"), [(0.3, 1.5), (60.0, 1.5), (5000.0, 1.5), (30.0, 0.0)])
@pytest.mark.parametrize("handles", [{}, {"resident.time_penalty": -2.0}, {"resident.barrier": 3.0}])
def test_blocks_want_the_same_as_one_resident_at_a_time(rate: float, welcome: float, handles: dict[str, float]) -> None:
    settings = Model()
    settings.joining.rate, settings.joining.welcome = rate, welcome
    world = small_world(3, 700, settings)
    with world.writable(["people.aware", "people.alive", "sites.open"]):
        world.people.aware[:] = np.random.default_rng(2).integers(0, 8, len(world.people))
        world.people.alive[::17] = 0
    context = StepContext(0, 7, world.key, PlainHandles(world, **handles))
    wanted = one_by_one(world, context)
    assert rate < 1 or (wanted >= 0).sum() > 5
    np.testing.assert_array_equal(join_intent.find_join_intents(world, context), wanted)


def test_socialisation_only_takes_trust_out_of_joining() -> None:
    """With the three weights off, a world with other trusts makes the same choices."""
    settings = Model(behaviour="socialisation_only")
    settings.joining.rate = 0.5
    chosen = []
    for shift in (0.1, 0.9):
        world = small_world(1, 300, settings)
        with world.writable(["people.trust_institutions", "people.host_trust", "ties.trust"]):
            world.people.trust_institutions[:] = shift
            world.people.host_trust[:] = shift
            world.ties.trust[:] = shift
        context = StepContext(0, 7, world.key, PlainHandles(world))
        chosen.append(join_intent.find_join_intents(world, context))
    np.testing.assert_array_equal(*chosen)
