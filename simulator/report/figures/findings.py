"""The findings of a comparison: effects in order, leading arms, titles that state them. For figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...analysis.effects.arms import Arm, assign_letters, collect_arms, list_observation_seeds
from ...analysis.effects.effects_table import select_best_portfolios
from ...analysis.effects.judgement import judge_arms
from ...analysis.effects.paired_comparison import PairedEffect
from ...analysis.effects.paired_outcomes import compare_outcome
from ...analysis.effects.verdict import parse_threshold
from ...analysis.run_view import RunView, compute_recovery_curve
from ...i18n.number_format import decimals_for_size, format_estimate, format_number, format_percent
from ...i18n.translation import Message, translate
from ...records.files.run_files import RunTables

RankedEffects = Sequence[tuple[Arm, PairedEffect]]
"""Arms with levers and their effect on loss, best first."""


def rank_effects(opened: RunTables) -> tuple[Arm, list[tuple[Arm, PairedEffect]], list[int]]:
    """Baseline, the other arms with their effect on loss, best first, and the seeds. ValueError without a baseline."""
    arms = collect_arms(opened)
    if not arms or arms[0].levers:
        raise ValueError(Message("no run without levers: nothing to compare with"))
    baseline, seeds = arms[0], list_observation_seeds(arms)
    judged = judge_arms(baseline, arms[1:], opened, parse_threshold(opened.worth))
    for arm in arms[1:]:
        arm.judgement = judged[arm.portfolio]
    effects = [(arm, widen_to_all_levers(compare_outcome(baseline, arm, "loss", seeds), arm)) for arm in arms[1:]]
    effects.sort(key=_order_by_gain)
    assign_letters([arm for arm, _ in effects])
    return baseline, effects, seeds


def widen_to_all_levers(effect: PairedEffect, arm: Arm) -> PairedEffect:
    """An effect on losses with the interval of the arm's judgement, which holds for all levers at once.

    So that no figure calls settled what the verdict does not. As it was where the arm was not judged.
    """
    one = arm.judgement
    if one is None or not np.isfinite([one.share_low, one.share_high]).all() or not np.isfinite(effect.low):
        return effect
    middle, per_cent = effect.difference, effect.baseline / 100.0
    return replace(effect, low=middle - (one.share_high - one.share) * per_cent,
                   high=middle + (one.share - one.share_low) * per_cent)


def _order_by_gain(pair: tuple[Arm, PairedEffect]) -> tuple[bool, float]:
    """Most person-days saved per person hit first, or deaths averted; by the loss of all where nobody is hit; unknown
    effects last."""
    arm, effect = pair
    known = arm.judgement is not None and np.isfinite(arm.judgement.rank_value)
    value = -arm.judgement.rank_value if arm.judgement is not None and known else effect.difference
    return not np.isfinite(value), value


def find_leading_arms(baseline: Arm, effects: RankedEffects, seeds: list[int]) -> list[Arm]:
    """Arms that stand out: their verdict is to act, and they are not distinguishable from the best."""
    best = select_best_portfolios("loss", [baseline, *(arm for arm, _ in effects)], seeds)
    return [arm for arm, _ in effects if arm.portfolio in best and arm.judgement is not None
            and arm.judgement.verdict == "acts"]


def format_effects_title(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str) -> str:
    """The finding on levers, or that there is none."""
    lead = find_leading_arms(baseline, effects, seeds)
    if len(seeds) < 2:
        return translate("One seed only: a difference may be luck", lang)
    if not lead:
        return translate("No lever is known to lower losses by enough to act on", lang)
    if len(lead) > 1:
        return translate("{count} levers lead and cannot be told apart", lang, count=len(lead))
    effect = next(effect for arm, effect in effects if arm is lead[0])
    return translate("{lever} lowers losses most, in person-days per resident: {value}", lang,
                     lever=lead[0].label[lang],
                     value=format_estimate(effect.difference, effect.low, effect.high, lang))


def format_run_title(view: RunView, lang: str) -> str:
    """The finding of one run: how far mean functioning falls, and when 80 % of those hit are back."""
    curve = compute_recovery_curve(view)
    if not curve.value.size or curve.value.min() > 1 - 1e-4:
        return translate("Without a crisis, functioning stays normal", lang)
    lowest = float(curve.value.min())
    low = format_percent(lowest, lang, decimals_for_size(100 * (1 - lowest), digits=1))
    days, horizon = (float(view.run[name]) for name in ("back_80", "clock"))
    if not days < horizon:
        return translate("Mean functioning falls to {low}; 80% of those hit are not back after {days} days", lang,
                         low=low, days=format_number(horizon, lang))
    if not days:
        return translate("Mean functioning falls to {low}; 80% of those hit stay above 95% of theirs", lang, low=low)
    return translate("Mean functioning falls to {low}; 80% of those hit are back in {days} days", lang, low=low,
                     days=format_number(days, lang))


def format_alt_text(title: str, effects: RankedEffects, lang: str) -> str:
    """The figure in words, for those who cannot see it."""
    parts = [f"{arm.label[lang]} {format_estimate(effect.difference, effect.low, effect.high, lang)}"
             for arm, effect in effects]
    axis = translate("Difference from no lever, person-days per resident", lang)
    shown = translate("{head}: {text}", lang, head=axis, text=translate("; ", lang).join(parts))
    return f"{title}. {shown}."
