"""Who gains from a lever: the change in losses of every group, by income, age, household, isolation and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import per_head
from ...analysis.effects.paired import Paired, compare
from ...i18n.brief_labels import LABELS
from ...i18n.figure_texts import LANGUAGES, WORDS, group_label
from ..brief.case import Case
from .style import COLOURS, INK, SOFT, WIDTH, Picture, canvas, headline, look, plain_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (("income", "isolation_before"), ("age",), ("household", "priority"))
THOUSAND = 1000.0
FEWEST = 30
"""Residents below which a group is not shown: so few say nothing, and might be somebody."""
ROW = 0.215
"""Inches of height a group takes."""
FEW = 3
"""Most steps between the ticks of these narrow axes."""


@dataclass(frozen=True)
class Gain:
    """A group, and the change of its loss per 1,000 residents, person-days."""

    dimension: str
    name: str
    people: float
    change: Paired

    @property
    def verdict(self) -> str:
        """gains, loses or open."""
        return "open" if not self.change.settled else "gains" if self.change.high < 0 else "loses"


def label(key: str, lang: str, **facts: object) -> str:
    """A caption or table head, filled in. KeyError for an unknown key."""
    return LABELS[key][LANGUAGES.index(lang)].format(**facts)


def gains(baseline: Arm, arm: Arm, seeds: Sequence[int], lang: str) -> list[Gain]:
    """Every group that has residents enough, in the order in which figures show them."""
    shared = [seed for seed in seeds if seed in baseline.runs and seed in arm.runs]
    view = baseline.runs[shared[0]] if shared else next(iter(baseline.runs.values()))
    out = []
    for dimension in (name for column in COLUMNS for name in column):
        for group in [name for where, name in view.groups if where == dimension]:
            of = partial(per_head, dimension=dimension, group=group)
            without, having = (THOUSAND * np.array([one.told(of, seed) for seed in shared]) for one in (baseline, arm))
            found = compare(without, having)
            if found.n:
                heads = float(np.mean([baseline.runs[seed].group(dimension, group, "n") for seed in shared]))
                if heads >= FEWEST:
                    out.append(Gain(dimension, name_of(dimension, group, lang), heads, found))
    return out


def name_of(dimension: str, group: str, lang: str) -> str:
    """A group's name, with its unit where it is an age."""
    key = f"{dimension}.{group}"
    if key in LABELS and key not in WORDS:
        return label(key, lang)
    return f"{group} ans" if dimension == "age" and lang == "fr" else group_label(dimension, group, lang)


def heading(dimension: str, lang: str) -> str:
    """The name of what residents are grouped by."""
    return label("household_kind" if dimension == "household" else dimension, lang)


def gains_title(found: Sequence[Gain], lever: str, lang: str) -> str:
    """The finding: how many groups gain, and which most per head."""
    ahead = [one for one in found if one.verdict == "gains"]
    if not ahead:
        return label("gains_none", lang, lever=lever)
    most = min(ahead, key=lambda one: one.change.difference)
    return label("gains_one" if len(ahead) == 1 else "gains_many", lang, lever=lever, k=len(ahead), n=len(found),
                 group=f"{heading(most.dimension, lang).lower()}, {most.name}")


def gains_figure(case: Case, found: Sequence[Gain]) -> Picture:
    """A dot and its interval for each group, one column of groups beside the other."""
    lang, lever = case.lang, case.first.label[case.lang]
    title = gains_title(found, lever, lang)
    rows = max(sum(one.dimension in column for one in found) + len(column) for column in COLUMNS)
    with look():
        figure = canvas(WIDTH, 0.55 + ROW * rows)
        panels = figure.subplots(1, len(COLUMNS), sharex=True)
        for axes, column in zip(panels, COLUMNS):
            _column(axes, found, column, rows, lang)
        plain_axis(panels[0].xaxis, lang, FEW)
        panels[1].set_xlabel(label("gains_axis", lang), fontsize=8.2)
        headline(figure, title, "")
    told = "; ".join(f"{one.name} {one.change.difference:.2g}" for one in found)
    return Picture("gains", figure, title, f"{title}. {told}")


def _column(axes: Axes, found: Sequence[Gain], column: Sequence[str], rows: int, lang: str) -> None:
    at, ticks = rows - 1, []
    axes.axvline(0, color=INK, lw=0.9)
    for dimension in column:
        ticks.append((at, heading(dimension, lang), True))
        at -= 1
        for one in (one for one in found if one.dimension == dimension):
            _mark(axes, one, at)
            ticks.append((at, one.name, False))
            at -= 1
    axes.set_yticks([row for row, _, _ in ticks], [name for _, name, _ in ticks])
    for tick, (_, _, bold) in zip(axes.get_yticklabels(), ticks):
        tick.set(color=INK if bold else SOFT, fontweight="bold" if bold else "normal", fontsize=8)
    axes.set_ylim(-0.7, rows - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)


def _mark(axes: Axes, one: Gain, at: int) -> None:
    """Blue for a group that gains, orange for one worse off, grey and hollow where neither is settled."""
    colour = {"gains": COLOURS[0], "loses": COLOURS[1]}.get(one.verdict, SOFT)
    if np.isfinite(one.change.low):
        axes.plot([one.change.low, one.change.high], [at, at], color=colour, lw=1.8, solid_capstyle="butt")
    axes.plot([one.change.difference], [at], "o", ms=5, mec=colour, mew=1.3, ls="none",
              mfc=colour if one.change.settled else "white")
