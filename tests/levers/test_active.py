"""A lever in a run."""

import numpy as np
import pytest

from simulator.cards.reader import CardError
from simulator.levers.active import ActiveLever, activate
from simulator.levers.card import Target, Window
from simulator.levers.modifiers import Turned
from tests.levers.example import lever
from tests.phases.small_world import small_world


class Calendar:
    levers = "2026-01-05"

    def day(self, iso):
        return {"2026-01-05": 364, "2026-03-02": 420}[iso]


def test_levers_start_at_the_lever_date_or_their_own_and_are_sorted():
    late = lever(("site.staff", "add", 1.0), id="b", window=Window(start="2026-03-02"))
    got = activate([late, lever(("site.staff", "add", 1.0), id="a")], Calendar())
    assert [(one.lever.id, one.start_day) for one in got] == [("a", 364), ("b", 420)]


@pytest.mark.parametrize(("levers", "message"), [
    ([lever(id="a"), lever(id="a")], "lever a is listed twice"),
    ([lever(("site.colour", "add", 1.0))], "turns.0.handle = 'site.colour' is not known: expected one of site.staff"),
    ([lever(("site.mixing", "add", 1.0))], "turns.0.op = 'add' on site.mixing: expected scale, set"),
    ([lever(("site.let_down", "add", 1.0))], "it is not for cards"),
])
def test_portfolios_that_cannot_be(levers, message):
    with pytest.raises(CardError, match=message.replace(".", r"\.")):
        activate(levers, Calendar())


def test_it_is_due_once_when_it_begins_and_keeps_whom_it_reached():
    world = small_world()
    active = ActiveLever(lever(("site.staff", "add", 1.0), target=Target(membership="members"),
                               window=Window(lead_time_days=14)), 364)
    assert [active.due(day) for day in (364, 371, 378)] == [False, False, True]
    active.resolve(world)
    members = np.flatnonzero(world.people.member >= 0)
    with world.lend(["people.member"]):
        world.people.member[:] = -1
    active.resolve(world)
    assert np.array_equal(active.reach.residents, members) and not active.due(385)


def test_dose_zero_is_never_due():
    assert not ActiveLever(lever(dose=0.0), 0).due(100)


def test_a_snapshot_brings_back_the_same_handles():
    world = small_world()
    turns = ("resident.barrier", "add", -0.2), ("territory.projects", "add", 1.0)
    straight = ActiveLever(lever(*turns, target=Target(coverage=0.4), window=Window(days=70)), 0)
    straight.resolve(world)
    resumed = ActiveLever(straight.lever, 0)
    resumed.restore({name: array.copy() for name, array in straight.arrays().items()})
    for day in (0, 35, 70):
        for name in ("barrier", "let_down"):
            one, other = (Turned(world, [each], day=day).resident(name) for each in (straight, resumed))
            assert np.array_equal(one, other)
    assert np.array_equal(straight.opened, resumed.opened) and not resumed.due(0)
    fresh = ActiveLever(straight.lever, 0)
    fresh.restore({})
    assert fresh.reach is None
