"""Who a portfolio leaves worse off: in words, and as a table."""

from simulator.analysis.robustness.regret import WorseOffCheck
from simulator.report.sheets.worse_off import build_worse_off_sheet


def test_the_broken_come_last_and_the_table_holds_all():
    states = {"a": WorseOffCheck("broken", "income.1", 0.02, 1.0), "b": WorseOffCheck("kept", "age.75+", -0.01, 0.0)}
    labels = {name: {"fr": name.upper(), "en": name.upper()} for name in states}
    sheet = build_worse_off_sheet(states, labels, (3, 9), 0.001, "en")
    assert "3 of 9 portfolios" in sheet.text and sheet.text.index("B ") < sheet.text.index("A ")
    assert [row[:2] for row in sheet.rows] == [["a", "broken"], ["b", "kept"]]
    assert "lèsent un groupe" in build_worse_off_sheet({}, {}, (0, 1), 0.0, "fr").text
