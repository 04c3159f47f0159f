"""The figure of what levers cost against what they change: losses, inequality, people helped by nobody."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm, format_letter
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...i18n.number_format import format_euros
from ...i18n.translation import mark, translate
from ...i18n.typography import insert_nbsp
from ...records.files.run_files import RunTables
from .findings import rank_effects
from .style import (
    COLOURS,
    INK,
    SOFT,
    WIDTH,
    Picture,
    add_headline,
    add_model_note,
    create_figure,
    format_axis,
    use_figure_style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANELS: dict[str, str] = {
    "loss_total": mark("Days of normal life lost, all together"),
    "quintile_gap": mark("Gap between poorest and richest fifth, days each"),
    "never_reached": mark("People in need helped by nobody"),
}
"""Outcomes that cost is set against, to the titles of their panels; less is better."""
MOST = 8
"""Levers drawn, those that lose least; more letters could not be told apart."""
PANEL_HEIGHT, LINE, TITLE_LETTERS, KEY_LETTERS = 2.4, 0.16, 26, 100
NEAR = 0.1
"""Costs closer than this share of the greatest have letters on different sides of their marks."""


def draw_trade_off_figure(opened: RunTables, lang: str, with_title: bool = True) -> Picture | None:
    """Cost along, the change against no lever up, one panel an outcome, a letter an arm. None below two arms, without
    a crisis, or where nothing costs anything. with_title: False where the page says the title itself."""
    baseline, effects, seeds = rank_effects(opened)
    arms = [arm for arm, _ in effects[:MOST]]
    costs = [float(np.nanmean(arm.column("cost", seeds))) for arm in arms]
    if len(arms) < 2 or not max(costs) > 0 or int(next(iter(baseline.runs.values())).run["onset"]) < 0:
        return None
    key = [insert_nbsp(translate("{letter}  {lever}: {cost}", lang, letter=format_letter(k), lever=arm.label[lang],
                                 cost=format_euros(cost, lang))) for k, (arm, cost) in enumerate(zip(arms, costs))]
    lines = [fill(line, KEY_LETTERS, subsequent_indent="     ") for line in key]
    title = _format_title(arms, costs, seeds, lang)
    note = translate("Bar: 95% interval over {n} pairs of runs. Lower and further left is better; cost over the whole "
                     "run", lang, n=len(seeds))
    with use_figure_style():
        figure = create_figure(WIDTH, PANEL_HEIGHT + LINE * (sum(line.count("\n") + 1 for line in lines) + 3))
        panels = figure.subplots(1, len(PANELS))
        for axes, (outcome, text) in zip(panels, PANELS.items()):
            changes = [compare_paired_values(baseline.values(outcome, seeds), arm.values(outcome, seeds))
                       for arm in arms]
            _draw_panel(axes, costs, changes, lang)
            axes.set_title(fill(translate(text, lang), TITLE_LETTERS), fontsize=8.5, color=INK)
        panels[0].set_ylabel(translate("Change against no lever", lang), fontsize=8)
        add_headline(figure, title if with_title else "", "\n".join(lines) + "\n" + add_model_note(note, lang))
    return Picture("trade_off", figure, title, f"{title}. {'; '.join(key)}")


def _draw_panel(axes: Axes, costs: list[float], changes: list[PairedEffect], lang: str) -> None:
    axes.axhline(0, color=INK, lw=0.9)
    for k, (cost, change) in enumerate(zip(costs, changes)):
        x, colour = cost / 1e3, COLOURS[k % len(COLOURS)]
        if np.isfinite(change.low):
            axes.plot([x, x], [change.low, change.high], color=colour, lw=1.4)
        axes.plot([x], [change.difference], "o", ms=5, mec=colour, mfc=colour if change.excludes_zero else "white")
        is_crowded = any(0 < cost - other <= NEAR * max(costs) for other in costs)  # a letter stands there already
        axes.annotate(format_letter(k), (x, change.difference), xytext=(5, -11 if is_crowded else 4),
                      textcoords="offset points", fontsize=8.5, fontweight="bold", color=INK)
    axes.margins(0.18, 0.12)
    axes.set_xlim(left=0)
    axes.set_xlabel(translate("Cost, thousands of euros", lang), fontsize=8, color=SOFT)
    format_axis(axes.xaxis, lang, 3)
    format_axis(axes.yaxis, lang)


def _format_title(arms: list[Arm], costs: list[float], seeds: list[int], lang: str) -> str:
    """Which arms no other beats in cost and in all panels at once."""
    values = np.array([[cost, *(float(np.nanmean(arm.values(name, seeds))) for name in PANELS)]
                       for arm, cost in zip(arms, costs)])
    beaten = [any(np.all(other <= one) and np.any(other < one) for other in values) for one in values]
    best = ", ".join(format_letter(k) for k, is_beaten in enumerate(beaten) if not is_beaten)
    return translate("Cost against effect: no other is at once cheaper and better than {letters}", lang, letters=best)
