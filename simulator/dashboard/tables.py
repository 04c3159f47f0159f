"""The table behind each figure, to read and to take away."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from .words import say

SCROLL = 14
"""Rows from which a table scrolls."""


def behind(rows: Sequence[Mapping[str, Any]], name: str, lang: str, opened: bool = False) -> None:
    """Show the rows under a figure, folded away unless `opened`, with a button that gives them as CSV."""
    import streamlit as st

    with st.expander(say("table_behind", lang), expanded=opened):
        if len(rows) > SCROLL:
            st.dataframe(list(rows), hide_index=True, width="stretch")
        else:
            st.table(list(rows))
        st.download_button(say("download_csv", lang), csv_text(rows), f"{name}.csv", "text/csv", key=f"csv_{name}",
                           on_click="ignore")


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, with a mark at the start by which spreadsheets know the encoding."""
    page = StringIO()
    if rows:
        writer = csv.DictWriter(page, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return "\ufeff" + page.getvalue()
