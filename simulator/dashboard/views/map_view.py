"""The map of places (groups of neighbourhoods, or communes): losses, what a portfolio changes, one place's story."""

from __future__ import annotations

from typing import Any

from ...i18n.number import decimals_of, interval, number
from ...i18n.page_texts import say
from ...report.maps.places import FEWEST
from ..data.comparison import Reading, place_rows
from ..steps.state import State
from .place_map import map_chart
from .tables import behind

LOSS = "loss"


def show(here: State, reading: Reading) -> None:
    """The map, a list for those who do not click, and the story of the place that is picked."""
    import streamlit as st

    lang, arms = here.lang, reading.arms[1:]
    st.header(say("map_head", lang))
    one = named(place_rows(reading, arms[0].letter), lang)
    if len(one) < 2:
        st.markdown(say("map_one" if one else "map_none", lang, fewest=FEWEST))
        for row in one:
            _story(here, reading, row)
        return
    what = st.segmented_control(say("map_what", lang), [LOSS, *(one.letter for one in arms)], default=LOSS, key="what",
                                format_func=lambda key: _what(reading, key, lang)) or LOSS
    rows = named(place_rows(reading, arms[0].letter if what == LOSS else what), lang)
    left, right = st.columns([3, 2])
    with left:
        chart = map_chart(rows, LOSS if what == LOSS else "change", lang)
        picked = st.altair_chart(chart, width="content", on_select="rerun", selection_mode="place", key=f"map_{what}",
                                 alt=say("map_head", lang))
        st.caption(say("map_note", lang, fewest=FEWEST))
    with right:
        _place(here, reading, rows, _clicked(picked))
    behind([{say(key, lang): row[key] for key in ("where", "people", "loss_text", "change_text")} for row in rows],
           "map", lang)


def _what(reading: Reading, key: str, lang: str) -> str:
    if key == LOSS:
        return say("map_loss", lang)
    return say("map_change", lang, arm=key)


def _clicked(picked: Any) -> str:
    """The key of the place that was clicked; empty without one."""
    chosen = (picked or {}).get("selection", {}).get("place", [])
    return str(chosen[0].get("uid", "")) if chosen else ""


def named(rows: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Rows with what people read: the place's residents, its losses, its change."""
    places = decimals_of(max((row["loss"] for row in rows), default=1.0))
    for row in rows:
        row["people"] = number(row["n"], lang)
        row["loss_text"] = number(row["loss"], lang, places)
        row["change_text"] = f"{number(row['change'], lang, places + 1, sign=True)} " \
                             f"{interval(row['low'], row['high'], lang, places + 1, sign=True)}".strip()
        row["verdict"] = say("open" if not row["sure"] else "worse" if row["change"] > 0 else "better", lang)
    return rows


def _place(here: State, reading: Reading, rows: list[dict[str, Any]], clicked: str) -> None:
    """The story of one place, picked on the map or in the list."""
    import streamlit as st

    known = {row["uid"]: row for row in rows}
    if clicked in known and st.session_state.get("clicked") != clicked:
        st.session_state.clicked = st.session_state.place = clicked
    if st.session_state.get("place") not in ("", None, *known):
        st.session_state.place = ""
    chosen = st.selectbox(say("pick_place", here.lang), ["", *known], key="place",
                          format_func=lambda uid: known[uid]["where"] if uid else say("no_place", here.lang))
    if chosen:
        _story(here, reading, known[chosen])


def _story(here: State, reading: Reading, row: dict[str, Any]) -> None:
    import streamlit as st

    lang = here.lang
    places = decimals_of(row["loss"] or 1.0)
    priority = f" ({say('priority_place', lang)})" if row["priority"] else ""
    st.markdown(say("place_story", lang, where=row["where"], n=row["people"], priority=priority,
                    loss=number(row["loss"], lang, places), low=number(row["low_loss"], lang, places),
                    high=number(row["high_loss"], lang, places), needy=number(row["in_need"], lang),
                    never=number(row["never"], lang)))
    for one in reading.arms[1:]:
        with_ = next(found for found in named(place_rows(reading, one.letter), lang) if found["uid"] == row["uid"])
        st.markdown("- " + say("place_with", lang, arm=one.name[lang],
                               change=number(with_["change"], lang, places + 1, sign=True),
                               interval=interval(with_["low"], with_["high"], lang, places + 1, sign=True),
                               never=number(with_["never_with"], lang)))
