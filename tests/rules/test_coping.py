"""Coping at home: who can help, an able adult's time, the stock of essentials."""

from __future__ import annotations

from simulator.parameters import Model
from simulator.rules.coping import (
    helping_time,
    is_able_to_help,
    restocked_amount,
    surplus_stock,
)

P = Model().coping.numbers


def test_helping_time_follows_functioning_and_days() -> None:
    assert helping_time(1.0, 7, P) == 21000 == 2 * helping_time(0.5, 7, P)


def test_who_is_able() -> None:
    assert is_able_to_help(1, 15, 0.2, P)
    assert not is_able_to_help(0, 40, 0.2, P)
    assert not is_able_to_help(1, 14, 0.2, P)
    assert not is_able_to_help(1, 40, 0.5, P)


def test_a_week_of_shopping_fills_the_stock_and_no_more() -> None:
    assert restocked_amount(0, 7000, 1.0, 0, 7) == 7000
    assert restocked_amount(6900, 7000, 1.0, 0, 7) == 100
    assert restocked_amount(0, 7000, 0.0, 0, 7) == 0
    by_day = sum(restocked_amount(0, 7000, 0.3, day, 1) for day in range(7))
    assert by_day == restocked_amount(0, 7000, 0.3, 0, 7) == 2100


def test_surplus_keeps_a_reserve_for_each_person() -> None:
    assert surplus_stock(10_000, 2, 3.0) == 4000
    assert surplus_stock(5_000, 2, 3.0) == 0
