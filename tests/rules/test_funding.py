"""Money: yearly amounts add up over any steps, and grants decide which sites close."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.funding import count_active_grants, must_close, prorate_yearly_amount


@given(st.integers(0, 10**10), st.integers(0, 4000), st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_parts_add_up_exactly(yearly: int, day: int, spans: list[int]) -> None:
    total, start = 0, day
    for span in spans:
        total += prorate_yearly_amount(yearly, start, span)
        start += span
    assert total == prorate_yearly_amount(yearly, day, sum(spans))


def test_a_year_pays_a_year() -> None:
    assert prorate_yearly_amount(123_456_789, 11, 365) == 123_456_789


def test_two_lost_grants_close_a_site() -> None:
    assert [int(count_active_grants(bits)) for bits in range(8)] == [0, 1, 1, 2, 1, 2, 2, 3]
    assert [bool(must_close(bits)) for bits in range(8)] == [True, True, True, False, True, False, False, False]
