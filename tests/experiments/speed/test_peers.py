"""Our implementation of the shared task follows its definition; other libraries agree, where they are installed."""

from __future__ import annotations

import importlib
import importlib.util

import numpy as np
import pytest

from experiments.speed.peers import boltzmann, libraries, ours
from experiments.speed.peers.task import (
    NEIGHBOURS,
    STOPS,
    TELL,
    TELLING,
    UNAWARE,
    build_adjacency,
    build_small_world,
    draw_first_tellers,
)
from simulator.kernel.keyed_random import make_random_key


def test_small_world_is_simple_and_has_the_degree() -> None:
    graph = build_small_world(5000, 3)
    pairs = np.sort(np.stack([graph.first, graph.second]), axis=0)
    assert np.all(pairs[0] < pairs[1])
    assert np.unique(pairs, axis=1).shape[1] == graph.first.size == 5000 * NEIGHBOURS // 2
    start, other = build_adjacency(graph)
    assert np.diff(start).mean() == NEIGHBOURS
    near = np.minimum((graph.first - graph.second) % 5000, (graph.second - graph.first) % 5000) <= NEIGHBOURS // 2
    assert abs(np.mean(~near) - 0.05) < 3 * (0.05 * 0.95 / near.size)**0.5 + NEIGHBOURS / 5000


def test_couples_follow_the_closed_form() -> None:
    """One of each couple tells; the other hears with probability p / (1 - (1 - p)(1 - q)): p tells, q stops."""
    n = 40_000
    start, other = np.arange(n + 1, dtype=np.int64), (np.arange(n, dtype=np.int32) ^ 1)
    state = np.zeros(n, np.uint8)
    state[::2] = TELLING
    key = make_random_key(5)
    for day in range(150):
        if day:
            ours.progress(key, day, 1.0, state.copy(), state)
        ours.hear(key, day, start, other, state.copy(), state)
    expected = TELL / (1 - (1 - TELL) * (1 - STOPS))
    heard = np.mean(state[1::2] != UNAWARE)
    assert abs(heard - expected) < 4 * (expected * (1 - expected) / (n / 2))**0.5


def test_one_thread_and_two_give_the_same_result() -> None:
    assert ours.play(2000, 4)["attack"] == ours.play_one_thread(2000, 4)["attack"]


def test_first_tellers_depend_on_the_seed() -> None:
    assert np.unique(draw_first_tellers(5000, 1)).size == 50
    assert set(draw_first_tellers(5000, 1)) != set(draw_first_tellers(5000, 2))


def test_gini_depends_on_who_acts_when() -> None:
    """Geometric wealth of mean 1 has a Gini index of 2/3; if everybody acts once per step, inequality is smaller."""
    anew = boltzmann.ours(20_000, 1, False, 300)["gini"]
    once = boltzmann.ours(20_000, 1, True, 300)["gini"]
    assert abs(anew - 2 / 3) < 0.015
    assert 0.61 < once < 0.64
    assert anew - once > 0.02


@pytest.mark.parametrize("name, where", [("starsim", "libraries.starsim"), ("agentpy", "town_agentpy.play"),
                                         ("mesa", "town_mesa.play")])
def test_libraries_reach_the_same_share(name: str, where: str) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    module, function = where.split(".")
    player = getattr(importlib.import_module(f"experiments.speed.peers.{module}"), function)
    theirs = np.array([player(2000, seed)["attack"] for seed in range(1, 5)])
    own = np.array([ours.play(2000, seed)["attack"] for seed in range(1, 13)])
    error = (theirs.var(ddof=1) / theirs.size + own.var(ddof=1) / own.size)**0.5
    assert abs(theirs.mean() - own.mean()) < 4 * error + 0.005


def test_epiworld_refuses_a_latent_state() -> None:
    with pytest.raises(ValueError, match="starts = 0.25"):
        libraries.epiworldpy(100, 1, 0.25)
