"""Overriding one decision runs the stages of that decision in Python, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.agents import Resident, TerritoryModel
from simulator.agents.by_hand import load_reference_stages
from simulator.agents.decision_stages import STAGES_BY_DECISION
from simulator.kernel.slot_arrays import to_dense_array
from simulator.rules.need_domains import BY_FRIEND, BY_KIN, BY_NEIGHBOUR, BY_OTHER, BY_PROJECT, BY_STRANGER
from tests.reference.compare import differences

BY_PEOPLE = [BY_KIN, BY_FRIEND, BY_NEIGHBOUR, BY_OTHER, BY_PROJECT, BY_STRANGER]


def subclass(decision: str, calls: list[int]) -> type[Resident]:
    """A Resident that overrides one decision with its default, and records each call in `calls`."""
    def decide(self: Resident, *arguments: Any) -> Any:
        calls.append(self.row)
        return getattr(super(subclassed, self), decision)(*arguments)

    subclassed = type(f"Own{decision}", (Resident,), {decision: decide})
    return subclassed


@pytest.mark.parametrize("decision", list(STAGES_BY_DECISION))
def test_overriding_a_decision_with_its_default_changes_nothing(make: Any, decision: str) -> None:
    calls: list[int] = []
    plain, own = make(), make(residents=subclass(decision, calls))
    assert set(own.by_hand) == set(STAGES_BY_DECISION[decision]) and not plain.by_hand
    while plain.running and plain.day < 36:
        plain.step()
        own.step()
        assert not differences(plain.world, own.world), f"{decision}, day {plain.day}"
    assert calls


def test_every_decision_has_reference_stages(make: Any) -> None:
    stages = load_reference_stages()
    assert {name for names in STAGES_BY_DECISION.values() for name in names} <= set(stages)
    assert set(make(by_hand=True).by_hand) == set(stages)


def test_overridden_decisions_take_effect(make: Any) -> None:
    class Hermit(Resident):
        def days_until_joining(self, site: Any) -> float:
            return float("inf")

        def wants_to_leave(self) -> bool:
            return True

    class Silent(Resident):
        def dares_to_ask(self, need: int) -> bool:
            return False

    class Refuser(Resident):
        def accepts(self, request: Any) -> bool:
            assert request.asker != self and 0 <= request.severity <= 1 and request.domain in range(4)
            return False

    model = make(residents=Hermit)
    model.step()
    assert model.world.people.member.max() == -1
    for kind in (Silent, Refuser):
        model = make(residents=kind)
        asked = given = 0
        while model.day < 36:
            model.step()
            asked += int(model.world.people.asked.sum())
            given += int(model.world.ledger.met[BY_PEOPLE].sum())
        assert (asked == 0) == (kind is Silent)
        assert kind is not Refuser or given == 0


def test_overridden_choice_of_company_takes_effect(make: Any) -> None:
    class Faithful(Resident):
        def chooses_company(self) -> Any:
            weights = super().chooses_company()
            return (weights == weights.max(initial=0)) * weights

    plain, own = make(), make(residents=Faithful)
    plain.step(), own.step()
    chosen, usual = to_dense_array(own.world.ties.trust), to_dense_array(plain.world.ties.trust)
    assert chosen.max() >= usual.max() and chosen.sum() < usual.sum()


def test_an_invalid_target_of_turns_to_is_refused(make: Any) -> None:
    class Confused(Resident):
        def turns_to(self, need: int) -> list[int]:
            return [self.row]

    model: TerritoryModel = make(residents=Confused)
    with pytest.raises(ValueError, match="turns_to"):
        model.run_model()
