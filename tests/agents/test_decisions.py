"""Overriding one decision plays that decision by hand, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.agents import Resident, TerritoryModel
from simulator.agents.by_hand import twins
from simulator.agents.decisions import DECISIONS
from simulator.kernel.slots import whole
from simulator.rules.domain import BY_FRIEND, BY_KIN, BY_NEIGHBOUR, BY_OTHER, BY_PROJECT, STRANGER
from tests.twin.compare import differences

BY_PEOPLE = [BY_KIN, BY_FRIEND, BY_NEIGHBOUR, BY_OTHER, BY_PROJECT, STRANGER]


def subclass(decision: str, calls: list[int]) -> type[Resident]:
    """A Resident that takes one decision just as everybody does, and notes that it was asked."""
    def decide(self: Resident, *about: Any) -> Any:
        calls.append(self.row)
        return getattr(super(kind, self), decision)(*about)

    kind = type(f"Own{decision}", (Resident,), {decision: decide})
    return kind


@pytest.mark.parametrize("decision", list(DECISIONS))
def test_one_decision_by_hand_changes_nothing_else(make: Any, decision: str) -> None:
    calls: list[int] = []
    plain, own = make(), make(residents=subclass(decision, calls))
    assert set(own.by_hand) == set(DECISIONS[decision]) and not plain.by_hand
    while plain.running and plain.day < 36:
        plain.step()
        own.step()
        assert not differences(plain.world, own.world), f"{decision}, day {plain.day}"
    assert calls


def test_by_hand_has_a_twin_for_every_decision(make: Any) -> None:
    hand = twins()
    assert {stage for stages in DECISIONS.values() for stage in stages} <= set(hand)
    assert set(make(by_hand=True).by_hand) == set(hand)


def test_an_override_is_obeyed(make: Any) -> None:
    class Hermit(Resident):
        def wants_to_join(self, site: Any) -> float:
            return float("inf")

        def wants_to_leave(self) -> bool:
            return True

    class Silent(Resident):
        def dares_to_ask(self, need: int) -> bool:
            return False

    class Stone(Resident):
        def accepts(self, request: Any) -> bool:
            assert request.asker != self and 0 <= request.severity <= 1 and request.domain in range(4)
            return False

    model = make(residents=Hermit)
    model.step()
    assert model.world.people.member.max() == -1
    for kind in (Silent, Stone):
        model = make(residents=kind)
        asked = given = 0
        while model.day < 36:
            model.step()
            asked += int(model.world.people.voiced.sum())
            given += int(model.world.ledger.met[BY_PEOPLE].sum())
        assert (asked == 0) == (kind is Silent)
        assert kind is not Stone or given == 0


def test_company_can_be_chosen(make: Any) -> None:
    class Faithful(Resident):
        def chooses_company(self) -> Any:
            weights = super().chooses_company()
            return (weights == weights.max(initial=0)) * weights

    plain, own = make(), make(residents=Faithful)
    plain.step(), own.step()
    chosen, usual = whole(own.world.ties.trust), whole(plain.world.ties.trust)
    assert chosen.max() >= usual.max() and chosen.sum() < usual.sum()


def test_turning_to_somebody_out_of_reach_is_refused(make: Any) -> None:
    class Confused(Resident):
        def turns_to(self, need: int) -> list[int]:
            return [self.row]

    model: TerritoryModel = make(residents=Confused)
    with pytest.raises(ValueError, match="turns_to"):
        model.run_model()
