"""The terminal's text on a comparison: two tables and an answer in words."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm, count_played_seeds
from ...analysis.effects.cost_effectiveness import PricePerDay
from ...analysis.effects.effects_table import estimate_arm_price
from ...analysis.effects.paired_comparison import PairedEffect
from ...analysis.effects.paired_outcomes import compare_outcome
from ...i18n.number_format import (
    NO_VALUE,
    decimals_for_error,
    format_estimate,
    format_euro_range,
    format_euros,
    format_interval_ends,
    format_number,
    format_percent,
    format_probability,
    format_significant,
)
from ...i18n.summary_texts import PRICE_STATES, format_person_day_unit, format_summary_head
from ...i18n.translation import translate, translate_plural
from ...records.run_files import RunTables
from ..figures.findings import RankedEffects, find_leading_arms, rank_effects
from .text_table import format_fixed_width_table

WIDTH = 110
"""Characters a line of text."""
EFFECT_LABEL = 26
"""Characters a line of a lever's name in the table of effects, which has nine columns."""
MAX_NAMED_LEVERS = 3
"""Largest number of levers named in one sentence."""


def format_comparison(opened: RunTables, lang: str, width: int = WIDTH) -> str:
    """Levers against none: effects, for whom, at what price, and the answer in words. ValueError without a baseline."""
    baseline, effects, seeds = rank_effects(opened)
    labels = list_scenario_labels(baseline.content(opened), lang)
    played = format_seed_count(count_played_seeds([baseline]), lang)
    parts = [translate("{territory} · {crises} · {seeds}", lang, seeds=played, **labels),
             fill(format_baseline(baseline, seeds, lang), width),
             format_effect_table(baseline, effects, seeds, lang, width),
             format_price_table(baseline, effects, seeds, lang, width),
             *format_portfolio_contents(effects, lang, width),
             fill(format_comparison_answer(baseline, effects, seeds, lang), width),
             fill(translate("Loss: person-days of functioning lost per resident. Helps (prob.): probability that "
                            "one more seed shows less loss. 80% back: change in days until 80% of those hit by the "
                            "crisis are back at 95% of functioning for good; not back: change in those who are not "
                            "when the run ends, percentage points. Poorest, isolated: change in their losses. "
                            "Unhelped: change in people whose own means and those of the home do not suffice, and "
                            "whom no person, site, group or institution helped. Euros: range over seeds and over "
                            "prices.", lang), width)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def format_portfolio_contents(effects: RankedEffects, lang: str, width: int = WIDTH) -> list[str]:
    """One text with the levers of each portfolio whose name does not list them; no text without such a portfolio."""
    lines = [fill(translate("{head}: {text}", lang, head=arm.label[lang], text=arm.lever_list[lang]), width,
                  subsequent_indent="  ") for arm, _ in effects if arm.lever_list]
    return ["\n".join(lines)] if lines else []


def format_seed_count(n: int, lang: str) -> str:
    """How many seeds, in words."""
    return translate_plural("{n} seed", "{n} seeds", n, lang)


def list_scenario_labels(content: dict[str, Any], lang: str) -> dict[str, str]:
    """Names of the territory and of the crises, from their cards."""
    scenario = content["scenario"]
    territory = scenario["territory"]
    crises = [str(card.get(f"label_{lang}") or card["id"]) for card in scenario.get("crises", ())]
    return {"territory": str(territory.get(f"label_{lang}") or territory.get("id", "")),
            "crises": " + ".join(crises) or translate("no crisis", lang)}


def format_return_time(days: np.ndarray, horizons: np.ndarray, lang: str) -> str:
    """Mean days until 80 % of the hit are back, float64[runs] (NaN: nobody hit); or in how many runs they are not."""
    if late := int((days >= horizons).sum()):
        return translate("80% of those hit not back by day {day} in {k} of {n}", lang, k=late, n=len(days),
                         day=format_number(float(horizons.max()), lang))
    if np.isnan(days).all():
        return translate("nobody is hit", lang)
    if not np.nanmax(days):
        return translate("80% of those hit stay above 95% of their functioning", lang)
    return translate("80% of those hit back in {days} days", lang, days=format_number(float(np.nanmean(days)), lang))


def format_baseline(baseline: Arm, seeds: list[int], lang: str) -> str:
    """Without levers: loss, people hit and what each of them loses, their return, people helped by nobody."""
    played = [seed for seed in seeds if seed in baseline.runs]
    loss, per_hit, never, days, not_back = (baseline.values(name, played) for name in (
        "loss", "loss_per_hit", "never_reached", "back_80", "not_back"))
    hit, horizons = (baseline.column(name, played) for name in ("hit", "horizon"))
    return translate("No lever: {loss} {unit} of functioning lost per resident; {hit} people hit by the crisis, {each} "
                     "each; {back}, {share} of them not back when the run ends; {never} whose means do not suffice are "
                     "helped by nobody.", lang, loss=format_significant(float(loss.mean()), lang),
                     unit=format_person_day_unit(loss.mean(), lang), hit=format_number(hit.mean(), lang),
                     each=format_significant(_mean_known(per_hit), lang),
                     back=format_return_time(days, horizons, lang),
                     share=format_percent(_mean_known(not_back), lang, 1), never=format_number(never.mean(), lang))


def _mean_known(values: np.ndarray) -> float:
    """Mean of what is not NaN; NaN for nothing."""
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def compare_with_baseline(baseline: Arm, arm: Arm, outcome: str, seeds: list[int]) -> PairedEffect:
    """One outcome of an arm against the baseline."""
    return compare_outcome(baseline, arm, outcome, seeds)


def format_effect_table(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str, width: int = WIDTH) -> str:
    """Per lever: change in loss, how likely it helps, return of the hit, poorest, isolated, unreached."""
    names = ("lever", "change", "percent", "helps", "back", "not_back", "poorest", "isolated", "unreached")
    rows = []
    for arm, effect in effects:
        poorest, isolated, never, not_back = (
            compare_with_baseline(baseline, arm, name, seeds)
            for name in ("loss_poorest", "loss_isolated", "never_reached", "not_back"))
        rows.append([arm.label[lang], format_estimate(effect.difference, effect.low, effect.high, lang),
                     format_percent(effect.relative, lang, sign=True),
                     format_probability(effect.prob_benefit_next, lang),
                     _format_return_change(baseline, arm, seeds, lang),
                     format_number(100 * not_back.difference, lang, 1, sign=True),
                     format_percent(poorest.relative, lang, sign=True),
                     format_percent(isolated.relative, lang, sign=True),
                     format_number(never.difference, lang, sign=True)])
    heads = [format_summary_head(name, lang) for name in names]
    return format_fixed_width_table(heads, rows, EFFECT_LABEL, most=limit_width(width))


def limit_width(width: int) -> int:
    """Characters that a line of a table may have at this width of the page: any number (0) at the usual one."""
    return width if width < WIDTH else 0


def _format_return_change(baseline: Arm, arm: Arm, seeds: list[int], lang: str) -> str:
    """Change in days until 80 % of the hit are back; in how many runs they are not by the horizon, if in any."""
    played = [seed for seed in seeds if seed in arm.runs]
    days, horizons = arm.values("back_80", played), arm.column("horizon", played)
    if late := int((days >= horizons).sum()):
        return f"{late}/{len(days)} > {format_number(float(horizons.max()), lang)}"
    return format_number(compare_with_baseline(baseline, arm, "back_80", seeds).difference, lang, sign=True)


def format_price_table(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str, width: int = WIDTH) -> str:
    """Per lever: its cost, the price of a person-day saved, and the seeds still needed to settle its sign."""
    rows = []
    for arm, effect in effects:
        middle, low, high = (float(np.nanmean(arm.column(name, seeds))) for name in ("cost", "cost_low", "cost_high"))
        cost = translate("no cost", lang)
        if high > 0:
            cost = f"{format_euros(middle, lang)} [{format_euro_range(low, high, lang)}]"
        price = format_price(estimate_arm_price(baseline, arm, seeds), lang)
        rows.append([arm.label[lang], cost, price, _format_more_seeds(effect, lang)])
    heads = [format_summary_head(name, lang) for name in ("lever", "cost", "price", "seeds")]
    return format_fixed_width_table(heads, rows, most=limit_width(width))


def _format_more_seeds(effect: PairedEffect, lang: str) -> str:
    """How many seeds would settle the sign of an effect; – where it is settled, ? where that cannot be told."""
    if effect.more_seeds > 0:
        return format_number(effect.more_seeds, lang)
    if effect.n < 2:
        return "?"
    return translate("> 10,000", lang) if effect.more_seeds < 0 else NO_VALUE


def format_price(price: PricePerDay, lang: str) -> str:
    """EUR per person-day with its range, or why there is none."""
    if price.status in PRICE_STATES:
        return translate(PRICE_STATES[price.status], lang)
    if price.status == "single":
        return translate("{value} (one seed)", lang, value=format_euros(price.value, lang))
    return f"{format_euros(price.value, lang)} [{format_euro_range(price.low, price.high, lang)}]"


def format_comparison_answer(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str) -> str:
    """Two sentences: which lever lowers losses most, and how sure that is; between them, levers that do harm."""
    if len(seeds) < 2:
        return translate("Only one seed was played: a difference may be luck; play ten or so to conclude.", lang)
    lead = {arm.portfolio for arm in find_leading_arms(baseline, effects, seeds)}
    leading = [(arm, effect) for arm, effect in effects if arm.portfolio in lead]
    loss = float(np.nanmean(baseline.values("loss", seeds)))
    first = _format_leading_effect(leading, loss, count_played_seeds([baseline]), lang)
    harm = [translate("{levers} increases losses.", lang, levers=join_lever_names([arm], lang))
            for arm, effect in effects if effect.low > 0]
    doubtful = [arm for arm, effect in effects if not effect.excludes_zero]
    return " ".join([first, *harm, _format_doubt(doubtful, bool(baseline.seeds_by_set), lang)])


def _format_doubt(doubtful: Sequence[Arm], several_sets: bool, lang: str) -> str:
    """Which effects are not settled, and what the intervals count. several_sets: True for an ensemble."""
    levers = join_lever_names(doubtful, lang)
    if doubtful and several_sets:
        return translate("The effect of {levers} is not settled. The intervals count the model's luck and the doubt "
                         "about its calibrated numbers, not about the others.", lang, levers=levers)
    if doubtful:
        return translate("The effect of {levers} is not settled, and the intervals count only the model's luck, not "
                         "the doubt about its assumed numbers.", lang, levers=levers)
    if several_sets:
        return translate("The intervals count the model's luck and the doubt about its calibrated numbers, not about "
                         "the others: this is an exploration, not a forecast.", lang)
    return translate("The intervals count only the model's luck, not the doubt about its assumed numbers: this is an "
                     "exploration, not a forecast.", lang)


def _format_leading_effect(leading: RankedEffects, loss: float, n: int, lang: str) -> str:
    """What the leading arms save. loss: person-days per resident without levers. n: number of seeds."""
    base = format_significant(loss, lang)
    if not leading:
        return translate("In this model, over {n} seeds, no lever clearly lowers lost functioning ({base} {unit} "
                         "per resident without levers).", lang, n=n, base=base,
                         unit=format_person_day_unit(loss, lang))
    if len(leading) > 1:
        saved = sorted(-effect.difference for _, effect in leading)
        places = decimals_for_error(min((effect.high - effect.low) / 2 for _, effect in leading))
        levers = join_lever_names([arm for arm, _ in leading], lang)
        return translate("In this model, over {n} seeds, {levers} lower lost functioning most and cannot be told "
                         "apart: {low} to {high} {unit} less per resident out of {base}.", lang, n=n,
                         levers=levers, base=base, unit=format_person_day_unit(saved[-1], lang),
                         low=format_number(saved[0], lang, places), high=format_number(saved[-1], lang, places))
    [(arm, effect)] = leading
    places = decimals_for_error((effect.high - effect.low) / 2)
    low, high = format_interval_ends(-effect.high, -effect.low, lang, places)
    return translate("In this model, over {n} seeds, “{lever}” lowers lost functioning most: {value} {unit} "
                     "less per resident out of {base} (95% interval {low} to {high}).", lang, n=n,
                     unit=format_person_day_unit(-effect.difference, lang), lever=arm.label[lang],
                     value=format_number(-effect.difference, lang, places), low=low, high=high, base=base)


def join_lever_names(arms: Sequence[Arm], lang: str) -> str:
    """Quoted names in a row, the last after "and"; beyond MAX_NAMED_LEVERS, the others are counted."""
    names = [translate("“{text}”", lang, text=arm.label[lang]) for arm in arms]
    if len(names) > MAX_NAMED_LEVERS:
        names = [*names[:MAX_NAMED_LEVERS - 1], translate("{n} others", lang, n=len(names) - MAX_NAMED_LEVERS + 1)]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {translate('and', lang)} {names[-1]}"
