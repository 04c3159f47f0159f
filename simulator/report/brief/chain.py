"""The chain from a lever to recovery in the annex of the brief: a figure beside the verdicts, and two tables."""

from __future__ import annotations

from collections.abc import Sequence

from ...analysis.chain.links import MAIN_LINKS
from ...analysis.chain.table import EVERYBODY, ChainCell, ChainInput, build_chain
from ..figures.chain import draw_chain_figure
from ..figures.inline_svg import render_inline_svg
from ..terminal.chain_text import AFTER, BEFORE, format_chain_reading, list_chain_summary
from .case import SEVERAL, Case
from .tables import BriefTable

SHOWN_LINKS = tuple(dict.fromkeys((*BEFORE, *AFTER, *MAIN_LINKS)))
"""Links in the tables or the figure."""


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
    return {"title": picture.title, "svg": render_inline_svg(picture), "note": format_chain_reading(lang)}


def build_chain_tables(cells: Sequence[ChainCell], lang: str) -> dict[str, BriefTable]:
    """What is built up before the crisis, and what comes of it, one line a lever."""
    return {name: BriefTable(title.rstrip(" :\u00a0"), heads, rows)
            for name, (title, heads, rows) in zip(("chain_before", "chain_after"), list_chain_summary(cells, lang))}
