"""Cells fill the plane between neighbourhoods without overlap; joined, they keep their area."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.report.maps.cells import OUTSIDE, build_cells, compute_ring_area, join_cells, list_edges

SPOTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=25, unique=True)


@settings(max_examples=40)
@given(SPOTS)
def test_each_corner_of_a_cell_is_nearest_to_its_own_point(spots):
    points = np.array(spots, float) / 10
    for row, cell in enumerate(build_cells(points)):
        assert compute_ring_area(cell.ring) > 0
        for corner in cell.ring:
            apart = np.hypot(*(points - corner).T)
            assert apart[row] <= apart.min() + 1e-6


@settings(max_examples=40)
@given(SPOTS, st.integers(0, 2**25 - 1))
def test_an_area_joined_from_cells_has_their_area(spots, chosen):
    points = np.array(spots, float) / 10 + np.random.default_rng(chosen).uniform(0, 1e-3, (len(spots), 2))
    cells = build_cells(points)
    rows = [row for row in range(len(cells)) if chosen >> row & 1] or [0]
    joined = sum(compute_ring_area(ring) for ring in join_cells(cells, rows))
    assert joined == pytest.approx(sum(compute_ring_area(cells[row].ring) for row in rows), rel=1e-6)


def test_neighbours_know_one_another_and_the_edge():
    cells = build_cells(np.array([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]))
    across = [{other for other, _ in list_edges(cell)} for cell in cells]
    assert across == [{1, OUTSIDE}, {0, 2, OUTSIDE}, {1, OUTSIDE}]
    [first] = [ends for other, ends in list_edges(cells[0]) if other == 1]
    [second] = [ends for other, ends in list_edges(cells[1]) if other == 0]
    np.testing.assert_allclose(first, second[::-1], atol=1e-9)
    assert set(np.round(first[:, 0], 6)) == {0.5}


def test_a_ring_of_cells_has_a_hole():
    angle = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    points = np.concatenate((np.zeros((1, 2)), np.column_stack((np.cos(angle), np.sin(angle)))))
    rings = join_cells(build_cells(points), range(1, 9))
    assert len(rings) == 2 and compute_ring_area(rings[0]) > 0 > compute_ring_area(rings[1])
