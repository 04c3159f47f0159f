"""Coping at home: own time and know-how, the household's time, the stock of essentials."""

from __future__ import annotations

from simulator.parameters import Model
from simulator.rules.coping import (
    helping_time,
    is_able_to_help,
    own_know_how,
    own_time,
    restocked_amount,
    surplus_stock,
)

P = Model().coping.numbers


def test_own_time_falls_with_frailty_and_functioning() -> None:
    assert own_time(0.0, 1.0, 1, P) == 600
    assert own_time(0.5, 1.0, 1, P) == 300
    assert own_time(0.5, 0.5, 2, P) == 300
    assert helping_time(1.0, 7, P) == 21000


def test_who_is_able() -> None:
    assert is_able_to_help(1, 15, 0.2, P)
    assert not is_able_to_help(0, 40, 0.2, P)
    assert not is_able_to_help(1, 14, 0.2, P)
    assert not is_able_to_help(1, 40, 0.5, P)


def test_own_know_how_is_a_share() -> None:
    assert own_know_how(1001, 0.5) == 500


def test_a_week_of_shopping_fills_the_stock_and_no_more() -> None:
    assert restocked_amount(0, 7000, 1.0, 0, 7) == 7000
    assert restocked_amount(6900, 7000, 1.0, 0, 7) == 100
    assert restocked_amount(0, 7000, 0.0, 0, 7) == 0
    by_day = sum(restocked_amount(0, 7000, 0.3, day, 1) for day in range(7))
    assert by_day == restocked_amount(0, 7000, 0.3, 0, 7) == 2100


def test_surplus_keeps_a_reserve_for_each_person() -> None:
    assert surplus_stock(10_000, 2, 3.0) == 4000
    assert surplus_stock(5_000, 2, 3.0) == 0
