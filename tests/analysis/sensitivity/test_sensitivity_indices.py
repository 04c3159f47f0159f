"""Ishigami's function, whose indices are known in closed form: S1 .314, .442, 0; ST .558, .442, .244."""

import numpy as np
import pytest

pytest.importorskip("SALib")
from simulator.analysis.sensitivity.sensitivity_indices import (
    compute_morris_effects,
    compute_sobol_indices,
    decompose_variance,
)

NAMES = ("a", "b", "c")
FIRST, TOTAL = {"a": 0.3139, "b": 0.4424, "c": 0.0}, {"a": 0.5576, "b": 0.4424, "c": 0.2437}


def design(kind, points, second=False, names=NAMES):
    from SALib.sample import morris as morris_sample
    from SALib.sample import sobol as sobol_sample

    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    if kind == "morris":
        return morris_sample.sample(problem, points, seed=1)
    return sobol_sample.sample(problem, points, calc_second_order=second, seed=1)


def ishigami(x):
    """Ishigami & Homma 1990, a = 7, b = 0.1, inputs uniform on [-pi, pi]."""
    a, b, c = (2 * x.T - 1) * np.pi
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def close(found, first=0.02, total=0.02):
    for one in found.indices:
        assert one.first == pytest.approx(FIRST[one.name], abs=first), one
        assert one.total == pytest.approx(TOTAL[one.name], abs=total), one


def test_ishigami():
    found = compute_sobol_indices(NAMES, ishigami(design("sobol", 2048)))
    close(found)
    assert [one.name for one in found.indices] == ["a", "b", "c"] and found.second_order == {}
    assert np.isnan(found.variance.seed_share)


def test_ishigami_with_pairs():
    found = compute_sobol_indices(NAMES, ishigami(design("sobol", 2048, second=True)))
    close(found)
    assert found.second_order["a", "c"] == pytest.approx(0.2437, abs=0.03)
    assert abs(found.second_order["a", "b"]) < 0.03 and abs(found.second_order["b", "c"]) < 0.03


def test_noise_has_a_share_of_its_own():
    """Ishigami (variance 13.84) plus noise per seed and noise per point and seed (variance 9), over 4 seeds.

    The noise left in the means, of variance 9/4, acts as one more input at each point: a known share of every index.
    """
    rng, x = np.random.default_rng(91), design("sobol", 2048)
    y = ishigami(x)[:, None] + rng.normal(0, 2, 4) + rng.normal(0, 3, (len(x), 4))
    found = compute_sobol_indices(NAMES, y)
    noise_share = 9 / 4 / (13.84 + 9 / 4)
    assert found.variance.noise_share == pytest.approx(noise_share, abs=0.01)
    for one in found.indices:
        assert one.first == pytest.approx((1 - noise_share) * FIRST[one.name], abs=0.04)
        assert one.total == pytest.approx((1 - noise_share) * TOTAL[one.name] + noise_share, abs=0.04)
    assert found.variance.settings == pytest.approx(13.84, rel=0.05)
    assert found.variance.interaction == pytest.approx(9, rel=0.05)
    share = (found.variance.seed + 9) / (found.variance.seed + 9 + 13.84)
    assert found.variance.seed_share == pytest.approx(share, abs=0.02)


def test_variance_by_hand():
    """Points 0 and 6, seeds -1, 0, 1, no interaction: variances 18, 1 and 0."""
    found = decompose_variance(np.array([[-1.0, 0.0, 1.0], [5.0, 6.0, 7.0]]))
    assert (found.settings, found.seed, found.interaction) == pytest.approx((18, 1, 0))
    assert found.seed_share == pytest.approx(1 / 19)


def test_shares_of_variance_are_found_on_average():
    rng, found = np.random.default_rng(92), []
    for _ in range(200):
        found.append(decompose_variance(rng.normal(0, 2, (30, 1)) + rng.normal(0, 1, 6) + rng.normal(0, 3, (30, 6))))
    assert np.mean([one.settings for one in found]) == pytest.approx(4, rel=0.1)
    assert np.mean([one.seed for one in found]) == pytest.approx(1, rel=0.15)
    assert np.mean([one.interaction for one in found]) == pytest.approx(9, rel=0.05)


def test_morris_on_a_plane():
    """Linear effects: mu* is the slope, sigma is 0, and a setting without effect has 0."""
    names = ("flat", "down", "up")
    x = design("morris", 12, names=names)
    found, noise = compute_morris_effects(names, x, x @ np.array([0.0, -3.0, 2.0]))
    assert [one.name for one in found] == ["down", "up", "flat"] and noise == 0
    assert [one.mu_star for one in found] == pytest.approx([3, 2, 0]) and found[0].mean == pytest.approx(-3)
    assert [one.sigma for one in found] == pytest.approx([0, 0, 0], abs=1e-9)


def test_morris_estimates_the_mu_star_of_noise_alone():
    """Two settings have no effect: their mu* is near that of noise; the third is far above it."""
    rng, x = np.random.default_rng(93), design("morris", 40)
    y = 5 * x[:, [0]] + rng.normal(0, 1, 5) + rng.normal(0, 1, (len(x), 5))
    found, noise = compute_morris_effects(NAMES, x, y)
    assert noise > 0 and found[0].name == "a" and found[0].low > 2 * noise
    assert [one.mu_star / noise for one in found[1:]] == pytest.approx([1, 1], abs=0.35)


def test_incomplete_designs_are_refused():
    with pytest.raises(ValueError, match="power of two"):
        compute_sobol_indices(NAMES, np.arange(17.0))
    with pytest.raises(ValueError, match="1 of 10 points"):
        compute_sobol_indices(NAMES, np.r_[np.nan, np.arange(9.0)])
