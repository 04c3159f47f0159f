"""The figure of the chain: a row for each lever, a column for each link, every change in % on one scale.

The scale is linear within 1 % and logarithmic beyond, so that changes of 1 % and of 60 % can both be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from textwrap import fill
from typing import TYPE_CHECKING

from ...analysis.chain.links import LINKS, MAIN_LINKS
from ...analysis.chain.table import NONE, OPEN, UP, ChainCell, find_cells
from ...i18n.number_format import format_number
from ...i18n.texts.chain_texts import LINK_LABELS, format_chain_label
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from ..terminal.chain_text import format_size, list_arms
from .style import COLOURS, INK, SOFT, Picture, add_headline, add_model_note, create_figure, use_figure_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHAIN_WIDTH, ROW, HEAD, FOOT = 9.6, 1.25, 2.2, 0.7
"""Width of the figure, height of a lever's row, of the heads and of the note, inches."""
MOST_LEVERS = 9
LIMIT, LINEAR = 100.0, 1.0
"""Changes beyond the limit are drawn at it with an arrow; within LINEAR the scale is linear, in %."""
TICKS = (-100, -10, -1, 0, 1, 10, 100)
BENEFIT, HARM = COLOURS[0], COLOURS[1]
NAME = 46


def draw_chain_figure(cells: Sequence[ChainCell], lang: str) -> Picture:
    """The figure. cells: of everybody. ValueError without any."""
    found = find_cells(cells)
    arms = list_arms(cells)
    shown = arms[:MOST_LEVERS]
    links = [link for link in MAIN_LINKS if any(isfinite(found[arm, link].relative) for arm in shown
                                                if (arm, link) in found)]
    title = _format_title(cells, lang)
    with use_figure_style():
        figure = create_figure(CHAIN_WIDTH, HEAD + FOOT + ROW * len(shown))
        grid = figure.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0]
        for k, (axes, arm) in enumerate(zip(grid, shown, strict=True)):
            _draw_lever(axes, {link: found[arm, link] for link in links if (arm, link) in found}, links, lang)
            _set_row_title(axes, arm, found, lang)
            if k == 0:
                _add_heads(axes, links, lang)
        figure.supylabel(translate("Change to no lever, % (log scale beyond 1%)", lang), fontsize=8)
        note = format_chain_marks(lang)
        if len(arms) > len(shown):
            note += " · " + translate("and {n} more levers not drawn", lang, n=len(arms) - len(shown))
        add_headline(figure, title, add_model_note(note, lang), width=92)
    return Picture("chain", figure, title, _describe(cells, lang))


def format_chain_marks(lang: str) -> str:
    """What the marks of the figure mean."""
    return translate("Mark: mean over seeds; bar: 95% interval. Blue triangle: better; orange: worse; black: "
                     "neither good nor bad; hollow dot: sign not told; square: no effect. Arrow: beyond 100%", lang)


def _format_title(cells: Sequence[ChainCell], lang: str) -> str:
    """How many levers change something before the crisis, and how many lower losses."""
    found, arms = find_cells(cells), list_arms(cells)
    early = sum(any(cell.benefit > 0 for (arm, link), cell in found.items()
                    if arm == one and LINKS[link].stage in ("join", "ties", "trust", "capacity")) for one in arms)
    late = sum((one, "loss") in found and found[one, "loss"].benefit > 0 for one in arms)
    return translate("Levers that visibly build something up before the crisis: {early} of {n}; that lower losses: "
                     "{late} of {n}", lang, n=len(arms), early=early, late=late)


def _set_row_title(axes: Axes, arm: str, found: dict[tuple[str, str], ChainCell], lang: str) -> None:
    any_cell = next(cell for (portfolio, _), cell in found.items() if portfolio == arm)
    text = any_cell.arm.label[lang]
    if (arm, "reached") in found:
        text += " · " + translate("{n} people offered something", lang,
                                  n=format_number(found[arm, "reached"].mean, lang))
    axes.text(0, 1.04, fill(insert_nbsp(text), 110), transform=axes.transAxes, fontsize=9, color=INK, va="bottom")


def _add_heads(axes: Axes, links: Sequence[str], lang: str) -> None:
    """Names of the links above the first row, each stage set apart."""
    top = axes.secondary_xaxis("top")
    names = [format_chain_label(LINK_LABELS, link, lang).replace(", %", ",\u00a0%") for link in links]
    top.set_xticks(range(len(links)), [fill(name, 22) for name in names],
                   rotation=55, ha="left", rotation_mode="anchor", fontsize=7.6, color=INK)
    top.tick_params(length=0, pad=22)
    top.spines["top"].set_visible(False)


def _draw_lever(axes: Axes, cells: dict[str, ChainCell], links: Sequence[str], lang: str) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    axes.set_yscale("symlog", linthresh=LINEAR, linscale=0.6)
    axes.set_ylim(-5 * LIMIT, 5 * LIMIT)
    axes.yaxis.set_major_locator(FixedLocator(TICKS))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, lang, 0, sign=True)))
    axes.tick_params(axis="y", labelsize=7)
    axes.tick_params(axis="x", bottom=False, labelbottom=False)
    axes.set_xlim(-0.6, len(links) - 0.4)
    axes.axhline(0, color=INK, lw=0.9)
    axes.grid(axis="x", visible=False)
    for k, link in enumerate(links[1:], 1):
        if LINKS[link].stage != LINKS[links[k - 1]].stage:
            axes.axvline(k - 0.5, color=SOFT, lw=0.5, ls=(0, (2, 2)))
    for k, link in enumerate(links):
        if link in cells and isfinite(cells[link].relative):
            _draw_cell(axes, k, cells[link], lang)
        else:
            axes.text(k, 0, "–", ha="center", va="center", fontsize=8, color=SOFT, backgroundcolor="white")


def _draw_cell(axes: Axes, k: int, cell: ChainCell, lang: str) -> None:
    """The bar, the mark, and the number where its sign is told."""
    scale = 100 / abs(cell.baseline)
    value, low, high = (min(max(scale * end, -LIMIT), LIMIT) for end in (cell.difference, cell.low, cell.high))
    colour = SOFT if cell.sign in (OPEN, NONE) else (BENEFIT if cell.benefit > 0 else HARM if cell.benefit < 0 else INK)
    if isfinite(low):
        axes.plot([k, k], [low, high], color=colour, lw=1.8, solid_capstyle="butt", zorder=2)
    for end, mark in ((scale * cell.low, "v"), (scale * cell.high, "^")):
        if isfinite(end) and abs(end) > LIMIT:
            axes.plot([k], [LIMIT if end > 0 else -LIMIT], mark, color=colour, ms=3.5)
    mark = {OPEN: "o", NONE: "s"}.get(cell.sign, "^" if cell.sign == UP else "v")
    axes.plot([k], [value], mark, mec=colour, mfc="white" if cell.sign == OPEN else colour,
              ms=4 if cell.sign == NONE else 6.5, mew=1.3, zorder=3)
    if cell.sign not in (OPEN, NONE):
        above = value > 0
        axes.annotate(format_size(cell.relative, lang), (k, high if above else low), xytext=(0, 4 if above else -4),
                      textcoords="offset points", ha="center", va="bottom" if above else "top", fontsize=6.8,
                      color=colour)


def _describe(cells: Sequence[ChainCell], lang: str) -> str:
    """The figure in words: per lever, the links whose sign is told."""
    found, parts = find_cells(cells), []
    for arm in list_arms(cells):
        told = [f"{format_chain_label(LINK_LABELS, link, lang)} {format_size(found[arm, link].relative, lang)}"
                for link in MAIN_LINKS if (arm, link) in found and found[arm, link].sign not in (OPEN, NONE)
                and isfinite(found[arm, link].relative)]
        label = next(cell.arm.label[lang] for cell in cells if cell.arm.portfolio == arm)
        parts.append(translate("{head}: {text}", lang, head=label,
                               text=", ".join(told) or translate("nothing visible", lang)))
    return f"{_format_title(cells, lang)}. {translate('; ', lang).join(parts)}."
