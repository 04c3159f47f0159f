"""The days view: a slider over days that can play, the curves, and who met the needs of the day."""

from __future__ import annotations

from typing import Any

from ...i18n.date_format import format_short_date
from ...i18n.number_format import decimals_for_size, format_number, format_percent
from ...i18n.texts.figure_texts import FIGURE_LABELS
from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import mark
from ...rules.need_domains import DOMAINS
from ..data.comparison import Comparison
from ..data.daily_values import compute_calendar_date, compute_group_functioning, count_shown_days, list_help_by_source
from ..plain_streamlit import st
from ..session import PageSession
from .answer_view import list_curve_rows_with_text
from .charts import build_curve_chart, build_helper_chart
from .data_table import show_data_table

NEED_LABELS = {"food": (mark("Food and essentials"), mark("Needs of the day, person-days")),
               "equipment": (mark("Cool, warm or lit place, tools"), mark("Needs of the day, kit-days")),
               "assistance": (mark("Hands, visits"), mark("Needs of the day, hours")),
               "know_how": (mark("Rights, information, know-how"), mark("Needs of the day, hours"))}
"""Domain of needs to its name, and to the head of its amounts."""
SECONDS_PER_DAY_SHOWN = 0.7
"""Seconds for each day while the slider plays."""


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw the view as a fragment: while the slider plays, only this part of the page is drawn again."""
    st.header(get_page_text("The crisis day by day", session.lang))
    if not comparison.content["scenario"]["crises"]:
        st.info(get_page_text("Choose at least one crisis to compare.", session.lang))
        return
    playing = bool(st.session_state.get("playing"))

    @st.fragment(run_every=SECONDS_PER_DAY_SHOWN if playing else None)
    def days() -> None:
        _days(session, comparison, playing)

    days()


def _days(session: PageSession, comparison: Comparison, playing: bool) -> None:
    lang, last = session.lang, count_shown_days(comparison)
    current = min(int(st.session_state.get("day", 0)), last)
    if playing:
        current = current + 1 if current < last else 0
        if current == 0:
            st.session_state.playing = False
            st.rerun(scope="app")
    st.session_state.day = current
    button, slider = st.columns([1, 5], vertical_alignment="bottom")
    label, icon = get_page_text("Play", lang), ":material/play_arrow:"
    if playing:
        label, icon = get_page_text("Pause", lang), ":material/pause:"
    if button.button(label, icon=icon, key="play_days"):
        st.session_state.playing = not playing
        st.rerun(scope="app")
    day = slider.slider(get_page_text("Day since the crisis began", lang), 0, last, key="day")
    date = format_short_date(compute_calendar_date(comparison, day), lang)
    st.subheader(get_page_text("Day {day}, {date}", lang, day=day, date=date))
    rows = list_curve_rows_with_text(comparison, "functioning", lang)
    st.altair_chart(build_curve_chart(rows, lang, float(day)), width="stretch",
                    alt=get_page_text("How residents function after the crisis began", lang))
    _show_day_groups(session, comparison, day)


def _show_day_groups(session: PageSession, comparison: Comparison, day: int) -> None:
    """Draw functioning by group on a day, and who met the needs of that day."""
    lang = session.lang
    st.table([{get_page_text("Portfolio", lang): shown.letter or shown.name[lang],
               **{get_page_text(FIGURE_LABELS[group], lang): format_percent(value / 100, lang, 1)
                  for group, value in compute_group_functioning(shown, day).items()}} for shown in comparison.arms])
    domain = st.selectbox(get_page_text("Which need", lang), DOMAINS, index=DOMAINS.index("assistance"), key="domain",
                          format_func=lambda key: get_page_text(NEED_LABELS[key][0], lang))
    rows = list_helper_rows(comparison, day, domain, lang)
    if rows:
        names = [shown.name[lang] for shown in comparison.arms]
        note = get_page_text("Who met the needs of the crisis on this day, mean over seeds. “Nobody”: what "
                             "stays unmet.", lang)
        st.altair_chart(build_helper_chart(rows, names, lang), width="stretch", alt=note)
        st.caption(note)
        show_data_table([{get_page_text("Who helped", lang): row["source"],
                          get_page_text("Portfolio", lang): row["arm"], row["unit"]: row["text"]} for row in rows],
                        "day", lang)


def list_helper_rows(comparison: Comparison, day: int, domain: str, lang: str) -> list[dict[str, Any]]:
    """Rows of who met the needs of one domain on a day, in every arm."""
    rows = []
    for shown in comparison.arms:
        for help_ in list_help_by_source(shown, day):
            if help_["domain"] == domain:
                rows.append({"arm": shown.name[lang], "letter": shown.letter,
                             "source": get_page_text(FIGURE_LABELS[help_["source"]], lang), "amount": help_["amount"],
                             "unit": get_page_text(NEED_LABELS[domain][1], lang)})
    places = decimals_for_size(max((row["amount"] for row in rows), default=1.0), 3)
    for row in rows:
        row["text"] = format_number(row["amount"], lang, places)
    return rows
