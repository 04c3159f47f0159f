"""The view that asks why: portfolios against one another, the chain of each, what would change the answer."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ...analysis.chain.table import EVERYBODY, build_chain, list_chain_inputs
from ...i18n.texts.chain_texts import LINK_LABELS, TABLE_HEADS, format_chain_label
from ...i18n.texts.page_texts import get_page_text
from ...i18n.texts.verdict_texts import format_verdict
from ...i18n.typography import insert_nbsp
from ...records.results import open as open_results
from ...report.brief.assumptions import list_assumption_notes
from ...report.brief.case import select_case
from ...report.sheets.mixes import Mix, MixComparison, compare_mixes, list_cost_cells, list_difference_cells
from ...report.terminal.chain_text import list_link_cells
from ..data.comparison import Comparison, ShownArm, judge_again
from ..plain_streamlit import Markdown, show_plain, st
from ..session import PageSession
from .answer_view import choose_threshold
from .data_table import show_data_table


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw A minus B, the chain of one portfolio, and what the answer rests on."""
    lang = session.lang
    names = {shown.arm.portfolio: shown.name[lang] for shown in comparison.ranked}
    mixes = compare_mixes(comparison.opened, lang)
    if mixes is not None:
        st.header(get_page_text("One portfolio against another", lang))
        rows = list_pair_rows(mixes, names, _choose_pair(mixes, names, lang), lang)
        show_data_table(rows, "pair", lang, opened=True, figure=False)
        st.caption(get_page_text("Difference: the first minus the second, same seeds, with its 95% interval. Below 0: "
                                 "the first is better.", lang))
    st.header(get_page_text("From the lever to recovery", lang))
    chosen = st.selectbox(get_page_text("Portfolio", lang), [shown.letter for shown in comparison.ranked], key="chain",
                          format_func=lambda letter: comparison.get_arm(letter).name[lang])
    rows = list_chain_rows(comparison, comparison.get_arm(chosen), lang)
    show_data_table(rows, "chain", lang, opened=True, figure=False)
    st.caption(get_page_text("Each step from whom the lever reaches to what is lost, for everybody. 0: no effect, "
                             "within 1% at 95%; in brackets: sign not told by these seeds.", lang))
    _show_what_would_change(session, comparison)


def _choose_pair(mixes: MixComparison, names: dict[str, str], lang: str) -> tuple[Mix, Mix]:
    """The two portfolios that the reader chooses; the first two at first."""
    pairs = list(combinations(mixes.mixes, 2))
    if len(pairs) == 1:
        return pairs[0]
    chosen = st.selectbox(get_page_text("Which two", lang), range(len(pairs)), key="pair", format_func=lambda k: (
        " − ".join(names.get(mix.arm.portfolio, mix.label) for mix in pairs[k])))
    return pairs[chosen or 0]


def list_pair_rows(mixes: MixComparison, names: dict[str, str], pair: tuple[Mix, Mix],
                   lang: str) -> list[dict[str, str]]:
    """A row for each measure and for the costs: both values and the difference."""
    one, other = pair
    heads = [get_page_text("Measure", lang), *(names.get(mix.arm.portfolio, mix.label) for mix in pair),
             get_page_text("Difference", lang)]
    effects = mixes.pairs[one.arm.portfolio, other.arm.portfolio]
    rows = [list_difference_cells(name, effect, lang) for name, effect in effects.items()]
    rows.append([get_page_text("levers and doses", lang), one.levers, other.levers, ""])
    rows += list_cost_cells(one, other, lang)
    return [dict(zip(heads, row)) for row in rows]


def list_chain_rows(comparison: Comparison, shown: ShownArm, lang: str) -> list[dict[str, Any]]:
    """A row for each link of the chain of one portfolio, for everybody."""
    heads = [format_chain_label(TABLE_HEADS, name, lang) for name in ("link", "without", "with", "change", "percent")]
    cells = [cell for one in list_chain_inputs(comparison.opened) for cell in build_chain(one)
             if cell.group == EVERYBODY and cell.arm.portfolio == shown.arm.portfolio]
    return [dict(zip(heads, [format_chain_label(LINK_LABELS, cell.link, lang), *list_link_cells(cell, lang)]))
            for cell in cells]


def _show_what_would_change(session: PageSession, comparison: Comparison) -> None:
    """Draw the verdicts at a threshold that can be moved, and the notes on what the answer rests on."""
    lang = session.lang
    st.header(get_page_text("What would change the answer?", lang))
    judged = judge_again(comparison, choose_threshold(comparison, lang))
    rows = [{get_page_text("Portfolio", lang): shown.name[lang],
             get_page_text("Verdict", lang): format_judged(shown, lang)} for shown in judged.ranked]
    show_data_table(rows, "threshold", lang, opened=True, figure=False)
    folder = session.folder()
    if folder is not None:
        for note in list_assumption_notes(select_case(open_results(folder), lang)):
            st.markdown(Markdown(f"- {show_plain(insert_nbsp(note))}"))


def format_judged(shown: ShownArm, lang: str) -> str:
    """The verdict on one portfolio in words."""
    return format_verdict(shown.arm.judgement.verdict, lang) if shown.arm.judgement else ""
