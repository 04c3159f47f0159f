"""Assumption screening on effects that are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.sensitivity.assumption_screening import (
    AssumptionScreening,
    PointEffects,
    ScreenedSet,
    list_follow_up_sets,
    list_initial_sets,
    pick_range_end,
    screen_assumptions,
)
from simulator.records.parameter_sources import SourcedNumber

NOISE = np.array([0.0, 0.1, -0.1])


def assumed(name: str, group: str, value: float = 1.0, low: float = 0.0, high: float = 2.0) -> SourcedNumber:
    return SourcedNumber(name, group, value, low, high, "-", "assumption", "s")


NUMBERS = [assumed(f"model.{group}.n{k}", f"model.{group}") for group in "abcd" for k in range(8)]
NUMBERS += [assumed("lever.help.modifiers.0", "lever.help"),
            SourcedNumber("crisis.heat.days", "crisis.heat", 1, None, None, "", "published", "")]
INFLUENTIAL = {"model.c.n5": 4.0, "lever.help.modifiers.0": -1.5, "model.a.n2": 0.6}


def linear(points):
    """Effects that depend on three parameters of 33; a seed's noise is the same everywhere, so pairing removes it."""
    out = []
    for moves in points:
        shift = sum(weight * (moves.get(name, 1.0) - 1.0) for name, weight in INFLUENTIAL.items())
        out.append(PointEffects({"first": -5.0 + shift + NOISE, "second": -4.0 + NOISE}))
    return out


DEFAULT = linear([{}])[0]


def test_the_most_influential_parameters_are_found_among_many() -> None:
    calls = []

    def measure(points):
        calls.append(len(points))
        return linear(points)

    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 40, measure)
    singles = screening.list_single_parameters()
    assert list(singles)[:3] == sorted(INFLUENTIAL, key=lambda name: -abs(INFLUENTIAL[name]))
    for name, weight in INFLUENTIAL.items():
        assert {round(one.moves[name]): round(one.mean, 9) for one in singles[name]} == {
            0: -weight, 2: weight}, "both ends are tried"
    assert sum(calls) == len(screening.screened_sets) <= 40
    assert not singles["model.c.n5"][0].half_width > 1e-9, "the noise of a seed is the same in both"


def test_the_first_round_moves_every_assumption_once() -> None:
    sets = list_initial_sets(one for one in NUMBERS if one.is_testable_assumption)
    names = [name for moves in sets for name in moves]
    assert len(sets) == 5 and sorted(names) == sorted(one.name for one in NUMBERS if one.is_testable_assumption)
    assert list(sets[0]) == ["lever.help.modifiers.0"], "cards first"
    assert {0.0, 2.0} == {value for moves in sets for value in moves.values()}, "not all one way"


def test_the_number_of_points_is_respected_and_reproducible() -> None:
    for points in (1, 3, 7, 12):
        screening = screen_assumptions(NUMBERS, "first", DEFAULT, points, linear)
        assert len(screening.screened_sets) == points
        again = screen_assumptions(NUMBERS, "first", DEFAULT, points, linear)
        assert [one.moves for one in again.screened_sets] == [one.moves for one in screening.screened_sets]


def test_with_enough_points_every_parameter_is_isolated() -> None:
    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 1000, linear)
    assert len(screening.list_single_parameters()) == 33 and not screening.list_unsplit_sets()
    assert len(screening.screened_sets) < 1000
    assert not list_follow_up_sets(screening, {one.name: one for one in NUMBERS})


def test_parameters_left_in_sets_are_reported_once() -> None:
    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 12, linear)
    inside = [name for one in screening.list_unsplit_sets() for name in one.moves]
    assert len(inside) == len(set(inside)) and not set(inside) & set(screening.list_single_parameters())


def test_changes_of_the_leading_arm_are_recorded() -> None:
    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 40, linear)
    keeps_lead = {name: [end.keeps_lead for end in sorted(ends, key=lambda end: end.moves[name])]
                  for name, ends in screening.list_single_parameters().items() if name in INFLUENTIAL}
    assert keeps_lead == {"model.c.n5": [True, False], "lever.help.modifiers.0": [False, True], "model.a.n2": [True,
                                                                                                               True]}


def test_points_that_cannot_be_simulated_have_no_change() -> None:
    screening = screen_assumptions(NUMBERS, "first", DEFAULT, 9, lambda points: [None] * len(points))
    assert len(screening.screened_sets) == 9
    assert all(one.size == 0.0 and np.isnan(one.mean) for one in screening.screened_sets)


def test_ends_of_a_range() -> None:
    for one in NUMBERS[:4]:
        assert {pick_range_end(one), pick_range_end(one, other=True)} == {0.0, 2.0}
    at_low = assumed("x", "g", value=0.0)
    assert pick_range_end(at_low) == pick_range_end(at_low, other=True) == 2.0
    one_seed, two_seeds = (ScreenedSet({"x": 1.0}, np.array(change), True) for change in ([1.0], [1.0, 2.0]))
    assert one_seed.half_width != two_seeds.half_width
    assert ScreenedSet({}, np.zeros(2), True).half_width == pytest.approx(0.0)
    assert AssumptionScreening("a", NOISE, 1).list_unsplit_sets() == []
