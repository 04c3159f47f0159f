"""The crisis day by day: a slider one may let run, the curves, and who met the needs of that day."""

from __future__ import annotations

from typing import Any

from ...i18n.number import decimals_of, number, percent
from ...i18n.page_texts import say
from ...rules.domain import DOMAINS
from ..data.comparison import Reading
from ..steps.scene_step import day_text
from ..steps.state import State
from .answer_view import curves_told
from .charts import curve_chart, helper_chart
from .days import date_of, day_count, helpers_on, people_on
from .tables import behind

PACE = 0.7
"""Seconds a day while the days are played."""


def show(here: State, reading: Reading) -> None:
    """The days, played or moved by hand. Only this part of the page is drawn again as they pass."""
    import streamlit as st

    st.header(say("days_head", here.lang))
    if not reading.content["scenario"]["crises"]:
        st.info(say("no_crisis", here.lang))
        return
    playing = bool(st.session_state.get("playing"))

    @st.fragment(run_every=PACE if playing else None)
    def days() -> None:
        _days(here, reading, playing)

    days()


def _days(here: State, reading: Reading, playing: bool) -> None:
    import streamlit as st

    lang, last = here.lang, day_count(reading)
    at = min(int(st.session_state.get("day", 0)), last)
    if playing:
        at = at + 1 if at < last else 0
        if at == 0:
            st.session_state.playing = False
            st.rerun(scope="app")
    st.session_state.day = at
    button, slider = st.columns([1, 5], vertical_alignment="bottom")
    word, icon = ("pause", ":material/pause:") if playing else ("play", ":material/play_arrow:")
    if button.button(say(word, lang), icon=icon, key="play_days"):
        st.session_state.playing = not playing
        st.rerun(scope="app")
    day = slider.slider(say("day_slider", lang), 0, last, key="day")
    st.subheader(say("on_day", lang, day=day, date=day_text(date_of(reading, day), lang)))
    st.altair_chart(curve_chart(curves_told(reading, "functioning", lang), lang, float(day)), width="stretch",
                    alt=say("curve_head", lang))
    _who(here, reading, day)


def _who(here: State, reading: Reading, day: int) -> None:
    """How each group is on that day, and who met its needs."""
    import streamlit as st

    lang = here.lang
    st.table([{say("arm", lang): one.name[lang] if not one.letter else one.letter,
               **{say(word, lang): percent(value / 100, lang, 1) for word, value in people_on(one, day).items()}}
              for one in reading.arms])
    domain = st.selectbox(say("need", lang), DOMAINS, index=DOMAINS.index("care"), key="domain",
                          format_func=lambda key: say(f"need_{key}", lang))
    rows = helper_rows(reading, day, domain, lang)
    if rows:
        st.altair_chart(helper_chart(rows, [one.name[lang] for one in reading.arms], lang), width="stretch",
                        alt=say("days_note", lang))
        st.caption(say("days_note", lang))
        behind([{say("source", lang): row["source"], say("arm", lang): row["arm"], row["unit"]: row["text"]}
                for row in rows], "day", lang)


def helper_rows(reading: Reading, day: int, domain: str, lang: str) -> list[dict[str, Any]]:
    """Who met one kind of need on a day, in every arm."""
    rows = []
    for one in reading.arms:
        for found in helpers_on(one, day):
            if found["domain"] == domain:
                rows.append({"arm": one.name[lang], "letter": one.letter, "source": say(found["source"], lang),
                             "amount": found["amount"], "unit": say(f"unit_{domain}", lang)})
    places = decimals_of(max((row["amount"] for row in rows), default=1.0), 3)
    for row in rows:
        row["text"] = number(row["amount"], lang, places)
    return rows
