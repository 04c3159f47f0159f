"""The chain on the terminal: two lines a lever in a comparison, and the whole chain of each lever on request."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, inf, isfinite, isinf
from textwrap import fill

from ...analysis.chain.links import LINKS
from ...analysis.chain.table import EVERYBODY, GROUPS, NONE, OPEN, ChainCell, find_cells
from ...i18n.number_format import (
    NO_VALUE,
    decimals_for_error,
    decimals_for_size,
    format_interval,
    format_number,
    format_percent,
)
from ...i18n.texts.chain_texts import CHAIN_GROUP_LABELS, LINK_LABELS, SHORT_LABELS, TABLE_HEADS, format_chain_label
from ...i18n.translation import translate
from .text_table import format_fixed_width_table

WIDTH, LEVER_LABEL = 110, 26
LEAST_SHOWN, LEAST_TOLD = 0.5e-4, 1e-4
"""A relative change below the first would be written as 0; the second is what it is told to be smaller than."""
RANKED_LINK = "loss"
BEFORE = ("reached", "members", "ties_alike", "ties_milieu", "tie_trust", "host_trust", "trust_institutions",
          "know_how", "agency")
AFTER = ("asked", "given", "helped_by_persons", "helped_by_sites", "helped_by_institutions", "never_reached", "loss",
         "days_not_back", "permanent_loss")
"""Links of the two tables of a comparison: what is built before the crisis, and what comes of it."""


def format_change(cell: ChainCell | None, lang: str) -> str:
    """A change in % with its sign where that is told, 0 for no effect, in brackets where it is not told.

    In the link's unit where there is nothing to be a share of; – where the change is not known. Of people reached,
    their number.
    """
    if cell is None or not isfinite(cell.difference):
        return NO_VALUE
    if cell.link == "reached":
        return format_number(cell.mean, lang)
    if cell.sign == NONE:
        return "0"
    text = format_size(cell.relative, lang) if isfinite(cell.relative) else format_number(
        cell.difference, lang, decimals_for_size(cell.difference), sign=True)
    return f"({text})" if cell.sign == OPEN else text


def format_size(share: float, lang: str) -> str:
    """A relative change in %, with a decimal below 1 %, and two below 0.1 %; never 0 for a change that is not."""
    if 0 < abs(share) < LEAST_SHOWN:
        sign = "<" if share > 0 else ">"
        return f"{sign}{format_percent(copysign(LEAST_TOLD, share), lang, 2, sign=True)}"
    places = 0 if share == 0 or abs(share) >= 0.00995 else 1 if abs(share) >= 0.000995 else 2
    return format_percent(share, lang, places, sign=True)


def list_arms(cells: Sequence[ChainCell]) -> list[str]:
    """Portfolios, each once, the one that lowers losses most first."""
    losses = {arm: cell.difference for (arm, link), cell in find_cells(cells).items() if link == RANKED_LINK}
    arms = dict.fromkeys(cell.arm.portfolio for cell in cells)
    return sorted(arms, key=lambda arm: losses[arm] if isfinite(losses.get(arm, inf)) else inf)


def format_chain_summary(cells: Sequence[ChainCell], lang: str, width: int = WIDTH) -> str:
    """For everybody, two tables with a line for each lever: before the crisis, and in it and after."""
    found = find_cells(cells)
    labels = {cell.arm.portfolio: cell.arm.label[lang] for cell in cells}
    most = width if width < WIDTH else 0
    parts = []
    for title, links in ((translate("On the way to the crisis, change to no lever:", lang), BEFORE),
                         (translate("In the crisis and after:", lang), AFTER)):
        shown = [link for link in links if any((arm, link) in found for arm in labels)]
        heads = [format_chain_label(SHORT_LABELS, name, lang) for name in ("lever", *shown)]
        rows = [[label, *(format_change(found.get((arm, link)), lang) for link in shown)]
                for arm, label in ((arm, labels[arm]) for arm in list_arms(cells))]
        parts.append(f"{title}\n{format_fixed_width_table(heads, rows, LEVER_LABEL, most=most)}" if shown else "")
    return "\n".join(part for part in parts if part)


def format_chain_note(lang: str, missing: Sequence[str], width: int = WIDTH) -> str:
    """How to read the tables, and what these runs do not tell. missing: groups that were not observed."""
    text = translate("In brackets: sign not told by these seeds. 0: no effect, within 1% at 95%. Reached: people "
                     "offered something. Bridges: ties across milieux. Trust: summed over ties. Given: help per "
                     "resident. Persons, sites, institutions: people they help. For good: functioning lost for good. "
                     "All links, groups and intervals: chain.csv.", lang)
    if missing:
        text += " " + translate("For members at onset, those reached, and the effect on the treated, add "
                                "observe=[people,pairs,reached].", lang)
    return fill(text, width)


def _format_late(cell: ChainCell, lang: str) -> str:
    """A time not reached by the horizon in some seed."""
    runs = list(cell.arm.runs.values())
    return f"> {format_number(float(runs[0].run['horizon']), lang)}" if runs else translate("not reached", lang)


def format_chain_of_levers(cells: Sequence[ChainCell], lang: str, width: int = WIDTH) -> str:
    """Lever by lever, every link: without, with, change with its interval, and the change for each group in %."""
    return "\n".join(_format_lever([cell for cell in cells if cell.arm.portfolio == arm], lang, width)
                     for arm in list_arms(cells))


def _format_lever(cells: Sequence[ChainCell], lang: str, width: int) -> str:
    everybody = [cell for cell in cells if cell.group == EVERYBODY]
    groups = [group for group in GROUPS if group != EVERYBODY and any(cell.group == group for cell in cells)]
    by_group = {(cell.group, cell.link): cell for cell in cells}
    text = f"{cells[0].arm.label[lang]}\n\n" + format_links(everybody, lang, width)
    shown = [link for link in LINKS if any((group, link) in by_group for group in groups)]
    heads = [format_chain_label(TABLE_HEADS, "link", lang),
             *(format_chain_label(CHAIN_GROUP_LABELS, group, lang) for group in groups)]
    rows = [[format_chain_label(LINK_LABELS, link, lang),
             *(format_change(by_group.get((group, link)), lang) for group in groups)] for link in shown]
    most = width if width < WIDTH else 0
    return text + ("\n" + format_fixed_width_table(heads, rows, 28, most=most) if groups else "")


def format_links(cells: Sequence[ChainCell], lang: str, width: int = WIDTH) -> str:
    """A line for each link of one lever and group: value without, value with, change with its interval, change in %."""
    heads = [format_chain_label(TABLE_HEADS, name, lang) for name in ("link", "without", "with", "change", "percent")]
    rows = [[format_chain_label(LINK_LABELS, cell.link, lang), *list_link_cells(cell, lang)] for cell in cells]
    return format_fixed_width_table(heads, rows, 40, most=width if width < WIDTH else 0)


def list_link_cells(cell: ChainCell, lang: str) -> list[str]:
    """Value without, value with, change with its interval, change in %."""
    return [*_format_values(cell, lang), format_change(cell, lang)]


def _format_values(cell: ChainCell, lang: str) -> list[str]:
    """Value without, value with, and the change with its interval, rounded alike."""
    half = (cell.high - cell.low) / 2
    size = max(abs(cell.baseline), abs(cell.mean)) if isfinite(cell.baseline) and isfinite(cell.mean) else 1.0
    places = max(0, decimals_for_error(half)) if half > 0 else decimals_for_size(size, 3)
    change = format_number(cell.difference, lang, places, sign=True)
    interval = format_interval(cell.low, cell.high, lang, places, sign=True)
    values = [_format_late(cell, lang) if isinf(value) else format_number(value, lang, places)
              for value in (cell.baseline, cell.mean)]
    return [*values, f"{change} {interval}".strip()]
