"""A resident is a view of one row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulator.agents import Resident, TerritoryModel
from simulator.world.population.people import People


def test_every_column_is_an_attribute(model: TerritoryModel) -> None:
    resident = model.residents[7]
    for name, column in People.columns().items():
        cell = model.world.people.arrays()[name][7]
        assert np.array_equal(getattr(resident, name), cell), name
        assert getattr(Resident, name).__doc__
        if column.width:
            with pytest.raises(ValueError, match="read-only"):
                getattr(resident, name)[0] = 0
        else:
            assert type(getattr(resident, name)) in (int, float)
    assert resident.unique_id == resident.uid


def test_small_numbers_do_not_wrap_around(model: TerritoryModel) -> None:
    young = model.agents.sort("age", ascending=True)[0]
    assert young.age - 100 < 0


def test_attributes_are_written_to_the_table_after_a_check(model: TerritoryModel) -> None:
    resident = model.residents[7]
    resident.agency = 0.125
    assert model.world.people.agency[7] == 0.125 and model.residents[7].agency == 0.125
    for wrong in (-1, 2, float("inf")):
        with pytest.raises(ValueError, match="people.agency"):
            resident.agency = wrong
    for fixed in ("uid", "member", "household"):
        with pytest.raises(AttributeError, match="other tables depend on it"):
            setattr(resident, fixed, 1)


def test_a_decision_cannot_write(make: Any) -> None:
    class Cheat(Resident):
        def wants_to_leave(self) -> bool:
            self.agency = 1.0
            return False

    with pytest.raises(AttributeError, match="decisions only decide"):
        make(residents=Cheat).step()


def test_views_are_equal_and_retained_only_with_attributes_of_their_own(model: TerritoryModel) -> None:
    first, second = model.residents[7], model.residents[7]
    assert first == second and hash(first) == hash(second) and first is second
    assert first != model.residents[8] and first != model.sites[7 % len(model.sites)]
    second.mood = "cheerful"
    del first, second
    assert model.residents[7].mood == "cheerful" and model.agents.get("mood", "default", "").count("cheerful") == 1
    with pytest.raises(TypeError, match="never removed"):
        model.residents[7].remove()


def test_ties_household_and_neighbours(model: TerritoryModel) -> None:
    world = model.world
    row = int(np.argmax(world.ties.degree))
    resident = model.residents[row]
    ties = resident.ties()
    assert len(ties) == world.ties.degree[row] == len(resident.acquaintances)
    slot, other = ties[1]
    assert world.ties.alter[row, slot] == other
    assert resident.trust_in(other) == resident.trust_in(model.residents[other]) == world.ties.trust[row, slot]
    for friend in resident.acquaintances:
        assert row in [tied_row for _, tied_row in friend.ties()]
    for near in resident.household_members:
        assert near.household == resident.household and near != resident and resident.trust_in(near) == 1
    for near in resident.neighbours:
        assert near.building == resident.building and near.household != resident.household
    stranger = next(agent for agent in model.agents if agent.row not in dict(ties).values()
                    and agent.household != resident.household)
    assert resident.trust_in(stranger) == 0


def test_sites_and_institutions_are_views(model: TerritoryModel) -> None:
    member = next(agent for agent in model.agents if agent.member >= 0)
    assert member in member.site.people
    assert member.site.members == len(member.site.people)
    assert member.site.host_kind in ("association", "institution", "co-governed")
    hall = model.institutions[member.commune]
    assert member in hall.people and hall.unique_id == model.world.communes.code[member.commune]


def test_random_numbers_are_keyed(make: Any) -> None:
    class Recorder(Resident):
        drawn: dict[int, float] = {}

        def wants_to_leave(self) -> bool:
            assert self.draw_uniform("leave", self.site) == self.draw_uniform("leave", self.site)
            self.drawn[self.row] = self.draw_uniform("leave", self.site)
            return super().wants_to_leave()

    model = make(residents=Recorder)
    with pytest.raises(RuntimeError, match="between|while a step"):
        model.residents[0].draw_uniform("leave")
    model.step()
    assert Recorder.drawn and all(0 < draw < 1 for draw in Recorder.drawn.values())
    with pytest.raises(ValueError, match="expected one of"):
        model.enter_stage(None)
        model.residents[0].draw_uniform("leaves")
