"""The groups view: which groups lose, and for which a portfolio changes something."""

from __future__ import annotations

from ...analysis.study_outcomes import EQUITY_DIMENSIONS
from ...i18n.number_format import decimals_for_size, format_number
from ...i18n.texts.figure_texts import FIGURE_LABELS, get_group_label
from ...i18n.texts.page_texts import get_page_text
from ..data.comparison import Comparison, list_group_rows
from ..plain_streamlit import st
from ..session import PageSession
from .charts import build_group_chart
from .data_table import show_data_table


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw loss per resident by income, age, household or isolation."""
    lang = session.lang
    st.header(get_page_text("Who loses, and for whom a portfolio changes something", lang))
    dimension = st.segmented_control(get_page_text("By", lang), EQUITY_DIMENSIONS, default=EQUITY_DIMENSIONS[0],
                                     key="by", format_func=lambda key: get_page_text(FIGURE_LABELS[key], lang))
    dimension = dimension or EQUITY_DIMENSIONS[0]
    names = [shown.name[lang] for shown in comparison.arms]
    letters = [shown.letter for shown in comparison.arms]
    name_of = dict(zip(letters, names))
    rows = [row for row in list_group_rows(comparison) if row["dimension"] == dimension]
    places = decimals_for_size(max((row["loss"] for row in rows), default=1.0), 3)
    for row in rows:
        row |= {"arm": name_of[row["letter"]], "name": get_group_label(dimension, row["group"], lang),
                "text": format_number(row["loss"], lang, places)}
    st.altair_chart(build_group_chart(rows, names, letters, lang), width="stretch",
                    alt=get_page_text("Who loses, and for whom a portfolio changes something", lang))
    st.caption(get_page_text("Mean of {n} seeds; isolation measured before the levers.", lang, n=comparison.seed_count))
    show_data_table([{get_page_text("Group", lang): row["name"], get_page_text("Portfolio", lang): row["arm"],
                      get_page_text("Loss per resident", lang): row["text"],
                      get_page_text("Residents", lang): format_number(row["n"], lang)} for row in rows],
                    "groups", lang)
