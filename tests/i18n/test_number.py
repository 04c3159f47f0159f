import pytest

from simulator.i18n.number import (
    FIXED,
    MINUS,
    THIN,
    chance,
    decimals_for,
    decimals_of,
    ends,
    estimate,
    euro_range,
    euros,
    interval,
    number,
    percent,
    significant,
)


@pytest.mark.parametrize(("value", "decimals", "fr", "en"), [
    (1234.5, 1, f"1{THIN}234,5", "1,234.5"),
    (-0.125, 2, f"{MINUS}0,12", f"{MINUS}0.12"),
    (-0.001, 2, "0,00", "0.00"),
    (1392, -2, f"1{THIN}400", "1,400"),
    (float("nan"), 0, "–", "–"),
    (float("inf"), 0, "∞", "∞"),
])
def test_numbers_in_both_languages(value, decimals, fr, en):
    assert (number(value, "fr", decimals), number(value, "en", decimals)) == (fr, en)


def test_signs():
    assert number(3, "en", sign=True) == "+3"
    assert number(-3, "en", sign=True) == f"{MINUS}3"
    assert number(0.4, "en", sign=True) == "0"


def test_percent_and_chance_are_never_certain():
    assert percent(0.123, "fr") == f"12{THIN}%" and percent(0.123, "en") == "12%"
    assert chance(0.9999, "en") == f">{THIN}99%" and chance(0.001, "fr") == f"<{THIN}1{THIN}%"
    assert chance(0.87, "en") == "87%" and chance(float("nan"), "en") == "–"
    assert chance(0.99, "en") == "99%" and chance(1.0, "en") == f">{THIN}99%"


def test_an_estimate_shows_the_digits_its_interval_deserves():
    assert estimate(-0.4479, -0.5188, -0.377, "en") == f"{MINUS}0.45 [{MINUS}0.52,{FIXED}{MINUS}0.38]"
    assert estimate(-0.4479, -0.5188, -0.377, "fr") == f"{MINUS}0,45 [{MINUS}0,52{THIN};{FIXED}{MINUS}0,38]"
    assert estimate(312, 260, 364, "en") == f"+310 [+260,{FIXED}+360]"
    assert estimate(1.0, float("nan"), float("nan"), "en") == "+1.00"
    assert decimals_for(0.071) == 2 and decimals_for(45) == -1 and decimals_for(0) == 2
    assert interval(float("nan"), 1, "en") == ""


def test_an_interval_that_leaves_0_out_never_shows_it_as_0():
    assert estimate(-0.02, -0.0397, -0.0003, "fr") == f"{MINUS}0,02 [{MINUS}0,04{THIN};{FIXED}{MINUS}0,0003]"
    assert ends(0.0002, 0.003, "en") == ["0.0002", "0.003"] and ends(0.2, 40, "en", sign=True) == ["+0.2", "+40"]
    assert interval(-0.04, 0.0003, "en") == f"[{MINUS}0.04,{FIXED}0.00]"
    assert "0.0" not in ends(-300, -2, "en", -1)[1]


def test_euros():
    assert euros(1392, "fr") == f"1{THIN}400{THIN}€" and euros(1392, "en") == "€1,400"
    assert euros(620_000, "en") == "€620k" and euros(1_234_000, "fr") == f"1,2{THIN}M€"
    assert euros(0, "en") == "€0" and euros(float("nan"), "fr") == "–"
    assert euro_range(3.4, float("inf"), "en") == "over €3.4"
    assert euro_range(float("nan"), 1, "en") == ""
    assert significant(0.01234, "en") == "0.012"


def test_small_losses_keep_two_digits() -> None:
    assert [decimals_of(x) for x in (0.0523, 0.42, 1.4, 27.0, 0.0)] == [3, 2, 1, 0, 2]
    expected = f"{MINUS}0.0014 [{MINUS}0.0016,{FIXED}{MINUS}0.0012]"
    assert estimate(-0.00139, -0.00162, -0.00116, "en") == expected
