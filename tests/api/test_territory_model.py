"""TerritoryModel as Mesa's tools call it."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet
from mesa.batchrunner import batch_run

import simulator as sim
from tests.api.small import SMALL, small

KEYWORDS = {"territory": "village", "crisis": "heatwave", **{name.replace(".", "__"): value
                                                             for name, value in SMALL.items()}}


def model(**options: Any) -> sim.TerritoryModel:
    """A small model from keywords."""
    return sim.TerritoryModel(**{**KEYWORDS, **options})


def same_worlds(one: Any, other: Any) -> bool:
    """True if every array of both worlds is equal."""
    return all(np.array_equal(array, other.world.tables()[table].arrays()[name])
               for table, columns in one.world.tables().items() for name, array in columns.arrays().items())


def test_keywords_make_the_run_of_the_scenario() -> None:
    assert model(seed=4).run.id == small().run(4).id == sim.TerritoryModel(small(), seed=4).run.id
    assert sim.TerritoryModel(small().run(4)).seed == 4 and sim.TerritoryModel(small().run(4), rng=5).seed == 5
    assert model(seed=4, crisis__heatwave__severity=2.0).run.scenario.crises[0].severity == 2.0
    with pytest.raises(sim.SettingError, match="asking has no 'as'"):
        model(model__asking__as=0.5)
    with pytest.raises(TypeError, match="beside a Run"):
        sim.TerritoryModel(small().run(), crisis="flood")


def test_without_a_seed_one_is_drawn_and_kept() -> None:
    drawn = [model() for _ in range(3)]
    assert len({one.seed for one in drawn}) == 3
    assert [one.record.content["seed"] for one in drawn] == [one.seed for one in drawn]


@pytest.mark.parametrize("given", [np.random.SeedSequence(3), np.random.default_rng(3), [1, 2], np.int64(7)])
def test_every_kind_of_seed_of_numpy_gives_one(given: Any) -> None:
    again = copy.deepcopy(given)
    assert model(rng=given).seed == model(seed=again).seed


@pytest.mark.parametrize("seed", ["a", -1, 2**32, 1.5])
def test_an_impossible_seed_is_refused(seed: Any) -> None:
    with pytest.raises(sim.SettingError, match="expected a whole number"):
        model(seed=seed)
    with pytest.raises(sim.SettingError, match="given twice"):
        model(seed=1, rng=1)


def test_batch_run_gives_replicates_that_differ() -> None:
    rows = batch_run(sim.TerritoryModel, KEYWORDS, iterations=3, display_progress=False)
    assert len({row["agency"] for row in rows}) == 3
    rows = batch_run(sim.TerritoryModel, {**KEYWORDS, "seed": 1}, iterations=2, display_progress=False)
    assert rows[0]["agency"] == rows[1]["agency"]


def test_the_newest_batch_run_finds_how_to_pass_a_seed() -> None:
    """A stand-in for Mesa 3.5, which asks the signature whether the seed is called seed or rng, and always gives it."""
    name = "seed" if "seed" in inspect.signature(sim.TerritoryModel).parameters else "rng"
    kwargs = [dict(KEYWORDS, **{name: one}) for one in (1, 1, np.random.SeedSequence(5), None)]
    agency = []
    for one in kwargs:
        made = sim.TerritoryModel(**one)
        made.step()
        agency.append(made.datacollector.model_vars["agency"][-1])
    assert agency[0] == agency[1] and len(set(agency)) == 3


def test_solara_viz_accepts_keywords_and_sliders() -> None:
    """A stand-in for the check of Mesa 3.3's SolaraViz, which takes a name it does not know for `kwargs` only."""
    known = inspect.signature(sim.TerritoryModel.__init__).parameters
    assert not any(one.kind == inspect.Parameter.VAR_POSITIONAL for one in known.values())
    needed = [name for name, one in known.items() if one.default is inspect.Parameter.empty
              and name not in ("self", "kwargs")]
    assert needed == [] and "kwargs" in known


def test_agents_are_an_agent_set_with_lasting_members() -> None:
    made = model(seed=1)
    assert isinstance(made.agents, AgentSet) and isinstance(made.sites, AgentSet)
    first = made.agents[0]
    assert made.agents[0] is first and made.residents[first.row] is first and next(iter(made.agents)) is first
    assert made.agents.select(lambda one: one is first)[0] is first


def test_every_method_of_agent_set_is_our_own() -> None:
    """None of Mesa's own reads its dictionary of agents, which there is not."""
    from simulator.agents.residents import Residents

    for name, value in vars(AgentSet).items():
        if inspect.isfunction(value) and name != "__init__":
            owner = next(base for base in Residents.__mro__ if name in vars(base))
            assert owner.__module__.startswith("simulator"), name


def test_data_collector_has_the_start_and_each_step() -> None:
    made = model(seed=1)
    made.step()
    frame = made.datacollector.get_model_vars_dataframe()
    assert frame["day"].tolist() == [0, 7] and frame["functioning"][0] == 1.0


def test_a_subclass_may_set_up_what_its_reporters_read() -> None:
    class Counting(sim.TerritoryModel):
        def __init__(self, **options: Any) -> None:
            collector = mesa.DataCollector(model_reporters={"mood": "mood"}, agent_reporters={"age": "age"})
            super().__init__(**options, datacollector=collector)
            self.mood = 5

    made = Counting(**KEYWORDS, seed=1)
    made.step()
    assert made.datacollector.get_model_vars_dataframe()["mood"].tolist() == [5, 5]
    assert set(made.datacollector.get_agent_vars_dataframe().index.get_level_values("Step")) == {0, 1}


@pytest.mark.parametrize("by_hand", [False, True])
def test_pickled_and_deep_copied_models_go_on_alike(by_hand: bool) -> None:
    made = model(seed=1, by_hand=by_hand)
    for _ in range(2):
        made.step()
    made.residents[3].mood = "kept"
    copies = [pickle.loads(pickle.dumps(made)), copy.deepcopy(made)]
    for _ in range(2):
        made.step()
    for other in copies:
        assert not same_worlds(made, other) and other.residents[3].mood == "kept"
        for _ in range(2):
            other.step()
        assert same_worlds(made, other) and other.agents[0].model is other
        assert set(other.record.changes) == {"Resident"}, "a copy is no change by hand; the mood is"


def test_the_space_can_be_drawn() -> None:
    made = model(seed=1)
    space = made.space
    assert isinstance(space, mesa.space.ContinuousSpace) and len(space.agents) >= len(made.agents)
    first = made.agents[0]
    buildings = made.world.buildings
    assert first.pos == (buildings.x[first.building], buildings.y[first.building])
    for agent in space.agents:
        assert space.x_min < agent.pos[0] < space.x_max and space.y_min < agent.pos[1] < space.y_max
    near = space.get_neighbors(first.pos, 0.01)
    assert first in near and all(one.building == first.building for one in near if isinstance(one, sim.Resident))
    drawing = pytest.importorskip("mesa.visualization.mpl_space_drawing", exc_type=ImportError)
    style = pytest.importorskip("mesa.visualization.components").AgentPortrayalStyle
    axes = drawing.draw_space(space, lambda agent: style(color="red"))
    assert axes.collections[0].get_offsets().shape == (len(space.agents), 2)


@pytest.mark.parametrize("act", [
    lambda m: m.register_agent(sim.Resident), lambda m: m.register_agent(m.agents[0]),
    lambda m: m.deregister_agent(m.agents[0]), lambda m: m.remove_all_agents(), lambda m: m.agents.add(m.agents[0]),
    lambda m: m.agents.discard(m.agents[0]), lambda m: m.agents.remove(m.agents[0]), lambda m: m.agents.clear(),
    lambda m: sim.Resident(m), lambda m: sim.Resident(m, 1, age=3), lambda m: sim.Resident.create_agents(m, 2),
    lambda m: m.agents[0].remove(), lambda m: m.space.move_agent(m.agents[0], (0, 0)),
    lambda m: m.space.remove_agent(m.agents[0])])
def test_what_cannot_work_says_so(act: Any) -> None:
    made = model(seed=1)
    with pytest.raises(TypeError, match="fixed|rows|place"):
        act(made)
    assert len(made.agents) == 200


def test_agents_of_another_kind_can_be_registered() -> None:
    made = model(seed=1)
    other = mesa.Agent(made)
    assert other in made.agents_by_type[mesa.Agent]
    other.remove()
    assert not len(made.agents_by_type[mesa.Agent])
    getattr(mesa.Agent, "_ids", {}).pop(made, None)  # Mesa 3.3 would keep the model for ever


def resident(**members: Any) -> type[sim.Resident]:
    """A subclass of Resident with these methods."""
    return type("Own", (sim.Resident,), members)


@pytest.mark.parametrize(("members", "text"), [
    ({"step": lambda self: None}, "would never be called"), ({"advance": lambda self: None}, "would never be called"),
    ({"wants_to_join": lambda self, site: 1.0}, "days_until_joining, which returns a number of days")])
def test_methods_that_nothing_calls_are_refused(members: dict, text: str) -> None:
    with pytest.raises(TypeError, match=text):
        model(seed=1, residents=resident(**members))


def test_a_misspelt_decision_warns() -> None:
    with pytest.warns(UserWarning, match="Own.dares_to_askk is never called: did you mean dares_to_ask"):
        model(seed=1, residents=resident(dares_to_askk=lambda self, need: True))


@pytest.mark.parametrize(("decision", "answer", "error"), [
    ("days_until_joining", True, TypeError), ("days_until_joining", None, TypeError),
    ("days_until_joining", float("nan"), ValueError), ("days_until_joining", -1.0, ValueError),
    ("wants_to_leave", None, TypeError), ("wants_to_leave", 0.3, TypeError), ("dares_to_ask", None, TypeError),
    ("accepts", "yes", TypeError)])
def test_an_answer_of_the_wrong_kind_is_refused(decision: str, answer: Any, error: type) -> None:
    made = model(seed=1, residents=resident(**{decision: lambda self, *rest: answer}))
    with pytest.raises(error, match=rf"{decision}\(\) of Own.* gave .*: expected"):
        made.run_model()
