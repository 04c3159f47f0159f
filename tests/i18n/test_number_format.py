import pytest

from simulator.i18n.number_format import (
    MINUS,
    NARROW_NBSP,
    NBSP,
    decimals_for_error,
    decimals_for_size,
    format_dose,
    format_estimate,
    format_euro_range,
    format_euros,
    format_interval,
    format_interval_ends,
    format_number,
    format_percent,
    format_probability,
    format_significant,
)


@pytest.mark.parametrize(("value", "decimals", "fr", "en"), [
    (1234.5, 1, f"1{NARROW_NBSP}234,5", "1,234.5"),
    (-0.125, 2, f"{MINUS}0,12", f"{MINUS}0.12"),
    (-0.001, 2, "0,00", "0.00"),
    (1392, -2, f"1{NARROW_NBSP}400", "1,400"),
    (float("nan"), 0, "–", "–"),
    (float("inf"), 0, "∞", "∞"),
])
def test_numbers_in_both_languages(value, decimals, fr, en):
    assert (format_number(value, "fr", decimals), format_number(value, "en", decimals)) == (fr, en)


@pytest.mark.parametrize(("dose", "fr", "en"), [
    (1.0, "1", "1"), (0.5, "0,5", "0.5"), (12.25, "12,25", "12.25"), (100.0, "100", "100"), (0.0, "0", "0"),
    (0.004, "0,004", "0.004"), (0.000123456, "0,000123", "0.000123"), (1 / 3, "0,333", "0.333")])
def test_a_dose_ends_in_no_zero_and_is_none_only_where_it_is_none(dose, fr, en):
    assert (format_dose(dose, "fr"), format_dose(dose, "en")) == (fr, en)


def test_signs():
    assert format_number(3, "en", sign=True) == "+3"
    assert format_number(-3, "en", sign=True) == f"{MINUS}3"
    assert format_number(0.4, "en", sign=True) == "0"


def test_percent_and_chance_are_never_certain():
    assert format_percent(0.123, "fr") == f"12{NBSP}%" and format_percent(0.123, "en") == "12%"
    assert format_probability(0.9999, "en") == f">{NARROW_NBSP}99%" and format_probability(
        0.001, "fr") == f"<{NARROW_NBSP}1{NBSP}%"
    assert format_probability(0.87, "en") == "87%" and format_probability(float("nan"), "en") == "–"
    assert format_probability(0.99, "en") == "99%" and format_probability(1.0, "en") == f">{NARROW_NBSP}99%"


def test_an_estimate_shows_the_digits_its_interval_deserves():
    assert format_estimate(-0.4479, -0.5188, -0.377, "en") == f"{MINUS}0.45 [{MINUS}0.52,{NBSP}{MINUS}0.38]"
    assert format_estimate(-0.4479, -0.5188, -0.377,
                           "fr") == f"{MINUS}0,45 [{MINUS}0,52{NARROW_NBSP};{NBSP}{MINUS}0,38]"
    assert format_estimate(312, 260, 364, "en") == f"+310 [+260,{NBSP}+360]"
    assert format_estimate(1.0, float("nan"), float("nan"), "en") == "+1.00"
    assert decimals_for_error(0.071) == 2 and decimals_for_error(45) == -1 and decimals_for_error(0) == 2
    assert format_interval(float("nan"), 1, "en") == ""


def test_an_interval_that_leaves_0_out_never_shows_it_as_0():
    assert format_estimate(-0.02, -0.0397, -0.0003,
                           "fr") == f"{MINUS}0,02 [{MINUS}0,04{NARROW_NBSP};{NBSP}{MINUS}0,0003]"
    assert format_interval_ends(0.0002, 0.003, "en") == ["0.0002", "0.003"] and format_interval_ends(
        0.2, 40, "en", sign=True) == ["+0.2", "+40"]
    assert format_interval(-0.04, 0.0003, "en") == f"[{MINUS}0.04,{NBSP}0.00]"
    assert "0.0" not in format_interval_ends(-300, -2, "en", -1)[1]


def test_euros():
    assert format_euros(1392, "fr") == f"1{NARROW_NBSP}400{NARROW_NBSP}€" and format_euros(1392, "en") == "€1,400"
    assert format_euros(620_000, "en") == "€620k" and format_euros(1_234_000, "fr") == f"1,2{NARROW_NBSP}M€"
    assert format_euros(0, "en") == "€0" and format_euros(float("nan"), "fr") == "–"
    assert format_euro_range(3.4, float("inf"), "en") == "over €3.4"
    assert format_euro_range(float("nan"), 1, "en") == ""
    assert format_significant(0.01234, "en") == "0.012"
    assert format_significant(5, "en") == "5" and format_significant(1390, "en") == "1,400"  # counts


def test_small_losses_keep_two_digits() -> None:
    assert [decimals_for_size(x) for x in (0.0523, 0.42, 1.4, 27.0, 0.0)] == [3, 2, 1, 0, 2]
    expected = f"{MINUS}0.0014 [{MINUS}0.0016,{NBSP}{MINUS}0.0012]"
    assert format_estimate(-0.00139, -0.00162, -0.00116, "en") == expected
