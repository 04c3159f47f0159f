from datetime import date

import pytest

from simulator.i18n.date_format import format_date, format_short_date


def test_dates_in_both_languages():
    assert format_date("2027-08-01", "fr") == "1er août 2027" and format_date("2027-08-04", "fr") == "4 août 2027"
    assert format_date("2027-08-01", "en") == "1 August 2027"
    with pytest.raises(ValueError, match="isoformat"):
        format_date("soon", "fr")


def test_short_dates():
    day = date(2027, 8, 4)
    assert format_short_date(day, "fr") == "04/08/2027" and format_short_date(day, "en") == "4 Aug 2027"
