"""Needs: integer flows, random events, and what is carried over."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.compiled import kernel
from simulator.kernel.keyed_random import draw_words, make_random_key
from simulator.kernel.random_streams import NEED
from simulator.parameters import Model
from simulator.rules.needing import (
    EVENT,
    FLOW,
    STOCK,
    approximate_event_size,
    carry_over_need,
    draw_crisis_need,
    draw_everyday_needs,
    integer_flow,
    need_event_size,
    other_person_probability,
    to_thousandths,
)

P = Model().needing.numbers
KEY = make_random_key(5)


def test_an_integer_flow_adds_up_over_any_split() -> None:
    for rate in (0.0, 0.3, 7.77, 1234.5):
        whole = integer_flow(rate, -3, 20)
        assert whole == sum(integer_flow(rate, day, 1) for day in range(-3, 17))
        assert abs(whole - 20 * rate) <= 1


def test_thousandths_rounds_to_the_nearest() -> None:
    assert [to_thousandths(x) for x in (0.0, 0.0004, 0.0006, 1.5)] == [0, 0, 1, 1500]


def test_the_share_carried_over_is_a_power_of_the_days() -> None:
    assert carry_over_need(1000, 0.5, 1) == 500
    assert carry_over_need(1000, 0.5, 7) == 7
    assert carry_over_need(1000, 0.0, 1) == 0
    assert carry_over_need(1000, 1.0, 7) == 1000


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.8, 0.95])
def test_an_unmet_need_ends(keep: float) -> None:
    """No last thousandth is carried over for ever."""
    left, days = 5000, 0
    while left > 0:
        left, days = carry_over_need(left, keep, 1), days + 1
        assert days <= 1 + np.log(5000) / -np.log(keep)


def test_everyday_needs_have_the_declared_mean_and_split() -> None:
    """Mean rate x size x days in thousandths; a share .05 + .45 frailty takes another person. 6 standard errors."""
    n, span, frailty = 20000, 7, 0.4
    both = np.array([draw_everyday_needs(KEY, uid, 0, 2, draw_words(KEY, uid, 0, 0, NEED)[2], span, frailty, P)
                     for uid in range(n)])
    mean = P.rate * P.size * span * 1000
    error = 6 * np.sqrt(2 * P.rate * span) * P.size * 1000 / np.sqrt(n)
    assert abs(both[:, 0].mean() - mean) < error
    assert abs(both[:, 1].mean() - mean * other_person_probability(frailty, P)) < error
    assert (both[:, 1] <= both[:, 0]).all()


@pytest.mark.parametrize("span", [1, 7])
def test_events_of_a_crisis_have_the_mean_of_its_rate(span: int) -> None:
    n, rate = 20000, 0.3
    total = np.array([draw_crisis_need(KEY, uid, 9, 0, 0, EVENT, False, rate, span, P) for uid in range(n)])
    assert abs(total.mean() - rate * span * 1000) < 6 * np.sqrt(2 * rate * P.size * span / n) * 1000


def test_flow_and_stock() -> None:
    assert draw_crisis_need(KEY, 1, 9, 10, 0, FLOW, False, 0.5, 7, P) == 3500
    assert draw_crisis_need(KEY, 1, 9, 10, 0, STOCK, True, 3.0, 1, P) == 3000
    assert draw_crisis_need(KEY, 1, 9, 11, 0, STOCK, False, 3.0, 1, P) == 0


@kernel
def both_sizes(word, p, approximate, exact):
    for k in range(word.size):
        approximate[k], exact[k] = approximate_event_size(word[k], p), need_event_size(word[k], p)


@pytest.mark.parametrize("mean", [0.01, 2.5, 400.0])
def test_an_approximate_size_is_exact_or_missing(mean: float) -> None:
    p = P._replace(size=mean)
    words = np.concatenate([np.arange(50_000), (1 << 32) - 1 - np.arange(50_000),
                            np.random.default_rng(1).integers(0, 1 << 32, 300_000)]).astype(np.uint32)
    approximate, exact = np.empty(words.size, np.int64), np.empty(words.size, np.int64)
    both_sizes(words, p, approximate, exact)
    certain = approximate >= 0
    assert certain.mean() > 0.99 and np.array_equal(approximate[certain], exact[certain])


def test_an_approximate_size_is_missing_near_a_rounding_edge() -> None:
    """The size of word w is -log((w + 1/2) / 2^32) of the mean: a mean that puts it on the edge gives -1."""
    word = np.uint32(3_000_000_000)
    edge = 0.0015 / -np.log((3_000_000_000 + 0.5) / 2**32)
    for off in (0.0, 1e-12, -1e-12):
        assert approximate_event_size(word, P._replace(size=edge * (1 + off))) == -1
    for off in (1e-6, -1e-6):
        p = P._replace(size=edge * (1 + off))
        assert approximate_event_size(word, p) == need_event_size(word, p) >= 0
