"""The table behind each figure, to read and to take away."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ...i18n.page_texts import say

SIGNS = re.compile(r"[\\`*_\[\]<>#$~|]")
"""Signs that mean something in Markdown."""
SCROLL = 14
"""Rows from which a table scrolls."""


def behind(rows: Sequence[Mapping[str, Any]], name: str, lang: str, opened: bool = False) -> None:
    """Show the rows under a figure, folded away unless `opened`, with a button that gives them as CSV."""
    import streamlit as st

    with st.expander(say("table_behind", lang), expanded=opened):
        if len(rows) > SCROLL:
            st.dataframe(list(rows), hide_index=True, width="stretch")
        else:
            st.table([{name: literal(value) for name, value in row.items()} for row in rows])
        st.download_button(say("download_csv", lang), csv_text(rows), f"{name}.csv", "text/csv", key=f"csv_{name}",
                           on_click="ignore")


def literal(value: Any) -> Any:
    """A cell as it stands: Streamlit reads tables as Markdown, where "> 99 %" would be a quotation."""
    return SIGNS.sub(r"\\\g<0>", value) if isinstance(value, str) else value


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, with a mark at the start by which spreadsheets know the encoding."""
    page = StringIO()
    if rows:
        writer = csv.DictWriter(page, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return "\ufeff" + page.getvalue()
