"""Who loses, and for whom a portfolio changes something."""

from __future__ import annotations

from ...i18n.figure_texts import group_label
from ...i18n.number import decimals_of, number
from ...i18n.page_texts import say
from ..data.comparison import TABLE, Reading, group_rows
from ..steps.state import State
from .charts import group_chart
from .tables import behind


def show(here: State, reading: Reading) -> None:
    """Loss per resident by income, age, household or isolation."""
    import streamlit as st

    lang = here.lang
    st.header(say("groups_head", lang))
    by = st.segmented_control(say("by", lang), TABLE, default=TABLE[0], key="by",
                              format_func=lambda key: say(key, lang)) or TABLE[0]
    names = [one.name[lang] for one in reading.arms]
    letters = [one.letter for one in reading.arms]
    name_of = dict(zip(letters, names))
    rows = [row for row in group_rows(reading) if row["dimension"] == by]
    places = decimals_of(max((row["loss"] for row in rows), default=1.0), 3)
    for row in rows:
        row |= {"arm": name_of[row["letter"]], "name": group_label(by, row["group"], lang),
                "text": number(row["loss"], lang, places)}
    st.altair_chart(group_chart(rows, names, letters, lang), width="stretch", alt=say("groups_head", lang))
    st.caption(say("groups_note", lang, n=reading.draws))
    behind([{say("group", lang): row["name"], say("arm", lang): row["arm"], say("loss", lang): row["text"],
             say("residents", lang): number(row["n"], lang)} for row in rows], "groups", lang)
