from simulator.dashboard.views.data_table import escape_markdown, format_spreadsheet_csv


def test_a_cell_is_shown_unchanged():
    assert escape_markdown("> 99 %") == "\\> 99 %" and escape_markdown("**a** [b](c)") == "\\*\\*a\\*\\* \\[b\\](c)"
    assert escape_markdown(3) == 3


def test_csv_opens_in_a_spreadsheet():
    assert format_spreadsheet_csv([{"a": "é;", "b": 1}]) == '\ufeffa;b\n"é;";1\n'
    assert format_spreadsheet_csv([]) == "\ufeff"
