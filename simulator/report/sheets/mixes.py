"""Mixes of levers held against one another: what each holds and costs, and A minus B with its paired interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from textwrap import fill
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.break_even import count_lever_years
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...i18n.number_format import (
    decimals_for_error,
    format_dose,
    format_euros,
    format_interval,
    format_number,
)
from ...i18n.translation import mark, translate
from ...records.files.run_files import RunTables
from ..figures.findings import rank_effects
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

WIDE = 110
"""Characters a line of the text."""
MEASURES: dict[str, str] = {
    "loss_total": mark("days of normal life lost"), "loss_poorest": mark("days lost by each of the poorest fifth"),
    "quintile_gap": mark("gap: poorest fifth minus richest, days each"),
    "never_reached": mark("people in need helped by nobody"), "deaths_expected": mark("expected deaths"),
}
"""What mixes are compared by, to its name; less is better for all."""
MIX_HEADS = ("arm", "label", "levers", "euros_year", "euros_total", "euros_total_low", "euros_total_high")
DIFFERENCE_HEADS = ("arm", "versus", "outcome", "value", "value_versus", "difference", "low", "high", "seeds")
MAX_MIXES = 4
"""Up to so many mixes are held against one another on the terminal; the table has all pairs."""


@dataclass(frozen=True)
class Mix:
    """One arm. levers: each with its dose, in the reader's language. euros: total of the run with its ends; euros_year:
    the same, a year from the day levers may begin to the end of the run."""

    arm: Arm
    label: str
    levers: str
    euros: tuple[float, float, float]
    euros_year: float


@dataclass(frozen=True)
class MixComparison:
    """The mixes of a folder, best first, and for each pair and measure the effect of the first against the second."""

    mixes: list[Mix]
    pairs: dict[tuple[str, str], dict[str, PairedEffect]] = field(default_factory=dict)


def compare_mixes(opened: RunTables, lang: str) -> MixComparison | None:
    """All arms with levers held against one another; None with fewer than two of them, or without a baseline."""
    try:
        _, effects, seeds = rank_effects(opened)
    except ValueError:
        return None
    mixes = [_describe_mix(arm, opened, seeds, lang) for arm, _ in effects]
    if len(mixes) < 2:
        return None
    pairs = {(one.arm.portfolio, other.arm.portfolio): {
        name: compare_paired_values(other.arm.values(name, seeds), one.arm.values(name, seeds)) for name in MEASURES}
        for one, other in combinations(mixes, 2)}
    return MixComparison(mixes, pairs)


def _describe_mix(arm: Arm, opened: RunTables, seeds: list[int], lang: str) -> Mix:
    content, view = arm.content(opened), next(iter(arm.runs.values()))
    middle, low, high = (float(np.nanmean(arm.column(name, seeds))) for name in ("cost", "cost_low", "cost_high"))
    years = count_lever_years(view.series, _find_lever_day(content))
    label = arm.label[lang].partition(" · ")[0] if arm.has_own_name else arm.label[lang]
    return Mix(arm, label, format_doses(content, lang), (middle, low, high), middle / years)


def _find_lever_day(content: Mapping[str, Any]) -> int:
    """Days from the start of the run to the date from which levers may act."""
    calendar = content["scenario"]["calendar"]
    start, levers = (np.datetime64(str(calendar[name]), "D") for name in ("start", "levers"))
    return int((levers - start).astype(int))


def format_doses(content: Mapping[str, Any], lang: str) -> str:
    """The levers of a run, each with its dose."""
    return " + ".join(translate("{lever} × {dose}", lang, lever=str(card.get(f"label_{lang}") or card["id"]),
                                dose=format_dose(float(card.get("dose", 1)), lang))
                      for card in content.get("levers") or ())


def build_mix_sheets(opened: RunTables, lang: str) -> list[AnalysisSheet]:
    """mixes: what each holds and costs; mix_differences: each against each. Their text stands with the first, where
    people named the mixes."""
    found = compare_mixes(opened, lang)
    if found is None:
        return []
    is_named = any(mix.arm.has_own_name for mix in found.mixes)
    rows = [[mix.arm.portfolio, mix.label, mix.levers, mix.euros_year, *mix.euros] for mix in found.mixes]
    labels = {mix.arm.portfolio: mix.label for mix in found.mixes}
    differences = [[labels[one], labels[other], name, effect.mean, effect.baseline, effect.difference, effect.low,
                    effect.high, effect.n] for (one, other), effects in found.pairs.items()
                   for name, effect in effects.items()]
    return [AnalysisSheet("mixes", _format_mixes(found, lang) if is_named else "", MIX_HEADS, rows),
            AnalysisSheet("mix_differences", "", DIFFERENCE_HEADS, differences)]


def _format_mixes(found: MixComparison, lang: str) -> str:
    """What each mix holds and costs, then a table for each pair of the first ones."""
    heads = [translate(text, lang) for text in (mark("mix"), mark("levers and doses"), mark("a year"), mark("in all"))]
    rows = [[mix.label, mix.levers, format_euros(mix.euros_year, lang), format_euros(mix.euros[0], lang)]
            for mix in found.mixes]
    parts = [translate("What each mix holds and costs (a year: from the day levers may begin to the end of the run):",
                       lang), format_fixed_width_table(heads, rows, most=WIDE)]
    shown = found.mixes[:MAX_MIXES]
    for one, other in combinations(shown, 2):
        effects = found.pairs[one.arm.portfolio, other.arm.portfolio]
        parts += [fill(translate("“{one}” minus “{other}”, same seeds (below 0: the first is better; 95% interval):",
                                 lang, one=one.label, other=other.label), WIDE),
                  _format_pair(one, other, effects, lang)]
    return "\n".join(parts)


def _format_pair(one: Mix, other: Mix, effects: Mapping[str, PairedEffect], lang: str) -> str:
    rows = [list_difference_cells(name, effect, lang) for name, effect in effects.items()]
    rows += list_cost_cells(one, other, lang)
    heads: Sequence[str] = ["", one.label, other.label, translate("difference", lang)]
    return format_fixed_width_table(list(heads), rows, most=WIDE)


def list_cost_cells(one: Mix, other: Mix, lang: str) -> list[list[str]]:
    """Two rows, a year and in all: what is told, the cost of the first mix, of the second, and the difference."""
    return [[translate(text, lang), *(format_euros(euros, lang) for euros in (a, b, a - b))]
            for text, a, b in ((mark("cost a year"), one.euros_year, other.euros_year),
                               (mark("cost in all"), one.euros[0], other.euros[0]))]


def list_difference_cells(name: str, effect: PairedEffect, lang: str) -> list[str]:
    """Name of a measure, its mean in the first and in the second arm, and the difference with its interval."""
    half = (effect.high - effect.low) / 2 if np.isfinite(effect.low) else abs(effect.difference) / 10
    places = decimals_for_error(half or abs(effect.mean) / 100 or 1.0, most=4)
    change = format_number(effect.difference, lang, places, sign=True)
    interval = format_interval(effect.low, effect.high, lang, places, sign=True)
    return [translate(MEASURES[name], lang), format_number(effect.mean, lang, places),
            format_number(effect.baseline, lang, places), f"{change} {interval}".strip()]
