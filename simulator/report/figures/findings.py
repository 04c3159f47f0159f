"""What a comparison found, ranked and put into a title: shared by figures and tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...analysis.effects.arms import Arm, arms, lettered, seeds_of
from ...analysis.effects.outcomes import OUTCOMES, time_to
from ...analysis.effects.paired import Paired, compare
from ...analysis.effects.table import best_set
from ...analysis.run_view import RunView, recovery
from ...i18n.figure_texts import say
from ...i18n.number import decimals_of, estimate, number, percent
from ...records.folder import Opened

Found = Sequence[tuple[Arm, Paired]]
"""Arms with levers and their effect on loss, best first."""


def ranked(opened: Opened) -> tuple[Arm, list[tuple[Arm, Paired]], list[int]]:
    """Baseline, the other arms with their effect on loss, best first, and the seeds. ValueError without a baseline."""
    known = arms(opened)
    if not known or known[0].levers:
        raise ValueError("no run without levers: nothing to compare with")
    seeds = seeds_of(known)
    told = OUTCOMES["loss"]
    without = known[0].values("loss", seeds)
    found = [(arm, compare(without, arm.values("loss", seeds), told.better, told.smallest)) for arm in known[1:]]
    found.sort(key=lambda pair: (not np.isfinite(pair[1].difference), pair[1].difference))
    lettered([arm for arm, _ in found])
    return known[0], found, seeds


def leading(baseline: Arm, found: Found, seeds: list[int]) -> list[Arm]:
    """Levers that stand out: better than none beyond doubt, and not distinguishable from the best."""
    best = best_set("loss", [baseline, *(arm for arm, _ in found)], seeds)
    return [arm for arm, one in found if one.high < 0 and arm.portfolio in best]


def effects_title(baseline: Arm, found: Found, seeds: list[int], lang: str) -> str:
    """The finding on levers, as far as it is one."""
    lead = leading(baseline, found, seeds)
    if len(seeds) < 2:
        return say("one_seed", lang)
    if not lead:
        return say("effects_none", lang)
    if len(lead) > 1:
        return say("effects_tied", lang, count=len(lead))
    one = next(one for arm, one in found if arm is lead[0])
    return say("effects_best", lang, lever=lead[0].label[lang], value=estimate(one.difference, one.low, one.high, lang))


def run_title(view: RunView, lang: str) -> str:
    """The finding of one run."""
    curve = recovery(view)
    if not curve.value.size or curve.value.min() > 1 - 1e-4:
        return say("run_calm", lang)
    least = float(curve.value.min())
    days, low = time_to(curve, 0.95), percent(least, lang, decimals_of(100 * (1 - least), digits=1))
    return say("run", lang, low=low, days=number(days, lang)) if np.isfinite(days) else say("run_open", lang, low=low)


def alt_text(title: str, found: Found, lang: str) -> str:
    """The figure in words, for those who cannot see it."""
    parts = [f"{arm.label[lang]} {estimate(one.difference, one.low, one.high, lang)}" for arm, one in found]
    return f"{title}. {say('difference_axis', lang)} : {' ; '.join(parts)}." if lang == "fr" else \
        f"{title}. {say('difference_axis', lang)}: {'; '.join(parts)}."
