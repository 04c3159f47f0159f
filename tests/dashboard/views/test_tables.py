from simulator.dashboard.views.tables import csv_text, literal


def test_a_cell_is_shown_as_it_stands():
    assert literal("> 99 %") == "\\> 99 %" and literal("**a** [b](c)") == "\\*\\*a\\*\\* \\[b\\](c)"
    assert literal(3) == 3


def test_csv_opens_in_a_spreadsheet():
    assert csv_text([{"a": "é;", "b": 1}]) == '\ufeffa;b\n"é;";1\n' and csv_text([]) == "\ufeff"
