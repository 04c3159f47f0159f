"""Step 2: portfolios with their levers, and for each lever a dose with its unit, range and cost."""

from __future__ import annotations

from typing import Any

from ...cards.card_texts import read_card_text
from ...i18n.number_format import format_euro_range, format_euros, format_number
from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import mark, translate
from ..data.choices import ARM_LETTERS, FIRST_SEEDS, MAX_NAME_LENGTH, MAX_SEEDS, PortfolioChoice
from ..jobs.lever_prices import YearlyCost, interpolate_yearly_cost, load_lever_prices
from ..navigation import RESULT_STEP
from ..plain_streamlit import Markdown, show_plain, st
from ..session import PageSession

GRADE_LABELS = {"measured": mark("measured"), "published": mark("published"), "derived": mark("derived"),
                "assumption": mark("assumption")}
PORTFOLIOS_PER_ROW = 2
"""Portfolios beside each other in one row."""


def show(session: PageSession) -> None:
    """Draw the step: the portfolios, then the number of seeds and the button that runs."""
    st.markdown(get_page_text("Put together 1 to 6 portfolios; each is compared with no lever, with the same luck.",
                              session.lang))
    prices = load_lever_prices(session)
    portfolios = session.choices.portfolios
    for first in range(0, len(portfolios), PORTFOLIOS_PER_ROW):
        row = range(first, min(first + PORTFOLIOS_PER_ROW, len(portfolios)))
        for cell, k in zip(st.columns(PORTFOLIOS_PER_ROW), row):
            with cell, st.container(border=True):
                _portfolio(session, k, prices)
    if len(portfolios) < len(ARM_LETTERS):
        st.button(get_page_text("Add a portfolio", session.lang), icon=":material/add:", on_click=_add,
                  args=(session,), key="add")
    _show_lever_details(session)
    st.divider()
    show_launch_controls(session)
    if prices is None:
        _wait_for_prices(session)


def _wait_for_prices(session: PageSession) -> None:
    """Check from time to time whether prices are known, and draw the page again when they are."""
    @st.fragment(run_every=1.5)
    def look() -> None:
        if load_lever_prices(session) is not None:
            st.rerun(scope="app")

    look()


def _add(session: PageSession) -> None:
    session.choices.portfolios.append(PortfolioChoice())


def _remove(session: PageSession, k: int) -> None:
    """Remove a portfolio. Widget states are dropped, because the portfolios after it move to other letters."""
    del session.choices.portfolios[k]
    for key in [str(key) for key in st.session_state if str(key).startswith(("name_", "levers_", "dose_"))]:
        if key != "levers_from":
            del st.session_state[key]


def _portfolio(session: PageSession, k: int, prices: dict[str, Any] | None) -> None:
    """Draw the k-th portfolio: name, levers, doses, costs."""
    portfolio, letter, lang = session.choices.portfolios[k], ARM_LETTERS[k], session.lang
    head, delete = st.columns([5, 1], vertical_alignment="center")
    head.subheader(get_page_text("Portfolio {letter}", lang, letter=letter))
    if len(session.choices.portfolios) > 1:
        delete.button("", icon=":material/delete:", on_click=_remove, args=(session, k), key=f"remove_{letter}",
                      help=get_page_text("Remove portfolio {letter}", lang, letter=letter), type="tertiary")
    portfolio.name = st.text_input(get_page_text("Name of portfolio {letter} (optional)", lang, letter=letter),
                                   portfolio.name, max_chars=MAX_NAME_LENGTH, key=f"name_{letter}")
    chosen = st.multiselect(get_page_text("Levers of portfolio {letter}", lang, letter=letter), _sort_levers(session),
                            default=list(portfolio.doses), format_func=lambda name: session.label("lever", name),
                            key=f"levers_{letter}", select_all=False,
                            placeholder=get_page_text("Choose one or more levers", lang))
    portfolio.doses = {name: portfolio.doses.get(name, session.cards["lever"][name].dose) for name in chosen}
    costs: list[YearlyCost] = []
    for name in chosen:
        portfolio.doses[name] = _dose(session, letter, name, portfolio.doses[name])
        cost = interpolate_yearly_cost(prices, name, portfolio.doses[name])
        if cost is not None:
            costs.append(cost)
        st.caption(" · ".join([_range(session, name), format_lever_cost(cost, prices is None, lang)]))
    if not chosen:
        st.warning(get_page_text("Portfolio {letter}: choose at least one lever, or remove it.", lang, letter=letter))
    elif len(costs) == len(chosen) > 1:
        total = YearlyCost(*(sum(getattr(cost, end) for cost in costs) for end in ("value", "low", "high")))
        line = get_page_text("Portfolio {letter}: about {value} a year ({range})", lang, letter=letter,
                             **_euros(total, lang))
        st.markdown(Markdown(f"**{show_plain(line)}**"))


def _sort_levers(session: PageSession) -> list[str]:
    return sorted(session.cards["lever"], key=lambda name: session.label("lever", name))


def format_dose_unit(session: PageSession, name: str) -> str:
    """What one unit of a lever's dose is, in the session's language."""
    card = session.cards["lever"][name]
    return read_card_text(card, "dose_unit", session.lang) or get_page_text("dose", session.lang)


def _dose(session: PageSession, letter: str, name: str, dose: float) -> float:
    card = session.cards["lever"][name]
    low, high = float(card.dose_low), float(max(card.dose_high, card.dose_low + 1e-6))
    step = choose_slider_step(high - low)
    label = session.label("lever", name)
    if unit := format_dose_unit(session, name).strip():
        label = get_page_text("{lever} ({unit})", session.lang, lever=label, unit=unit)
    return float(st.slider(label, low, high, min(max(dose, low), high), step, key=f"dose_{letter}_{name}",
                           format="localized", help=read_card_text(card, "explanation", session.lang)))


def choose_slider_step(span: float) -> float:
    """A round step that divides a range of length `span` into at most 20."""
    for step in (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0):
        if span / step <= 20:
            return step
    return span / 20


def _range(session: PageSession, name: str) -> str:
    card = session.cards["lever"][name]
    low, high = (format_number(value, session.lang, 0 if float(value).is_integer() else 1)
                 for value in (card.dose_low, card.dose_high))
    return get_page_text("{low} to {high}", session.lang, low=low, high=high)


def _euros(cost: YearlyCost, lang: str) -> dict[str, str]:
    return {"value": format_euros(cost.value, lang), "range": format_euro_range(cost.low, cost.high, lang)}


def format_lever_cost(cost: YearlyCost | None, waiting: bool, lang: str) -> str:
    """A lever's yearly cost as text, or that it is unknown or still computed."""
    if cost is None and waiting:
        return get_page_text("cost being worked out for this territory…", lang)
    if cost is None:
        return get_page_text("cost known once played", lang)
    if cost.high <= 0:
        return get_page_text("no cost", lang)
    return get_page_text("about {value} a year ({range})", lang, **_euros(cost, lang))


def _show_lever_details(session: PageSession) -> None:
    """Draw what each chosen lever does, its evidence and its limits."""
    lang = session.lang
    with st.expander(get_page_text("What these levers do and what is known", lang)):
        for name in session.choices.levers():
            card = session.cards["lever"][name]
            st.markdown(Markdown(f"**{show_plain(session.label('lever', name))}** ({show_plain(card.code)})"))
            st.markdown(read_card_text(card, "explanation", lang))
            grade = get_page_text("Evidence ({grade})", lang,
                                  grade=get_page_text(GRADE_LABELS[card.evidence.grade], lang))
            for head, text in ((grade, read_card_text(card.evidence, "text", lang)),
                               (get_page_text("Limits", lang), read_card_text(card, "limits", lang)),
                               (get_page_text("Side effects", lang), read_card_text(card, "side_effects", lang))):
                if text:
                    st.caption(translate("{head}: {text}", lang, head=head, text=text))


def show_launch_controls(session: PageSession) -> None:
    """Draw the number of seeds and the button that starts the comparison."""
    from ..jobs.comparison_start import find_obstacle, start_comparison

    left, right = st.columns([1, 2], vertical_alignment="bottom")
    help_text = get_page_text("A seed: one population and its luck, played with and without levers. Four give a first "
                              "idea, twenty a surer answer.", session.lang)
    seeds = left.number_input(get_page_text("Number of seeds", session.lang), 1, MAX_SEEDS,
                              session.choices.seeds or FIRST_SEEDS, key="seeds", help=help_text)
    session.choices.seeds = int(seeds)
    obstacle = find_obstacle(session)
    if right.button(get_page_text("Run the comparison", session.lang), type="primary", icon=":material/play_arrow:",
                    key="run", disabled=bool(obstacle)):
        if not start_comparison(session):
            st.session_state.turn_to = RESULT_STEP
        st.rerun()
    if error := session.current_error():
        st.error(error.line)
    elif obstacle:
        st.caption(obstacle)
