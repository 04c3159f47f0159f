"""The plain Mesa model of the benchmark has about the same outcomes; otherwise its speed would mean nothing."""

from __future__ import annotations

import pytest

from experiments.speed.outcomes import compare_outcomes

WITHIN = {"ties": 0.16, "trust": 0.12, "members": 0.04, "sites known": 0.04, "power to act": 0.02}
"""Largest relative difference of plain Mesa's means from ours. The plain model leaves some mechanisms out:
acquaintances who become friends in a crisis, promises, aftermath, hence what a crisis costs, which is not compared."""


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, float]]:
    return compare_outcomes(1_000, range(1, 5))


@pytest.mark.parametrize("name", WITHIN)
def test_both_models_have_similar_outcomes(found: dict[str, dict[str, float]], name: str) -> None:
    outcome = found[name]
    assert outcome["kernels"] > 0 and outcome["standard error"] > 0
    assert abs(outcome["ratio"] - 1) < WITHIN[name], outcome


def test_every_outcome_has_a_limit(found: dict[str, dict[str, float]]) -> None:
    assert set(found) == set(WITHIN)
