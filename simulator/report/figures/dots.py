"""Figures of one line a lever or setting: a dot or two with their intervals, numbers written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from .style import COLOURS, INK, PALE, SOFT, WIDTH, Picture, canvas, headline, look, plain_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME, LINE, NUMBER = 34, 0.16, 26
"""Characters a line of a name; inches its height; characters a line of the number on the right."""
SHIFT = 0.15
"""Rows between the two marks of one line."""
FORMS = ("o", "s")


@dataclass(frozen=True)
class Mark:
    """A value with its interval; no bar where the interval has no end."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    filled: bool = True
    form: str = ""


@dataclass(frozen=True)
class Dots:
    """rows: (name, marks, number written on the right), first on top. bands: (from, to) shaded; lines: dashed at."""

    name: str
    title: str
    note: str
    axis: str
    rows: Sequence[tuple[str, Sequence[Mark], str]]
    lang: str
    bands: Sequence[tuple[float, float]] = ()
    lines: Sequence[float] = ()
    sides: tuple[str, str] | None = None
    kinds: Sequence[str] = field(default_factory=tuple)


def dots_figure(told: Dots) -> Picture:
    """Draw it. kinds: what the first and second mark mean, written at the first row's."""
    with look():
        lines = [max(fill(name, NAME).count("\n"), _filled(text).count("\n")) + 1 for name, _, text in told.rows]
        figure = canvas(WIDTH, 1.9 + sum(0.14 + LINE * max(2, count) for count in lines))
        axes = figure.subplots()
        for low, high in told.bands:
            axes.axvspan(low, high, color="#efefef", zorder=0)
        for at in told.lines:
            axes.axvline(at, color=SOFT, lw=1.0, ls="--", zorder=1)
        axes.axvline(0, color=INK, lw=1.0, zorder=1)
        for k, (_, marks, text) in enumerate(told.rows):
            _row(axes, len(told.rows) - 1 - k, marks, COLOURS[k % len(COLOURS)])
            axes.text(1.02, len(told.rows) - 1 - k, _filled(text), transform=axes.get_yaxis_transform(),
                      va="center", fontsize=8.2, color=INK)
        _frame(axes, told)
        headline(figure, told.title, told.note)
    parts = "; ".join(f"{name} {text}".strip() for name, _, text in told.rows)
    return Picture(told.name, figure, told.title, f"{told.title}. {told.axis}: {parts}.")


def _filled(text: str) -> str:
    """The number on the right, each of its lines wrapped by itself."""
    return "\n".join(fill(line, NUMBER) for line in text.split("\n"))


def _row(axes: Axes, at: float, marks: Sequence[Mark], colour: str) -> None:
    for k, mark in enumerate(marks):
        y = at + SHIFT * ((len(marks) - 1) / 2 - k)
        if np.isfinite([mark.low, mark.high]).all():
            axes.plot([mark.low, mark.high], [y, y], color=colour, lw=2.2 if k == 0 else 1.2, solid_capstyle="butt")
        axes.plot([mark.value], [y], marker=mark.form or FORMS[k], ms=7 if k == 0 else 5.5, mec=colour, mew=1.6,
                  ls="none", mfc=colour if mark.filled else "white", zorder=3)


def _frame(axes: Axes, told: Dots) -> None:
    n = len(told.rows)
    axes.set_yticks(range(n), [fill(name, NAME) for name, _, _ in reversed(told.rows)], color=INK)
    axes.set_ylim(-0.7, n - 0.1)
    axes.grid(axis="y", visible=False)
    if axes.get_xlim()[0] >= 0:
        axes.set_xlim(left=0)
    plain_axis(axes.xaxis, told.lang)
    axes.set_xlabel(fill(told.axis, 60), fontsize=8.2)
    written: dict[str, Any] = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points", "va": "top",
                               "fontsize": 8, "color": SOFT}
    for text, side, shift in zip(told.sides or (), ("right", "left"), (-4, 4)):
        axes.annotate(text, (0, 1), xytext=(shift, 0), ha=side, **written)
    _name_kinds(axes, told)


def _name_kinds(axes: Axes, told: Dots) -> None:
    """What each form means, at the top, beside a small mark."""
    for k, text in enumerate(told.kinds):
        axes.plot([], [], FORMS[k], color=SOFT, ms=6 if k == 0 else 5, label=text)
    if told.kinds:
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=8, handletextpad=0.2)
    axes.axhline(-0.7, color=PALE, lw=0.5)
