"""Step 1: where, which crises, when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ...i18n.number import number
from ...i18n.page_texts import say
from ..views.timeline import timeline
from .choices import MOST_SETS, CrisisChoice
from .state import State, crisis_choice

SLOW = 150_000
"""Residents from which a run takes minutes."""
BEHAVIOURS = ("balanced", "selection_only", "socialisation_only")
TIMES = 3
"""Times that a crisis may come at most."""
LAST = date(2044, 12, 31)


def show(here: State) -> None:
    """Territory, crises on a calendar, and a few settings."""
    import streamlit as st

    st.header(say("place_head", here.lang))
    _territory(here)
    st.header(say("what", here.lang))
    _crises(here)
    rows = calendar_rows(here)
    if rows:
        st.altair_chart(timeline(rows, here.choices.levers_from, here.lang), width="stretch", alt=_told(rows))
        with st.expander(say("calendar_table", here.lang)):
            st.markdown(_listed(rows, here.lang))
    else:
        st.warning(say("no_crisis", here.lang))
    with st.expander(say("settings", here.lang)):
        _settings(here)
    from ..screen import STEPS, go

    st.button(say("next_levers", here.lang), type="primary", on_click=go, args=(STEPS[1],), key="to_levers")


def _listed(rows: list[dict[str, Any]], lang: str) -> str:
    """The calendar as a table. In Markdown: a data frame would load pandas before the first picture."""
    cells = [(say("crisis", lang), say("dates", lang)), ("---", "---"), *((row["name"], row["text"]) for row in rows)]
    return "\n".join(f"| {name} | {text} |" for name, text in cells)


def _told(rows: list[dict[str, Any]]) -> str:
    return "; ".join(f"{row['name']}: {row['text']}" for row in rows)


def _territory(here: State) -> None:
    import streamlit as st

    names = list(here.cards["territory"])
    names.sort(key=lambda name: (name != "three_sites", name != "village", here.label("territory", name)))
    place = here.choices.territory
    here.choices.territory = st.selectbox(say("territory", here.lang), names, key="territory",
                                          index=names.index(place) if place in names else 0,
                                          format_func=lambda name: here.label("territory", name))
    card = here.cards["territory"][here.choices.territory]
    people = card.residents or sum(margin.population for margin in card.margins().values())
    if card.around_km:
        st.caption(say("around_sites", here.lang, km=number(card.around_km, here.lang, 1)))
    elif card.residents:
        st.caption(say("small_place", here.lang, n=number(people, here.lang)))
    else:
        st.caption(say("whole_place", here.lang, n=number(people, here.lang)))
        if people > SLOW:
            st.caption(say("slow_place", here.lang))


def _crises(here: State) -> None:
    import streamlit as st

    known = {one.card: one for one in here.choices.crises}
    chosen = st.multiselect(say("crises", here.lang), list(here.cards["crisis"]), default=list(known), key="crises",
                            format_func=lambda name: here.label("crisis", name), select_all=False,
                            placeholder=say("choose", here.lang))
    here.choices.crises = [known.get(name) or crisis_choice(here.cards["crisis"][name]) for name in chosen]
    for one in here.choices.crises:
        with st.container(border=True):
            _crisis(here, one)


def _crisis(here: State, one: CrisisChoice) -> None:
    """Dates, duration and severity of one crisis."""
    import streamlit as st

    card, lang = here.cards["crisis"][one.card], here.lang
    st.subheader(here.label("crisis", one.card))
    first, long, hard, often = st.columns([2, 3, 3, 1.6], vertical_alignment="bottom")
    one.start = _day(first, say("first_day", lang), f"start_{one.card}", one.start, lang)
    low, high = card.days_low or 1, card.days_high or max(2 * card.days, 2)
    one.days = long.slider(say("duration", lang), low, high, min(max(one.days, low), high), key=f"days_{one.card}")
    one.severity = hard.slider(say("severity", lang), 0.0, 2.0, one.severity, 0.1, key=f"severity_{one.card}",
                               format="localized", help=say("severity_help", lang))
    times = often.number_input(say("times", lang), 1, TIMES, 1 + len(one.again), key=f"times_{one.card}",
                               help=say("times_help", lang))
    one.again = _again(here, one, int(times))
    with st.expander(say("sources", lang)):
        st.markdown(getattr(card, f"explanation_{lang}"))
        for source in card.sources_in(lang):
            st.caption(source)


def _again(here: State, one: CrisisChoice, times: int) -> list[str]:
    import streamlit as st

    days = list(one.again[:times - 1])
    while len(days) < times - 1:
        before = date.fromisoformat(days[-1] if days else one.start)
        days.append((before + timedelta(days=365)).isoformat())
    cells = st.columns(TIMES - 1) if days else []
    return [_day(cell, say("comes_back", here.lang, n=k + 2), f"again_{one.card}_{k}", day, here.lang)
            for k, (cell, day) in enumerate(zip(cells, days))]


def _day(cell: Any, label: str, key: str, value: str, lang: str) -> str:
    """A date, typed or picked."""
    found = cell.date_input(label, date.fromisoformat(value), min_value=date(2025, 1, 6), max_value=LAST, key=key,
                            format="DD/MM/YYYY")
    return found.isoformat() if found else value


def _settings(here: State) -> None:
    import streamlit as st

    left, right = st.columns(2, vertical_alignment="bottom")
    here.choices.levers_from = _day(left, say("levers_from", here.lang), "levers_from", here.choices.levers_from,
                                    here.lang)
    now = here.choices.behaviour
    here.choices.behaviour = right.selectbox(
        say("behaviour", here.lang), BEHAVIOURS, index=BEHAVIOURS.index(now) if now in BEHAVIOURS else 0,
        format_func=lambda key: say(key, here.lang), key="behaviour", help=say("behaviour_help", here.lang))
    here.choices.ensemble = int(left.number_input(say("ensemble", here.lang), 0, MOST_SETS, here.choices.ensemble,
                                                  key="ensemble", help=say("ensemble_help", here.lang)))


def calendar_rows(here: State) -> list[dict[str, Any]]:
    """One row for each time a crisis is on: name, first and last day, and the same in words."""
    rows = []
    for one in here.choices.crises:
        for start in [one.start, *one.again]:
            begins = date.fromisoformat(start)
            ends = begins + timedelta(days=one.days)
            text = say("from_to", here.lang, start=day_text(begins, here.lang),
                       end=day_text(ends - timedelta(days=1), here.lang), days=one.days)
            rows.append({"name": here.label("crisis", one.card), "start": start, "end": ends.isoformat(), "text": text})
    return rows


def day_text(day: date, lang: str) -> str:
    """A date as people write it, without the machine's locale."""
    if lang == "fr":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
