from simulator.dashboard.views.data_table import format_spreadsheet_csv


def test_csv_opens_in_a_spreadsheet():
    assert format_spreadsheet_csv([{"a": "é;", "b": 1}]) == '\ufeffa;b\n"é;";1\n'
    assert format_spreadsheet_csv([]) == "\ufeff"


def test_no_cell_is_a_formula():
    assert format_spreadsheet_csv([{"=a": "=1+1", "b": -1}, {"=a": "-1,5", "b": 2}]) == \
        "\ufeff'=a;b\n'=1+1;-1\n-1,5;2\n"
