"""Dot plots: one row per lever or setting, with one or two dots, their intervals and a number beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from .style import COLOURS, INK, PALE, SOFT, WIDTH, Picture, add_headline, create_figure, format_axis, use_figure_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME, LINE, NUMBER = 34, 0.16, 26
"""Characters a line of a name; its height in inches; characters a line of the number on the right."""
SHIFT = 0.15
"""Distance between the two marks of one row, in rows."""
FORMS = ("o", "s")
"""Markers of the first and second mark of a row."""


@dataclass(frozen=True)
class Mark:
    """A value with its interval; no bar where the interval is not finite. form: a marker other than that of FORMS."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    filled: bool = True
    form: str = ""


@dataclass(frozen=True)
class DotPlot:
    """What a dot plot shows.

    name: of its file. rows: (name, marks, text on the right), the first on top. bands: shaded intervals. lines: dashed
    vertical lines. side_labels: what lies left and right of 0. mark_labels: meaning of the first and second mark.
    """

    name: str
    title: str
    note: str
    axis: str
    rows: Sequence[tuple[str, Sequence[Mark], str]]
    lang: str
    bands: Sequence[tuple[float, float]] = ()
    lines: Sequence[float] = ()
    side_labels: tuple[str, str] | None = None
    mark_labels: Sequence[str] = field(default_factory=tuple)


def draw_dot_plot(plot: DotPlot) -> Picture:
    """Draw the plot."""
    with use_figure_style():
        lines = [max(fill(name, NAME).count("\n"), _wrap(text).count("\n")) + 1 for name, _, text in plot.rows]
        figure = create_figure(WIDTH, 1.9 + sum(0.14 + LINE * max(2, count) for count in lines))
        axes = figure.subplots()
        for low, high in plot.bands:
            axes.axvspan(low, high, color="#efefef", zorder=0)
        for x in plot.lines:
            axes.axvline(x, color=SOFT, lw=1.0, ls="--", zorder=1)
        axes.axvline(0, color=INK, lw=1.0, zorder=1)
        for k, (_, marks, text) in enumerate(plot.rows):
            _draw_row(axes, len(plot.rows) - 1 - k, marks, COLOURS[k % len(COLOURS)])
            axes.text(1.02, len(plot.rows) - 1 - k, _wrap(text), transform=axes.get_yaxis_transform(),
                      va="center", fontsize=8.2, color=INK)
        _format_axes(axes, plot)
        add_headline(figure, plot.title, plot.note)
    parts = "; ".join(f"{name} {text}".strip() for name, _, text in plot.rows)
    return Picture(plot.name, figure, plot.title, f"{plot.title}. {plot.axis}: {parts}.")


def _wrap(text: str) -> str:
    """The text on the right, with each of its lines wrapped."""
    return "\n".join(fill(line, NUMBER) for line in text.split("\n"))


def _draw_row(axes: Axes, row: float, marks: Sequence[Mark], colour: str) -> None:
    for k, mark in enumerate(marks):
        y = row + SHIFT * ((len(marks) - 1) / 2 - k)
        if np.isfinite([mark.low, mark.high]).all():
            axes.plot([mark.low, mark.high], [y, y], color=colour, lw=2.2 if k == 0 else 1.2, solid_capstyle="butt")
        axes.plot([mark.value], [y], marker=mark.form or FORMS[k], ms=7 if k == 0 else 5.5, mec=colour, mew=1.6,
                  ls="none", mfc=colour if mark.filled else "white", zorder=3)


def _format_axes(axes: Axes, plot: DotPlot) -> None:
    n = len(plot.rows)
    axes.set_yticks(range(n), [fill(name, NAME) for name, _, _ in reversed(plot.rows)], color=INK)
    axes.set_ylim(-0.7, n - 0.1)
    axes.grid(axis="y", visible=False)
    if axes.get_xlim()[0] >= 0:
        axes.set_xlim(left=0)
    format_axis(axes.xaxis, plot.lang)
    axes.set_xlabel(fill(plot.axis, 60), fontsize=8.2)
    style: dict[str, Any] = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points", "va": "top",
                             "fontsize": 8, "color": SOFT}
    for text, side, shift in zip(plot.side_labels or (), ("right", "left"), (-4, 4)):
        axes.annotate(text, (0, 1), xytext=(shift, 0), ha=side, **style)
    _draw_mark_legend(axes, plot)


def _draw_mark_legend(axes: Axes, plot: DotPlot) -> None:
    """The legend of the two marks, above the axes."""
    for k, text in enumerate(plot.mark_labels):
        axes.plot([], [], FORMS[k], color=SOFT, ms=6 if k == 0 else 5, label=text)
    if plot.mark_labels:
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=8, handletextpad=0.2)
    axes.axhline(-0.7, color=PALE, lw=0.5)
