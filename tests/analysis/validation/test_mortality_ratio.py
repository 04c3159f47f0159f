import numpy as np
import pytest

from simulator.analysis.validation.mortality_ratio import adjusted_ratio, log_linear


def crowd() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    luck = np.random.default_rng(1)
    group, age = luck.random(2000) < 0.4, luck.normal(75, 6, 2000)
    return group, age + 3 * group, luck.random(2000)


def test_the_ratio_is_the_one_put_in_whatever_age_does() -> None:
    group, age, frailty = crowd()
    deaths = 1e-4 * np.exp(-0.9 * group + 0.1 * age + 2.0 * frailty)
    assert adjusted_ratio(deaths, group, age, frailty) == pytest.approx(np.exp(-0.9), rel=1e-6)
    assert adjusted_ratio(deaths, group, frailty) > 1.1 * np.exp(-0.9)


def test_without_other_traits_it_is_the_ratio_of_means() -> None:
    group, age, _ = crowd()
    assert adjusted_ratio(age, group) == pytest.approx(age[group].mean() / age[~group].mean())


def test_what_cannot_be_told_is_not_a_number() -> None:
    group, age, _ = crowd()
    assert np.isnan(adjusted_ratio(age, group & ~group))
    assert np.isnan(log_linear(np.zeros(5), np.ones((5, 1)))).all()
    assert np.isnan(log_linear(np.ones(5), np.ones((5, 2)))).all()
