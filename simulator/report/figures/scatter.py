"""Figures with two axes: where a lever fails, portfolios that none beats, what money buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...analysis.effects.arms import format_letter
from ...analysis.portfolios.marginal_returns import BudgetStep
from ...analysis.robustness.scenario_discovery import ScenarioBox
from ...i18n.number_format import format_number
from ...i18n.texts.analysis_texts import format_setting_name
from ...i18n.translation import translate
from .style import COLOURS, INK, SOFT, WIDTH, Picture, add_headline, create_figure, format_axis, use_figure_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME_CHARACTERS, WIDE = 34, 100
"""Characters a line of a name, in a key on the right and in one below."""
BESIDE = 24
"""Number of lines of names that fit beside a figure; a longer key stands below it."""
LINE, TOP = 0.165, 0.1
"""Height of a line of names, and the margin above them, inches."""
LETTER = 0.035
"""Size of a letter as a share of the axes. Points have letters, since names are too long; a key gives the names."""


def draw_box_figure(box: ScenarioBox, settings: Mapping[str, np.ndarray], cases: np.ndarray,
                    caption: tuple[str, str, str]) -> Picture:
    """Scenarios along the first two limits of a box, with the box; the cases are filled.

    settings: name to its value in each scenario. cases: bool[scenarios]. caption: title, note, language.
    """
    title, note, lang = caption
    limited = [limit.name for limit in box.limits]
    chosen = [*limited, *(name for name in settings if name not in limited)][:2]
    with use_figure_style():
        figure = create_figure(WIDTH, 4.6)
        axes = figure.subplots()
        x, y = _compute_positions(axes, settings, chosen, lang)
        axes.plot(x[~cases], y[~cases], "o", mec=COLOURS[0], mfc="white", ms=5, ls="none")
        axes.plot(x[cases], y[cases], "s", mec=COLOURS[1], mfc=COLOURS[1], ms=5, ls="none")
        _draw_box(axes, box, chosen, settings)
        add_headline(figure, title, note)
    return Picture("box", figure, title, f"{title}. {note}")


def _compute_positions(axes: Axes, settings: Mapping[str, np.ndarray], chosen: Sequence[str],
                       lang: str) -> tuple[np.ndarray, np.ndarray]:
    """x and y of the scenarios by one or two settings, and the labels and ticks of both axes. A setting that is no
    number gets a tick for each of its values."""
    out = []
    for name, axis in zip(chosen, (axes.xaxis, axes.yaxis)):
        values = settings[name]
        axis.set_label_text(format_setting_name(name, lang))
        if values.dtype.kind in "if":
            out.append(values.astype(np.float64))
            continue
        ticks = sorted(set(map(str, values)))
        out.append(np.array([ticks.index(str(value)) for value in values], np.float64) + _jitter(len(values)))
        axis.set_ticks(range(len(ticks)), ticks)
    if len(out) < 2:
        axes.set_yticks([])
        out.append(_jitter(len(out[0])))
    axes.margins(0.06)
    for axis, values in zip((axes.xaxis, axes.yaxis), (settings[name] for name in chosen)):
        if values.dtype.kind in "if":
            axes.plot([], [])
            axis.set_major_formatter(lambda value, _: format_number(value, lang, 2))
    return out[0], out[1]


def _jitter(n: int) -> np.ndarray:
    """float64[n] of small shifts, always the same, so that points of one value do not hide one another."""
    return ((np.arange(n) * 0.618) % 1.0 - 0.5) * 0.5


def _draw_box(axes: Axes, box: ScenarioBox, chosen: Sequence[str], settings: Mapping[str, np.ndarray]) -> None:
    """A rectangle around the box, as wide as the axes where the box has no limit."""
    ends = []
    for name, axis_ends in zip(chosen, (axes.get_xlim(), axes.get_ylim())):
        limit = next((limit for limit in box.limits if limit.name == name), None)
        if limit is None:
            ends.append(axis_ends)
        elif limit.values:
            ticks = sorted(set(map(str, settings[name])))
            inside = [ticks.index(value) for value in limit.values]
            ends.append((min(inside) - 0.4, max(inside) + 0.4))
        else:
            ends.append((max(limit.low, axis_ends[0]), min(limit.high, axis_ends[1])))
    ends += [axes.get_ylim()] * (2 - len(ends))
    (x0, x1), (y0, y1) = ends
    axes.fill([x0, x1, x1, x0], [y0, y0, y1, y1], facecolor="none", edgecolor=INK, lw=1.6, zorder=4)


def draw_front_figure(points: np.ndarray, best: np.ndarray, names: Sequence[str],
                      caption: tuple[str, str, str]) -> Picture:
    """Portfolios by mean loss and mean loss in the worst tenth of scenarios; the size of a point is the equity gap.

    points: float64[n, 3] in the order of pareto_front.OBJECTIVES. best: bool[n], the portfolios that are filled and
    named. caption: title, note, language.
    """
    title, note, lang = caption
    with use_figure_style():
        order = sorted(np.flatnonzero(best), key=lambda k: points[k, 0])
        figure, axes = _build_axes_with_key(5.0, [names[int(k)] for k in order])
        gap = points[:, 1]
        size = 40 + 160 * (gap - gap.min()) / (np.ptp(gap) or 1.0)
        axes.scatter(points[~best, 0], points[~best, 2], s=size[~best], facecolor="white", edgecolor=SOFT, lw=1.0)
        axes.scatter(points[best, 0], points[best, 2], s=size[best], color=COLOURS[0], alpha=0.85)
        axes.margins(0.12)
        _write_letters(axes, [points[k, [0, 2]] for k in order])
        for axis, text in ((axes.xaxis, translate("Change in mean loss, person-days per resident", lang)),
                           (axes.yaxis, translate("Change in the worst tenth of scenarios", lang))):
            format_axis(axis, lang)
            axis.set_label_text(text)
        add_headline(figure, title, note)
    listed = "; ".join(name for name, is_best in zip(names, best) if is_best)
    return Picture("front", figure, title, f"{title}. {listed}")


def _build_axes_with_key(height: float, names: Sequence[str]) -> tuple[Figure, Axes]:
    """A figure and its axes, with a key from letters to names: on the right, or below where it has many lines. height:
    of the axes, inches."""
    def format_key(width: int) -> str:
        return "\n".join(f"{format_letter(k)}  {fill(name, width, subsequent_indent='    ')}"
                         for k, name in enumerate(names))

    text = format_key(NAME_CHARACTERS)
    below = text.count("\n") >= BESIDE
    if below:
        text = format_key(WIDE)
        key_height = TOP + LINE * (text.count("\n") + 1)
        figure = create_figure(WIDTH, height + key_height)
        axes, key = figure.subplots(2, 1, height_ratios=[height, key_height])
    else:
        figure = create_figure(WIDTH, height)
        axes, key = figure.subplots(1, 2, width_ratios=[2.1, 1.0])
    key.axis("off")
    key.text(0.0, 1.0, text, transform=key.transAxes, va="top", fontsize=7.8, color=INK, linespacing=1.35,
             in_layout=not below)
    return figure, axes


def _write_letters(axes: Axes, points: Sequence[Any]) -> None:
    """A letter at each point. Points that nearly coincide share a label."""
    from matplotlib.patheffects import withStroke

    for letters, (x, y) in _merge_near_letters(axes, points):
        axes.annotate(letters, (x, y), xytext=(6, 6), textcoords="offset points", fontsize=9, fontweight="bold",
                      zorder=5, path_effects=[withStroke(linewidth=2.5, foreground="white")])


def _merge_near_letters(axes: Axes, points: Sequence[Any]) -> list[tuple[str, Any]]:
    """(letters, position) of each label: one for all points that are closer together than the size of a letter."""
    labels: list[tuple[str, Any]] = []
    size = LETTER * np.array([np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())])
    for k, point in enumerate(points):
        near = next((i for i, (_, at) in enumerate(labels) if (np.abs(np.subtract(point, at)) < size).all()), None)
        if near is None:
            labels.append((format_letter(k), point))
        else:
            labels[near] = (f"{labels[near][0]}, {format_letter(k)}", point)
    return labels


def draw_returns_figure(steps: Sequence[BudgetStep], names: Sequence[str], axis: str,
                        caption: tuple[str, str, str]) -> Picture:
    """The best portfolio for each budget as a step curve, each step with its interval.

    names: of the portfolios, in the order of steps. axis: label of the y axis. caption: title, note, language.
    """
    title, note, lang = caption
    with use_figure_style():
        figure, axes = _build_axes_with_key(4.6, names[1:])
        x = np.array([step.cost for step in steps]) / 1e3
        y = np.array([step.saved for step in steps])
        axes.step([*x, x[-1] * 1.12 or 1.0], [*y, y[-1]], where="post", color=COLOURS[0])
        for cost, step in zip(x, steps):
            if np.isfinite([step.low, step.high]).all() and step.portfolio:
                axes.plot([cost, cost], [step.low, step.high], color=SOFT, lw=1.4)
            axes.plot([cost], [step.saved], "o", ms=7, mec=COLOURS[0], mew=1.6,
                      mfc=COLOURS[0] if step.is_efficient else "white", zorder=3)
        far = float(x.max()) or 1.0
        axes.set_xlim(left=-0.02 * far, right=1.12 * far)
        _write_letters(axes, list(zip(x[1:], y[1:])))
        for drawn, label in ((axes.xaxis, translate("Total cost, thousands of euros", lang)), (axes.yaxis, axis)):
            format_axis(drawn, lang)
            drawn.set_label_text(fill(label, 60))
        add_headline(figure, title, note)
    return Picture("returns", figure, title, f"{title}. {'; '.join(names)}")
