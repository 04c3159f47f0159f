"""The sheets on members: what sites change for them, against the same persons in a world without any site."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from ...analysis.chain.table import CHAIN_HEADS, ChainCell, list_chain_rows
from ...analysis.chain.treated import TREATED_HEADS, TreatedEffect, list_treated_rows
from ...i18n.translation import translate
from ..terminal.chain_text import format_links
from ..terminal.treated_text import format_sets
from .analysis_sheet import AnalysisSheet

MEMBERS = "participants"


def build_member_sheets(cells: Sequence[ChainCell], effects: Sequence[TreatedEffect], lang: str,
                        width: int) -> list[AnalysisSheet]:
    """members.csv: the chain of members; members_effect.csv: what sites do in the crisis. Text with the first."""
    members = [cell for cell in cells if cell.group == MEMBERS]
    note = translate("Members when the crisis begins, and the same people in a world that has never had a site, seed "
                     "by seed. They are never compared with people who are no members: who joins differs from who does "
                     "not.", lang)
    text = "\n".join([f"{cells[0].arm.label[lang]}\n", format_links(members, lang, width),
                      format_sets(effects, lang, width), fill(note, width), ""])
    return [AnalysisSheet("members", text, CHAIN_HEADS, list_chain_rows("", cells, lang)),
            AnalysisSheet("members_effect", "", TREATED_HEADS, list_treated_rows("", effects, lang))]
