"""Which groups gain from a lever: the change in loss of each, by income, age, household, isolation and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import compute_loss_per_resident
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...i18n.number_format import format_significant
from ...i18n.texts.brief_labels import BRIEF_LABELS, get_brief_label
from ...i18n.texts.figure_texts import get_group_label
from ...i18n.translation import translate, translate_plural
from ..brief.case import Case
from .style import COLOURS, INK, SOFT, WIDTH, Picture, add_headline, create_figure, format_axis, use_figure_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANEL_DIMENSIONS = (("income", "isolation_before"), ("age",), ("household", "priority"))
THOUSAND = 1000.0
MIN_GROUP_RESIDENTS = 30
"""Smaller groups are not shown: their numbers say nothing, and might identify somebody."""
ROW = 0.215
"""Height of a row, inches."""
FEW = 3
"""Most steps between the ticks of an axis of this figure, whose panels are narrow."""


@dataclass(frozen=True)
class GroupEffect:
    """A group (of income, age …), its mean number of residents, and the change of its loss, person-days per 1,000."""

    dimension: str
    name: str
    people: float
    change: PairedEffect

    @property
    def verdict(self) -> str:
        """gains, loses or open."""
        return "open" if not self.change.excludes_zero else "gains" if self.change.high < 0 else "loses"



def compute_group_effects(baseline: Arm, arm: Arm, seeds: Sequence[int], lang: str) -> list[GroupEffect]:
    """Effects of an arm on every group with enough residents, in the order in which figures show them."""
    shared = [seed for seed in seeds if seed in baseline.runs and seed in arm.runs]
    view = baseline.runs[shared[0]] if shared else next(iter(baseline.runs.values()))
    out = []
    for dimension in (name for column in PANEL_DIMENSIONS for name in column):
        for group in [name for of_dimension, name in view.groups if of_dimension == dimension]:
            measure = partial(compute_loss_per_resident, dimension=dimension, group=group)
            without, with_arm = (THOUSAND * np.array([played.measure_seed(measure, seed) for seed in shared])
                                 for played in (baseline, arm))
            change = compare_paired_values(without, with_arm)
            if not change.n:
                continue
            people = float(np.mean([baseline.runs[seed].group(dimension, group, "n") for seed in shared]))
            if people >= MIN_GROUP_RESIDENTS:
                out.append(GroupEffect(dimension, format_group_name(dimension, group, lang), people, change))
    return out


def format_group_name(dimension: str, group: str, lang: str) -> str:
    """A group's name, with its unit where it is an age."""
    key = f"{dimension}.{group}"
    if key in BRIEF_LABELS:
        return get_brief_label(key, lang)
    if dimension == "age":
        return translate("{years}", lang, context="age", years=group)
    return get_group_label(dimension, group, lang)


def format_dimension(dimension: str, lang: str) -> str:
    """The name of what residents are grouped by."""
    return get_brief_label("household_kind" if dimension == "household" else dimension, lang)


def format_group_effects_title(effects: Sequence[GroupEffect], lever: str, lang: str) -> str:
    """The finding: how many groups gain, and which gains most per resident."""
    gaining = [effect for effect in effects if effect.verdict == "gains"]
    if not gaining:
        return translate("No group clearly gains from “{lever}”", lang, lever=lever)
    most = min(gaining, key=lambda effect: effect.change.difference)
    return translate_plural("“{lever}”: gain settled for {n} of {all} groups: {group}",
                            "“{lever}”: gain settled for {n} of {all} groups; the largest: {group}", len(gaining), lang,
                            lever=lever, all=len(effects),
                            group=f"{format_dimension(most.dimension, lang).lower()}, {most.name}")


def draw_group_effects_figure(case: Case, effects: Sequence[GroupEffect]) -> Picture:
    """A dot and its interval for each group, in panels side by side."""
    lang, lever = case.lang, case.best_arm.label[case.lang]
    title = format_group_effects_title(effects, lever, lang)
    rows = max(sum(effect.dimension in column for effect in effects) + len(column) for column in PANEL_DIMENSIONS)
    with use_figure_style():
        figure = create_figure(WIDTH, 0.55 + ROW * rows)
        panels = figure.subplots(1, len(PANEL_DIMENSIONS), sharex=True)
        for axes, column in zip(panels, PANEL_DIMENSIONS):
            _draw_panel(axes, effects, column, rows, lang)
        format_axis(panels[0].xaxis, lang, FEW)
        panels[1].set_xlabel(translate("Change in loss, days per 1,000 residents", lang), fontsize=8.2)
        add_headline(figure, title, "")
    changes = "; ".join(f"{effect.name} {format_significant(effect.change.difference, lang)}" for effect in effects)
    return Picture("gains", figure, title, f"{title}. {changes}")


def _draw_panel(axes: Axes, effects: Sequence[GroupEffect], column: Sequence[str], rows: int, lang: str) -> None:
    y, ticks = rows - 1, []
    axes.axvline(0, color=INK, lw=0.9)
    for dimension in column:
        ticks.append((y, format_dimension(dimension, lang), True))
        y -= 1
        for effect in (effect for effect in effects if effect.dimension == dimension):
            _draw_effect(axes, effect, y)
            ticks.append((y, effect.name, False))
            y -= 1
    axes.set_yticks([row for row, _, _ in ticks], [name for _, name, _ in ticks])
    for tick, (_, _, bold) in zip(axes.get_yticklabels(), ticks):
        tick.set(color=INK if bold else SOFT, fontweight="bold" if bold else "normal", fontsize=8)
    axes.set_ylim(-0.7, rows - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)


def _draw_effect(axes: Axes, effect: GroupEffect, y: int) -> None:
    """Blue for a group that gains, orange for one that is worse off, grey and hollow where the interval contains 0."""
    colour, change = {"gains": COLOURS[0], "loses": COLOURS[1]}.get(effect.verdict, SOFT), effect.change
    if np.isfinite(change.low):
        axes.plot([change.low, change.high], [y, y], color=colour, lw=1.8, solid_capstyle="butt")
    axes.plot([change.difference], [y], "o", ms=5, mec=colour, mew=1.3, ls="none",
              mfc=colour if change.excludes_zero else "white")
