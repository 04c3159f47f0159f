"""Money: integer flows add up over any steps, and grants decide who closes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.funding import closes, paid, running_grants


@given(st.integers(0, 10**10), st.integers(0, 4000), st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_parts_add_up_exactly(yearly: int, day: int, spans: list[int]) -> None:
    parts, at = 0, day
    for span in spans:
        parts += paid(yearly, at, span)
        at += span
    assert parts == paid(yearly, day, sum(spans))


def test_a_year_pays_a_year() -> None:
    assert paid(123_456_789, 11, 365) == 123_456_789


def test_two_lost_grants_close_a_site() -> None:
    assert [int(running_grants(bits)) for bits in range(8)] == [0, 1, 1, 2, 1, 2, 2, 3]
    assert [bool(closes(bits)) for bits in range(8)] == [True, True, True, False, True, False, False, False]
