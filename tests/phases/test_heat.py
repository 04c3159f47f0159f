"""The phase of heat: who bears strain, who dies, what protects at home, and that nothing happens in calm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.crises.card import Heat
from simulator.parameters import Model
from simulator.phases import heat
from simulator.rules.need_domains import COOLING
from simulator.world.world import World
from tests.phases.helping import HEAT, hazard, moment
from tests.phases.small_world import small_world

N, P = 300, Model().heat


def played(world: World | None = None, days: int = 5, after: int = 0, card=HEAT, **handles) -> World:
    """A world after so many days of a card, and days without it."""
    world = world or small_world(7, N)
    world.ledger.clear()
    for day in range(days + after):
        on = (hazard(card, np.zeros(N, np.float32), day),) if day < days else ()
        with world.writable(heat.WRITES):
            heat.step(world, moment(world, day, 1, on, **handles))
    return world


def changed(**columns) -> World:
    """The small world with columns of tables, such as people_age=80, set to one value for everybody."""
    world = small_world(7, N)
    for name, value in columns.items():
        table, _, column = name.partition("_")
        with world.writable([f"{table}.{column}"]):
            getattr(getattr(world, table), column)[:] = value
    return world


def at_home(world: World) -> float:
    """Expected excess deaths at home."""
    return float(world.people.home_hazard.sum(dtype=np.float64))


def away(world: World) -> float:
    """Expected excess deaths elsewhere."""
    return float(world.people.excess_hazard.sum(dtype=np.float64)) - at_home(world)


def test_everybody_bears_strain_whatever_their_exposure() -> None:
    world = played()
    assert (world.people.strain > 0).all() and (world.people.home_hazard > 0).all()
    warm = world.neighbourhoods.heat_island[world.people.neighbourhood] == 1
    assert warm.any() and not warm.all()
    assert world.people.strain[warm].mean() == pytest.approx(P.island * world.people.strain[~warm].mean(), rel=1e-6)


def test_deaths_go_on_after_the_heat_and_end() -> None:
    hot, later, over = played(), played(after=3), played(after=20)
    assert at_home(hot) < at_home(later) < at_home(over)
    assert not over.people.strain.any()
    assert (over.people.baseline_hazard > later.people.baseline_hazard).all()
    assert played(over, days=0, after=5) is over and at_home(over) == at_home(played(after=20))


def test_calm_changes_nothing() -> None:
    world, before = small_world(7, N), small_world(7, N)
    played(world, days=0, after=5)
    played(world, card=replace(HEAT, heat=Heat()))
    assert all(np.array_equal(array, before.people.arrays()[name]) for name, array in world.people.arrays().items())


def test_a_week_in_one_step_has_the_strain_of_seven_days() -> None:
    daily, weekly = played(days=7), small_world(7, N)
    with weekly.writable(heat.WRITES):
        heat.step(weekly, moment(weekly, 0, 7, (hazard(HEAT, np.zeros(N, np.float32), 0),)))
    alive = (daily.people.alive == 1) & (weekly.people.alive == 1)
    assert alive.sum() > 0.9 * N
    for name in ("strain", "home_hazard", "excess_hazard", "baseline_hazard"):
        np.testing.assert_allclose(getattr(daily.people, name)[alive], getattr(weekly.people, name)[alive], rtol=1e-5)


def test_a_crisis_that_ends_within_a_step_is_hot_until_it_ends() -> None:
    world = small_world(7, N)
    context = moment(world, 0, 7, (hazard(replace(HEAT, days=3), np.zeros(N, np.float32), 0),))
    assert np.allclose(heat.list_daily_doses(context), [1.0, 1.125, 1.25, 0, 0, 0, 0])
    twice = moment(world, 0, 1, tuple(hazard(replace(HEAT, severity=severity), np.zeros(N, np.float32), 8)
                                       for severity in (1.0, 0.5)))
    assert heat.list_daily_doses(twice).tolist() == [3.0]


def test_the_dead_are_counted_once_and_bear_no_more() -> None:
    world = played(changed(people_age=110), days=20)
    dead = world.people.alive == 0
    assert dead.sum() == world.ledger.counts[world.ledger.COUNTS.index("deaths")] > 0
    assert not world.people.strain[dead].any()
    before = world.people.excess_hazard.copy()
    played(world, days=3)
    assert np.array_equal(world.people.excess_hazard[dead], before[dead])


@pytest.mark.parametrize(("less", "more"), [
    ({"households_kit": 1 << COOLING}, {"households_kit": 31 - (1 << COOLING)}),
    ({"people_loan": 0, "households_kit": 0}, {"households_kit": 0}),
    ({"households_insulated": 1}, {"households_insulated": 0}),
    ({"people_frailty": 0.2}, {"people_frailty": 0.6}),
    ({"people_far_kin": 5}, {"people_far_kin": 0}),
    ({"buildings_lift": 1}, {"buildings_lift": 0}),
])
def test_what_protects_at_home(less: dict, more: dict) -> None:
    assert at_home(played(changed(people_age=80, **less))) < at_home(played(changed(people_age=80, **more)))


@pytest.mark.parametrize(("handle", "less", "more"), [
    ("territory.heat_awareness", 0.3, 1.0), ("territory.air_conditioning", 1.0, 0.0),
    ("territory.cool_places", 0.5, 0.0), ("territory.visits", 1.0, 0.0), ("territory.phone", 1.0, 0.0),
    ("resident.contact", 1.0, 0.0), ("resident.check_rate", 0.5, 0.0), ("resident.neighbour_check", 0.5, 0.0),
    ("institution.register", 1.0, 0.0), ("institution.call_rate", 0.5, 0.0),
])
def test_handles_of_deaths_at_home_leave_those_elsewhere(handle: str, less: float, more: float) -> None:
    few, many = played(**{handle: less}), played(**{handle: more})
    assert at_home(few) < at_home(many)
    assert away(few) == pytest.approx(away(many), rel=1e-3)


def test_hospitals_and_homes_for_the_aged_are_their_own_handle() -> None:
    few, many = played(**{"territory.heat_care": 0.25}), played()
    assert at_home(few) == pytest.approx(at_home(many), rel=1e-3)
    assert away(few) == pytest.approx(away(many) / 4, rel=1e-3)


def test_a_day_in_a_cool_room_counts_on_that_day() -> None:
    inside, outside = small_world(7, N), small_world(7, N)
    with inside.writable(["people.cooled"]):
        inside.people.cooled[:] = 0
    for world in (inside, outside):
        played(world, days=1, **{"territory.air_conditioning": 0.0, "territory.cool_places": 0.0})
    without_fan = world.households.kit[world.people.household] >> COOLING & 1 == 0
    first = inside.people.home_hazard[without_fan] / outside.people.home_hazard[without_fan]
    assert np.allclose(first, P.cool, rtol=1e-5)
    before = inside.people.home_hazard.copy(), outside.people.home_hazard.copy()
    for world in (inside, outside):
        with world.writable(heat.WRITES):
            heat.step(world, moment(world, 1, 1, (hazard(HEAT, np.zeros(N, np.float32), 1),),
                                    **{"territory.air_conditioning": 0.0, "territory.cool_places": 0.0}))
    assert np.allclose((inside.people.home_hazard - before[0])[without_fan],
                       (outside.people.home_hazard - before[1])[without_fan], rtol=1e-4)
