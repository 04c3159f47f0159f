"""Who is left worse off by the portfolios of a search that was asked to leave nobody worse off."""

from __future__ import annotations

from collections.abc import Mapping

from ...analysis.robustness.regret import Fairness
from ...i18n.analysis_texts import group_name, phrase
from ...i18n.number import decimals_of, number
from ..analysis_sheet import Sheet
from ..terminal.table import fixed
from .lever_choice import Labels


def spared_sheet(states: Mapping[str, Fairness], labels: Labels, left: tuple[int, int], limit: float, lang: str
                 ) -> Sheet:
    """left: portfolios that broke the constraint in the search, and all of them. Those broken by fresh seeds last."""
    order = sorted(states, key=lambda name: (states[name].state == "broken", states[name].by, name))
    title = phrase("spared_title", lang, left=left[0], all=left[1], limit=number(limit, lang, decimals_of(limit)))
    heads = [phrase(key, lang) for key in ("portfolio", "worst_group", "spared_by", "fair")]
    rows = [[labels[name][lang], group_name(one.group, lang), number(one.by, lang, decimals_of(one.by), sign=True),
             phrase(one.state, lang)] for name in order for one in [states[name]]]
    note = phrase("spared_note", lang)
    table = [[name, one.state, one.group, one.by, one.scenarios] for name, one in states.items()]
    return Sheet("spared", f"{title}.\n\n{fixed(heads, rows)}\n{note}." if rows else f"{title}.",
                 ("levers", "state", "group", "by", "scenarios_with_a_loser"), table)
