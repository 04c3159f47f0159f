"""The one rule on a difference, in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.effects.verdict import (
    VERDICTS,
    Threshold,
    compute_joint_interval,
    decide_verdict,
    linearise_ratio,
    parse_threshold,
    project_seeds,
)

NAN = float("nan")


@pytest.mark.parametrize(("low", "high", "found"), [
    (3, 5, "acts"), (2, 5, "acts"), (1, 5, "open"), (-1, 5, "open"), (-1, 1, "small"), (0.5, 2, "small"),
    (-2, -1, "small"), (-5, -1, "harms"), (-5, 1, "open"), (NAN, NAN, "open"), (-np.inf, np.inf, "open")])
def test_the_rule(low, high, found):
    assert decide_verdict(low, high, 2.0) == found and found in VERDICTS


def test_without_a_threshold_the_sign_decides():
    assert [decide_verdict(*ends, 0.0) for ends in ((1, 2), (-2, -1), (-1, 1), (0, 0))] == ["acts", "harms", "open",
                                                                                            "small"]


@pytest.mark.parametrize(("text", "found"), [
    ("5%", Threshold(5)), ("2,5 %", Threshold(2.5)), ("3", Threshold(3)), ("20 people", Threshold(20, "people")),
    ("20 personnes", Threshold(20, "people")), ("1.5 days", Threshold(1.5, "days")), (10, Threshold(10)),
    ("", Threshold(5)), (None, Threshold(5))])
def test_thresholds_are_read_in_both_languages(text, found):
    assert parse_threshold(text) == found and parse_threshold(str(found)) == found


@pytest.mark.parametrize("text", ["much", "5 euros", "-5%", "5%%", "nan", "1e9", "%", "120%", "100.5"])
def test_other_thresholds_are_refused_in_one_line(text):
    with pytest.raises(ValueError, match="worth = .*expected a share"):
        parse_threshold(text)


def test_joint_intervals_are_bonferroni():
    values = np.array([1.0, 2.0, 3.0])
    half = 4.302652729911275 * 1.0 / np.sqrt(3)  # t of 2 degrees of freedom at 0.975
    assert np.allclose(compute_joint_interval(values, 1), (2 - half, 2 + half))
    wider = 6.205346816570787 / np.sqrt(3)  # at 1 - 0.05 / 4
    assert np.allclose(compute_joint_interval(values, 2), (2 - wider, 2 + wider))
    assert np.isnan(compute_joint_interval(values[:1], 1)).all()


def test_joint_intervals_hold_together():
    """Of six effects in 300 studies of five seeds, all six intervals hold in at least 95 %, but for chance."""
    rng, held = np.random.default_rng(8), 0
    for _ in range(300):
        luck = rng.normal(0, 1, 5)  # shared by all arms
        held += all(low <= 0 <= high for low, high in (
            compute_joint_interval(luck + rng.normal(0, 1, 5), 6) for _ in range(6)))
    assert held / 300 >= 0.93


def test_projected_seeds_settle_the_question_and_not_one_less():
    values = np.array([0.0, 2.0, 1.0, 3.0, -1.0, 1.0])
    more = project_seeds(values, 0.5, 3)
    spread = values.std(ddof=1)

    def settled(n):
        from scipy.stats import t
        half = t.ppf(1 - 0.05 / 6, n - 1) * spread / np.sqrt(n)
        return values.mean() - half >= 0.5

    assert more > 0 and settled(6 + more) and not settled(6 + more - 1)
    assert project_seeds(values + 100, 0.5, 3) == 0
    assert project_seeds(values[:1], 0.5, 3) == -1 and project_seeds(values - values.mean() + 0.5, 0.5, 3) == -1


def test_a_ratio_of_sums_is_not_a_mean_of_ratios():
    """Two seeds of 10 and 90 hit who save 1 and 3 days each: 2.8 a person, not 2."""
    values = linearise_ratio(np.array([10.0, 270.0]), np.array([10.0, 90.0]))
    assert values.mean() == pytest.approx(2.8)
    exact = linearise_ratio(3 * np.array([10.0, 90.0]), np.array([10.0, 90.0]))
    assert np.allclose(exact, 3)  # the same for everybody: no spread, however the number of hit varies
    assert np.isnan(linearise_ratio(np.ones(2), np.zeros(2))).all() and not linearise_ratio(np.zeros(2),
                                                                                           np.zeros(2)).any()
