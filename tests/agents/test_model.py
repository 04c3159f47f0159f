"""TerritoryModel behaves as a mesa.Model."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import mesa
import numpy as np
import pytest

from simulator.agents import Institution, Resident, Site, TerritoryModel
from tests.agents.village import village


def test_step_counts_and_days(model: TerritoryModel) -> None:
    assert (model.steps, model.day, model.running) == (0, 0, True)
    model.step()
    assert (model.steps, model.day) == (1, 7)
    while model.engine.steps[model.engine.step_index][1] == 7:
        model.step()
    day = model.day
    model.step()
    assert model.day == day + 1


def test_run_model_plays_the_calendar_and_collects_every_step(make: Any) -> None:
    model = make()
    model.run_model()
    assert not model.running and model.engine.is_done and model.steps == len(model.engine.steps)
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == model.steps + 1
    assert frame["day"].is_monotonic_increasing and frame["functioning"].between(0, 1).all()
    assert model.record.tables["runs"]
    with pytest.raises(RuntimeError, match="over"):
        model.step()


def test_a_custom_data_collector(make: Any) -> None:
    collector = mesa.DataCollector(
        model_reporters={"day": "day", "living": lambda m: len(m.agents),
                         "mean": lambda m: m.agents.agg("agency", np.mean)},
        agent_reporters={"agency": "agency", "twice": lambda agent: 2 * agent.functioning},
        agenttype_reporters={Site: {"members": "members"}, Institution: {"served": "residents"}})
    model = make(datacollector=collector)
    model.step()
    model.step()
    agents = collector.get_agent_vars_dataframe()
    last = agents.xs(2, level="Step")
    assert list(last.index) == model.agents.get("unique_id")
    assert last["agency"].tolist() == model.agents.get("agency")
    assert collector.get_model_vars_dataframe()["living"].tolist() == [len(model.agents)] * 3
    sites = collector.get_agenttype_vars_dataframe(Site)
    assert sites.xs(2, level="Step")["members"].tolist() == model.sites.get("members")


def test_kinds_of_agents(model: TerritoryModel) -> None:
    assert model.agent_types == [Resident, Site, Institution]
    assert model.agents_by_type[Resident] == model.agents
    with pytest.raises(AttributeError):
        model.agents = []


def test_mesas_random_is_seeded_and_does_not_affect_the_run(make: Any) -> None:
    used, unused = make(), make()
    used.agents.shuffle_do(lambda agent: None)
    used.random.random(), used.rng.random()
    used.step(), unused.step()
    for name, array in used.world.people.arrays().items():
        assert np.array_equal(array, unused.world.people.arrays()[name]), name
    fresh = make()
    assert fresh.random.random() == make().random.random()


def test_models_are_garbage_collected(make: Any) -> None:
    references = []
    for _ in range(3):
        model = make()
        model.step()
        model.agents.do(lambda agent: agent.unique_id)
        model.residents[0].mood = "kept"
        references.append(weakref.ref(model))
        del model
    gc.collect()
    assert [reference() for reference in references] == [None] * 3
    assert not any(isinstance(model, TerritoryModel) for model in getattr(mesa.Agent, "_ids", {}))


def test_residents_must_be_a_subclass_of_resident() -> None:
    with pytest.raises(TypeError, match="subclass of"):
        TerritoryModel(village(), residents=mesa.Agent)  # type: ignore[arg-type]
