"""Levers during a run: start, reach, disappointment, snapshots."""

import numpy as np
import pytest

from simulator.cards.reader import CardError
from simulator.levers.active_lever import ActiveLever, activate_levers
from simulator.levers.card import LeverTarget, Window
from simulator.levers.modifiers import ModifierValues
from tests.levers.example import lever
from tests.phases.small_world import small_world


class Calendar:
    levers = "2026-01-05"

    def day(self, iso):
        return {"2026-01-05": 364, "2026-03-02": 420}[iso]


def test_levers_start_on_the_lever_date_or_their_own_and_are_sorted():
    late = lever(("site.staff", "add", 1.0), id="b", window=Window(start="2026-03-02"))
    got = activate_levers([late, lever(("site.staff", "add", 1.0), id="a")], Calendar())
    assert [(one.lever.id, one.start_day) for one in got] == [("a", 364), ("b", 420)]


@pytest.mark.parametrize(("levers", "message"), [
    ([lever(id="a"), lever(id="a")], "lever a is listed twice"),
    ([lever(("site.colour", "add", 1.0))],
     "modifiers.0.handle = 'site.colour' is not known: expected one of site.staff"),
    ([lever(("site.homophily", "add", 1.0))], "modifiers.0.op = 'add' on site.homophily: expected scale, set"),
    ([lever(("site.disappointed", "add", 1.0))], "it is not for cards"),
])
def test_invalid_portfolios(levers, message):
    with pytest.raises(CardError, match=message.replace(".", r"\.")):
        activate_levers(levers, Calendar())


def test_it_is_resolved_once_when_it_begins_and_keeps_whom_it_reached():
    world = small_world()
    active = ActiveLever(lever(("site.staff", "add", 1.0), target=LeverTarget(membership="members"),
                               window=Window(lead_time_days=14)), 364)
    assert [active.needs_resolving(day) for day in (364, 371, 378)] == [False, False, True]
    active.resolve(world)
    members = np.flatnonzero(world.people.member >= 0)
    with world.writable(["people.member"]):
        world.people.member[:] = -1
    active.resolve(world)
    assert np.array_equal(active.reach.residents, members) and not active.needs_resolving(385)


def test_dose_zero_is_never_resolved():
    assert not ActiveLever(lever(dose=0.0), 0).needs_resolving(100)


def test_a_snapshot_restores_the_same_handles():
    world = small_world()
    modifiers = ("resident.barrier", "add", -0.2), ("territory.new_sites", "add", 1.0)
    straight = ActiveLever(lever(*modifiers, target=LeverTarget(coverage=0.4), window=Window(days=70)), 0)
    straight.resolve(world)
    resumed = ActiveLever(straight.lever, 0)
    resumed.restore({name: array.copy() for name, array in straight.arrays().items()})
    for day in (0, 35, 70):
        for name in ("barrier", "disappointed"):
            one, other = (ModifierValues(world, [each], day=day).resident(name) for each in (straight, resumed))
            assert np.array_equal(one, other)
    assert np.array_equal(straight.opened_uids, resumed.opened_uids) and not resumed.needs_resolving(0)
    fresh = ActiveLever(straight.lever, 0)
    fresh.restore({})
    assert fresh.reach is None
