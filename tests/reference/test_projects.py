"""Hear, join, meet, fund and equip by the reference stages equal the compiled ones, week after week, bit for bit."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.agents.by_hand import equip as equip_hand
from simulator.agents.by_hand import fund as fund_hand
from simulator.agents.by_hand import hear as hear_hand
from simulator.agents.by_hand import join as join_hand
from simulator.agents.by_hand import meet as meet_hand
from simulator.kernel.keyed_random import draw_uniform
from simulator.kernel.random_streams import LEAVE
from simulator.parameters import Model
from simulator.parameters.model import BEHAVIOURS
from simulator.phases import equip, fund, hear, join, meet
from simulator.phases.projects import join_intent
from simulator.phases.step.context import WEEK, StepContext
from simulator.rules.hearing import event_occurs
from simulator.rules.joining import leaving_rate
from simulator.world.sites.member_traits import draw_restlessness
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.pieces import on_threads

PHASES = (hear, join, meet, fund, equip)


class Decider:
    """One resident's two decisions about sites, from the rules."""

    def __init__(self, model, row: int) -> None:
        self.model, self.row = model, row

    def wants_to_leave(self) -> bool:
        world, context, i = self.model.world, self.model.context, self.row
        people = world.people
        u = draw_uniform(context.key, people.uid[i], world.sites.uid[people.member[i]], context.day, LEAVE)
        p = world.settings.joining.numbers
        restless = draw_restlessness(context.key, people.uid[i], world.sites.uid[people.member[i]], p)
        rate = leaving_rate(people.satisfaction[i], people.load[i], restless, p)
        return event_occurs(u, rate, WEEK)

    def days_until_joining(self, site: int) -> float:
        world, context = self.model.world, self.model.context
        k = list(world.people.candidate[self.row]).index(site)
        return join_intent.draw_days_until_joining(context.key, context.day, self.row, k,
                                                   join_intent.get_joining_parameters(world),
                                                   *join_intent.collect_join_columns(world, context))


def reference_stages(model) -> dict:
    modules = (hear_hand, join_hand, meet_hand, fund_hand, equip_hand)
    return {stage.__name__: partial(stage, model) for module in modules for stage in module.REFERENCE_STAGES}


def play(world, day: int, span: int, by_hand: bool, **overrides) -> None:
    model = SimpleNamespace(world=world)
    model.residents = [Decider(model, row) for row in range(len(world.people))]
    handles = PlainHandles(world, **overrides)
    model.context = StepContext(day, span, world.key, handles, by_hand=reference_stages(model) if by_hand else {},
                                new_years=(2026,) if day <= 357 < day + span else ())
    world.ledger.clear()
    for phase in PHASES:
        with world.writable(phase.WRITES):
            phase.step(world, model.context)


def same(one, other, day: int) -> None:
    for name, table in one.tables().items():
        for column, array in table.arrays().items():
            np.testing.assert_array_equal(array, getattr(other, name).arrays()[column], f"{name}.{column}, day {day}")
    for name, flow in one.ledger.arrays().items():
        np.testing.assert_array_equal(flow, getattr(other.ledger, name), f"ledger.{name}, day {day}")


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_weeks_and_days_are_equal(behaviour: str) -> None:
    settings = Model(behaviour=behaviour)
    settings.joining.rate, settings.joining.leave = 0.5, 0.5
    fast, slow = small_world(3, 120, settings), small_world(3, 120, settings)
    steps = [(day, 7) for day in range(329, 378, 7)] + [(378 + day, 1) for day in range(14)]
    for day, span in steps:
        play(fast, day, span, by_hand=False)
        play(slow, day, span, by_hand=True)
        same(fast, slow, day)
    fast.check()


def test_weeks_under_modified_handles_are_equal() -> None:
    """A closed site, a lever that lets residents down, long hours without staff, lower barriers, full sessions."""
    settings = Model()
    settings.meeting.seats_per_member, settings.joining.patience = 1.0, 14
    fast, slow = small_world(5, 120, settings), small_world(5, 120, settings)
    overrides = {"site.grant_renewal": [0.05, 0.9], "site.hours": 90.0, "resident.barrier": np.linspace(-1, 1, 120),
                 "resident.disappointed": (np.arange(120) % 7 == 0) * 1.0, "site.disappointed": [0.0, 1.0],
                 "site.places": [12.0, 12.0], "site.kits_given": 30.0, "territory.site_activity": 0.6,
                 "site.stock_pooling": 0.7, "site.activity": [1.0, 0.5], "site.barrier_weight": [0.3, 1.0],
                 "resident.site_access": np.arange(120) % 3 / 2, "resident.kit_power": np.linspace(-1, 1, 120),
                 "resident.insulation": np.linspace(1, -1, 120), "resident.cushion": np.arange(120) / 9,
                 "resident.training_hours": (np.arange(120) % 4).astype(float)}
    for day in range(343, 399, 7):
        play(fast, day, 7, False, **overrides)
        play(slow, day, 7, True, **overrides)
        same(fast, slow, day)
    assert not fast.sites.open.all() and fast.households.insulated.any() and fast.households.cushion_given.any()


def test_threads_do_not_change_results() -> None:
    worlds = []
    for threads in (1, 2):
        with on_threads(threads):
            world = small_world(7, 400)
            for day in range(0, 70, 7):
                play(world, day, 7, False)
        worlds.append(world)
    same(*worlds, 70)
