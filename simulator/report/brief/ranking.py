"""Levers from the most to the least useful: a drawn interval and the figures beside it, one row each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.paired import Paired
from ...analysis.effects.table import price
from ...i18n.number import THIN, euro_range, euros, interval, percent
from ...i18n.summary_texts import sentence
from ..figures.style import COLOURS, INK, SOFT
from .case import Case
from .tables import costs, days, fine, places, total

SHOWN = 10
"""Levers on the brief's own pages; the annex has all."""
WIDE, TALL, EDGE = 180.0, 20.0, 8.0
"""Size of a strip and what stays free at its ends, in its own units."""


@dataclass(frozen=True)
class Row:
    """inside: the levers that a short name stands for. strip: the interval as a small SVG, on one scale in every row.

    The rest: cells as people read them.
    """

    name: str
    inside: str
    strip: str
    change: str
    spread: str
    share: str
    cost: str
    range: str
    price: str


def ranking(case: Case) -> list[Row]:
    """The first levers, best first."""
    known = [(arm, total(case, arm)) for arm, _ in case.found[:SHOWN]]
    ends = [value for _, one in known for value in (one.low, one.high, one.difference) if np.isfinite(value)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    return [_row(case, arm, one, (low, high)) for arm, one in known]


def _row(case: Case, arm: Arm, one: Paired, scale: tuple[float, float]) -> Row:
    assert case.baseline is not None
    lang = case.lang
    middle, low, high = costs(case, arm)
    worth = price(case.baseline, arm, case.seeds)
    told = {"bounded": euros(worth.value, lang), "unbounded": euros(worth.value, lang),
            "single": euros(worth.value, lang)}.get(worth.verdict)
    spread, share = interval(one.low, one.high, lang, places(one), True), percent(
        one.relative, lang, fine(one.relative), True)
    return Row(arm.label[lang], arm.inside.get(lang, ""), strip(one, scale, lang), days(one, lang), spread, share,
               euros(middle, lang) if high > 0 else sentence("free", lang), euro_range(low, high, lang) if high else "",
               told or sentence(worth.verdict if worth.verdict in ("free", "not_better") else "unknown", lang))


def strip(one: Paired, scale: tuple[float, float], lang: str) -> str:
    """A dot, its interval and the line of no effect as SVG; hollow when the sign is not settled."""
    low, high = scale
    span = high - low or 1.0

    def at(value: float) -> str:
        return f"{EDGE + (WIDE - 2 * EDGE) * (value - low) / span:.1f}"

    middle = TALL / 2
    colour = SOFT if not one.settled else COLOURS[0] if one.high < 0 else COLOURS[1]
    parts = [f'<line x1="{at(0)}" x2="{at(0)}" y1="0" y2="{TALL:g}" stroke="{INK}" stroke-width="1"/>']
    if np.isfinite(one.low):
        parts.append(f'<line x1="{at(one.low)}" x2="{at(one.high)}" y1="{middle:g}" y2="{middle:g}" '
                     f'stroke="{colour}" stroke-width="3"/>')
    parts.append(f'<circle cx="{at(one.difference)}" cy="{middle:g}" r="4.5" stroke="{colour}" stroke-width="2" '
                 f'fill="{colour if one.settled else "#ffffff"}"/>')
    told = f"{days(one, lang)} {interval(one.low, one.high, lang, places(one), True)}".replace(THIN, " ").strip()
    return (f'<svg viewBox="0 0 {WIDE:g} {TALL:g}" width="{WIDE:g}" height="{TALL:g}" role="img" '
            f'aria-label="{told}">{"".join(parts)}</svg>')
