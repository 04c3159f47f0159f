"""Behaviours that freeze ties or beliefs, or make joining random: each changes what it says and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine
from simulator.parameters import Model
from simulator.phases import order
from simulator.phases.projects import join_intent
from simulator.phases.step.context import StepContext
from simulator.phases.step.frozen_columns import FROZEN_COLUMNS
from simulator.world.population.people import CANDIDATES
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world

PROJECT_PHASES = ("hear", "join", "meet")


def arrays_of(world: World) -> dict[str, np.ndarray]:
    """Name such as people.agency or ties.trust.first to a copy of the array."""
    return {f"{table}.{name}": array.copy() for table, rows in world.tables().items()
            for name, array in rows.arrays().items()}


def play_village(behaviour: str, days: int = 1100) -> tuple[dict[str, np.ndarray], World]:
    """Arrays at the start, and the world after `days`, which include a power cut."""
    words = ["territory=village", "crisis=[power_cut]", "seed=2", f"behaviour={behaviour}"]
    engine = Engine(resolve_job("run", compose_config("run", words, [])).baseline)
    start = arrays_of(engine.world)
    while not engine.is_done and engine.day < days:
        engine.step()
    assert engine.day >= days and engine.onset is not None and engine.onset < days
    return start, engine.world


def is_frozen(array: str, behaviour: str) -> bool:
    return any(array == column or array.startswith(column + ".") for column in FROZEN_COLUMNS[behaviour])


@pytest.mark.parametrize("behaviour", sorted(FROZEN_COLUMNS))
def test_frozen_columns_stay_through_calm_and_crisis(behaviour: str) -> None:
    start, world = play_village(behaviour)
    end, dead = arrays_of(world), world.people.alive == 0
    assert not dead.any(), "a death ends ties: choose a seed without one"
    changed = {name for name, values in end.items() if not np.array_equal(values, start[name])}
    assert not {name for name in changed if is_frozen(name, behaviour)}
    others = set().union(*FROZEN_COLUMNS.values()) - set(FROZEN_COLUMNS[behaviour])
    assert {"people.member", "people.satisfaction"} <= changed
    assert all(any(name == column or name.startswith(column + ".") for name in changed) for column in others)


def test_without_freezing_all_of_these_columns_change() -> None:
    start, world = play_village("balanced")
    end = arrays_of(world)
    for column in set().union(*FROZEN_COLUMNS.values()):
        assert any(not np.array_equal(values, start[name]) for name, values in end.items()
                   if name == column or name.startswith(column + ".")), column


@pytest.mark.parametrize("behaviour", sorted(FROZEN_COLUMNS))
def test_sessions_under_a_frozen_behaviour_change_all_else_alike(behaviour: str,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    """A week of hearing, joining and meeting: every column that is not frozen is the same as under `balanced`."""
    monkeypatch.setattr(order, "PHASES", {name: order.PHASES[name] for name in PROJECT_PHASES})
    worlds = [small_world(3, 300, Model(behaviour=name)) for name in ("balanced", behaviour)]
    start = arrays_of(worlds[0])
    for world in worlds:
        order.run_phases(world, StepContext(0, 7, world.key, PlainHandles(world)))
    free, frozen = map(arrays_of, worlds)
    for name, values in frozen.items():
        expected = start if is_frozen(name, behaviour) else free
        np.testing.assert_array_equal(values, expected[name], name)
    assert any(not np.array_equal(values, free[name]) for name, values in frozen.items())
    np.testing.assert_array_equal(worlds[0].ledger.counts[worlds[0].ledger.COUNTS.index("pairs_met")],
                                  worlds[1].ledger.counts[worlds[1].ledger.COUNTS.index("pairs_met")])


def test_as_many_join_at_random_and_only_those_who_know_the_site() -> None:
    chosen = {}
    for behaviour in ("balanced", "random_joining"):
        settings = Model(behaviour=behaviour)
        settings.joining.rate, settings.joining.agency = 20.0, 3.0
        world = small_world(3, 6000, settings)
        with world.writable(["people.member", "people.waiting"]):
            world.people.member[:], world.people.waiting[:] = -1, -1
        chosen[behaviour] = join_intent.find_join_intents(world, StepContext(0, 7, world.key, PlainHandles(world)))
    people, wanted, drawn = world.people, chosen["balanced"], chosen["random_joining"]
    np.testing.assert_array_equal(np.bincount(wanted + 1)[1:], np.bincount(drawn + 1)[1:])
    assert (wanted != drawn).any() and (drawn >= 0).sum() >= 100
    rows = np.flatnonzero(drawn >= 0)
    known = (people.aware[rows, None] >> np.arange(CANDIDATES)) & 1 > 0
    assert ((people.candidate[rows] == drawn[rows, None]) & known).any(axis=1).all()
    aware = (people.aware > 0) & (people.age >= 15)
    assert people.agency[wanted >= 0].mean() > people.agency[aware].mean() + 0.05
    assert people.agency[drawn >= 0].mean() == pytest.approx(people.agency[aware].mean(), abs=0.05)


def test_members_at_the_start_are_drawn_at_random_too() -> None:
    """Under random joining the first members are as many, and meet as many barriers as all who know a site."""
    worlds = {}
    for behaviour in ("balanced", "random_joining"):
        words = ["territory=three_sites", "crisis=[heatwave]", f"behaviour={behaviour}"]
        worlds[behaviour] = Engine(resolve_job("run", compose_config("run", words, [])).baseline).world
    for behaviour, world in worlds.items():
        people = world.people
        member, aware, barriers = people.member >= 0, people.aware > 0, people.barrier.sum(axis=1)
        ratio = barriers[member].mean() / barriers[aware].mean()
        assert ratio < 0.8 if behaviour == "balanced" else 0.9 < ratio < 1.1, (behaviour, ratio)
    np.testing.assert_array_equal(*(world.sites.members for world in worlds.values()))
