"""The figure of paths: for each lever, its effect, and what remains of it with each channel cut in both arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.path_effects import PathEffect
from ...i18n.number_format import format_percent
from ...i18n.texts.path_texts import CUT_STARTS, format_channels
from ...i18n.translation import translate
from .style import (
    COLOURS,
    INK,
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

ArmPaths = Mapping[tuple[str, ...], PathEffect]
"""Channels cut together, to the effect through them."""
DRAWN, COLUMNS = 4, 2
"""Levers drawn, those with the largest effect; panels side by side."""
ROW, PANEL_EDGE = 0.235, 0.85
"""Inches: height of a row, and of a panel's title and axis."""
NAME, CHANNEL = 40, 30
"""Characters a line of a lever's name in a panel, and of a channel's."""
BAND, SMALLEST_RANGE = "#ececec", 0.01
"""Colour of the interval with nothing cut; least width of an axis, person-days per resident."""


def draw_paths_figure(arms: Sequence[tuple[Arm, ArmPaths]], start: str, lang: str) -> Picture:
    """Small multiples, a panel for each lever and a row for each cut. start: from when channels are cut."""
    drawn = [(arm, paths) for arm, paths in arms if any(one.effect.difference for one in paths.values())]
    drawn = (drawn or list(arms))[:DRAWN]
    title = format_paths_title(drawn, lang)
    note = translate("Dashed line and grey band: the effect with nothing cut, its 95% interval; dot and bar: what "
                     "remains with the channel cut in both arms from {start} on; per cent: share that runs through "
                     "it, where the effect's sign is known; hollow: sign of the remainder not known", lang,
                     start=translate(CUT_STARTS[start], lang))
    columns = min(COLUMNS, len(drawn))
    lines = -(-len(drawn) // columns)
    cuts = list(drawn[0][1])
    names = [fill(format_channels(cut, lang), CHANNEL) for cut in cuts]
    rows = sum(1 + 0.55 * name.count("\n") for name in names)
    with use_figure_style():
        figure = create_figure(WIDTH, 1.0 + lines * (PANEL_EDGE + ROW * rows))
        panels = figure.subplots(lines, columns, squeeze=False, sharey=True)
        for panel in panels.flat[len(drawn):]:
            panel.axis("off")
        for panel, (arm, paths) in zip(panels.flat, drawn):
            _draw_panel(panel, arm, [paths[cut] for cut in cuts], lang)
        panels.flat[0].set_yticks(range(len(cuts)), names)
        panels.flat[0].set_ylim(len(cuts) - 0.4, -0.6)
        for panel in panels.flat[:len(drawn)]:
            panel.tick_params(axis="y", labelcolor=INK)
            panel.axhline(sum(len(cut) == 1 for cut in cuts) - 0.5, color=PALE, lw=0.8, zorder=0)
        add_headline(figure, title, add_model_note(note, lang))
    parts = "; ".join(f"{arm.label[lang]}: " + ", ".join(
        f"{format_channels(cut, lang)} {format_percent(path.share, lang)}" for cut, path in paths.items())
        for arm, paths in drawn)
    return Picture("paths", figure, title, f"{title}. {parts}.")


def format_paths_title(arms: Sequence[tuple[Arm, ArmPaths]], lang: str) -> str:
    """The channel through which most of the first lever's effect runs, where that is known."""
    arm, paths = arms[0]
    known = [(cut, path) for cut, path in paths.items() if len(cut) == 1 and path.share > 0]
    cut, path = max(known, key=lambda pair: pair[1].share, default=((), None))
    if path is None or not path.through.excludes_zero:
        return translate("“{lever}”: not settled which channel carries most of the effect", lang,
                         lever=arm.label[lang])
    return translate("“{lever}”: {share} of the effect runs through {channel}", lang, lever=arm.label[lang],
                     share=format_percent(path.share, lang), channel=format_channels(cut, lang))


def _draw_panel(axes: Axes, arm: Arm, paths: Sequence[PathEffect], lang: str) -> None:
    """One lever: its effect as a band, and a dot with its interval for each cut."""
    effect = paths[0].effect
    if np.isfinite(effect.low):
        axes.axvspan(effect.low, effect.high, color=BAND, lw=0, zorder=0)
    axes.axvline(effect.difference, color=SOFT, lw=1.0, ls="--", zorder=1)
    axes.axvline(0, color=INK, lw=1.0, zorder=1)
    for row, path in enumerate(paths):
        one, colour = path.remaining, COLOURS[0]
        if np.isfinite(one.low):
            axes.plot([one.low, one.high], [row, row], color=colour, lw=2.0, solid_capstyle="butt")
        axes.plot([one.difference], [row], marker="o", ms=5, mec=colour, mew=1.4, ls="none",
                  mfc=colour if one.excludes_zero else "white", zorder=3)
        if np.isfinite(path.share):
            axes.text(1.01, row, format_percent(path.share, lang), transform=axes.get_yaxis_transform(), va="center",
                      fontsize=7.8, color=INK if path.through.excludes_zero else SOFT)
    axes.grid(axis="y", visible=False)
    axes.set_title(fill(arm.label[lang], NAME), fontsize=8.8)
    axes.set_xlabel(fill(translate("Difference from no lever, person-days per person hit", lang), 36,
                         break_on_hyphens=False), fontsize=7.8)
    left, right = axes.get_xlim()
    if right - left < SMALLEST_RANGE:
        axes.set_xlim((left + right - SMALLEST_RANGE) / 2, (left + right + SMALLEST_RANGE) / 2)
    format_axis(axes.xaxis, lang, 4)
