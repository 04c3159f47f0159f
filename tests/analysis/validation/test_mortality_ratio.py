import numpy as np
import pytest

from simulator.analysis.validation.mortality_ratio import estimate_mortality_ratio, fit_log_linear


def draw_residents() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    group, age = rng.random(2000) < 0.4, rng.normal(75, 6, 2000)
    return group, age + 3 * group, rng.random(2000)


def test_the_ratio_is_adjusted_for_covariates() -> None:
    group, age, frailty = draw_residents()
    deaths = 1e-4 * np.exp(-0.9 * group + 0.1 * age + 2.0 * frailty)
    assert estimate_mortality_ratio(deaths, group, age, frailty) == pytest.approx(np.exp(-0.9), rel=1e-6)
    assert estimate_mortality_ratio(deaths, group, frailty) > 1.1 * np.exp(-0.9)


def test_without_covariates_it_is_the_ratio_of_means() -> None:
    group, age, _ = draw_residents()
    assert estimate_mortality_ratio(age, group) == pytest.approx(age[group].mean() / age[~group].mean())


def test_undefined_ratios_are_nan() -> None:
    group, age, _ = draw_residents()
    assert np.isnan(estimate_mortality_ratio(age, group & ~group))
    assert np.isnan(fit_log_linear(np.zeros(5), np.ones((5, 1)))).all()
    assert np.isnan(fit_log_linear(np.ones(5), np.ones((5, 2)))).all()
