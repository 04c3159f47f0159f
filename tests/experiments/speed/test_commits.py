"""Verdicts of the comparison of two commits: faster, slower, equal or not told apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.speed.commits import judge_ratios


@pytest.mark.parametrize("ratios, word", [
    ([0.50, 0.52, 0.51, 0.49, 0.50], "faster"),
    ([1.40, 1.45, 1.38, 1.41, 1.44], "slower"),
    ([1.001, 0.999, 1.002, 1.000, 0.998], "equal"),
    ([0.975, 0.977, 0.976, 0.978, 0.976], "faster"),
    ([0.985, 0.979, 0.988, 0.976, 0.984], "faster, a little"),
    ([0.80, 1.20, 1.10, 0.90, 1.05], "not told apart")])
def test_verdict_in_words(ratios: list[float], word: str) -> None:
    result = judge_ratios(ratios)
    assert result["verdict"] == word
    assert result["low"] <= result["ratio"] <= result["high"]
    assert math.isclose(result["ratio"], float(np.exp(np.mean(np.log(ratios)))))


def test_swapped_commits_give_the_inverse() -> None:
    forward, backward = judge_ratios([0.8, 0.9, 0.85]), judge_ratios([1 / 0.8, 1 / 0.9, 1 / 0.85])
    assert math.isclose(forward["ratio"] * backward["ratio"], 1.0)
    assert math.isclose(forward["low"] * backward["high"], 1.0)


def test_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(1000):
        result = judge_ratios(list(np.exp(rng.normal(math.log(0.9), 0.05, 5))))
        hits += result["low"] <= 0.9 <= result["high"]
    assert 0.93 <= hits / 1000 <= 0.97  # three standard errors of a share of 0.95 are 0.02
