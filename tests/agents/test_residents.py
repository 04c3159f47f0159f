"""`model.agents` behaves as an AgentSet of ordinary agents with the same attributes."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
import pytest

from simulator.agents import Resident, TerritoryModel

NAMES = ("age", "sex", "agency", "household")


class Plain(mesa.Agent):
    """An ordinary, registered Mesa agent."""

    def __init__(self, model: mesa.Model, **attributes: Any) -> None:
        super().__init__(model)
        self.seen = 0
        for name, value in attributes.items():
            setattr(self, name, value)

    def older(self, years: int = 1) -> int:
        """Age in some years."""
        return self.age + years  # type: ignore[attr-defined]


class Older(Resident):
    """A resident with a method of its own."""

    def older(self, years: int = 1) -> int:
        """Age in some years."""
        return self.age + years  # type: ignore[attr-defined]


@pytest.fixture
def pair(make: Any) -> tuple[Any, Any]:
    """The village's agents, and an AgentSet of ordinary agents with the same attributes and seed."""
    model = make(residents=Older)
    plain = mesa.Model(rng=model.run.seed)
    columns = {name: model.agents.get(name) for name in (*NAMES, "uid")}
    return model.agents, Plain.create_agents(plain, len(model.agents), **columns)


def uids(agents: Any) -> list[int]:
    """Uids of the agents, in order."""
    return [agent.uid for agent in agents]


def test_get_and_agg(pair: tuple[Any, Any]) -> None:
    ours, real = pair
    for name in NAMES:
        assert ours.get(name) == real.get(name)
        assert ours.agg(name, sum) == real.agg(name, sum)
        assert ours.agg(name, [min, max, np.mean]) == real.agg(name, [min, max, np.mean])
    assert ours.get(["age", "agency"]) == real.get(["age", "agency"])
    assert ours.get("nothing", "default", 3) == real.get("nothing", "default", 3)
    for agents in pair:
        with pytest.raises(AttributeError):
            agents.get("nothing")
        with pytest.raises(ValueError, match="handle_missing"):
            agents.get("age", "other")


def test_sequence(pair: tuple[Any, Any]) -> None:
    ours, real = pair[0], list(pair[1])  # Mesa 3.5 warns that AgentSets will lose indexing; ours keep it
    assert len(ours) == len(real)
    assert uids(ours) == uids(real)
    assert ours[3].uid == real[3].uid and ours[-1].uid == real[-1].uid
    assert uids(ours[2:9:3]) == uids(real[2:9:3])
    assert ours[3] in ours and ours[3] == ours[3] and ours.count(ours[3]) == real.count(real[3]) == 1
    assert ours.index(ours[5]) == 5
    assert uids(ours.to_list()) == uids(real)
    assert uids(reversed(ours)) == uids(real)[::-1]


@pytest.mark.parametrize("at_most", [float("inf"), 7, 0.25, 1.0])
def test_select(pair: tuple[Any, Any], at_most: float) -> None:
    ours, real = pair
    for condition in (None, lambda agent: agent.age > 40):
        assert uids(ours.select(condition, at_most)) == uids(real.select(condition, at_most))
    assert uids(ours.select(ours.array("age") > 40)) == uids(real.select(lambda agent: agent.age > 40))
    assert len(ours.select(agent_type=Older)) == len(ours) and len(ours.select(agent_type=Plain)) == 0
    part = ours.copy()
    assert part.select(lambda agent: agent.sex == 1, inplace=True) is part
    assert uids(part) == uids(real.select(lambda agent: agent.sex == 1))


def test_sort_and_shuffle(pair: tuple[Any, Any]) -> None:
    ours, real = pair
    for ascending in (False, True):
        assert uids(ours.sort("age", ascending)) == uids(real.sort("age", ascending))
    assert uids(ours.sort(lambda agent: -agent.agency)) == uids(real.sort(lambda agent: -agent.agency))
    assert uids(ours.shuffle()) == uids(real.shuffle())
    seen: list[int] = []
    ours.shuffle_do(lambda agent: seen.append(agent.uid))
    expected: list[int] = []
    real.shuffle_do(lambda agent: expected.append(agent.uid))
    assert seen == expected


def test_do_and_map(pair: tuple[Any, Any]) -> None:
    ours, real = pair
    assert ours.map("older", 2) == real.map("older", 2)
    assert ours.map(lambda agent, by: agent.age * by, by=3) == real.map(lambda agent, by: agent.age * by, by=3)
    assert ours.do("older") is ours
    for agents in pair:
        agents.do(lambda agent: setattr(agent, "seen", agent.age))
        assert agents.get("seen") == agents.get("age")


def test_groups(pair: tuple[Any, Any]) -> None:
    ours, real = pair
    for by in ("sex", lambda agent: agent.age // 10):
        mine, theirs = ours.groupby(by), real.groupby(by)
        assert mine.count() == theirs.count() and list(mine.count()) == list(theirs.count())
        assert mine.agg("age", max) == theirs.agg("age", max)
        assert mine.map(len) == theirs.map(len) and len(mine) == len(theirs)
        assert [name for name, _ in mine] == [name for name, _ in theirs]
        assert ours.groupby(by, result_type="list").count() == mine.count()
    assert ours.groupby("sex").do(lambda group: group.set("seen", 1)).map("get", "seen")


def test_set_operations(pair: tuple[Any, Any]) -> None:
    ours, real = pair
    for agents in pair:
        men, young = agents.select(lambda a: a.sex == 0), agents.select(lambda a: a.age < 30)
        assert len(men | young) == len(men) + len(young) - len(men & young)
        assert len(men - young) == len(men) - len(men & young)
    assert ours.select(lambda a: a.age < 30) <= ours


def test_set_writes_the_column_after_checking_it(model: TerritoryModel) -> None:
    old = model.agents.select(lambda agent: agent.age > 60)
    before = model.agents.get("agency")
    assert old.set("agency", 0.25) is old
    assert set(old.get("agency")) == {0.25}
    young = model.agents - old
    assert young.get("agency") == [before[agent.row] for agent in young]
    with pytest.raises(ValueError, match="agency = 1.5: expected 0 to 1"):
        old.set("agency", 1.5)
    with pytest.raises(ValueError, match="agency"):
        old.set("agency", float("nan"))
    with pytest.raises(AttributeError, match="other tables depend on it"):
        old.set("household", 0)
    assert set(old.get("agency")) == {0.25}
    assert not model.world.people.agency.flags.writeable


def test_the_dead_are_not_among_the_agents(model: TerritoryModel) -> None:
    with model.writable("people.alive") as world:
        world.people.alive[4] = 0
    assert len(model.agents) == len(model.residents) - 1
    assert model.residents[4] not in model.agents
    assert model.residents[4].row == 4
