"""Law: levers and crises turn handles; they write no state, their order cannot matter, and none may act at dose 0."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.crises.active import activate as activate_crises
from simulator.crises.active import services
from simulator.levers.active import ActiveLever, activate
from simulator.levers.catalogue import HANDLES
from simulator.levers.check import same
from simulator.levers.modifiers import Turned
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


def begun(cards):
    active = activate(cards, Calendar())
    for one in active:
        one.resolve(WORLD)
    return active


def state(world):
    return {f"{table}.{name}": array.copy() for table, each in world.tables().items()
            for name, array in each.arrays().items()}


def test_no_handle_is_an_outcome():
    for name in HANDLES:
        assert not any(word in name.partition(".")[2] for word in OUTCOMES), name


@pytest.mark.parametrize("floor", ["levers", "crises"])
def test_no_code_there_may_write_state(floor):
    for path in sorted((ROOT / "simulator" / floor).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used = node.attr if isinstance(node, ast.Attribute) else ""
            assert used not in ("lend", "grow", "clear", "ledger"), f"{path.name}:{node.lineno}"


def test_playing_every_card_changes_no_column():
    before = state(WORLD)
    levers, crises = begun(LEVERS), activate_crises(CRISES, Calendar())
    for day in (0, 90, 400, 450, 1200):
        turned = Turned(WORLD, levers, services(crises, day), day)
        for name, handle in HANDLES.items():
            getattr(turned, handle.owner)(name.partition(".")[2])
        for crisis in crises:
            crisis.at(day, 1, WORLD)
    after = state(WORLD)
    assert all(np.array_equal(before[name], after[name]) for name in before)


@settings(max_examples=25, deadline=None)
@given(st.permutations(LEVERS), st.permutations(CRISES), st.integers(0, 1300))
def test_the_order_of_cards_cannot_matter(levers, crises, day):
    one = Turned(WORLD, begun(LEVERS), services(activate_crises(CRISES, Calendar()), day), day)
    other = Turned(WORLD, begun(levers), services(activate_crises(crises, Calendar()), day), day)
    assert same(one, other)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, len(LEVERS) - 1)), st.integers(0, 1300))
def test_idle_levers_beside_acting_ones_change_no_bit(idle, day):
    acting = [card for place, card in enumerate(LEVERS) if place not in idle]
    beside = [replace(card, dose=0.0) if place in idle else card for place, card in enumerate(LEVERS)]
    assert same(Turned(WORLD, begun(acting), day=day), Turned(WORLD, begun(beside), day=day))


def test_a_lever_that_has_not_begun_changes_no_bit():
    future = [ActiveLever(card, 500) for card in LEVERS]
    for one in future:
        one.resolve(WORLD)
    assert same(Turned(WORLD, future, day=499), Turned(WORLD))


def test_zero_severity_is_the_calm():
    none = activate_crises([replace(card, severity=0.0) for card in CRISES], Calendar())
    assert none == () and services(none, 400) == {}


@pytest.mark.parametrize("name", HANDLES)
def test_every_handle_is_read_by_a_phase_that_says_so(name):
    """A handle nobody reads would be a lever that does nothing, at a price."""
    owner, _, rest = name.partition(".")
    phases = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "simulator" / "phases").rglob("*.py"))]
    assert any(f'{owner}("{rest}")' in text for text in phases)
    assert any(name in (ast.get_docstring(ast.parse(text)) or "") for text in phases)
