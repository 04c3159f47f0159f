"""Step 1: territory, crises and their dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ...cards.card_texts import read_card_text
from ...i18n.date_format import format_short_date
from ...i18n.number_format import format_number
from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import mark
from ..data.choices import EACH_VARIANT, UNCERTAINTIES, CrisisChoice
from ..navigation import LEVER_STEP, RESULT_STEP, go_to_step
from ..plain_streamlit import Markdown, show_plain, st
from ..session import PageSession, build_crisis_choice
from ..views.timeline import build_timeline_chart

SLOW_RESIDENTS = 150_000
"""From so many residents on, a run takes minutes."""
BEHAVIOURS = {EACH_VARIANT: mark("Each of the first three in turn, seed by seed"),
              "balanced": mark("Each feeds the other"),
              "selection_only": mark("The trusting take part; no effect back"),
              "socialisation_only": mark("Taking part makes trust; no selection"),
              "random_joining": mark("Whoever knows a site may join, at random"),
              "frozen_ties": mark("Ties stay as at the start"),
              "frozen_beliefs": mark("Trust and power to act stay as at the start")}
MAX_OCCURRENCES = 3
"""Times that a crisis may occur at most."""
LAST_DATE = date(2044, 12, 31)


def show(session: PageSession) -> None:
    """Draw the step: territory, crises with their calendar, and a few settings."""
    st.header(get_page_text("Where", session.lang))
    _territory(session)
    st.header(get_page_text("Which crises, when", session.lang))
    _crises(session)
    rows = list_calendar_rows(session)
    if rows:
        st.altair_chart(build_timeline_chart(rows, session.choices.levers_from, session.lang), width="stretch",
                        alt=_format_calendar_text(rows))
        with st.expander(get_page_text("The calendar as a table", session.lang)):
            st.markdown(_format_calendar_table(rows, session.lang))
    else:
        st.warning(get_page_text("Choose at least one crisis to compare.", session.lang))
    with st.expander(get_page_text("Settings", session.lang)):
        _settings(session)
    next_step, first_answer = st.columns([1, 2])
    next_step.button(get_page_text("Next: levers", session.lang), type="primary", on_click=go_to_step,
                     args=(LEVER_STEP,), key="to_levers")
    with first_answer:
        _offer_first_answer(session)


def _offer_first_answer(session: PageSession) -> None:
    """Draw the button that shows the results that ship with the package, while the choices are theirs."""
    from ..data.first_results import read_first_results

    try:
        if session.folder() is not None or read_first_results().choices != session.choices.to_dict():
            return
    except ValueError:
        return
    if not st.button(get_page_text("See a first answer to these choices", session.lang), key="first_answer",
                     icon=":material/bolt:", help=get_page_text("Played beforehand with the proposed levers: it ships "
                                                                "with the package and shows within seconds.",
                                                                session.lang)):
        return
    from ..jobs.comparison_start import start_comparison

    refusal = start_comparison(session)
    if refusal:
        st.error(refusal)
    else:
        st.session_state.turn_to = RESULT_STEP
        st.rerun()


def _format_calendar_table(rows: list[dict[str, Any]], lang: str) -> Markdown:
    """The calendar as a Markdown table; a data frame would load pandas before the page is first drawn."""
    cells = [(get_page_text("Crisis", lang), get_page_text("Dates", lang)), ("---", "---"),
             *((row["name"], row["text"]) for row in rows)]
    head, rule, *body = [[name, text] for name, text in cells]
    shown = [head, rule, *([show_plain(" ".join(cell.split())) for cell in row] for row in body)]
    return Markdown("\n".join(f"| {name} | {text} |" for name, text in shown))


def _format_calendar_text(rows: list[dict[str, Any]]) -> str:
    return "; ".join(f"{row['name']}: {row['text']}" for row in rows)


def _territory(session: PageSession) -> None:
    names = list(session.cards["territory"])
    names.sort(key=lambda name: (name != "three_sites", name != "village", session.label("territory", name)))
    before = session.choices.territory
    session.choices.territory = st.selectbox(get_page_text("Territory", session.lang), names, key="territory",
                                             index=names.index(before) if before in names else 0,
                                             format_func=lambda name: session.label("territory", name))
    card = session.cards["territory"][session.choices.territory]
    residents = card.residents or sum(margin.population for margin in card.margins().values())
    if card.around_km:
        st.caption(get_page_text("Whole neighbourhoods within {km} km of the project sites, not whole communes.",
                                 session.lang, km=format_number(card.around_km, session.lang, 1)))
    elif card.residents:
        st.caption(get_page_text("{n} fictional residents: answers in seconds, to learn with.", session.lang,
                                 n=format_number(residents, session.lang)))
    else:
        st.caption(get_page_text("Whole commune or département: {n} fictional residents.", session.lang,
                                 n=format_number(residents, session.lang)))
        if residents > SLOW_RESIDENTS:
            st.caption(get_page_text("Large territory: expect several minutes a run and much memory.", session.lang))


def _crises(session: PageSession) -> None:
    before = {crisis.card: crisis for crisis in session.choices.crises}
    chosen = st.multiselect(get_page_text("Crises (they may overlap)", session.lang), list(session.cards["crisis"]),
                            default=list(before), key="crises", select_all=False,
                            format_func=lambda name: session.label("crisis", name),
                            placeholder=get_page_text("Choose…", session.lang))
    session.choices.crises = [before.get(name) or build_crisis_choice(session.cards["crisis"][name]) for name in chosen]
    for crisis in session.choices.crises:
        with st.container(border=True):
            _crisis(session, crisis)


def _crisis(session: PageSession, crisis: CrisisChoice) -> None:
    """Draw dates, duration and severity of one crisis."""
    card, lang = session.cards["crisis"][crisis.card], session.lang
    st.subheader(session.label("crisis", crisis.card))
    start, days, severity, times = st.columns([2, 3, 3, 1.6], vertical_alignment="bottom")
    crisis.start = _show_date_input(start, get_page_text("First day", lang), f"start_{crisis.card}", crisis.start, lang)
    low, high = card.days_low or 1, card.days_high or max(2 * card.days, 2)
    crisis.days = days.slider(get_page_text("Duration, days", lang), low, high, min(max(crisis.days, low), high),
                              key=f"days_{crisis.card}")
    crisis.severity = severity.slider(get_page_text("Severity", lang), 0.0, 2.0, crisis.severity, 0.1,
                                      key=f"severity_{crisis.card}", format="localized",
                                      help=get_page_text("1: the crisis as documented; 2: twice as hard; 0: no "
                                                         "crisis", lang))
    occurrences = times.number_input(get_page_text("How many times", lang), 1, MAX_OCCURRENCES, 1 + len(crisis.again),
                                     key=f"times_{crisis.card}",
                                     help=get_page_text("The same crisis may come back, as long and as severe", lang))
    crisis.again = _show_repeat_dates(session, crisis, int(occurrences))
    with st.expander(get_page_text("Where these numbers come from", lang)):
        st.markdown(read_card_text(card, "explanation", lang))
        for source in card.sources_in(lang):
            st.caption(source)


def _show_repeat_dates(session: PageSession, crisis: CrisisChoice, occurrences: int) -> list[str]:
    """Draw one date for each occurrence after the first; returns them as ISO dates."""
    days = list(crisis.again[:occurrences - 1])
    while len(days) < occurrences - 1:
        before = date.fromisoformat(days[-1] if days else crisis.start)
        days.append((before + timedelta(days=365)).isoformat())
    cells = st.columns(MAX_OCCURRENCES - 1) if days else []
    return [_show_date_input(cell, get_page_text("Comes back on ({n})", session.lang, n=k + 2),
                             f"again_{crisis.card}_{k}", day, session.lang)
            for k, (cell, day) in enumerate(zip(cells, days))]


def _show_date_input(cell: Any, label: str, key: str, value: str, lang: str) -> str:
    """Draw an input for a date and return it; `value` and the result are ISO dates."""
    found = cell.date_input(label, date.fromisoformat(value), min_value=date(2025, 1, 6), max_value=LAST_DATE, key=key,
                            format="DD/MM/YYYY")
    return found.isoformat() if found else value


def _settings(session: PageSession) -> None:
    left, right = st.columns(2, vertical_alignment="bottom")
    session.choices.levers_from = _show_date_input(left, get_page_text("Levers begin on", session.lang), "levers_from",
                                                   session.choices.levers_from, session.lang)
    help_text = get_page_text("Nobody knows whether trust comes from taking part or the other way round: check that a "
                              "conclusion holds in all three cases.", session.lang)
    doubt = left.toggle(get_page_text("Each seed has its own plausible numbers", session.lang),
                        session.choices.uncertainty == UNCERTAINTIES[0], key="uncertainty", help=get_page_text(
        "Two hundred sets of numbers meet the same published figures. Each seed plays its own, so that intervals also "
        "count the doubt about these numbers. Without it all seeds play the default numbers, and intervals count luck "
        "alone.", session.lang))
    session.choices.uncertainty, session.choices.ensemble = UNCERTAINTIES[not doubt], 0
    before, names = session.choices.behaviour, list(BEHAVIOURS)[not doubt:]
    session.choices.behaviour = right.selectbox(get_page_text("Trust and taking part", session.lang), names,
                                                index=names.index(before) if before in names else 0,
                                                format_func=lambda key: get_page_text(BEHAVIOURS[key], session.lang),
                                                key="behaviour", help=help_text)


def list_calendar_rows(session: PageSession) -> list[dict[str, Any]]:
    """One row for each occurrence of a crisis: name, first day and day after the last (ISO dates), dates as text."""
    rows = []
    for crisis in session.choices.crises:
        for start in [crisis.start, *crisis.again]:
            begins = date.fromisoformat(start)
            ends = begins + timedelta(days=crisis.days)
            text = get_page_text("{start} to {end} ({days} days)", session.lang,
                                 start=format_short_date(begins, session.lang),
                                 end=format_short_date(ends - timedelta(days=1), session.lang), days=crisis.days)
            rows.append({"name": session.label("crisis", crisis.card), "start": start, "end": ends.isoformat(),
                         "text": text})
    return rows
