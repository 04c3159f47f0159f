"""Aftermath: own pace, insurance, papers, scars, giving up, return home."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.aftermath import (
    MAX_TIES_THAT_REHOUSE,
    given_up_amount,
    insurance_payment,
    insured_probability,
    own_pace,
    pace_of_home,
    paper_gate,
    return_rate,
    saturating_share,
    scar_of_need,
)

P, OUT = Model().aftermath.numbers, Model().displacement.numbers
SHARE = st.floats(0, 1)


@given(frailty=SHARE, functioning=SHARE, income=st.floats(0, 5), pace=st.floats(0, 4), rich=st.floats(0, 5))
def test_a_week_of_own_pace_is_seven_days(frailty: float, functioning: float, income: float, pace: float,
                                          rich: float) -> None:
    day, week = (own_pace(pace, rich, frailty, functioning, P.usual_skill, 0.0, income, span, P) for span in (1, 7))
    assert 0 <= week - 7 * day <= 7
    fit = own_pace(pace, rich, 0.0, 1.0, P.usual_skill, 0.0, income, 7, P)
    assert week <= fit, "frailty and low functioning slow it"
    assert week >= own_pace(pace, 0.0, frailty, functioning, P.usual_skill, 0.0, income, 7, P), "income speeds it up"


def test_own_pace_and_the_homes_in_numbers() -> None:
    assert own_pace(1.2, 0.0, 0.5, 0.5, P.usual_skill, 0.0, 9.0, 7, P) == 300
    assert own_pace(1.2, 0.0, 0.0, 1.0, P.usual_skill + 0.5, 0.0, 0.0, 7, P) == 1680, "skill speeds it up"
    assert own_pace(1.2, 0.0, 0.0, 1.0, P.usual_skill, 0.2, 0.0, 7, P) == 1320, "power to act speeds it up"
    assert own_pace(0.0, 1.8, 1.0, 0.0, P.usual_skill, 0.0, P.income_floor + 1.0, 7, P) == 1800
    assert own_pace(0.0, 1.8, 1.0, 0.0, P.usual_skill, 0.0, P.income_floor / 2, 7, P) == 0
    assert abs(pace_of_home(1.0, 3, 7, P) - P.home * 3000) <= 1 and pace_of_home(1.0, 0, 7, P) == 0


def test_the_insured_are_more_often_rich_and_never_all() -> None:
    chances = [insured_probability(income, P) for income in (0.0, 0.5, 1.0, 2.0, 50.0)]
    assert chances == sorted(chances) and chances[2] == pytest.approx(P.insured) and chances[-1] <= 0.95


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_gate_closes_with_open_papers(open_papers: int, made: int) -> None:
    gate = paper_gate(open_papers, made, P)
    assert 1 - P.paper_gate <= gate <= 1
    assert paper_gate(0, made, P) == 1.0 == paper_gate(open_papers, 0, P)
    if made:
        assert paper_gate(made, made, P) == pytest.approx(1 - P.paper_gate) == paper_gate(9 * made, made, P)


def test_insurance_pays_all_that_arose_in_the_inverse_of_its_rate() -> None:
    weeks = round(1 / P.insurance_rate)
    assert sum(insurance_payment(10_000, 1.0, 7, P) for _ in range(weeks)) == pytest.approx(10_000, abs=weeks)
    assert insurance_payment(10_000, 0.2, 7, P) == pytest.approx(0.2 * insurance_payment(10_000, 1.0, 7, P), abs=1)


@given(st.integers(0, 10**7))
def test_a_scar_is_a_share_of_what_passed(faded: int) -> None:
    assert scar_of_need(faded, P) == math.floor(P.scar * faded) <= faded


@given(amount=st.integers(0, 2 * 10**9), days=st.integers(1, 28))
def test_giving_up_is_a_hazard(amount: int, days: int) -> None:
    lost = given_up_amount(amount, days, P)
    assert lost == math.floor(amount * -math.expm1(-P.give_up * days / 365.0)) <= amount
    left = amount
    for _ in range(days):
        left -= given_up_amount(left, 1, P)
    assert abs((amount - lost) - left) <= days + 1 + 1e-9 * amount


@given(amount=st.integers(0, 2 * 10**9), scale=st.floats(1, 100))
def test_open_work_weighs_half_at_its_scale_and_never_all(amount: int, scale: float) -> None:
    share = saturating_share(float(amount), scale)
    assert 0 <= share < 1 and share <= saturating_share(amount + 1000.0, scale)
    assert saturating_share(1000 * scale, scale) == pytest.approx(0.5)


def test_the_rate_of_return_is_the_sum_of_its_ways() -> None:
    day = OUT.rehousing_days + 1
    assert return_rate(0, 1.0, 6, 1.0, 1.0, OUT) == OUT.notice_return
    assert return_rate(OUT.notice_days, 1.0, 0, 0.0, 1.0, OUT) == pytest.approx(OUT.own_return)
    assert return_rate(day, 0.5, 3, 1.0, 0.4, OUT) == pytest.approx(
        0.5 * OUT.own_return * 0.4 + 3 * OUT.tie_return + 0.4 * OUT.institution_return)
    assert return_rate(day, 9.0, 99, 0.0, 1.0, OUT) == pytest.approx(
        2 * OUT.own_return + MAX_TIES_THAT_REHOUSE * OUT.tie_return), "neither money nor ties help without end"
    assert return_rate(OUT.rehousing_days - 1, 1.0, 0, 1.0, 1.0, OUT) == pytest.approx(OUT.own_return)
    assert return_rate(day, 1.0, 4, 1.0, 0.0, OUT) == pytest.approx(4 * OUT.tie_return), "ties need no papers"
