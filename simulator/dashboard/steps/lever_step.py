"""Step 2: portfolios, each with its levers; a slider for each dose, with unit, range and cost."""

from __future__ import annotations

from typing import Any

from ...i18n.number import euro_range, euros, number
from ...i18n.page_texts import say
from ..jobs.pricing import Money, money, prices
from .choices import FIRST_SEEDS, LETTERS, MOST_SEEDS, NAME, Portfolio
from .state import State

WIDE = 2
"""Portfolios side by side."""


def show(here: State) -> None:
    """Portfolios side by side, then: how many seeds, and run."""
    import streamlit as st

    st.markdown(say("portfolios", here.lang))
    known = prices(here)
    portfolios = here.choices.portfolios
    for first in range(0, len(portfolios), WIDE):
        for cell, place in zip(st.columns(WIDE), range(first, min(first + WIDE, len(portfolios)))):
            with cell, st.container(border=True):
                _portfolio(here, place, known)
    if len(portfolios) < len(LETTERS):
        st.button(say("add", here.lang), icon=":material/add:", on_click=_add, args=(here,), key="add")
    _about(here)
    st.divider()
    launch(here)
    if known is None:
        _wait(here)


def _wait(here: State) -> None:
    """Look again from time to time until costs are known."""
    import streamlit as st

    @st.fragment(run_every=1.5)
    def look() -> None:
        if prices(here) is not None:
            st.rerun(scope="app")

    look()


def _add(here: State) -> None:
    here.choices.portfolios.append(Portfolio())


def _remove(here: State, place: int) -> None:
    """Take a portfolio out; what the widgets of those after it remember moves with them."""
    import streamlit as st

    del here.choices.portfolios[place]
    for key in [str(key) for key in st.session_state if str(key).startswith(("name_", "levers_", "dose_"))]:
        if key != "levers_from":
            del st.session_state[key]


def _portfolio(here: State, place: int, known: dict[str, Any] | None) -> None:
    import streamlit as st

    one, letter, lang = here.choices.portfolios[place], LETTERS[place], here.lang
    head, out = st.columns([5, 1], vertical_alignment="center")
    head.subheader(say("portfolio", lang, letter=letter))
    if len(here.choices.portfolios) > 1:
        out.button("", icon=":material/delete:", on_click=_remove, args=(here, place), key=f"remove_{letter}",
                   help=say("remove", lang, letter=letter), type="tertiary")
    one.name = st.text_input(say("portfolio_name", lang, letter=letter), one.name, max_chars=NAME, key=f"name_{letter}")
    chosen = st.multiselect(say("levers", lang, letter=letter), _sorted(here), default=list(one.doses),
                            format_func=lambda name: here.label("lever", name), key=f"levers_{letter}",
                            placeholder=say("choose_levers", lang), select_all=False)
    one.doses = {name: one.doses.get(name, here.cards["lever"][name].dose) for name in chosen}
    total: list[Money] = []
    for name in chosen:
        one.doses[name] = _dose(here, letter, name, one.doses[name])
        cost = money(known, name, one.doses[name])
        if cost is not None:
            total.append(cost)
        st.caption(" · ".join([_range(here, name), cost_text(cost, known is None, lang)]))
    if not chosen:
        st.warning(say("empty", lang, letter=letter))
    elif len(total) == len(chosen) > 1:
        summed = Money(*(sum(getattr(one, key) for one in total) for key in ("value", "low", "high")))
        st.markdown(f"**{say('total_year', lang, letter=letter, **_euros(summed, lang))}**")


def _sorted(here: State) -> list[str]:
    return sorted(here.cards["lever"], key=lambda name: here.label("lever", name))


def unit(here: State, name: str) -> str:
    """What one unit of a lever's dose is, in the session's language."""
    card = here.cards["lever"][name]
    return (card.dose_unit_fr if here.lang == "fr" else "") or card.dose_unit or say("unit", here.lang)


def _dose(here: State, letter: str, name: str, dose: float) -> float:
    import streamlit as st

    card = here.cards["lever"][name]
    low, high = float(card.dose_low), float(max(card.dose_high, card.dose_low + 1e-6))
    step = step_of(high - low)
    return float(st.slider(say("dose", here.lang, lever=here.label("lever", name), unit=unit(here, name)), low, high,
                           min(max(dose, low), high), step, key=f"dose_{letter}_{name}", format="localized",
                           help=getattr(card, f"explanation_{here.lang}")))


def step_of(span: float) -> float:
    """A round step of about a twentieth of a span."""
    for step in (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0):
        if span / step <= 20:
            return step
    return span / 20


def _range(here: State, name: str) -> str:
    card = here.cards["lever"][name]
    low, high = (number(value, here.lang, 0 if float(value).is_integer() else 1)
                 for value in (card.dose_low, card.dose_high))
    return say("range", here.lang, low=low, high=high)


def _euros(cost: Money, lang: str) -> dict[str, str]:
    return {"value": euros(cost.value, lang), "range": euro_range(cost.low, cost.high, lang)}


def cost_text(cost: Money | None, waiting: bool, lang: str) -> str:
    """What a lever costs a year, or why that is not said."""
    if cost is None:
        return say("cost_wait" if waiting else "cost_unknown", lang)
    return say("no_cost", lang) if cost.high <= 0 else say("cost_year", lang, **_euros(cost, lang))


def _about(here: State) -> None:
    """What each chosen lever does, its evidence and its limits."""
    import streamlit as st

    lang = here.lang
    with st.expander(say("about", lang)):
        for name in here.choices.levers():
            card = here.cards["lever"][name]
            st.markdown(f"**{here.label('lever', name)}** ({card.code})")
            st.markdown(getattr(card, f"explanation_{lang}"))
            grade = say("evidence", lang, grade=say(f"grade_{card.evidence.grade}", lang))
            parts = [(grade, card.evidence.text_fr if lang == "fr" else card.evidence.text)]
            parts += [(say(key, lang), getattr(card, f"{key}_fr" if lang == "fr" else key))
                      for key in ("limits", "side_effects")]
            for head, text in parts:
                if text:
                    st.caption(f"{head} : {text}" if lang == "fr" else f"{head}: {text}")


def launch(here: State) -> None:
    """How many seeds, and the button that starts."""
    import streamlit as st

    from ..jobs.running import begin

    left, right = st.columns([1, 2], vertical_alignment="bottom")
    seeds = left.number_input(say("seeds", here.lang), 1, MOST_SEEDS, here.choices.seeds or FIRST_SEEDS, key="seeds",
                              help=say("seeds_help", here.lang))
    here.choices.seeds = int(seeds)
    if right.button(say("run", here.lang), type="primary", icon=":material/play_arrow:", key="run"):
        line = begin(here)
        here.refused = (line, here.lang, here.choices.plain()) if line else None
        if not line:
            st.session_state.turn_to = "step_3"
            st.rerun()
    if here.refusal():
        st.error(here.refusal())
