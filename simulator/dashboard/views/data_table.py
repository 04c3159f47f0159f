"""The data table behind each figure, shown on the page and as a CSV file to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ...i18n.plain_text import make_plain_cell, write_csv
from ...i18n.texts.page_texts import get_page_text
from ..plain_streamlit import st

SCROLL_ROWS = 40
"""Tables of more rows scroll."""


def show_data_table(rows: Sequence[Mapping[str, Any]], name: str, lang: str, opened: bool = False,
                    figure: bool = True) -> None:
    """Draw the rows, collapsed unless `opened`, with a button that downloads them as CSV.

    figure: they stand under a figure that is drawn from them.
    """
    head = get_page_text("The table behind the figure", lang) if figure else get_page_text("In numbers", lang)
    with st.expander(head, expanded=opened):
        if len(rows) > SCROLL_ROWS:
            cells = [{name: make_plain_cell(value) for name, value in row.items()} for row in rows]
            st.dataframe(cells, hide_index=True, width="stretch")  # it can be downloaded as CSV
        else:
            st.table(rows)
        st.download_button(get_page_text("Download this table (CSV)", lang), format_spreadsheet_csv(rows),
                           f"{name}.csv", "text/csv", key=f"csv_{name}", on_click="ignore")


def format_spreadsheet_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV separated by semicolons, with a byte order mark from which spreadsheets know the encoding."""
    page = StringIO()
    if rows:
        write_csv(page, [list(rows[0]), *([row.get(name, "") for name in rows[0]] for row in rows)], ";")
    return "\ufeff" + page.getvalue()
