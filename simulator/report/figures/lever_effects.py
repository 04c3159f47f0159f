"""Figures of a comparison: the effect of each lever on loss, and losses by group."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import compute_loss_per_resident
from ...analysis.effects.paired_comparison import PairedEffect
from ...i18n.number_format import format_estimate, format_number
from ...i18n.texts.figure_texts import FIGURE_LABELS, get_group_label
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from .findings import format_alt_text, format_effects_title, rank_effects
from .style import (
    COLOURS,
    INK,
    MARKS,
    PALE,
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

MARKED = 3
"""Number of levers drawn beside the baseline in the figure of groups."""
GROUP_DIMENSIONS = ("income", "age", "household", "isolation_before")
NAME, LINE = 34, 0.16
"""Characters a line of a lever's name; its height in inches."""
DODGE = 0.13
"""Rows between the marks of two levers in one group, so that marks do not hide one another."""


def draw_effects_figure(opened: RunTables, lang: str) -> Picture:
    """(b) Each lever's change in loss, a dot and its interval, best on top, with the line of no effect."""
    baseline, effects, seeds = rank_effects(opened)
    title = format_effects_title(baseline, effects, seeds, lang)
    note = translate("One seed only: a difference may be luck", lang)
    if len(seeds) > 1:
        note = translate("Dot: mean of {n} paired seeds; bar: 95% interval for all levers at once; hollow dot: sign "
                         "not settled", lang, n=len(seeds))
    with use_figure_style():
        lines = max((fill(arm.label[lang], NAME).count("\n") + 1 for arm, _ in effects), default=1)
        figure = create_figure(WIDTH, 1.7 + (0.12 + LINE * max(2, lines)) * max(1, len(effects)))
        axes = figure.subplots()
        for k, (_, effect) in enumerate(effects):
            _draw_effect_row(axes, effect, len(effects) - 1 - k, COLOURS[k % len(COLOURS)], lang)
        axes.axvline(0, color=INK, lw=1.0)
        axes.set_yticks(range(len(effects)), [fill(arm.label[lang], NAME) for arm, _ in reversed(effects)], color=INK)
        axes.set_ylim(-0.7, len(effects) - 0.1)
        axes.grid(axis="y", visible=False)
        format_axis(axes.xaxis, lang)
        for text, side, shift in ((translate("◂ less loss", lang), "right", -4),
                                  (translate("more loss ▸", lang), "left", 4)):
            axes.annotate(text, (0, 1), xycoords=axes.get_xaxis_transform(), xytext=(shift, 0), ha=side, va="top",
                          textcoords="offset points", fontsize=8, color=SOFT)
        axes.set_xlabel(translate("Difference from no lever, person-days per resident", lang), fontsize=8.2)
        add_headline(figure, title, add_model_note(note, lang))
    return Picture("effects", figure, title, format_alt_text(title, effects, lang))


def _draw_effect_row(axes: Axes, effect: PairedEffect, y: int, colour: str, lang: str) -> None:
    """The interval, the dot (hollow where the interval contains 0) and the number on the right."""
    if np.isfinite(effect.low):
        axes.plot([effect.low, effect.high], [y, y], color=colour, lw=2.2, solid_capstyle="butt")
    axes.plot([effect.difference], [y], marker="o", ms=7, mec=colour, mew=1.6, ls="none",
              mfc=colour if effect.excludes_zero else "white")
    axes.text(1.02, y, format_estimate(effect.difference, effect.low, effect.high, lang),
              transform=axes.get_yaxis_transform(), va="center", fontsize=8.2, color=INK)


def draw_group_losses_figure(opened: RunTables, lang: str) -> Picture:
    """(c) Loss per resident by income, age, household and isolation: the baseline and the best levers."""
    baseline, effects, seeds = rank_effects(opened)
    chosen = [baseline, *(arm for arm, _ in effects[:MARKED])]
    title = _format_groups_title(baseline, lang)
    with use_figure_style():
        single = max(len(arm.label[lang]) for arm in chosen) > 2 * NAME - 20
        foot_height = 0.9 if single else 0.5
        figure = create_figure(WIDTH, 5.1 + foot_height)
        cells = figure.add_gridspec(3, 2, height_ratios=[2.4, 2.0, foot_height])
        first = None
        for place, dimension in enumerate(GROUP_DIMENSIONS):
            axes = figure.add_subplot(cells[place // 2, place % 2], sharex=first)
            first = first or axes
            _draw_group_panel(axes, chosen, dimension, lang)
            if place >= 2:
                axes.set_xlabel(translate("Person-days lost per resident", lang), fontsize=8)
        assert first is not None
        first.set_xlim(left=0)
        format_axis(first.xaxis, lang)
        foot = figure.add_subplot(cells[2, :])
        foot.axis("off")
        foot.legend(*first.get_legend_handles_labels(), loc="center", ncols=1 if single else 2, frameon=False,
                    fontsize=8.5)
        note = translate("Mean of {n} seeds; isolation measured before the levers", lang, n=len(seeds))
        add_headline(figure, title, add_model_note(note, lang))
    return Picture("groups", figure, title, title)


def _format_groups_title(baseline: Arm, lang: str) -> str:
    """How much more the poorest fifth loses than the richest, of the means drawn, where that is known."""
    richest, poorest = (_average_group_loss(baseline, "income", group) for group in ("5", "1"))
    if not richest > 0:
        return translate("Losses by group", lang)
    return translate("Without levers, the poorest fifth loses {ratio} times as much as the richest", lang,
                     ratio=format_number(poorest / richest, lang, 1))


def _average_group_loss(arm: Arm, dimension: str, group: str) -> float:
    """Loss per resident of a group, person-days, mean over the arm's runs: what the figure draws."""
    return float(np.nanmean([compute_loss_per_resident(run, dimension, group) for run in arm.runs.values()]))


def _draw_group_panel(axes: Axes, chosen: Sequence[Arm], dimension: str, lang: str) -> None:
    """Loss per resident of each group of a dimension, in each of the arms; the first arm is the baseline."""
    view = next(iter(chosen[0].runs.values()))
    groups = [group for of_dimension, group in view.groups if of_dimension == dimension]
    if dimension == "household":
        groups = [group for group in groups if group != "other"]
    y = np.arange(len(groups))[::-1]
    for k, arm in enumerate(chosen):
        loss = np.array([_average_group_loss(arm, dimension, group) for group in groups])
        mark = "o" if k == 0 else MARKS[(k - 1) % len(MARKS)]
        colour = INK if k == 0 else COLOURS[(k - 1) % len(COLOURS)]
        axes.plot(loss, y + DODGE * ((len(chosen) - 1) / 2 - k), mark, color=colour, mfc="white" if k == 0 else colour,
                  ms=6.5 if k == 0 else 5, mew=1.4, label=arm.label[lang], zorder=4 - k)
        if k == 0:
            axes.hlines(y + DODGE * (len(chosen) - 1) / 2, 0, loss, color=PALE, lw=1.2, zorder=1)
    axes.set_yticks(y, [get_group_label(dimension, group, lang) for group in groups], color=INK)
    axes.set_ylim(-0.6, len(groups) - 0.4)
    axes.grid(axis="y", visible=False)
    axes.set_title(translate(FIGURE_LABELS[dimension], lang))
