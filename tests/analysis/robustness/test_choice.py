import numpy as np
import pytest

from simulator.analysis.robustness.choice import behind, best_arms, choose, verdict


def arms(rng, means, n=20, own=0.3):
    """Baseline and arms that share their luck, means below the baseline's 10."""
    luck = rng.normal(10, 1, n)
    return luck, {str(k): luck + m + rng.normal(0, own, n) for k, m in enumerate(means)}


@pytest.mark.parametrize(("low", "high", "better", "found"), [
    (-5, -3, -1, "acts"), (-5, -1, -1, "helps"), (-5, 1, -1, "open"), (-1, 1, -1, "small"), (1, 5, -1, "harms"),
    (3, 5, 1, "acts"), (0.5, 5, 1, "helps"), (-5, -1, 1, "harms"), (-1, 0.5, -1, "small"),
    (-np.inf, np.inf, -1, "open")])
def test_verdicts(low, high, better, found):
    assert verdict(low, high, better, smallest=2.0) == found


def test_a_smallest_difference_of_nothing_still_gives_verdicts():
    assert verdict(-2, -1) == "acts" and verdict(0, 0) == "small" and verdict(-1, 1) == "open"


def test_clear_levers_are_told_apart_and_twins_are_not():
    luck, found = arms(np.random.default_rng(41), [-2.0, -2.0, -0.5, 0.0, 1.0])
    out = choose(luck, found, smallest=0.3)
    assert [out[str(k)].verdict for k in range(5)][:2] == ["acts", "acts"] and out["4"].verdict == "harms"
    assert [name for name, one in out.items() if one.among_best] == ["0", "1"]
    assert out["2"].behind[0] > 1 and out["0"].behind[0] < 0 < out["0"].behind[1]
    assert out["0"].p < 0.001 < out["3"].p and out["0"].gain.ratio > 5
    assert all(one.low <= one.difference <= one.high for one in out.values())


def test_more_is_better_turns_everything_round():
    luck, found = arms(np.random.default_rng(42), [-2.0, 0.0, 2.0])
    assert best_arms(found, better=1) == ["2"] and best_arms(found, better=-1) == ["0"]
    assert behind(found, better=1)["0"][0] > 3


def test_all_intervals_hold_together_and_the_best_stays_at_every_look():
    """Promised 95 in 100 for eight arms looked at five times; 60 studies, at most 5 in 100 may err."""
    rng, missed, lost = np.random.default_rng(43), 0, 0
    true = np.array([-1.0, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4])
    for _ in range(60):
        luck, found = arms(rng, true, 30, own=1.0)
        for n in (5, 7, 10, 20, 30):
            out = choose(luck[:n], {name: v[:n] for name, v in found.items()})
            if any(not out[str(k)].low <= m <= out[str(k)].high for k, m in enumerate(true)):
                missed += 1
                break
        lost += any("0" not in best_arms({name: v[:n] for name, v in found.items()}) for n in (5, 7, 10, 20, 30))
    assert missed / 60 <= 0.05 and lost / 60 <= 0.05


def test_levers_that_do_nothing_are_rarely_acted_on():
    """Five idle levers, looked at six times: at most 5 studies in 100 may say that one of them helps or harms."""
    rng, wrong = np.random.default_rng(44), 0
    for _ in range(100):
        luck, found = arms(rng, [0.0] * 5, 24, own=1.0)
        wrong += any(one.verdict not in ("open", "small") or one.p < 0.05 for n in (5, 6, 8, 12, 18, 24)
                     for one in choose(luck[:n], {name: v[:n] for name, v in found.items()}, smallest=0.1).values())
    assert wrong / 100 <= 0.05


def test_one_arm_none_and_missing_seeds():
    assert choose(np.zeros(4), {}) == {}
    luck, found = arms(np.random.default_rng(45), [-1.0])
    found["0"][3] = np.nan
    one = choose(luck, found)["0"]
    assert one.n == 19 and one.among_best and one.behind == (-np.inf, np.inf)
