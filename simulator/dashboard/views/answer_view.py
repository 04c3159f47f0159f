"""The answer in words, the ranking with intervals, and the recovery curves."""

from __future__ import annotations

from typing import Any

from ...analysis.effects.table import price
from ...i18n.number import chance, estimate, euro_range, euros, number, percent
from ...i18n.page_texts import say
from ...i18n.typography import held
from ...report.figures.recovery import cut_note
from ...report.terminal.summary import answer, baseline_text, price_text, versus
from ..data.comparison import Reading, Shown, curve_rows
from ..steps.state import State
from .charts import curve_chart, rank_chart
from .days import PEOPLE
from .tables import behind


def show(here: State, reading: Reading) -> None:
    """What these runs say, and which portfolio lowers losses most."""
    import streamlit as st

    lang, seeds, base = here.lang, list(reading.seeds), reading.baseline.arm
    found = [(one.arm, one.effect) for one in reading.best if one.effect is not None]
    st.header(say("answer_head", lang))
    for text in (answer(base, found, seeds, lang), baseline_text(base, seeds, lang)):
        st.markdown(held(text))
    st.header(say("rank_head", lang))
    rows = rank_rows(reading, lang)
    if len(seeds) > 1:
        st.altair_chart(rank_chart(rows, lang), width="stretch",
                        alt=f"{say('rank_head', lang)}: " + "; ".join(f"{row['arm']} {row['text']}" for row in rows))
        st.caption(say("rank_note", lang))
    behind([told(reading, one, lang) for one in reading.best], "levers", lang, opened=True)
    st.caption(say("table_note", lang))


def rank_rows(reading: Reading, lang: str) -> list[dict[str, Any]]:
    """The change that each portfolio makes, with its interval, best first."""
    rows = []
    for one in reading.best:
        assert one.effect is not None
        rows.append({"letter": one.letter, "arm": one.name[lang], "value": one.effect.difference,
                     "low": one.effect.low, "high": one.effect.high, "settled": bool(one.effect.settled),
                     "text": estimate(one.effect.difference, one.effect.low, one.effect.high, lang)})
    return rows


def told(reading: Reading, one: Shown, lang: str) -> dict[str, str]:
    """One portfolio's row of the table: effect, how likely it helps, for whom, at what price."""
    base, seeds, effect = reading.baseline.arm, list(reading.seeds), one.effect
    assert effect is not None
    poor, cut, never = (versus(base, one.arm, name, seeds) for name in ("loss_poorest", "loss_isolated",
                                                                        "never_reached"))
    middle, low, high = (float(one.arm.column(name, seeds)[~_none(one, seeds)].mean())
                         for name in ("cost", "cost_low", "cost_high"))
    return {say("arm", lang): one.name[lang],
            say("change", lang): estimate(effect.difference, effect.low, effect.high, lang),
            say("in_percent", lang): percent(effect.relative, lang, sign=True),
            say("helps", lang): chance(effect.helps_next, lang),
            say("poorest_short", lang): percent(poor.relative, lang, sign=True),
            say("isolated_short", lang): percent(cut.relative, lang, sign=True),
            say("unreached", lang): number(never.difference, lang, sign=True),
            say("cost", lang): f"{euros(middle, lang)} [{euro_range(low, high, lang)}]" if high > 0 else
            say("no_cost", lang), say("price", lang): price_text(price(base, one.arm, seeds), lang)}


def _none(one: Shown, seeds: list[int]) -> Any:
    import numpy as np

    return np.isnan(one.arm.column("cost", seeds))


def show_recovery(here: State, reading: Reading) -> None:
    """Recovery curves with the spread over seeds, of everyone or of a group."""
    import streamlit as st

    lang = here.lang
    st.header(say("curve_head", lang))
    column = st.segmented_control(say("whose", lang), list(PEOPLE), default="functioning", key="whose",
                                  format_func=lambda key: say(PEOPLE[key], lang)) or "functioning"
    rows = curves_told(reading, column, lang)
    st.altair_chart(curve_chart(rows, lang), width="stretch", alt=say("curve_head", lang))
    cut = cut_note(lang, reading.window, *(one.arm for one in reading.arms))
    st.caption(f"{say('curve_note', lang, n=reading.draws)} {cut}")
    behind([{say("arm", lang): row["arm"], say("day", lang): number(row["day"], lang),
             say("functioning", lang): row["text"]} for row in rows], "recovery", lang)


def curves_told(reading: Reading, column: str, lang: str) -> list[dict[str, Any]]:
    """Rows of the curves with their values in words."""
    rows = curve_rows(reading, column, lang)
    for row in rows:
        row["text"] = f"{percent(row['value'] / 100, lang, 2)} [{percent(row['low'] / 100, lang, 2)} – " \
                      f"{percent(row['high'] / 100, lang, 2)}]"
    return rows
