"""The sheet on groups left worse off by portfolios, for a search that must leave no group worse off."""

from __future__ import annotations

from collections.abc import Mapping

from ...analysis.robustness.regret import WorseOffCheck
from ...i18n.number_format import decimals_for_size, format_number
from ...i18n.texts.analysis_texts import ANALYSIS_LABELS, format_group_key
from ...i18n.translation import translate
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet
from .lever_choice import ArmLabels


def build_worse_off_sheet(checks: Mapping[str, WorseOffCheck], labels: ArmLabels, counts: tuple[int, int],
                          limit: float, lang: str) -> AnalysisSheet:
    """One row per portfolio, those last that fresh seeds show to leave a group worse off.

    counts: portfolios that broke the constraint in the search, and all of them. limit: change that still counts as
    none, person-days per resident.
    """
    ordered = sorted(checks.items(), key=lambda item: (item[1].state == "broken", item[1].worst_change, item[0]))
    title = translate("{left} of {all} portfolios leave a group worse off by more than {limit} person-days a head",
                      lang, left=counts[0], all=counts[1], limit=format_number(limit, lang, decimals_for_size(limit)))
    heads = [translate(ANALYSIS_LABELS[key], lang) for key in ("portfolio", "worst_group", "spared_by", "fair")]
    rows = [[labels[name][lang], format_group_key(check.group, lang),
             format_number(check.worst_change, lang, decimals_for_size(check.worst_change), sign=True),
             translate(ANALYSIS_LABELS[check.state], lang)] for name, check in ordered]
    note = translate("They are left out of the front. For the others, the group that fares worst, mean over seeds, in "
                     "its worst scenario; kept or broken: at 95%, all groups together; else open", lang)
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{note}."
    table = [[name, check.state, check.group, check.worst_change, check.scenarios] for name, check in checks.items()]
    columns = ("levers", "state", "group", "by", "scenarios_with_a_loser")
    return AnalysisSheet("spared", text if rows else f"{title}.", columns, table)
