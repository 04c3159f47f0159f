import numpy as np
import pytest

from simulator.analysis.sensitivity.unit_cube import map_to_unit_cube


def test_places_along_their_axes():
    settings = {"plain": np.array([2.0, 3.0, 4.0]), "log": np.array([1.0, 10.0, 100.0]),
                "name": np.array(["b", "a", "b"], object), "free": np.array([5, 5, 7])}
    axes = [{"name": "plain", "low": 0.0, "high": 4.0, "values": []},
            {"name": "log", "low": 1, "high": 100, "log": True}, {"name": "name", "values": ["b", "c", "a"]}]
    found = map_to_unit_cube(settings, axes)
    assert found[:, 0] == pytest.approx([0.5, 0.75, 1]) and found[:, 1] == pytest.approx([0, 0.5, 1])
    assert found[:, 2] == pytest.approx([0, 1, 0]) and found[:, 3] == pytest.approx([0, 0, 1])
