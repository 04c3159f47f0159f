"""The table of a brief that holds the first mixes of levers against one another: A minus B."""

from __future__ import annotations

from itertools import combinations

from ...i18n.translation import mark, translate
from ..sheets.mixes import compare_mixes, list_cost_cells, list_difference_cells
from .case import Case
from .tables import BriefTable

SHOWN = 3
"""Mixes, or levers, held against one another."""


def build_mix_table(case: Case) -> BriefTable | None:
    """Each of the first levers against the next ones, and what both cost; None below two, or without a crisis."""
    if not (case.is_comparable and case.crisis) or case.search:
        return None
    found, lang = compare_mixes(case.opened, case.lang), case.lang
    if found is None:
        return None
    rows = []
    for one, other in combinations(found.mixes[:SHOWN], 2):
        for name, effect in found.pairs[one.arm.portfolio, other.arm.portfolio].items():
            rows.append([one.label, other.label, *list_difference_cells(name, effect, lang)])
        rows += [[one.label, other.label, *cells] for cells in list_cost_cells(one, other, lang)]
    heads = [translate(text, lang) for text in (mark("A"), mark("B"), mark("Measure"), mark("With A"), mark("With B"),
                                                mark("A minus B [95%]"))]
    return BriefTable(translate("Levers against one another, same draws", lang), heads, rows)
