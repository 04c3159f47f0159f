"""The data table behind each figure, shown on the page and as a CSV file to download."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ...i18n.page_texts import get_page_text

MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]<>#$~|]")
"""Characters with a meaning in Markdown."""
SCROLL_ROWS = 14
"""Tables of more rows scroll."""


def show_data_table(rows: Sequence[Mapping[str, Any]], name: str, lang: str, opened: bool = False) -> None:
    """Draw the rows under a figure, collapsed unless `opened`, with a button that downloads them as CSV."""
    import streamlit as st

    with st.expander(get_page_text("The table behind the figure", lang), expanded=opened):
        if len(rows) > SCROLL_ROWS:
            st.dataframe(list(rows), hide_index=True, width="stretch")
        else:
            st.table([{name: escape_markdown(value) for name, value in row.items()} for row in rows])
        st.download_button(get_page_text("Download this table (CSV)", lang), format_spreadsheet_csv(rows),
                           f"{name}.csv", "text/csv", key=f"csv_{name}", on_click="ignore")


def escape_markdown(value: Any) -> Any:
    """A cell with Markdown escaped: Streamlit renders tables as Markdown, where "> 99 %" would be a quotation."""
    return MARKDOWN_SIGNS.sub(r"\\\g<0>", value) if isinstance(value, str) else value


def format_spreadsheet_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV separated by semicolons, with a byte order mark from which spreadsheets know the encoding."""
    page = StringIO()
    if rows:
        writer = csv.DictWriter(page, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return "\ufeff" + page.getvalue()
