"""The search for what a conclusion leans on, on effects that are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.sensitivity.assumption_screening import Effects, Lean, Tried, end, first, following, search
from simulator.records.evidence import Known

LUCK = np.array([0.0, 0.1, -0.1])


def known(name: str, group: str, value: float = 1.0, low: float = 0.0, high: float = 2.0) -> Known:
    return Known(name, group, value, low, high, "-", "assumption", "s")


NUMBERS = [known(f"model.{group}.n{k}", f"model.{group}") for group in "abcd" for k in range(8)]
NUMBERS += [known("lever.help.turns.0", "lever.help"),
            Known("crisis.heat.days", "crisis.heat", 1, None, None, "", "published", "")]
HEAVY = {"model.c.n5": 4.0, "lever.help.turns.0": -1.5, "model.a.n2": 0.6}


def linear(points):
    """Effects that depend on three numbers of 33, the same for every seed but for luck that pairing takes away."""
    out = []
    for moves in points:
        shift = sum(weight * (moves.get(name, 1.0) - 1.0) for name, weight in HEAVY.items())
        out.append(Effects({"first": -5.0 + shift + LUCK, "second": -4.0 + LUCK}))
    return out


NOW = linear([{}])[0]


def test_the_heaviest_numbers_are_found_among_many() -> None:
    calls = []

    def measure(points):
        calls.append(len(points))
        return linear(points)

    lean = search(NUMBERS, "first", NOW, 40, measure)
    singles = lean.singles()
    assert list(singles)[:3] == sorted(HEAVY, key=lambda name: -abs(HEAVY[name]))
    for name, weight in HEAVY.items():
        assert {round(one.moves[name]): round(one.mean, 9) for one in singles[name]} == {
            0: -weight, 2: weight}, "both ends were tried"
    assert sum(calls) == len(lean.tried) <= 40
    assert not singles["model.c.n5"][0].half > 1e-9, "the luck of a seed is the same in both"


def test_first_rounds_move_everything_that_can_be_moved_once() -> None:
    sets = first(one for one in NUMBERS if one.is_open)
    names = [name for moves in sets for name in moves]
    assert len(sets) == 5 and sorted(names) == sorted(one.name for one in NUMBERS if one.is_open)
    assert list(sets[0]) == ["lever.help.turns.0"], "cards first"
    assert {0.0, 2.0} == {value for moves in sets for value in moves.values()}, "not all one way"


def test_a_budget_is_kept_and_repeats() -> None:
    for points in (1, 3, 7, 12):
        lean = search(NUMBERS, "first", NOW, points, linear)
        assert len(lean.tried) == points
        again = search(NUMBERS, "first", NOW, points, linear)
        assert [one.moves for one in again.tried] == [one.moves for one in lean.tried]


def test_everything_is_tried_when_there_is_room() -> None:
    lean = search(NUMBERS, "first", NOW, 1000, linear)
    assert len(lean.singles()) == 33 and not lean.rest()
    assert len(lean.tried) < 1000 and not following(lean, {one.name: one for one in NUMBERS})


def test_what_is_left_in_groups_is_told_once() -> None:
    lean = search(NUMBERS, "first", NOW, 12, linear)
    inside = [name for one in lean.rest() for name in one.moves]
    assert len(inside) == len(set(inside)) and not set(inside) & set(lean.singles())


def test_whether_the_lead_is_kept() -> None:
    lean = search(NUMBERS, "first", NOW, 40, linear)
    flips = {name: [one.leads for one in sorted(ends, key=lambda one: one.moves[name])]
             for name, ends in lean.singles().items() if name in HEAVY}
    assert flips == {"model.c.n5": [True, False], "lever.help.turns.0": [False, True], "model.a.n2": [True, True]}


def test_points_that_cannot_be_played_count_for_nothing() -> None:
    lean = search(NUMBERS, "first", NOW, 9, lambda points: [None] * len(points))
    assert len(lean.tried) == 9 and all(one.size == 0.0 and np.isnan(one.mean) for one in lean.tried)


def test_ends_of_a_range() -> None:
    for one in NUMBERS[:4]:
        assert {end(one), end(one, other=True)} == {0.0, 2.0}
    at_low = known("x", "g", value=0.0)
    assert end(at_low) == end(at_low, other=True) == 2.0
    assert Tried({"x": 1.0}, np.array([1.0]), True).half != Tried({"x": 1.0}, np.array([1.0, 2.0]), True).half
    assert Lean("a", LUCK, 1).rest() == [] and pytest.approx(0.0) == Tried({}, np.zeros(2), True).half
