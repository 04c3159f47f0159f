"""The figure of the difference to no lever through time, for levers whose recovery lies on that without them."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.confidence_sequence import compute_deviation
from ...analysis.effects.paired_comparison import PairedEffect, compute_t_half_width
from ...analysis.run_view import compute_recovery_curve
from ...i18n.number_format import decimals_for_size, format_number, format_percent
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from ...records.files.run_files import RunTables
from .findings import RankedEffects, format_alt_text, rank_effects
from .recovery import PANELS, find_steady_day
from .style import (
    COLOURS,
    INK,
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

PANEL_LETTERS, LINE = {1: 80, 2: 38, 3: 24}, 0.17
"""Characters a line of a panel's title, by the number of panels side by side; height of a line, inches."""
SMALLEST_DIFFERENCE = 1e-5
"""A smaller difference of mean functioning is rounding, or nothing that matters."""
HEADING, PANEL = 1.5, 1.75
"""Heights of headline and note, and of a panel without its title, inches."""


def compute_difference_curves(baseline: Arm, arm: Arm) -> tuple[np.ndarray, np.ndarray]:
    """(days float64[t], difference of mean functioning float64[seeds, t]) of the seeds that both have, 0 on day 0."""
    shared = sorted(set(baseline.runs) & set(arm.runs))
    pairs = [(compute_recovery_curve(baseline.runs[seed]), compute_recovery_curve(arm.runs[seed])) for seed in shared]
    steps = min((len(curve.day) for pair in pairs for curve in pair), default=0)
    days = np.r_[0.0, pairs[0][0].day[:steps]] if pairs else np.zeros(1)
    return days, np.array([np.r_[0.0, with_.value[:steps] - without.value[:steps]] for without, with_ in pairs])


def compute_band(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(mean, half width of Student's 95 % interval, NaN below two seeds), float64[t]. values: float64[seeds, t]."""
    seeds = len(values)
    half = [compute_t_half_width(compute_deviation(column), seeds) if seeds > 1 else np.nan for column in values.T]
    return values.mean(axis=0), np.array(half)


def draw_difference_figure(opened: RunTables, lang: str) -> Picture | None:
    """(d) One panel per lever: how far mean functioning is above or below that without it, day by day; None without a
    crisis."""
    baseline, effects, seeds = rank_effects(opened)
    drawn = effects[:PANELS]
    curves = {arm.portfolio: compute_difference_curves(baseline, arm) for arm, _ in drawn}
    curves = {name: (days, values) for name, (days, values) in curves.items() if values.size and len(days) > 1}
    drawn = [(arm, effect) for arm, effect in drawn if arm.portfolio in curves]
    if not drawn:
        return None
    title = _format_title(drawn, curves, lang)
    note = translate("Line: mean over {n} seeds; band: 95% interval of each day. Above 0: better than no lever. Each "
                     "panel has its own scale", lang, n=len(seeds))
    with use_figure_style():
        wide = 2 if len(drawn) == 4 else min(3, len(drawn))
        tall = -(-len(drawn) // wide)
        lines = max(_format_panel_title(arm, effect, wide, lang).count("\n") + 1 for arm, effect in drawn)
        figure = create_figure(WIDTH, HEADING + (PANEL + LINE * lines) * tall)
        grid = figure.subplots(tall, wide, sharex=True, squeeze=False)
        for axes in grid.flat[len(drawn):]:
            axes.set_visible(False)
        end = max(find_steady_day(days, values.mean(axis=0)[None]) for days, values in curves.values())
        for k, (arm, effect) in enumerate(drawn):
            axes = grid.flat[k]
            _draw_panel(axes, *curves[arm.portfolio], COLOURS[k % len(COLOURS)])
            axes.set_title(_format_panel_title(arm, effect, wide, lang), fontsize=8.5, color=INK)
            axes.set_xlim(0, end)
            format_axis(axes.yaxis, lang)
            if k + wide >= len(drawn):
                axes.tick_params(labelbottom=True)
                axes.set_xlabel(translate("Days since the crisis began", lang), fontsize=8)
        figure.supylabel(fill(translate("Mean functioning, points above no lever", lang), 26 if tall == 1 else 60),
                         fontsize=8)
        add_headline(figure, title, add_model_note(note, lang))
    return Picture("difference", figure, title, format_alt_text(title, drawn, lang))


def _format_panel_title(arm: Arm, effect: PairedEffect, wide: int, lang: str) -> str:
    """Name of a lever and its change of losses, in lines that fit a panel of which `wide` stand side by side."""
    change = translate("{share} person-days lost", lang, share=format_percent(effect.relative, lang, sign=True))
    return "\n".join(fill(insert_nbsp(text), PANEL_LETTERS[wide]) for text in (arm.label[lang], change))


def _format_title(drawn: RankedEffects, curves: dict[str, tuple[np.ndarray, np.ndarray]], lang: str) -> str:
    """The first lever, best first, whose interval leaves 0 out on some day, and the day on which it differs most."""
    for arm, _ in drawn:
        days, values = curves[arm.portfolio]
        mean, half = compute_band(values)
        told = np.flatnonzero((np.abs(mean) > half) & (np.abs(mean) >= SMALLEST_DIFFERENCE))
        if told.size:
            day = told[np.argmax(np.abs(mean[told]))]
            points = 100 * float(mean[day])
            return translate("{lever}: mean functioning differs by {points} points on day {day}", lang,
                             lever=arm.label[lang], day=format_number(float(days[day]), lang),
                             points=format_number(points, lang, decimals_for_size(points), sign=True))
    if len(values) < 2:
        return translate("One seed only: a difference may be luck", lang)
    return translate("No lever visibly changes mean functioning on any day", lang)


def _draw_panel(axes: Axes, days: np.ndarray, values: np.ndarray, colour: str) -> None:
    mean, half = compute_band(values)
    axes.axhline(0, color=INK, lw=0.9)
    if np.isfinite(half).all():
        axes.fill_between(days, 100 * (mean - half), 100 * (mean + half), color=colour, alpha=0.2, lw=0)
    axes.plot(days, 100 * mean, color=colour)
