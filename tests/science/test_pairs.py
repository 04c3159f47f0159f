"""A9: two herders who help each other in need last as long as published.

The donor's rule is the model's own `surplus`: give if able without endangering yourself. Around it stands the published
setting: herds of 70, at least 64 needed, at most 600; growth, then disasters; out after two years in a row below. That
growth and disaster are each rounded to whole animals, and that who gives up has asked first, is the reading under which
both columns of the table come out: rounded once, helpers last 20 years and not 18.
Source: Aktipis, Cronk, de Aguiar 2011, doi:10.1007/s10745-010-9364-9, table 1 and figures 3 and 4.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.random import key
from simulator.kernel.stream import NEED
from simulator.rules.coping import surplus
from simulator.rules.domain import MILLI
from simulator.world.population.random_columns import normals, uniforms

PAIRS, YEARS = 10_000, 120
HERD, LEAST, MOST = 70, 64, 600
GROWTH, GROWTH_SPREAD = 0.034, 0.0253
DISASTER, LOSS, LOSS_SPREAD = 0.1, 0.30, 0.10
PATIENCE = 2
"""Years in a row below the least, counted before anybody is asked, after which a herder gives up."""
MEDIAN_ALONE, MEDIAN_TOGETHER = 11, 18
FATE_ALONE, FATE_TOGETHER = -0.005, 0.55
"""Published: years that half of the herders last, and Spearman's correlation of two partners' years."""
CHANCE = 5 / np.sqrt(PAIRS)
"""Five standard errors of a correlation of so many pairs, twice those of a half: an error rate of 6e-7."""


def year(herds: np.ndarray, at: int) -> np.ndarray:
    """int64[pairs, 2]: herds after a year's growth and disasters, each in whole animals; each herder has own luck."""
    luck = uniforms(key(at), np.arange(herds.size), NEED)
    grown = np.rint(herds.ravel() * (1 + GROWTH + GROWTH_SPREAD * normals(luck[:, 0])))
    lost = np.where(luck[:, 1] < DISASTER, LOSS + LOSS_SPREAD * normals(luck[:, 2]), 0.0)
    return np.clip(np.rint(grown * (1 - lost)), 0, MOST).astype(np.int64).reshape(herds.shape)


def spared(herd: int) -> int:
    """Animals a herder can part with, by the rule of the model: all above a reserve of so many for one person."""
    return int(surplus(herd * MILLI, 1, LEAST)) // MILLI


def exchange(herds: np.ndarray, there: np.ndarray) -> None:
    """Who is below the least asks for what is missing; the partner gives what can be spared."""
    for pair, poor in np.argwhere((herds < LEAST) & there.all(axis=1)[:, None]):
        gift = min(LEAST - herds[pair, poor], spared(int(herds[pair, 1 - poor])))
        herds[pair, poor] += gift
        herds[pair, 1 - poor] -= gift


def years(helping: bool) -> np.ndarray:
    """int64[pairs, 2]: years each herder lasted."""
    herds, below = np.full((PAIRS, 2), HERD, np.int64), np.zeros((PAIRS, 2), np.int64)
    lasted, there = np.zeros((PAIRS, 2), np.int64), np.ones((PAIRS, 2), bool)
    for at in range(YEARS):
        herds = np.where(there, year(herds, at), 0)
        below = np.where(herds < LEAST, below + 1, 0)
        if helping:
            able = there & (herds >= LEAST)
            exchange(herds, there)
            assert (herds[able] >= LEAST).all(), "M12: a donor ended below the least"
        there &= below < PATIENCE
        lasted += there
    return lasted


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's, with mean ranks for equals."""
    def ranks(values: np.ndarray) -> np.ndarray:
        _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
        return (np.cumsum(counts) - (counts - 1) / 2)[which]

    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


@pytest.fixture(scope="module")
def alone() -> np.ndarray:
    """Years of herders who never meet."""
    return years(helping=False)


@pytest.fixture(scope="module")
def together() -> np.ndarray:
    """Years of herders who help each other in need."""
    return years(helping=True)


def test_half_of_them_last_as_long_as_published(alone: np.ndarray, together: np.ndarray) -> None:
    for lasted, median in ((alone, MEDIAN_ALONE), (together, MEDIAN_TOGETHER)):
        assert np.mean(lasted < median) < 0.5 + CHANCE / 2 and np.mean(lasted <= median) > 0.5 - CHANCE / 2
        assert np.mean(lasted <= median - 2) < 0.5 - CHANCE / 2, "two years less would not do"


def test_those_who_help_each_other_share_a_fate_as_published(alone: np.ndarray, together: np.ndarray) -> None:
    assert rank_correlation(*alone.T) == pytest.approx(FATE_ALONE, abs=CHANCE)
    assert rank_correlation(*together.T) == pytest.approx(FATE_TOGETHER, abs=CHANCE)
