"""Levers and crises modify handles: they write no state, their order changes nothing, and dose 0 is no lever."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.crises.active_crisis import activate_crises, compute_service_factors
from simulator.levers.active_lever import ActiveLever, activate_levers
from simulator.levers.card_checks import are_handles_equal
from simulator.levers.handles import HANDLES
from simulator.levers.modifiers import ModifierValues
from simulator.rules.need_domains import KIT_KINDS
from tests.crises import example as crisis_cards
from tests.levers import example as lever_cards
from tests.phases.small_world import small_world

ROOT = Path(__file__).parents[2]
WORLD = small_world(residents=240)
LEVERS = [lever_cards.shipped(path.stem) for path in sorted(lever_cards.CARDS.glob("*.yaml"))]
CRISES = [crisis_cards.shipped(path.stem) for path in sorted(crisis_cards.CARDS.glob("*.yaml"))]
OUTCOMES = ("functioning", "loss", "need", "backlog", "met", "unmet", "death", "trust", "agency", "ties", "alive")


class Calendar:
    levers = "2026-01-05"

    def day(self, iso):
        return {"2026-01-05": 0}.get(iso, 400)


def activate(cards):
    active = activate_levers(cards, Calendar())
    for one in active:
        one.resolve(WORLD)
    return active


def state(world):
    return {f"{table}.{name}": array.copy() for table, each in world.tables().items()
            for name, array in each.arrays().items()}


def test_no_handle_is_an_outcome():
    for name in HANDLES:
        assert not any(word in name.partition(".")[2] for word in OUTCOMES), name


@pytest.mark.parametrize("folder", ["levers", "crises"])
def test_levers_and_crises_write_no_state(folder):
    for path in sorted((ROOT / "simulator" / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used = node.attr if isinstance(node, ast.Attribute) else ""
            assert used not in ("writable", "append_rows", "clear", "ledger"), f"{path.name}:{node.lineno}"


def test_reading_every_card_changes_no_column():
    before = state(WORLD)
    levers, crises = activate(LEVERS), activate_crises(CRISES, Calendar())
    for day in (0, 90, 400, 450, 1200):
        values = ModifierValues(WORLD, levers, compute_service_factors(crises, day), day)
        for name, handle in HANDLES.items():
            getattr(values, handle.owner)(name.partition(".")[2])
        for crisis in crises:
            crisis.state_at(day, 1, WORLD)
    after = state(WORLD)
    assert all(np.array_equal(before[name], after[name]) for name in before)


@settings(max_examples=25, deadline=None)
@given(st.permutations(LEVERS), st.permutations(CRISES), st.integers(0, 1300))
def test_the_order_of_cards_changes_nothing(levers, crises, day):
    one, other = (ModifierValues(WORLD, activate(some_levers),
                                 compute_service_factors(activate_crises(some_crises, Calendar()), day), day)
                  for some_levers, some_crises in ((LEVERS, CRISES), (levers, crises)))
    assert are_handles_equal(one, other)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, len(LEVERS) - 1)), st.integers(0, 1300))
def test_levers_of_dose_zero_beside_others_change_no_bit(idle, day):
    acting = [card for place, card in enumerate(LEVERS) if place not in idle]
    beside = [replace(card, dose=0.0) if place in idle else card for place, card in enumerate(LEVERS)]
    assert are_handles_equal(ModifierValues(WORLD, activate(acting), day=day),
                             ModifierValues(WORLD, activate(beside), day=day))


def test_a_lever_before_its_start_changes_no_bit():
    future = [ActiveLever(card, 500) for card in LEVERS]
    for one in future:
        one.resolve(WORLD)
    assert are_handles_equal(ModifierValues(WORLD, future, day=499), ModifierValues(WORLD))


def test_zero_severity_is_calm():
    none = activate_crises([replace(card, severity=0.0) for card in CRISES], Calendar())
    assert none == () and compute_service_factors(none, 400) == {}


@pytest.mark.parametrize("name", HANDLES)
def test_every_handle_is_read_and_documented_by_a_phase(name):
    """A lever on a handle that nobody reads would cost money and do nothing."""
    owner, _, rest = name.partition(".")
    phases = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "simulator" / "phases").rglob("*.py"))]
    kit = rest.removeprefix("kit_")  # equip reads those of all kinds in one loop
    assert any(f'{owner}("{rest}")' in text or kit in KIT_KINDS and f'{owner}(f"kit_{{kind}}")' in text
               for text in phases)
    assert any(name in (ast.get_docstring(ast.parse(text)) or "") for text in phases)
