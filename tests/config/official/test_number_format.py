"""Figures with decimal points or commas, thousands apart by spaces, commas or points; what is in doubt is refused."""

from __future__ import annotations

import pytest

from simulator.config.official.number_format import AmbiguousNumber, find_decimal_sign, parse_number


def read(cell: str, *others: str) -> float | None:
    return parse_number(cell, find_decimal_sign([cell, *others]))


@pytest.mark.parametrize(("cell", "others", "value"), [
    ("2057.93753915075", (), 2057.93753915075), ("17,5", (), 17.5), ("2 057,9", (), 2057.9), ("2\u202f057", (), 2057),
    ("2\u00a0057", (), 2057), ("2,134", ("17,5",), 2.134), ("2,134", ("17.5",), 2134), ("1.234,5", (), 1234.5),
    ("1,234.5", (), 1234.5), ("1,234,567", (), 1234567), ("0,293", (), 0.293), ("2400,500", (), 2400.5),
    ("2.134", (), 2.134), ("0.5", ("17,5",), 0.5), ("−3", (), -3), ("12e3", (), 12000), ("'480'", (), 480),
])
def test_figures_as_people_write_them(cell: str, others: tuple[str, ...], value: float) -> None:
    assert read(cell, *others) == pytest.approx(value)


@pytest.mark.parametrize("mark", ["", " ", "s", "S", "ns", "nd", "n/d", "so", "c", "…", "-"])
def test_marks_of_missing_figures(mark: str) -> None:
    assert read(mark) is None


@pytest.mark.parametrize(("cell", "others"), [("2,134", ()), ("2,134", ("480", "12")), ("2,134", ("1,5", "1.5")),
                                              ("2.134", ("17,5",))])
def test_two_or_two_thousand(cell: str, others: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousNumber):
        read(cell, *others)


@pytest.mark.parametrize("cell", ["many", "1,2,3", "1.2.3", "nan", "inf", "1e999", "2,134,5", "12/2022", "٣"])
def test_no_numbers(cell: str) -> None:
    with pytest.raises(ValueError):
        read(cell)
