"""The answer view (conclusion in words, ranking with intervals) and the recovery view (curves)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...analysis.effects.effects_table import estimate_arm_price
from ...analysis.effects.verdict import parse_threshold
from ...i18n.number_format import (
    format_estimate,
    format_euro_range,
    format_euros,
    format_number,
    format_percent,
    format_probability,
)
from ...i18n.texts.figure_texts import FIGURE_LABELS
from ...i18n.texts.page_texts import get_page_text
from ...i18n.texts.verdict_texts import format_threshold, format_verdict
from ...i18n.typography import insert_nbsp
from ...report.figures.recovery import format_axis_note
from ...report.terminal.comparison_summary import (
    compare_with_baseline,
    format_baseline,
    format_price,
    list_answer_sentences,
)
from ..data.comparison import Comparison, ShownArm, judge_again, list_curve_rows
from ..data.daily_values import GROUP_COLUMNS
from ..plain_streamlit import st
from ..session import PageSession
from .charts import build_curve_chart, build_rank_chart
from .data_table import show_data_table

THRESHOLDS = ("1%", "2%", "5%", "10%", "20%", "1 days", "5 days", "20 people", "100 people")
"""Thresholds to choose from, besides that of the folder."""


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw the conclusion in words, the ranking of portfolios and the table behind it."""
    lang = session.lang
    comparison = judge_again(comparison, choose_threshold(comparison, lang))
    seeds, base = list(comparison.seeds), comparison.baseline.arm
    effects = [(shown.arm, shown.effect) for shown in comparison.ranked if shown.effect is not None]
    st.header(get_page_text("What these runs say", lang))
    sentences = list_answer_sentences(base, effects, comparison.opened, lang, options=False)
    for text in (*sentences, format_baseline(base, seeds, lang)):
        st.markdown(insert_nbsp(text))
    st.header(get_page_text("Which portfolio lowers losses most", lang))
    rows = list_rank_rows(comparison, lang)
    if len(seeds) > 1:
        ranking = "; ".join(f"{row['arm']} {row['text']}" for row in rows)
        title = get_page_text("Which portfolio lowers losses most", lang)
        st.altair_chart(build_rank_chart(rows, lang), width="stretch", alt=f"{title}: {ranking}")
        st.caption(get_page_text("Dot: mean over seeds; bar: 95% interval; hollow dot: the sign is not settled. A "
                                 "person-day: one person not functioning for a whole day.", lang))
    show_data_table([format_portfolio_row(comparison, shown, lang) for shown in comparison.ranked], "levers", lang,
                    opened=True)
    st.caption(get_page_text("Helps (probability): probability that one more seed shows less loss. Poorest fifth, "
                             "isolated: change in their losses. Helped by nobody: change in the number of people "
                             "whose own means do not suffice and whom nobody helped. € per person-day saved: range "
                             "over seeds and over prices.", lang))


def choose_threshold(comparison: Comparison, lang: str) -> str:
    """The threshold that the reader chooses; that of the folder at first."""
    first = str(parse_threshold(comparison.opened.worth))
    choices = list(dict.fromkeys([first, *THRESHOLDS]))
    names = {text: format_threshold(found.amount, found.unit, lang)
             for text, found in ((text, parse_threshold(text)) for text in choices)}
    return st.selectbox(get_page_text("Acting counts as worthwhile from", lang), choices, key="worth",
                        format_func=lambda text: names[text]) or first


def list_rank_rows(comparison: Comparison, lang: str) -> list[dict[str, Any]]:
    """The change of loss by each portfolio, with its interval, best first."""
    rows = []
    for shown in comparison.ranked:
        effect = shown.effect
        assert effect is not None
        rows.append({"letter": shown.letter, "arm": shown.name[lang], "value": effect.difference,
                     "low": effect.low, "high": effect.high, "settled": bool(effect.excludes_zero),
                     "text": format_estimate(effect.difference, effect.low, effect.high, lang)})
    return rows


def format_portfolio_row(comparison: Comparison, shown: ShownArm, lang: str) -> dict[str, str]:
    """One portfolio's row of the table: effect, probability of a benefit, effect on groups, cost and price."""
    base, arm, seeds, effect = comparison.baseline.arm, shown.arm, list(comparison.seeds), shown.effect
    assert effect is not None
    poorest, isolated, never_reached = (compare_with_baseline(base, arm, name, seeds)
                                        for name in ("loss_poorest", "loss_isolated", "never_reached"))
    known = ~np.isnan(arm.column("cost", seeds))
    cost, low, high = (float(arm.column(name, seeds)[known].mean()) for name in ("cost", "cost_low", "cost_high"))
    cost_text = f"{format_euros(cost, lang)} [{format_euro_range(low, high, lang)}]"
    return {
        get_page_text("Portfolio", lang): shown.name[lang],
        get_page_text("Verdict", lang): format_verdict(arm.judgement.verdict, lang) if arm.judgement else "",
        get_page_text("Change in loss", lang): format_estimate(effect.difference, effect.low, effect.high, lang),
        get_page_text("In %", lang): format_percent(effect.relative, lang, sign=True),
        get_page_text("Helps (probability)", lang): format_probability(effect.prob_benefit_next, lang),
        get_page_text("Poorest fifth", lang): format_percent(poorest.relative, lang, sign=True),
        get_page_text("Isolated", lang): format_percent(isolated.relative, lang, sign=True),
        get_page_text("Helped by nobody", lang): format_number(never_reached.difference, lang, sign=True),
        get_page_text("Total cost [range]", lang): cost_text if high > 0 else get_page_text("no cost", lang),
        get_page_text("€ per person-day saved", lang): format_price(estimate_arm_price(base, arm, seeds), lang),
    }


def show_recovery(session: PageSession, comparison: Comparison) -> None:
    """Draw the recovery curves with their range over seeds, of everyone or of a group."""
    lang = session.lang
    st.header(get_page_text("How residents function after the crisis began", lang))
    column = st.segmented_control(get_page_text("Whose", lang), list(GROUP_COLUMNS), default="functioning", key="whose",
                                  format_func=lambda key: get_page_text(FIGURE_LABELS[GROUP_COLUMNS[key]], lang))
    column = column or "functioning"
    rows = list_curve_rows_with_text(comparison, column, lang)
    st.altair_chart(build_curve_chart(rows, lang), width="stretch",
                    alt=get_page_text("How residents function after the crisis began", lang))
    axis_note = format_axis_note(lang, comparison.shown_days, *(shown.arm for shown in comparison.arms))
    note = get_page_text("Line: mean of {n} seeds; band: lowest to highest. The axis does not start at zero.", lang,
                         n=comparison.seed_count)
    st.caption(f"{note} {axis_note}")
    show_data_table([{get_page_text("Portfolio", lang): row["arm"],
                      get_page_text("Day", lang): format_number(row["day"], lang),
                      get_page_text("Functioning", lang): row["text"]} for row in rows], "recovery", lang)


def list_curve_rows_with_text(comparison: Comparison, column: str, lang: str) -> list[dict[str, Any]]:
    """Rows of the recovery curves, with their values as text."""
    rows = list_curve_rows(comparison, column, lang)
    for row in rows:
        value, low, high = (format_percent(row[name] / 100, lang, 2) for name in ("value", "low", "high"))
        row["text"] = f"{value} [{low} – {high}]"
    return rows
