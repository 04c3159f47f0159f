"""The four numbers at the top of a brief."""

from __future__ import annotations

import numpy as np

from ...analysis.effects.effects_table import estimate_arm_price
from ...i18n.number_format import (
    format_euro_range,
    format_euros,
    format_number,
    format_percent,
    format_probability,
    format_significant,
)
from ...i18n.translation import translate
from .answer import format_baseline_loss, format_matched_baseline_loss
from .case import Case
from .tables import compare_total_loss, format_days, mean_costs

ROUNDED_TO_TENS_FROM = 200
"""From this number on, people are counted in tens."""


def list_key_figures(case: Case) -> list[tuple[str, str]]:
    """(number, what it is) of the leading lever where there is one, else of the runs; empty without a crisis."""
    if not case.crisis:
        return []
    leads = case.is_comparable and case.best_arm in case.leading_arms
    return _list_lever_figures(case) if leads else _list_run_figures(case)


def _list_lever_figures(case: Case) -> list[tuple[str, str]]:
    """Person-days gained, probability of a benefit, cost, price per person-day."""
    assert case.baseline is not None
    lang, arm = case.lang, case.best_arm
    change = compare_total_loss(case, arm)
    middle, low, high = mean_costs(case, arm)
    price = estimate_arm_price(case.baseline, arm, case.seeds)
    out = [(format_days(change, lang, sign=False).lstrip("−"),
            translate("days of normal life gained by “{lever}”, out of {base} lost without levers", lang,
                      base=format_matched_baseline_loss(case), lever=arm.label[lang])),
           (format_probability(change.prob_benefit_next, lang), _name_chance(case))]
    if high > 0:
        cost_range = format_euro_range(low, high, lang)
        out.append((format_euros(middle, lang), translate("total cost of “{lever}” ({range})", lang, range=cost_range,
                                                              lever=arm.label[lang])))
    if price.status in ("bounded", "unbounded"):
        price_range = format_euro_range(price.low, price.high, lang)
        out.append((format_euros(price.value, lang), translate("per day of normal life gained ({range})", lang,
                                                               range=price_range)))
    return out


def _name_chance(case: Case) -> str:
    """What the probability of a benefit is."""
    if case.parameter_sets:
        return translate("chance that one more set of numbers shows a gain", case.lang)
    return translate("chance that one more draw shows a gain", case.lang)


def _list_run_figures(case: Case) -> list[tuple[str, str]]:
    """Person-days lost in all and by each person hit, days until 80 % of the hit are back, how many are not."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    each, missing = (arm.values(name, case.seeds) for name in ("loss_per_hit", "not_back"))
    hit, horizons, back = (arm.column(name, case.seeds) for name in ("hit", "clock", "back_80"))
    count = format_number(float(hit.mean()), lang, -1 if hit.mean() >= ROUNDED_TO_TENS_FROM else 0)
    out = [(format_baseline_loss(case), translate("days of normal life lost", lang))]
    if not hit.any():
        return out
    late = int((back >= horizons).sum())
    days = format_number(float(np.nanmean(back)), lang) if not late else ""
    back_label = translate("days until 80% of those hit are back", lang)
    if late:
        days = f"> {format_number(float(horizons.max()), lang)}"
        if late < len(back):
            back_label = translate("days until 80% of those hit are back, in {k} draws of {n}", lang, k=late,
                                   n=len(back))
    if not np.nanmax(back):
        back_label = translate("days until 80% of those hit are back: they stay above 95%", lang)
    return [*out, (format_significant(float(np.nanmean(each)), lang),
                   translate("days lost by each of the {n} people hit", lang, n=count)),
            (days, back_label),
            (format_percent(float(np.nanmean(missing)), lang, 1), translate("of those hit not back when the run ends",
                                                                            lang))]
