"""Residents, mechanisms, a handle and an outcome of somebody's own, as a module that can be imported."""

from __future__ import annotations

from typing import Any

import numpy as np

import simulator as sim


class Proud(sim.Resident):
    """Somebody who asks only from the fourth time on: a decision with a memory."""

    def dares_to_ask(self, need: int) -> bool:
        self.times = getattr(self, "times", 0) + 1
        return self.times > 3 and super().dares_to_ask(need)


class Meddling(sim.Resident):
    """Somebody whose decision writes a column, which only phases do."""

    def wants_to_leave(self) -> bool:
        self.agency = 0.5
        return False


def gossip_by_hand(world: Any, context: Any) -> None:
    """The same as `gossip`, resident by resident."""
    people, ties = world.people, world.ties
    before = people.trust_institutions.copy()
    u = sim.draw_for_rows(context, "own_code.gossip", people.uid)
    for i in range(len(people)):
        if u[i] < 0.3 and ties.degree[i] > 0:
            people.trust_institutions[i] = (before[i] + before[ties.alter[i, 0]]) * np.float32(0.5)
            world.extra["people.rumours"][i] += 1


@sim.mechanism(after="visit", writes=["people.trust_institutions"], columns={"people.rumours": ("i4", 0)},
               reference=gossip_by_hand)
def gossip(world: Any, context: Any) -> None:
    """Three in ten residents with ties move half way to the trust in the town hall of their first tie."""
    people = world.people
    before = people.trust_institutions.copy()
    u = sim.draw_for_rows(context, "own_code.gossip", people.uid)
    rows = np.flatnonzero((u < 0.3) & (world.ties.degree > 0))
    other = np.asarray(world.ties.alter)[rows, 0]
    people.trust_institutions[rows] = (before[rows] + before[other]) * np.float32(0.5)
    world.extra["people.rumours"][rows] += 1


TEA = sim.Handle("site.tea", "cups/week", 0, 100, ("add",), lambda world: 0.0, "tea served at the site")


@sim.mechanism(after="meet", writes=["people.agency"], handle="site.tea")
def drink_tea(world: Any, context: Any) -> None:
    """Members of sites that serve tea gain power to act."""
    people, tea = world.people, context.handles.site("tea")
    members = np.flatnonzero(people.member >= 0)
    people.agency[members] = np.minimum(1.0, people.agency[members] + 0.0005 * tea[people.member[members]])


@sim.mechanism(after="meet", writes=["people.agency"], handle="site.tea")
def tea_without_tea(world: Any, context: Any) -> None:
    """Acts although its handle is 0."""
    world.people.agency[:] = 0.5


@sim.mechanism(after="visit", writes=["people.agency"])
def luck(world: Any, context: Any) -> None:
    """Draws from a generator with a state."""
    world.people.agency[:] = np.random.random(len(world.people))


@sim.mechanism(after="visit")
def writes_more(world: Any, context: Any) -> None:
    """Writes a column that it does not name."""
    world.people.agency[:] = 0.5


@sim.mechanism(after="cope", writes=["people.backlog"])
def makes_needs(world: Any, context: Any) -> None:
    """Lets needs grow out of nothing."""
    world.people.backlog[:] = world.people.need + 1


def half_a_quarter(world: Any, context: Any) -> None:
    """Sets everybody's power to act to an eighth."""
    world.people.agency[:] = 0.125


@sim.mechanism(after="visit", writes=["people.agency"], reference=half_a_quarter)
def another_reference(world: Any, context: Any) -> None:
    """Its reference does something else."""
    world.people.agency[:] = 0.25


def peak(view: Any) -> float:
    """Most members at any time."""
    return float(view.series["members"].max())
