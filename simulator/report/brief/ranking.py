"""The ranking of levers in a brief: one row each, with its interval drawn as a strip and its numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.effects_table import estimate_arm_price
from ...analysis.effects.paired_comparison import PairedEffect
from ...i18n.number_format import NARROW_NBSP, format_euro_range, format_euros, format_interval, format_percent
from ...i18n.texts.summary_texts import PRICE_STATES
from ...i18n.texts.verdict_texts import format_verdict
from ...i18n.translation import translate
from ..figures.style import COLOURS, INK, SOFT
from .case import Case
from .tables import compare_total_loss, day_decimals, format_days, mean_costs, percent_decimals

SHOWN = 10
"""Levers in the ranking; the annex has all."""
WIDE, TALL, EDGE = 180.0, 20.0, 8.0
"""Width and height of a strip, and the margin at its ends, in SVG units."""


@dataclass(frozen=True)
class RankingRow:
    """One row. verdict: in words, "" without one. inside: the levers of a portfolio with a short name. strip: the
    interval as SVG, on the same scale in every row. spread: the interval as text. range: of the cost. The rest:
    formatted cells.
    """

    name: str
    verdict: str
    inside: str
    strip: str
    change: str
    spread: str
    share: str
    cost: str
    range: str
    price: str


def build_ranking(case: Case) -> list[RankingRow]:
    """Rows of the first levers, best first."""
    changes = [(arm, compare_total_loss(case, arm)) for arm, _ in case.effects[:SHOWN]]
    ends = [value for _, change in changes for value in (change.low, change.high, change.difference)
            if np.isfinite(value)]
    scale = min([0.0, *ends]), max([0.0, *ends])
    return [_build_row(case, arm, change, scale) for arm, change in changes]


def _build_row(case: Case, arm: Arm, change: PairedEffect, scale: tuple[float, float]) -> RankingRow:
    lang = case.lang
    middle, low, high = mean_costs(case, arm)
    return RankingRow(
        name=arm.label[lang], verdict=format_verdict(arm.judgement.verdict, lang) if arm.judgement else "",
        inside=arm.lever_list.get(lang, ""),
        strip=draw_interval_svg(change, scale, lang),
        change=format_days(change, lang),
        spread=format_interval(change.low, change.high, lang, day_decimals(change), True),
        share=format_percent(change.relative, lang, percent_decimals(change.relative), True),
        cost=format_euros(middle, lang) if high > 0 else translate("no cost", lang),
        range=format_euro_range(low, high, lang) if high > 0 else "", price=_format_price(case, arm))


def _format_price(case: Case, arm: Arm) -> str:
    """EUR per person-day without its range, or why there is none."""
    assert case.baseline is not None
    price = estimate_arm_price(case.baseline, arm, case.seeds)
    if price.status in ("bounded", "unbounded", "single"):
        return format_euros(price.value, case.lang)
    return translate(PRICE_STATES[price.status], case.lang) if price.status in PRICE_STATES else "?"


def draw_interval_svg(change: PairedEffect, scale: tuple[float, float], lang: str) -> str:
    """A dot, its interval and the line of no effect as SVG; the dot is hollow where the interval contains 0.

    scale: the ends of the axis, in the unit of the change.
    """
    low, high = scale
    span = high - low or 1.0

    def x_of(value: float) -> str:
        return f"{EDGE + (WIDE - 2 * EDGE) * (value - low) / span:.1f}"

    middle = TALL / 2
    colour = SOFT if not change.excludes_zero else COLOURS[0] if change.high < 0 else COLOURS[1]
    parts = [f'<line x1="{x_of(0)}" x2="{x_of(0)}" y1="0" y2="{TALL:g}" stroke="{INK}" stroke-width="1"/>']
    if np.isfinite(change.low):
        parts.append(f'<line x1="{x_of(change.low)}" x2="{x_of(change.high)}" y1="{middle:g}" y2="{middle:g}" '
                     f'stroke="{colour}" stroke-width="3"/>')
    parts.append(f'<circle cx="{x_of(change.difference)}" cy="{middle:g}" r="4.5" stroke="{colour}" stroke-width="2" '
                 f'fill="{colour if change.excludes_zero else "#ffffff"}"/>')
    interval = format_interval(change.low, change.high, lang, day_decimals(change), True)
    label = f"{format_days(change, lang)} {interval}".replace(NARROW_NBSP, " ").strip()
    return (f'<svg viewBox="0 0 {WIDE:g} {TALL:g}" width="{WIDE:g}" height="{TALL:g}" role="img" '
            f'aria-label="{label}">{"".join(parts)}</svg>')
