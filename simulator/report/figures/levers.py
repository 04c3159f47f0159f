"""Figures of levers: what each changes, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import per_head
from ...i18n.figure_texts import group_label, say
from ...i18n.number import estimate, number
from ...records.folder import Opened
from .findings import alt_text, effects_title, ranked
from .style import COLOURS, INK, MARKS, PALE, SOFT, WIDTH, Picture, canvas, headline, look, plain_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKED = 3
"""Levers drawn beside the baseline in the figure of groups."""
SHOWN = ("income", "age", "household", "isolation_before")
NAME, LINE = 34, 0.16
"""Characters a line of a lever's name, inches its height."""
DODGE = 0.13
"""Rows between the marks of two levers in one group, so that small effects do not hide one another."""


def effects_figure(opened: Opened, lang: str) -> Picture:
    """(b) Each lever's change in loss, a dot and its interval, best on top, with the line of no effect."""
    baseline, found, seeds = ranked(opened)
    title = effects_title(baseline, found, seeds, lang)
    note = say("dots", lang, n=len(seeds)) if len(seeds) > 1 else say("one_seed", lang)
    with look():
        lines = max((fill(arm.label[lang], NAME).count("\n") + 1 for arm, _ in found), default=1)
        figure = canvas(WIDTH, 1.7 + (0.12 + LINE * max(2, lines)) * max(1, len(found)))
        axes = figure.subplots()
        for k, (_, one) in enumerate(found):
            colour, at = COLOURS[k % len(COLOURS)], len(found) - 1 - k
            if np.isfinite(one.low):
                axes.plot([one.low, one.high], [at, at], color=colour, lw=2.2, solid_capstyle="butt")
            axes.plot([one.difference], [at], marker="o", ms=7, mec=colour, mew=1.6, ls="none",
                      mfc=colour if one.settled else "white")
            axes.text(1.02, at, estimate(one.difference, one.low, one.high, lang), transform=axes.get_yaxis_transform(),
                      va="center", fontsize=8.2, color=INK)
        axes.axvline(0, color=INK, lw=1.0)
        axes.set_yticks(range(len(found)), [fill(arm.label[lang], NAME) for arm, _ in reversed(found)], color=INK)
        axes.set_ylim(-0.7, len(found) - 0.1)
        axes.grid(axis="y", visible=False)
        plain_axis(axes.xaxis, lang)
        for key, side, shift in (("less_loss", "right", -4), ("more_loss", "left", 4)):
            axes.annotate(say(key, lang), (0, 1), xycoords=axes.get_xaxis_transform(), xytext=(shift, 0), ha=side,
                          va="top", textcoords="offset points", fontsize=8, color=SOFT)
        axes.set_xlabel(say("difference_axis", lang), fontsize=8.2)
        headline(figure, title, f"{note}\n{say('model_note', lang)}")
    return Picture("effects", figure, title, alt_text(title, found, lang))


def groups_figure(opened: Opened, lang: str) -> Picture:
    """(c) Loss per resident by income, age, household and isolation: the baseline and the best levers."""
    baseline, found, seeds = ranked(opened)
    chosen = [baseline, *(arm for arm, _ in found[:MARKED])]
    ratios = baseline.values("fifth_ratio", seeds)
    ratio = float(np.nanmean(ratios)) if np.isfinite(ratios).any() else float("nan")
    title = say("groups", lang, ratio=number(ratio, lang, 1)) if np.isfinite(ratio) else say("groups_plain", lang)
    with look():
        single = max(len(arm.label[lang]) for arm in chosen) > 2 * NAME - 20
        foot_height = 0.9 if single else 0.5
        figure = canvas(WIDTH, 5.1 + foot_height)
        cells = figure.add_gridspec(3, 2, height_ratios=[2.4, 2.0, foot_height])
        first = None
        for place, dimension in enumerate(SHOWN):
            axes = figure.add_subplot(cells[place // 2, place % 2], sharex=first)
            first = first or axes
            _group_panel(axes, chosen, dimension, lang)
            if place >= 2:
                axes.set_xlabel(say("loss_axis", lang), fontsize=8)
        assert first is not None
        first.set_xlim(left=0)
        plain_axis(first.xaxis, lang)
        foot = figure.add_subplot(cells[2, :])
        foot.axis("off")
        foot.legend(*first.get_legend_handles_labels(), loc="center", ncols=1 if single else 2, frameon=False,
                    fontsize=8.5)
        headline(figure, title, f"{say('group_note', lang, n=len(seeds))}\n{say('model_note', lang)}")
    return Picture("groups", figure, title, title)


def _group_panel(axes: Axes, chosen: Sequence[Arm], dimension: str, lang: str) -> None:
    view = next(iter(chosen[0].runs.values()))
    groups = [group for where, group in view.groups if where == dimension]
    if dimension == "household":
        groups = [group for group in groups if group != "other"]
    at = np.arange(len(groups))[::-1]
    for k, arm in enumerate(chosen):
        loss = np.array([np.nanmean([per_head(run, dimension, g) for run in arm.runs.values()]) for g in groups])
        mark = "o" if k == 0 else MARKS[(k - 1) % len(MARKS)]
        colour = INK if k == 0 else COLOURS[(k - 1) % len(COLOURS)]
        axes.plot(loss, at + DODGE * ((len(chosen) - 1) / 2 - k), mark, color=colour, mfc="white" if k == 0 else colour,
                  ms=6.5 if k == 0 else 5, mew=1.4, label=arm.label[lang], zorder=4 - k)
        if k == 0:
            axes.hlines(at + DODGE * (len(chosen) - 1) / 2, 0, loss, color=PALE, lw=1.2, zorder=1)
    axes.set_yticks(at, [group_label(dimension, group, lang) for group in groups], color=INK)
    axes.set_ylim(-0.6, len(groups) - 0.4)
    axes.grid(axis="y", visible=False)
    axes.set_title(say(dimension, lang))
