"""The recovery curves of a brief: the best levers beside no lever, or what was played, always with their spread."""

from __future__ import annotations

from textwrap import fill

import numpy as np

from ...i18n.translation import translate
from ..figures.findings import RankedEffects, format_run_title
from ..figures.recovery import (
    compute_recovery_curves,
    draw_recovery_panels,
    find_axis_end,
    format_axis_note,
    shade_crises,
)
from ..figures.style import COLOURS, INK, LINES, WIDTH, Picture, create_figure, format_axis, use_figure_style
from .case import SEVERAL, Case

PANELS = 3
"""Levers drawn: the best ones. The table of the annex has all."""
MARGIN_INCHES = 0.1
"""Inches around the panels: heading and note stand on the page."""
LINE = 24
"""Characters a line of an axis label."""
MAX_UNCOMPARED_ARMS = 4
"""Arms drawn in one panel where nothing is compared."""


def draw_curve_figure(case: Case) -> Picture:
    """Recovery with each of the best levers beside recovery without, or of every arm that was played."""
    return _draw_compared(case) if case.is_comparable else _draw_uncompared(case)


def format_curve_note(case: Case) -> str:
    """How to read the curves, and where their axis ends."""
    n = len(case.best_arm.runs) if case.search and case.is_comparable else len(case.draws)
    luck = "" if n >= SEVERAL else translate("One draw only: differences may be luck.", case.lang)
    return " ".join(part for part in (_format_line_note(case, n), _format_axis_note(case), luck) if part)


def _format_line_note(case: Case, n: int) -> str:
    """What lines and bands are. n: number of draws."""
    if case.is_comparable:
        return translate("Grey line: no lever. Coloured line: with the lever. Bands: lowest to highest of the {n} "
                         "draws. The percentage is the difference in losses.", case.lang, n=n)
    if n >= SEVERAL:
        return translate("One curve for each situation; band: lowest to highest of {n} draws.", case.lang, n=n)
    return translate("One curve for each situation.", case.lang)


def _format_axis_note(case: Case) -> str:
    shown = case.arms[:MAX_UNCOMPARED_ARMS]
    if case.is_comparable and case.baseline:
        shown = [case.baseline, *(arm for arm, _ in _list_drawn_levers(case))]
    return format_axis_note(case.lang, find_axis_end(*shown), *shown)


def _list_drawn_levers(case: Case) -> RankedEffects:
    """The levers that are drawn, the best arm first."""
    return sorted(case.effects[:PANELS], key=lambda pair: pair[0] is not case.best_arm)


def format_curve_title(case: Case) -> str:
    """The finding: how deep mean functioning falls without levers, and how soon it recovers, in the median run."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    order = sorted(arm.runs, key=lambda seed: float(arm.value("loss", seed)))
    title = format_run_title(arm.runs[order[len(order) // 2]], lang)
    if not case.is_comparable:
        return title
    told = title[:1].lower() + title[1:]
    if len(order) > 1:
        return translate("Without levers, in the median draw, {told}", lang, told=told)
    return translate("Without levers, {told}", lang, told=told)


def _draw_compared(case: Case) -> Picture:
    assert case.baseline is not None
    figure = draw_recovery_panels(case.baseline, _list_drawn_levers(case), case.lang, MARGIN_INCHES)
    title = format_curve_title(case)
    return Picture("curve", figure, title, f"{title}. {format_curve_note(case)}")


def _draw_uncompared(case: Case) -> Picture:
    lang = case.lang
    with use_figure_style():
        figure = create_figure(WIDTH, 2.6)
        axes = figure.subplots()
        for k, arm in enumerate(case.arms[:MAX_UNCOMPARED_ARMS]):
            days, values = compute_recovery_curves(arm)
            colour, style = (INK, "-") if k == 0 else (COLOURS[k % len(COLOURS)], LINES[k])
            axes.fill_between(days, 100 * values.min(axis=0), 100 * values.max(axis=0), color=colour, alpha=0.18, lw=0)
            axes.plot(days, 100 * np.mean(values, axis=0), color=colour, linestyle=style, label=arm.label[lang])
        axes.set_xlim(0, find_axis_end(*case.arms[:MAX_UNCOMPARED_ARMS]))
        shade_crises(axes, case.content, lang)
        format_axis(axes.yaxis, lang)
        axes.set_xlabel(translate("Days since the crisis began", lang))
        axes.set_ylabel(fill(translate("Mean functioning (% of normal)", lang), LINE), fontsize=8)
        axes.legend(frameon=False, fontsize=8, loc="lower right")
    title = format_curve_title(case)
    return Picture("curve", figure, title, f"{title}. {format_curve_note(case)}")
