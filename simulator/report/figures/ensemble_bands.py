"""The recovery curve of an ensemble: median, and bands that hold nine runs in ten and all of them."""

from __future__ import annotations

import numpy as np

from ...analysis.effects.arms import collect_arms
from ...i18n.number_format import decimals_for_size, format_percent
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from ..sheets.uncertainty import INNER_PERCENTILES
from .recovery import compute_recovery_curves, find_axis_end, shade_crises
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


def draw_ensemble_figure(opened: RunTables, lang: str) -> Picture | None:
    """Mean functioning over the runs of an ensemble, in per cent; None without a crisis."""
    arm = collect_arms(opened)[0]
    first = next(iter(arm.runs.values()))
    if int(first.run["onset"]) < 0:
        return None
    days, values = compute_recovery_curves(arm)
    values = 100 * values
    low, high = np.percentile(values, INNER_PERCENTILES, axis=0)
    lowest = values.min(axis=1)
    places = decimals_for_size(100 - float(lowest.max()), digits=1)
    title = translate("At its lowest, mean functioning is {low} to {high} of normal, depending on numbers and luck",
                      lang, low=format_percent(float(lowest.min()) / 100, lang, places),
                      high=format_percent(float(lowest.max()) / 100, lang, places))
    note = translate("Line: median of {n} runs; dark band: nine runs in ten; pale band: all of them", lang,
                     n=len(values))
    with use_figure_style():
        figure = create_figure(WIDTH, 3.6)
        axes = figure.subplots()
        axes.fill_between(days, values.min(axis=0), values.max(axis=0), color=SOFT, alpha=0.18, lw=0)
        axes.fill_between(days, low, high, color=COLOURS[0], alpha=0.3, lw=0)
        axes.plot(days, np.median(values, axis=0), color=INK, lw=1.8)
        axes.set_xlim(0, find_axis_end(arm))
        shade_crises(axes, opened.content[first.run["run"]], lang)
        format_axis(axes.yaxis, lang)
        axes.set_xlabel(translate("Days since the crisis began", lang))
        axes.set_ylabel(translate("Mean functioning (% of normal)", lang), fontsize=8)
        add_headline(figure, title, add_model_note(note, lang), width=74)
    return Picture("ensemble", figure, title, f"{title}. {note}.")
