import numpy as np

from simulator.analysis.effects.arm_evaluation import compute_gaps_to_best, evaluate_arms, select_best_subset


def arms(rng, means, n=20, own=0.3):
    """A baseline of mean 10 and arms that share its noise, shifted by `means`. own: noise of each arm alone."""
    baseline = rng.normal(10, 1, n)
    return baseline, {str(k): baseline + m + rng.normal(0, own, n) for k, m in enumerate(means)}


def test_clear_effects_are_told_apart_and_equal_ones_are_not():
    baseline, found = arms(np.random.default_rng(41), [-2.0, -2.0, -0.5, 0.0, 1.0])
    out = evaluate_arms(baseline, found, smallest_effect=0.3)
    assert [out[str(k)].verdict for k in range(5)][:2] == ["acts", "acts"] and out["4"].verdict == "harms"
    assert [name for name, one in out.items() if one.among_best] == ["0", "1"]
    assert out["2"].gap_to_best[0] > 1 and out["0"].gap_to_best[0] < 0 < out["0"].gap_to_best[1]
    assert out["0"].p < 0.001 < out["3"].p and out["0"].variance_reduction.ratio > 5
    assert all(one.low <= one.difference <= one.high for one in out.values())


def test_the_direction_reverses_everything():
    baseline, found = arms(np.random.default_rng(42), [-2.0, 0.0, 2.0])
    assert select_best_subset(found, direction=1) == ["2"] and select_best_subset(found, direction=-1) == ["0"]
    assert compute_gaps_to_best(found, direction=1)["0"][0] > 3


def test_intervals_hold_jointly_and_the_best_arm_is_kept_at_every_look():
    """Level 95 % for eight arms: at most 5 % of 60 studies may err, but for chance; the best arm at five looks."""
    rng, missed, lost = np.random.default_rng(43), 0, 0
    true = np.array([-1.0, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4])
    for _ in range(60):
        baseline, found = arms(rng, true, 30, own=1.0)
        out = evaluate_arms(baseline, found)
        missed += any(not out[str(k)].low <= m <= out[str(k)].high for k, m in enumerate(true))
        lost += any("0" not in select_best_subset({name: v[:n] for name, v in found.items()})
                    for n in (5, 7, 10, 20, 30))
    assert missed / 60 <= 0.08 and lost / 60 <= 0.05


def test_levers_without_effect_are_rarely_acted_on():
    """Five levers without effect: at most 5 % of studies may say that one helps or harms, but for chance."""
    rng, wrong = np.random.default_rng(44), 0
    for _ in range(100):
        baseline, found = arms(rng, [0.0] * 5, 24, own=1.0)
        wrong += any(one.verdict not in ("open", "small") or one.p < 0.05
                     for one in evaluate_arms(baseline, found, smallest_effect=0.1).values())
    assert wrong / 100 <= 0.08


def test_one_arm_no_arm_and_missing_seeds():
    assert evaluate_arms(np.zeros(4), {}) == {}
    baseline, found = arms(np.random.default_rng(45), [-1.0])
    found["0"][3] = np.nan
    one = evaluate_arms(baseline, found)["0"]
    assert one.n == 19 and one.among_best and one.gap_to_best == (-np.inf, np.inf)
