"""Figures with two axes: where a lever fails, portfolios that none beats, what money buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...analysis.effects.arms import letter
from ...analysis.portfolios.marginal_returns import Step
from ...analysis.robustness.scenario_discovery import Box
from ...i18n.analysis_texts import phrase, setting_label
from ...i18n.number import number
from .style import COLOURS, INK, SOFT, WIDTH, Picture, canvas, headline, look, plain_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMED, WIDE = 34, 100
"""Characters a line of a name, in the key on the right and in one below."""
BESIDE = 24
"""Lines of names that fit beside a figure; more stand below it."""
LINE, TOP = 0.165, 0.1
"""Height of a line of names, and what stands above them, inches."""
LETTER = 0.035
"""Size of a letter as a share of the figure's axes. Points bear letters; their names, too long to stand side by side,
are beside the figure in the same order."""


def box_figure(box: Box, settings: Mapping[str, np.ndarray], cases: np.ndarray, told: tuple[str, str, str]) -> Picture:
    """Scenarios along the two most telling limits, cases filled, with the box. told: title, note, language."""
    title, note, lang = told
    names = [one.name for one in box.limits] + [name for name in settings if name not in {x.name for x in box.limits}]
    chosen = names[:2]
    with look():
        figure = canvas(WIDTH, 4.6)
        axes = figure.subplots()
        x, y = _along(axes, settings, chosen, lang)
        axes.plot(x[~cases], y[~cases], "o", mec=COLOURS[0], mfc="white", ms=5, ls="none")
        axes.plot(x[cases], y[cases], "s", mec=COLOURS[1], mfc=COLOURS[1], ms=5, ls="none")
        _frame_of(axes, box, chosen, settings)
        headline(figure, title, note)
    return Picture("box", figure, title, f"{title}. {note}")


def _along(axes: Axes, settings: Mapping[str, np.ndarray], chosen: Sequence[str], lang: str
           ) -> tuple[np.ndarray, np.ndarray]:
    out = []
    for name, axis in zip(chosen, (axes.xaxis, axes.yaxis)):
        values = settings[name]
        axis.set_label_text(setting_label(name, lang))
        if values.dtype.kind in "if":
            out.append(values.astype(np.float64))
            continue
        listed = sorted(set(map(str, values)))
        out.append(np.array([listed.index(str(one)) for one in values], np.float64) + _spread(len(values)))
        axis.set_ticks(range(len(listed)), listed)
    if len(out) < 2:
        axes.set_yticks([])
        out.append(_spread(len(out[0])))
    axes.margins(0.06)
    for axis, values in zip((axes.xaxis, axes.yaxis), (settings[name] for name in chosen)):
        if values.dtype.kind in "if":
            axes.plot([], [])
            axis.set_major_formatter(lambda value, _: number(value, lang, 2))
    return out[0], out[1]


def _spread(n: int) -> np.ndarray:
    """Small steps apart, so that points of one name do not hide one another; the same each time."""
    return ((np.arange(n) * 0.618) % 1.0 - 0.5) * 0.5


def _frame_of(axes: Axes, box: Box, chosen: Sequence[str], settings: Mapping[str, np.ndarray]) -> None:
    ends = []
    for name, limits in zip(chosen, (axes.get_xlim(), axes.get_ylim())):
        one = next((limit for limit in box.limits if limit.name == name), None)
        if one is None:
            ends.append(limits)
        elif one.values:
            listed = sorted(set(map(str, settings[name])))
            places = [listed.index(value) for value in one.values]
            ends.append((min(places) - 0.4, max(places) + 0.4))
        else:
            ends.append((max(one.low, limits[0]), min(one.high, limits[1])))
    ends += [axes.get_ylim()] * (2 - len(ends))
    (x0, x1), (y0, y1) = ends
    axes.fill([x0, x1, x1, x0], [y0, y0, y1, y1], facecolor="none", edgecolor=INK, lw=1.6, zorder=4)


def front_figure(points: np.ndarray, best: np.ndarray, names: Sequence[str], told: tuple[str, str, str]) -> Picture:
    """Portfolios by mean loss and loss in the worst tenth, float64[n, 3] as front.OBJECTIVES; the `best` are filled.

    told: title, note, language.
    """
    title, note, lang = told
    with look():
        order = sorted(np.flatnonzero(best), key=lambda k: points[k, 0])
        figure, axes = _keyed(5.0, [names[int(k)] for k in order])
        gap = points[:, 1]
        size = 40 + 160 * (gap - gap.min()) / (np.ptp(gap) or 1.0)
        axes.scatter(points[~best, 0], points[~best, 2], s=size[~best], facecolor="white", edgecolor=SOFT, lw=1.0)
        axes.scatter(points[best, 0], points[best, 2], s=size[best], color=COLOURS[0], alpha=0.85)
        axes.margins(0.12)
        _write_letters(axes, [points[k, [0, 2]] for k in order])
        for axis, key in ((axes.xaxis, "loss_axis"), (axes.yaxis, "worst_axis")):
            plain_axis(axis, lang)
            axis.set_label_text(phrase(key, lang))
        headline(figure, title, note)
    return Picture("front", figure, title, f"{title}. {'; '.join(name for name, on in zip(names, best) if on)}")


def _keyed(height: float, names: Sequence[str]) -> tuple[Figure, Axes]:
    """A figure and its axes, with the names under their letters: on the right, or below where they take many lines."""
    def told(width: int) -> str:
        return "\n".join(f"{letter(place)}  {fill(name, width, subsequent_indent='    ')}"
                         for place, name in enumerate(names))

    text = told(NAMED)
    below = text.count("\n") >= BESIDE
    if below:
        text = told(WIDE)
        room = TOP + LINE * (text.count("\n") + 1)
        figure = canvas(WIDTH, height + room)
        axes, key = figure.subplots(2, 1, height_ratios=[height, room])
    else:
        figure = canvas(WIDTH, height)
        axes, key = figure.subplots(1, 2, width_ratios=[2.1, 1.0])
    key.axis("off")
    key.text(0.0, 1.0, text, transform=key.transAxes, va="top", fontsize=7.8, color=INK, linespacing=1.35,
             in_layout=not below)
    return figure, axes


def _write_letters(axes: Axes, points: Sequence[Any]) -> None:
    """A letter at each point. Points nearly in one place share a label."""
    from matplotlib.patheffects import withStroke

    for letters, (x, y) in _beside(axes, points):
        axes.annotate(letters, (x, y), xytext=(6, 6), textcoords="offset points", fontsize=9, fontweight="bold",
                      zorder=5, path_effects=[withStroke(linewidth=2.5, foreground="white")])


def _beside(axes: Axes, points: Sequence[Any]) -> list[tuple[str, Any]]:
    """Letters and the place they are written at: one for all points closer together than a letter is large."""
    told: list[tuple[str, Any]] = []
    room = LETTER * np.array([np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())])
    for place, point in enumerate(points):
        near = next((k for k, (_, at) in enumerate(told) if (np.abs(np.subtract(point, at)) < room).all()), None)
        if near is None:
            told.append((letter(place), point))
        else:
            told[near] = (f"{told[near][0]}, {letter(place)}", point)
    return told


def returns_figure(steps: Sequence[Step], names: Sequence[str], axis: str, told: tuple[str, str, str]) -> Picture:
    """Best portfolio for each budget as a staircase, each step with its interval. told: title, note, language."""
    title, note, lang = told
    with look():
        figure, axes = _keyed(4.6, names[1:])
        x = np.array([step.cost for step in steps]) / 1e3
        y = np.array([step.saved for step in steps])
        axes.step([*x, x[-1] * 1.12 or 1.0], [*y, y[-1]], where="post", color=COLOURS[0])
        for at, step in zip(x, steps):
            if np.isfinite([step.low, step.high]).all() and step.portfolio:
                axes.plot([at, at], [step.low, step.high], color=SOFT, lw=1.4)
            axes.plot([at], [step.saved], "o", ms=7, mec=COLOURS[0], mew=1.6,
                      mfc=COLOURS[0] if step.efficient else "white", zorder=3)
        far = float(x.max()) or 1.0
        axes.set_xlim(left=-0.02 * far, right=1.12 * far)
        _write_letters(axes, list(zip(x[1:], y[1:])))
        for one, text in ((axes.xaxis, phrase("cost_axis", lang)), (axes.yaxis, axis)):
            plain_axis(one, lang)
            one.set_label_text(fill(text, 60))
        headline(figure, title, note)
    return Picture("returns", figure, title, f"{title}. {'; '.join(names)}")
