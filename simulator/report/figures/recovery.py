"""Figures of recovery: with and without each lever, and of one run by group."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import SEEN
from ...analysis.effects.paired import Paired
from ...analysis.run_view import recovery, views
from ...i18n.figure_texts import say
from ...i18n.number import number, percent
from ...records.folder import Opened
from .findings import alt_text, leading, ranked, run_title
from .style import COLOURS, INK, LINES, PALE, SOFT, WIDTH, Picture, canvas, headline, look, plain_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = 9
"""Levers drawn in the recovery figure."""
NAME, LINE = 30, 0.17
"""Characters a line of a panel's title, inches its height."""
ROOM = 1.3
"""Inches that a figure's heading and foot take."""
STILL = 0.05
"""A curve stands still once it is this near where it ends, as a share of the deepest fall of all."""
TAIL, SHORTEST = 1.5, 30.0
"""The time axis ends at so many times the day on which all curves stand still, and not before so many days."""


def curves(arm: Arm, column: str = "functioning", beside: Arm | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(days float64[t], functioning float64[seeds, t]) of an arm, starting at 1 on day 0.

    beside: an arm whose seeds are taken, so that both show the same luck; all of its own where they share none.
    """
    shared = [seed for seed in arm.runs if beside is None or seed in beside.runs]
    found = [recovery(arm.runs[seed], column) for seed in shared or arm.runs]
    steps = min(len(one.day) for one in found)
    days = np.r_[0.0, found[0].day[:steps]]
    return days, np.array([np.r_[1.0, one.value[:steps]] for one in found])


def still(days: np.ndarray, values: np.ndarray) -> float:
    """Day from which none of these curves moves any more, with a margin. days float64[t], values float64[curves, t]."""
    fall = max(SEEN, float(np.nanmax(values) - np.nanmin(values)))
    moving = np.flatnonzero((np.abs(values - values[:, -1:]) > STILL * fall).any(axis=0))
    end = TAIL * float(days[min(moving[-1] + 1, len(days) - 1)]) if moving.size else 0.0
    return min(max(1.0, float(days[-1])), max(SHORTEST, end))


def horizon(*arms: Arm) -> float:
    """Last day worth drawing: until the last of these arms is back, or stands still where it does not come back."""
    drawn = [curves(arm) for arm in arms]
    steps = min(len(days) for days, _ in drawn)
    return still(drawn[0][0][:steps], np.array([values[:, :steps].mean(axis=0) for _, values in drawn]))


def cut_note(lang: str, day: float, *arms: Arm) -> str:
    """A sentence on where the axis ends and why; empty if it shows all that was played."""
    last = max(float(curves(arm)[0][-1]) for arm in arms)
    return say("cut", lang, day=number(day, lang)) if day < last else ""


def recovery_figure(opened: Opened, lang: str) -> Picture:
    """(a) One panel per lever: its recovery beside the baseline's, with the spread over seeds."""
    baseline, found, seeds = ranked(opened)
    drawn = found[:PANELS]
    lead = leading(baseline, found, seeds)
    title = say("recovery_none" if len(seeds) > 1 else "one_seed", lang)
    if lead:
        share = -dict((arm.portfolio, one) for arm, one in found)[lead[0].portfolio].relative
        title = say("recovery_best", lang, lever=lead[0].label[lang], share=percent(share, lang))
    note = say("band", lang, n=len(seeds)) if len(seeds) > 1 else say("one_seed", lang)
    if len(found) > len(drawn):
        note += " · " + say("more_arms", lang, n=len(found) - len(drawn))
    shown = (baseline, *(arm for arm, _ in drawn))
    note = f"{note} · {cut_note(lang, horizon(*shown), *shown)}".removesuffix(" · ")
    figure = side_by_side(baseline, drawn, lang)
    with look():
        headline(figure, title, f"{note}\n{say('model_note', lang)}")
    return Picture("recovery", figure, title, alt_text(title, found, lang))


def side_by_side(baseline: Arm, drawn: Sequence[tuple[Arm, Paired]], lang: str, room: float = ROOM) -> Figure:
    """One panel per lever, its recovery beside the baseline's, on the same axes. room: inches for heading and foot."""
    with look():
        wide = 2 if len(drawn) == 4 else min(3, max(1, len(drawn)))
        tall = -(-len(drawn) // wide)
        lines = max((fill(arm.label[lang], NAME).count("\n") + 2 for arm, _ in drawn), default=1)
        figure = canvas(WIDTH, room + (1.65 + LINE * lines) * tall)
        grid = figure.subplots(tall, wide, sharex=True, sharey=True, squeeze=False)
        for k, axes in enumerate(grid.flat[len(drawn):], len(drawn)):
            axes.set_visible(False)
            grid.flat[k - wide].tick_params(labelbottom=True)
            grid.flat[k - wide].set_xlabel(say("days_since", lang), fontsize=8)
        for k, (arm, one) in enumerate(drawn):
            _recovery_panel(grid.flat[k], baseline, arm, one, k, lang)
        grid[0, 0].set_xlim(0, horizon(baseline, *(arm for arm, _ in drawn)))
        plain_axis(grid[0, 0].yaxis, lang)
        name = say("functioning", lang)
        figure.supylabel(name if tall > 1 or room == ROOM else fill(name, NAME - 6), fontsize=9 if room == ROOM else 8)
        for axes in grid[-1]:
            axes.set_xlabel(say("days_since", lang), fontsize=8)
    return figure


def _recovery_panel(axes: Axes, baseline: Arm, arm: Arm, one: Paired, place: int, lang: str) -> None:
    colour, line = COLOURS[place % len(COLOURS)], LINES[place % len(LINES)]
    for which, shade, style, name in ((baseline, SOFT, "-", say("no_lever", lang)), (arm, colour, line, "")):
        days, values = curves(which, beside=arm)
        if len(values) > 1:
            axes.fill_between(days, 100 * values.min(axis=0), 100 * values.max(axis=0), color=shade, alpha=0.18, lw=0)
        axes.plot(days, 100 * values.mean(axis=0), color=shade, linestyle=style, label=name)
    days, values = curves(arm)
    plain = curves(baseline, beside=arm)[1].mean(axis=0)
    axes.fill_between(days, 100 * plain, 100 * values.mean(axis=0), color=colour, alpha=0.25, lw=0)
    axes.set_title(fill(arm.label[lang], NAME) + f"\n{percent(one.relative, lang, sign=True)}", fontsize=8.5, color=INK)
    if place == 0:
        days, values = curves(baseline, beside=arm)
        low = int(values.mean(axis=0).argmin())
        axes.annotate(say("no_lever", lang), (days[low], 100 * values.mean(axis=0)[low]), xytext=(14, -3),
                      textcoords="offset points", fontsize=8, color=SOFT, va="top")


def run_figure(opened: Opened, lang: str, run: str | None = None) -> Picture:
    """(d) One run: functioning of everyone, of the poorest and richest fifths and of the isolated."""
    view = next(one for one in views(opened) if run is None or one.run["run"] == run)
    curve = recovery(view)
    title = run_title(view, lang)
    with look():
        figure = canvas(WIDTH, 3.6)
        axes = figure.subplots()
        names = (("functioning", "everyone", INK, "-"), ("functioning_1", "poorest", COLOURS[1], "--"),
                 ("functioning_5", "richest", COLOURS[0], "-."), ("functioning_isolated", "isolated", COLOURS[2], ":"))
        ends: list[tuple[float, str, str]] = []
        for column, name, colour, style in names if curve.day.size else ():
            one = recovery(view, column)
            if not np.isfinite(one.value).any():
                continue
            axes.plot(np.r_[0, one.day], 100 * np.r_[1, one.value], color=colour, linestyle=style, lw=1.8)
            ends.append((100 * float(np.nanmin(one.value)), say(name, lang), colour))
        if ends:
            axes.set_xlim(0, still(curve.day, curve.value[None]))
            shade(axes, opened.content[view.run["run"]], lang)
            plain_axis(axes.yaxis, lang)
            _labels_at_trough(axes, ends, float(curve.day[int(np.argmin(curve.value))]))
        axes.set_xlabel(say("days_since", lang))
        axes.set_ylabel(say("functioning", lang), fontsize=8)
        headline(figure, title, say("model_note", lang), width=74)
    return Picture("run", figure, title, title)


def shade(axes: Axes, content: dict[str, Any], lang: str) -> None:
    """A pale band for each crisis, with its name at the foot."""
    cards = content["scenario"]["crises"]
    first = min(str(card["start"]) for card in cards)
    for card in cards:
        begins = int((np.datetime64(str(card["start"])) - np.datetime64(first)).astype(int))
        axes.axvspan(begins, begins + float(card["days"]), color=PALE, alpha=0.35, lw=0, zorder=0)
        name = str(card.get(f"label_{lang}") or card["id"])
        axes.text(begins + 0.4, 0.02, name, transform=axes.get_xaxis_transform(), rotation=90, fontsize=7.5, color=SOFT,
                  ha="left", va="bottom")


def _labels_at_trough(axes: Axes, ends: Sequence[tuple[float, str, str]], day: float) -> None:
    """Names beside the lines: a column at the right of the trough, kept apart, tied to each line by a thin stroke."""
    low, high = axes.get_ylim()
    gap, right = 0.075 * (high - low), axes.get_xlim()[1]
    placed = -np.inf
    for value, name, colour in sorted(ends):
        placed = max(value, placed + gap)
        beside = (day + 0.30 * (right - day), placed - 0.02 * (high - low))
        axes.annotate(name, (day, value), xytext=beside, color=colour, fontsize=8.8, va="center",
                      arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.6, "shrinkA": 2, "shrinkB": 2})
