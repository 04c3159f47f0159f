import pytest

from simulator.i18n.calendar_day import day_text


def test_days_are_written_as_people_write_them():
    assert day_text("2027-08-01", "fr") == "1er août 2027" and day_text("2027-08-04", "fr") == "4 août 2027"
    assert day_text("2027-08-01", "en") == "1 August 2027"
    with pytest.raises(ValueError, match="isoformat"):
        day_text("soon", "fr")
