"""The plain Mesa model that the benchmark races lives through the same: else its speed would say nothing."""

from __future__ import annotations

import pytest

from experiments.speed.outcomes import outcomes

WITHIN = {"ties": 0.12, "trust": 0.12, "members": 0.04, "sites known": 0.04, "power to act": 0.01, "lost": 0.35}
"""How far plain Mesa's means may lie from ours, as shares. It leaves out what it leaves out."""


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, float]]:
    return outcomes(1_000, range(1, 5))


@pytest.mark.parametrize("name", WITHIN)
def test_both_come_to_the_same(found: dict[str, dict[str, float]], name: str) -> None:
    one = found[name]
    assert one["kernels"] > 0 and one["standard error"] > 0
    assert abs(one["ratio"] - 1) < WITHIN[name], one


def test_every_outcome_is_held_to_something(found: dict[str, dict[str, float]]) -> None:
    assert set(found) == set(WITHIN)
