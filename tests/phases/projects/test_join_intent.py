"""Who wants to join: luck drawn for blocks says what each one's rates say, and what `behaviour` switches off."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.phases.projects import join_intent
from simulator.phases.step.context import WEEK, Moment
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def one_by_one(world, now: Moment) -> np.ndarray:
    """int32[n]: the site that each resident would join soonest, by the rates themselves."""
    people, out = world.people, np.full(len(world.people), -1, np.int32)
    p, columns = join_intent.numbers(world), join_intent.columns(world, now)
    for i in range(len(people)):
        known = [k for k, s in enumerate(people.candidate[i]) if s >= 0 and people.aware[i] >> k & 1
                 and world.sites.open[s]]
        days = {int(people.candidate[i, k]): join_intent.days_till_joining(now.key, now.day, i, k, p, *columns) for k in known}
        free = people.member[i] < 0 and people.waiting[i] < 0 and people.alive[i] and people.age[i] >= join_intent.ADULT
        if free and days and min(days.values()) < WEEK:
            out[i] = min(days, key=lambda s: days[s])
    return out


@pytest.mark.parametrize(("rate", "welcome"), [(0.3, 1.5), (60.0, 1.5), (5000.0, 1.5), (30.0, 0.0)])
@pytest.mark.parametrize("turned", [{}, {"resident.no_time": -2.0}, {"resident.barrier": 3.0}])
def test_all_at_once_want_what_they_want_one_by_one(rate: float, welcome: float, turned: dict[str, float]) -> None:
    settings = Model()
    settings.joining.rate, settings.joining.welcome = rate, welcome
    world = small_world(3, 700, settings)
    with world.lend(["people.aware", "people.alive", "sites.open"]):
        world.people.aware[:] = np.random.default_rng(2).integers(0, 8, len(world.people))
        world.people.alive[::17] = 0
    now = Moment(0, 7, world.key, PlainHandles(world, **turned))
    wanted = one_by_one(world, now)
    assert rate < 1 or (wanted >= 0).sum() > 5
    np.testing.assert_array_equal(join_intent.want(world, now), wanted)


def test_socialisation_only_takes_trust_out_of_joining() -> None:
    """With the three weights off, a world with other trusts makes the same choices."""
    settings = Model(behaviour="socialisation_only")
    settings.joining.rate = 0.5
    chosen = []
    for shift in (0.1, 0.9):
        world = small_world(1, 300, settings)
        with world.lend(["people.trust_institutions", "people.host_trust", "ties.trust"]):
            world.people.trust_institutions[:] = shift
            world.people.host_trust[:] = shift
            world.ties.trust[:] = shift
        now = Moment(0, 7, world.key, PlainHandles(world))
        chosen.append(join_intent.want(world, now))
    np.testing.assert_array_equal(*chosen)
