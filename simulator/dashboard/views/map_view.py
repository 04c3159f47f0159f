"""The map view: places (groups of neighbourhoods, or communes), their losses and what a portfolio changes."""

from __future__ import annotations

from typing import Any

from ...i18n.number_format import decimals_for_size, format_interval, format_number
from ...i18n.texts.page_texts import get_page_text
from ...report.maps.neighbourhoods import MIN_PLACE_RESIDENTS
from ..data.comparison import Comparison, draw_place_map, list_place_rows, list_real_sites
from ..plain_streamlit import Markdown, show_plain, st
from ..session import PageSession
from .data_table import show_data_table
from .place_map import PLACE_COLUMNS, SIGN_LABELS, build_map_chart

LOSS_LAYER = "loss"


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw the map, a list of places as an alternative to clicking, and the details of the place picked."""
    lang, arms = session.lang, comparison.arms[1:]
    st.header(get_page_text("Where", lang))
    rows = add_display_texts(list_place_rows(comparison, arms[0].letter), lang)
    if len(rows) < 2:
        if rows:
            st.markdown(get_page_text("This territory is a single place: a map would show nothing. Here is how it "
                                      "fares.", lang))
        else:
            st.markdown(get_page_text("Too few residents for a map: a place takes two neighbourhoods and {fewest} "
                                      "residents.", lang, fewest=MIN_PLACE_RESIDENTS))
        for row in rows:
            _show_place_details(session, comparison, row)
        return
    layer = st.segmented_control(get_page_text("Show", lang), [LOSS_LAYER, *(shown.letter for shown in arms)],
                                 default=LOSS_LAYER, key="what",
                                 format_func=lambda key: _format_layer(key, lang)) or LOSS_LAYER
    if layer != LOSS_LAYER:
        rows = add_display_texts(list_place_rows(comparison, layer), lang)
    base_map = draw_place_map(comparison)
    chart = build_map_chart(rows, base_map, list_real_sites(comparison, base_map, lang),
                            LOSS_LAYER if layer == LOSS_LAYER else "change", lang)
    picked = st.altair_chart(chart, width="content", on_select="rerun", selection_mode="place", key=f"map_{layer}",
                             alt=get_page_text("Where", lang))
    _show_place_picker(session, comparison, rows, _clicked(picked))  # below: beside, it lay on the map of a tablet
    st.caption(get_page_text("Groups of fictional neighbourhoods or communes, never one neighbourhood alone "
                             "nor below {fewest} residents, as the model lays them out: not their true outlines. "
                             "Palest: around them. Grey: the sign of the effect is not settled.", lang,
                             fewest=MIN_PLACE_RESIDENTS))
    show_data_table([{get_page_text(head, lang): row[key] for key, head in PLACE_COLUMNS.items()} for row in rows],
                    "map", lang)


def _format_layer(key: str, lang: str) -> str:
    """Name of a map layer: losses, or the change by the arm of a letter."""
    if key == LOSS_LAYER:
        return get_page_text("Loss without levers", lang)
    return get_page_text("Effect of {arm}", lang, arm=key)


def _clicked(picked: Any) -> str:
    """The uid of the place that was clicked; empty without one."""
    chosen = (picked or {}).get("selection", {}).get("place", [])
    return str(chosen[0].get("uid", "")) if chosen else ""


def add_display_texts(rows: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Add the texts shown to rows of places, in place: residents, loss, change, its verdict. Returns the rows."""
    decimals = decimals_for_size(max((row["loss"] for row in rows), default=1.0))
    for row in rows:
        row["people"] = format_number(row["n"], lang)
        row["loss_text"] = format_number(row["loss"], lang, decimals)
        change = format_number(row["change"], lang, decimals + 1, sign=True)
        interval = format_interval(row["low"], row["high"], lang, decimals + 1, sign=True)
        row["change_text"] = f"{change} {interval}".strip()
        verdict = "open" if not row["sure"] else "worse" if row["change"] > 0 else "better"
        row["verdict"] = get_page_text(SIGN_LABELS[verdict], lang)
    return rows


def _show_place_picker(session: PageSession, comparison: Comparison, rows: list[dict[str, Any]], clicked: str) -> None:
    """Draw the list of places and the details of the one picked there or on the map."""
    rows_by_uid = {row["uid"]: row for row in rows}
    if clicked in rows_by_uid and st.session_state.get("clicked") != clicked:
        st.session_state.clicked = st.session_state.place = clicked
    if st.session_state.get("place") not in ("", None, *rows_by_uid):
        st.session_state.place = ""
    nothing = get_page_text("None", session.lang)
    chosen = st.selectbox(get_page_text("Place (or click the map)", session.lang), ["", *rows_by_uid], key="place",
                          format_func=lambda uid: rows_by_uid[uid]["where"] if uid else nothing)
    if chosen:
        _show_place_details(session, comparison, rows_by_uid[chosen])


def _show_place_details(session: PageSession, comparison: Comparison, row: dict[str, Any]) -> None:
    """Draw one place's losses, and what each portfolio changes there."""
    lang = session.lang
    decimals = decimals_for_size(row["loss"] or 1.0)
    priority = f" ({get_page_text('priority district', lang)})" if row["priority"] else ""
    loss, low, high = (format_number(row[name], lang, decimals) for name in ("loss", "low_loss", "high_loss"))
    st.markdown(get_page_text("{where}: {n} fictional residents{priority}. Without levers each loses {loss} "
                              "person-days on average ({low} to {high} by seed); of {needy} people with a "
                              "need of the crisis, {never} are helped by nobody.", lang, where=row["where"],
                              n=row["people"], priority=priority, loss=loss, low=low, high=high,
                              needy=format_number(row["in_need"], lang), never=format_number(row["never"], lang)))
    for shown in comparison.arms[1:]:
        with_ = next(other for other in list_place_rows(comparison, shown.letter) if other["uid"] == row["uid"])
        change = format_number(with_["change"], lang, decimals + 1, sign=True)
        interval = format_interval(with_["low"], with_["high"], lang, decimals + 1, sign=True)
        line = get_page_text("With {arm}: {change} person-days per resident {interval}, {never} people helped by "
                             "nobody.", lang, arm=shown.name[lang], change=change, interval=interval,
                             never=format_number(with_["never_with"], lang))
        st.markdown(Markdown(f"- {show_plain(line)}"))
