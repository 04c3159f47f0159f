"""The recovery curve of a brief: the first levers beside no lever, or what was played, always with its spread."""

from __future__ import annotations

from textwrap import fill

import numpy as np

from ...i18n.figure_texts import say
from ..figures.equity import label
from ..figures.findings import Found, run_title
from ..figures.recovery import curves, cut_note, horizon, shade, side_by_side
from ..figures.style import COLOURS, INK, LINES, WIDTH, Picture, canvas, look, plain_axis
from .case import SEVERAL, Case

PANELS = 3
"""Levers drawn: the best ones; the table of the annex has all."""
ROOM = 0.1
"""Inches beside the panels: the page has the heading and the note."""
LINE = 24
"""Characters of a line beside an axis."""
ALONE = 4
"""Arms drawn in one panel where nothing is compared."""


def curve_figure(case: Case) -> Picture:
    """Recovery with each of the best levers beside recovery without, or of every arm that was played."""
    return _compared(case) if case.compared else _alone(case)


def curve_note(case: Case) -> str:
    """How to read it."""
    n = len(case.first.runs) if case.search and case.compared else len(case.draws)
    key = "curve_note" if case.compared else "curve_note_one" if n >= SEVERAL else "curve_note_single"
    note = " ".join(part for part in (label(key, case.lang, n=n), _cut(case)) if part)
    return note if n >= SEVERAL else f"{note} {label('one_note', case.lang)}"


def _cut(case: Case) -> str:
    """Where the axis ends."""
    compared = case.compared and case.baseline
    shown = [case.baseline, *(arm for arm, _ in _chosen(case))] if compared else case.arms[:ALONE]
    return cut_note(case.lang, horizon(*shown), *shown)


def _chosen(case: Case) -> Found:
    """The levers that are drawn, the one that maps speak of first."""
    return sorted(case.found[:PANELS], key=lambda pair: pair[0] is not case.first)


def curve_title(case: Case) -> str:
    """The finding: how deep mean functioning falls without levers, and how soon it is back."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    order = sorted(arm.runs, key=lambda seed: float(arm.value("loss", seed)))
    told = run_title(arm.runs[order[len(order) // 2]], lang)
    return label("curve_title", lang, told=told[:1].lower() + told[1:]) if case.compared else told


def _compared(case: Case) -> Picture:
    assert case.baseline is not None
    figure = side_by_side(case.baseline, _chosen(case), case.lang, ROOM)
    title = curve_title(case)
    return Picture("curve", figure, title, f"{title}. {curve_note(case)}")


def _alone(case: Case) -> Picture:
    lang = case.lang
    with look():
        figure = canvas(WIDTH, 2.6)
        axes = figure.subplots()
        for k, arm in enumerate(case.arms[:ALONE]):
            days, values = curves(arm)
            colour, style = (INK, "-") if k == 0 else (COLOURS[k % len(COLOURS)], LINES[k])
            axes.fill_between(days, 100 * values.min(axis=0), 100 * values.max(axis=0), color=colour, alpha=0.18, lw=0)
            axes.plot(days, 100 * np.mean(values, axis=0), color=colour, linestyle=style, label=arm.label[lang])
        axes.set_xlim(0, horizon(*case.arms[:ALONE]))
        shade(axes, case.content, lang)
        plain_axis(axes.yaxis, lang)
        axes.set_xlabel(say("days_since", lang))
        axes.set_ylabel(fill(say("functioning", lang), LINE), fontsize=8)
        axes.legend(frameon=False, fontsize=8, loc="lower right")
    title = curve_title(case)
    return Picture("curve", figure, title, f"{title}. {curve_note(case)}")
