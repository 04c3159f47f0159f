import numpy as np
import pytest

from simulator.analysis.robustness.regret import (
    check_worse_off,
    compute_regret,
    compute_satisficing_share,
    parse_condition,
    summarise_regret,
)

LOSS = np.array([[1.0, 5.0, 9.0], [2.0, 4.0, 6.0], [3.0, 3.0, 10.0]])


def test_regret_by_hand():
    """Savage's table: in each scenario, the distance to the best arm."""
    assert compute_regret(LOSS).tolist() == [[0, 2, 3], [1, 1, 0], [2, 0, 4]]
    assert compute_regret(LOSS, direction=1).tolist() == [[2, 0, 1], [1, 1, 4], [0, 2, 0]]
    found = summarise_regret({"a": LOSS[0], "b": LOSS[1], "c": LOSS[2]})
    assert (found["a"].max_regret, found["b"].max_regret, found["c"].max_regret) == (3, 1, 4)
    assert found["b"].mean_regret == pytest.approx(2 / 3) and found["a"].best_share == pytest.approx(1 / 3)


def test_the_90th_percentile_in_closed_form():
    """Against an arm that is always 0, losses uniform on 0, 1, …, 100 have a 90th percentile of regret of 90."""
    found = summarise_regret({"zero": np.zeros(101), "spread": np.arange(101.0)})
    assert found["spread"].regret_p90 == 90 and found["spread"].max_regret == 100 and found["zero"].max_regret == 0


def test_the_same_loss_everywhere_changes_no_regret():
    shifted = LOSS + np.array([7.0, -2.0, 100.0])
    np.testing.assert_allclose(compute_regret(shifted), compute_regret(LOSS))


def test_conditions():
    known = ("loss", "quintile_ratio")
    ten = parse_condition("loss<=-10%", known)
    without = np.array([10.0, 10.0, 20.0])
    assert ten.met(np.array([9.0, 9.5, 18.0]), without).tolist() == [True, False, True]
    assert parse_condition("quintile_ratio <= 0", known).met(np.array([1.0, 1.2]), np.ones(2)).tolist() == [True, False]
    assert parse_condition("cost<=300000", known).met(np.array([3e5, 3.1e5]), np.zeros(2)).tolist() == [True, False]
    assert parse_condition("loss>=1.5", known).met(np.array([12.0]), np.array([10.0])).tolist() == [True]
    for text, says in (("loss<10", "expected a condition"), ("lost<=1", "unknown outcome 'lost'"),
                       ("cost<=10%", "expected a condition"), ("loss<=__import__('os')", "expected a condition")):
        with pytest.raises(ValueError, match=says):
            parse_condition(text, known)


def test_satisficing_share_and_its_interval():
    met = np.array([[True] * 8 + [False] * 2, [True] * 6 + [False] * 4])
    share, low, high = compute_satisficing_share(met)
    assert share == 0.6
    assert (low, high) == pytest.approx((0.3127, 0.8318), abs=1e-3), "Wilson's interval for 6 of 10"
    share, low, _ = compute_satisficing_share(np.ones((1, 20), bool))
    assert share == 1 and low < 0.9


def test_nobody_worse_off():
    rng = np.random.default_rng(81)

    def change(shift):
        return shift + rng.normal(0, 0.2, (3, 12))

    kept = check_worse_off({"poor": change(-2), "rich": change(-1)}, smallest_effect=0.1)
    assert kept.state == "kept" and kept.group == "rich" and kept.scenarios == 0
    broken = check_worse_off({"poor": change(-2), "rich": change(np.array([[-1], [-1], [1.5]]))}, smallest_effect=0.1)
    assert broken.state == "broken" and broken.group == "rich" and broken.worst_change > 1
    assert broken.scenarios == pytest.approx(1 / 3)
    assert check_worse_off({"poor": change(0.0)}, smallest_effect=0.05).state == "open"


def test_a_group_that_is_not_harmed_is_rarely_reported_so():
    """Eight groups, three scenarios, no change at all: broken in 5 of 100 studies at most."""
    rng = np.random.default_rng(82)
    wrong = [check_worse_off({str(g): rng.normal(0, 1, (3, 8)) for g in range(8)}).state == "broken"
             for _ in range(100)]
    assert np.mean(wrong) <= 0.05
