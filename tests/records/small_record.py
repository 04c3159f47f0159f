"""A finished record of a small synthetic world, without an engine."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.records.record import Record
from simulator.world.population.people import HIT
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world

CONTENT: dict[str, Any] = {
    "scenario": {"territory": {"id": "village"}, "crises": [{"id": "heat"}],
                 "calendar": {"start": "2025-01-06", "levers": "2025-01-13", "horizon_days": 365}},
    "model": {"behaviour": "balanced"}, "model_version": "0", "levers": [], "seed": 1}
ONSET = 14


def step_context(world: World, day: int, span: int = 7) -> SimpleNamespace:
    """The context of a step, as far as a record reads it."""
    return SimpleNamespace(day=day, span=span, handles=PlainHandles(world), onset=ONSET if day >= ONSET else None)


def harm(world: World) -> None:
    """Give residents the losses, needs and help of a crisis."""
    people, n = world.people, world.people.rows
    rng = np.random.default_rng(5)
    with world.writable(["people.loss_micro", "people.first_need", "people.first_contact", "people.given_milli",
                         "people.received_milli", "people.excess_hazard", "people.home_hazard",
                         "people.baseline_hazard", "people.alive", "people.crisis_need",
                         "people.crisis_marks"]):
        people.loss_micro[:] = rng.integers(0, 5_000_000, n)
        people.first_need[:] = np.where(rng.random(n) < 0.5, ONSET, -1)
        people.first_contact[:] = np.where((people.first_need >= 0) & (rng.random(n) < 0.6), ONSET + 3, -1)
        people.given_milli[:] = rng.integers(0, 3000, n) * (rng.random(n) < 0.3)
        people.received_milli[:] = rng.integers(0, 3000, n) * (rng.random(n) < 0.3)
        people.excess_hazard[:] = rng.random(n) * 1e-3
        people.home_hazard[:], people.baseline_hazard[:] = people.excess_hazard * 0.4, people.excess_hazard * 2
        people.crisis_need[:, 2] = rng.integers(0, 2, n) * 700
        people.crisis_marks[:] = np.where(rng.random(n) < 0.5, HIT, 0)
        people.alive[:2] = 0


def small_record(run_id: str = "0123456789abcdef", steps: int = 4, **content: Any) -> Record:
    """A finished record of `steps` weeks, a crisis in the third."""
    world = small_world()
    record = Record(run_id, {**CONTENT, **content})
    for week in range(steps):
        world.ledger.clear()
        world.ledger.new[:] = week
        world.ledger.count("joined", week)
        if week == steps - 1:
            harm(world)
        record.add_step(world, step_context(world, 7 * week))
    record.finish(world, cost=(10.0, 20.0, 30.0))
    return record
