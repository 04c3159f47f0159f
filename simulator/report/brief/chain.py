"""The chain from a lever to recovery in the annex of the brief: a figure beside the verdicts, and a table."""

from __future__ import annotations

from collections.abc import Sequence

from ...analysis.chain.links import MAIN_LINKS
from ...analysis.chain.table import EVERYBODY, ChainCell, ChainInput, build_chain, find_cells
from ...i18n.texts.chain_texts import LINK_LABELS, TABLE_HEADS, format_chain_label
from ...i18n.translation import translate
from ..figures.chain import draw_chain_figure, format_chain_marks
from ..figures.inline_svg import render_inline_svg
from ..terminal.chain_text import AFTER, BEFORE, format_change, list_arms
from .case import SEVERAL, Case
from .tables import BriefTable

SHOWN_LINKS = tuple(dict.fromkeys((*BEFORE, *AFTER, *MAIN_LINKS)))
"""Links in the table or the figure."""
MOST_LEVERS = 5
"""Levers in the table: more would not fit on a page; chain.csv has all."""


def build_case_chain(case: Case) -> list[ChainCell]:
    """The chain of every lever for everybody; empty where nothing is compared, or one draw was played."""
    if not (case.is_comparable and case.crisis) or len(case.seeds) < SEVERAL:
        return []
    return build_chain(ChainInput(case.opened), (EVERYBODY,), SHOWN_LINKS)


def build_chain_section(cells: Sequence[ChainCell], lang: str) -> dict[str, str] | None:
    """The figure with its title and note; None without cells."""
    if not cells:
        return None
    picture = draw_chain_figure(cells, lang)
    return {"title": picture.title, "svg": render_inline_svg(picture), "note": f"{format_chain_marks(lang)}."}


def build_chain_table(cells: Sequence[ChainCell], lang: str) -> dict[str, BriefTable]:
    """One row per link, one column for each of the levers that lower losses most: change to no lever in %.

    By its name; empty without cells.
    """
    if not cells:
        return {}
    found, arms = find_cells(cells), list_arms(cells)[:MOST_LEVERS]
    names = {cell.arm.portfolio: cell.arm.label[lang] for cell in cells}
    links = [link for link in dict.fromkeys((*BEFORE, *AFTER)) if any((arm, link) in found for arm in arms)]
    rows = [[format_chain_label(LINK_LABELS, link, lang),
             *(format_change(found.get((arm, link)), lang) for arm in arms)] for link in links]
    title = translate("From the lever to recovery: change to no lever; in brackets, the sign is not told by these "
                      "draws; 0: no effect", lang)
    heads = [format_chain_label(TABLE_HEADS, "link", lang), *(names[arm] for arm in arms)]
    return {"chain": BriefTable(title, heads, rows)}
