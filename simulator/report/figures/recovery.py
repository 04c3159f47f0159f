"""Figures of recovery: with each lever beside the baseline, and of one run by group."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import SMALLEST_DROP
from ...analysis.effects.paired_comparison import PairedEffect
from ...analysis.run_view import compute_recovery_curve, iterate_run_views
from ...i18n.number_format import format_number, format_percent
from ...i18n.texts.figure_texts import FIGURE_LABELS
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from .findings import RankedEffects, find_leading_arms, format_alt_text, format_run_title, rank_effects
from .style import (
    COLOURS,
    INK,
    LINES,
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
    from matplotlib.figure import Figure

PANELS = 9
"""Number of levers drawn in the recovery figure."""
NAME, LINE = 30, 0.17
"""Characters a line of a panel's title; its height in inches."""
HEADING_INCHES = 1.3
"""Height of a figure's headline and note, inches."""
STEADY_SHARE = 0.05
"""A curve is steady once it is within this share of the deepest fall of all curves from its last value."""
TAIL, SHORTEST = 1.5, 30.0
"""The time axis ends at this multiple of the day on which all curves are steady, and not before this day."""


def compute_recovery_curves(arm: Arm, column: str = "functioning",
                            beside: Arm | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(days float64[t], functioning float64[seeds, t]) of an arm, starting at 1 on day 0.

    beside: an arm with which seeds must be shared, so that both have common random numbers; where the arms share no
    seed, all of the arm's own seeds are taken.
    """
    shared = [seed for seed in arm.runs if beside is None or seed in beside.runs]
    curves = [compute_recovery_curve(arm.runs[seed], column) for seed in shared or arm.runs]
    steps = min(len(curve.day) for curve in curves)
    days = np.r_[0.0, curves[0].day[:steps]]
    return days, np.array([np.r_[1.0, curve.value[:steps]] for curve in curves])


def find_steady_day(days: np.ndarray, values: np.ndarray) -> float:
    """Day from which all of these curves are steady, with a margin. days float64[t], values float64[curves, t]."""
    fall = max(SMALLEST_DROP, float(np.nanmax(values) - np.nanmin(values)))
    moving = np.flatnonzero((np.abs(values - values[:, -1:]) > STEADY_SHARE * fall).any(axis=0))
    end = TAIL * float(days[min(moving[-1] + 1, len(days) - 1)]) if moving.size else 0.0
    return min(max(1.0, float(days[-1])), max(SHORTEST, end))


def find_axis_end(*arms: Arm) -> float:
    """Last day to draw: until the last of these arms has recovered, or is steady without having recovered."""
    drawn = [compute_recovery_curves(arm) for arm in arms]
    steps = min(len(days) for days, _ in drawn)
    return find_steady_day(drawn[0][0][:steps], np.array([values[:, :steps].mean(axis=0) for _, values in drawn]))


def format_axis_note(lang: str, day: float, *arms: Arm) -> str:
    """A sentence that says where the axis ends; empty if it shows the whole run. day: as find_axis_end gives it."""
    if day >= max(float(compute_recovery_curves(arm)[0][-1]) for arm in arms):
        return ""
    return translate("The axis ends on day {day}: after that the curves hardly move.", lang,
                     day=format_number(day, lang))


def draw_recovery_figure(opened: RunTables, lang: str) -> Picture:
    """(a) One panel per lever: its recovery beside the baseline's, with the spread over seeds."""
    baseline, effects, seeds = rank_effects(opened)
    drawn = effects[:PANELS]
    title = _format_recovery_title(baseline, effects, seeds, lang)
    note = translate("One seed only: a difference may be luck", lang)
    if len(seeds) > 1:
        note = translate("Line: mean over seeds; band: lowest to highest of {n} seeds", lang, n=len(seeds))
    if len(effects) > len(drawn):
        note += " · " + translate("and {n} more levers not drawn", lang, n=len(effects) - len(drawn))
    shown = (baseline, *(arm for arm, _ in drawn))
    note = f"{note} · {format_axis_note(lang, find_axis_end(*shown), *shown)}".removesuffix(" · ")
    figure = draw_recovery_panels(baseline, drawn, lang)
    with use_figure_style():
        add_headline(figure, title, add_model_note(note, lang))
    return Picture("recovery", figure, title, format_alt_text(title, effects, lang))


def _format_recovery_title(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str) -> str:
    """Which lever stands out and what share of the loss it avoids, or that none does."""
    lead = find_leading_arms(baseline, effects, seeds)
    if not lead and len(seeds) > 1:
        return translate("No lever clearly changes the recovery", lang)
    if not lead:
        return translate("One seed only: a difference may be luck", lang)
    avoided = -{arm.portfolio: effect for arm, effect in effects}[lead[0].portfolio].relative
    return translate("{lever}: {share} less functioning lost", lang, lever=lead[0].label[lang],
                     share=format_percent(avoided, lang))


def draw_recovery_panels(baseline: Arm, drawn: RankedEffects, lang: str, margin: float = HEADING_INCHES) -> Figure:
    """One panel per lever: its recovery beside the baseline's, on common axes. margin: inches for headline and note."""
    with use_figure_style():
        wide = 2 if len(drawn) == 4 else min(3, max(1, len(drawn)))
        tall = -(-len(drawn) // wide)
        lines = max((fill(arm.label[lang], NAME).count("\n") + 2 for arm, _ in drawn), default=1)
        figure = create_figure(WIDTH, margin + (1.65 + LINE * lines) * tall)
        grid = figure.subplots(tall, wide, sharex=True, sharey=True, squeeze=False)
        for k, axes in enumerate(grid.flat[len(drawn):], len(drawn)):
            axes.set_visible(False)
            grid.flat[k - wide].tick_params(labelbottom=True)
            grid.flat[k - wide].set_xlabel(translate("Days since the crisis began", lang), fontsize=8)
        for k, (arm, effect) in enumerate(drawn):
            _draw_recovery_panel(grid.flat[k], baseline, arm, effect, k, lang)
        grid[0, 0].set_xlim(0, find_axis_end(baseline, *(arm for arm, _ in drawn)))
        format_axis(grid[0, 0].yaxis, lang)
        name = translate("Mean functioning (% of normal)", lang)
        figure.supylabel(name if tall > 1 or margin == HEADING_INCHES else fill(name, NAME - 6),
                         fontsize=9 if margin == HEADING_INCHES else 8)
        for axes in grid[-1]:
            axes.set_xlabel(translate("Days since the crisis began", lang), fontsize=8)
    return figure


def _draw_recovery_panel(axes: Axes, baseline: Arm, arm: Arm, effect: PairedEffect, k: int, lang: str) -> None:
    """Both curves with their spread over seeds, and the area between them. k: number of the panel."""
    colour, no_lever = COLOURS[k % len(COLOURS)], translate("No lever", lang)
    for drawn, shade, style, name in ((baseline, SOFT, "-", no_lever), (arm, colour, LINES[k % len(LINES)], "")):
        days, values = compute_recovery_curves(drawn, beside=arm)
        if len(values) > 1:
            axes.fill_between(days, 100 * values.min(axis=0), 100 * values.max(axis=0), color=shade, alpha=0.18, lw=0)
        axes.plot(days, 100 * values.mean(axis=0), color=shade, linestyle=style, label=name)
    days, values = compute_recovery_curves(arm)
    days_without, values_without = compute_recovery_curves(baseline, beside=arm)
    without = 100 * values_without.mean(axis=0)
    axes.fill_between(days, without, 100 * values.mean(axis=0), color=colour, alpha=0.25, lw=0)
    title = f"{fill(arm.label[lang], NAME)}\n{format_percent(effect.relative, lang, sign=True)}"
    axes.set_title(title, fontsize=8.5, color=INK)
    if k == 0:
        low = int(without.argmin())
        axes.annotate(no_lever, (days_without[low], without[low]), xytext=(14, -3), textcoords="offset points",
                      fontsize=8, color=SOFT, va="top")


def draw_run_figure(opened: RunTables, lang: str, run: str | None = None) -> Picture:
    """(d) One run: functioning of everyone, of the poorest and richest fifths and of the isolated. run: its id, the
    first run by default."""
    view = next(view for view in iterate_run_views(opened) if run is None or view.run["run"] == run)
    curve = compute_recovery_curve(view)
    title = format_run_title(view, lang)
    with use_figure_style():
        figure = create_figure(WIDTH, 3.6)
        axes = figure.subplots()
        names = (("functioning", "everyone", INK, "-"), ("functioning_1", "poorest", COLOURS[1], "--"),
                 ("functioning_5", "richest", COLOURS[0], "-."), ("functioning_isolated", "isolated", COLOURS[2], ":"))
        labels: list[tuple[float, str, str]] = []
        for column, name, colour, style in names if curve.day.size else ():
            group = compute_recovery_curve(view, column)
            if not np.isfinite(group.value).any():
                continue
            axes.plot(np.r_[0, group.day], 100 * np.r_[1, group.value], color=colour, linestyle=style, lw=1.8)
            labels.append((100 * float(np.nanmin(group.value)), translate(FIGURE_LABELS[name], lang), colour))
        if labels:
            axes.set_xlim(0, find_steady_day(curve.day, curve.value[None]))
            shade_crises(axes, opened.content[view.run["run"]], lang)
            format_axis(axes.yaxis, lang)
            _label_curves(axes, labels, float(curve.day[int(np.argmin(curve.value))]))
        axes.set_xlabel(translate("Days since the crisis began", lang))
        axes.set_ylabel(translate("Mean functioning (% of normal)", lang), fontsize=8)
        add_headline(figure, title, add_model_note("", lang), width=74)
    return Picture("run", figure, title, title)


def shade_crises(axes: Axes, content: dict[str, Any], lang: str) -> None:
    """A pale band for each crisis, with its name at the foot. content: of the run."""
    cards = content["scenario"]["crises"]
    first = min(str(card["start"]) for card in cards)
    for card in cards:
        start = int((np.datetime64(str(card["start"])) - np.datetime64(first)).astype(int))
        axes.axvspan(start, start + float(card["days"]), color=PALE, alpha=0.35, lw=0, zorder=0)
        name = str(card.get(f"label_{lang}") or card["id"])
        axes.text(start + 0.4, 0.02, name, transform=axes.get_xaxis_transform(), rotation=90, fontsize=7.5, color=SOFT,
                  ha="left", va="bottom")


def _label_curves(axes: Axes, labels: Sequence[tuple[float, str, str]], day: float) -> None:
    """Names to the right of the lowest point, one below the other, each joined to its curve by a thin line.

    labels: (lowest value in per cent, name, colour) of each curve. day: of the lowest point.
    """
    low, high = axes.get_ylim()
    gap, right = 0.075 * (high - low), axes.get_xlim()[1]
    y = -np.inf
    for value, name, colour in sorted(labels):
        y = max(value, y + gap)
        position = (day + 0.30 * (right - day), y - 0.02 * (high - low))
        axes.annotate(name, (day, value), xytext=position, color=colour, fontsize=8.8, va="center",
                      arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.6, "shrinkA": 2, "shrinkB": 2})
