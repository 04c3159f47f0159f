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
    format_estimate,
    format_euro_range,
    format_euros,
    format_number,
    format_percent,
    format_probability,
    format_significant,
)
from ...i18n.texts.summary_texts import PRICE_STATES, format_person_day_unit, format_summary_head
from ...i18n.translation import translate, translate_plural
from ...records.files.run_files import RunTables
from ..figures.findings import RankedEffects, rank_effects
from .crisis_dates import format_crises
from .crisis_recovery import format_crisis_recovery
from .lever_names import join_lever_names
from .text_table import format_fixed_width_table
from .verdict_sentences import fill_sentences, format_arm_differences, format_death_effects, format_verdicts
from .verdict_summary import UNSETTLED, format_verdict_table

WIDTH = 110
"""Characters a line of text."""
EFFECT_LABEL = 22
"""Characters a line of a lever's name in the table of effects, which has nine columns."""


TEN = 10
"""Below so many days, one decimal is shown."""


def format_comparison(opened: RunTables, lang: str, width: int = WIDTH) -> str:
    """Levers against none: effects, for whom, at what price, and the answer in words. ValueError without a baseline."""
    baseline, effects, seeds = rank_effects(opened)
    labels = list_scenario_labels(baseline.content(opened), lang)
    played = format_seed_count(count_played_seeds([baseline]), lang)
    parts = [translate("{territory} · {crises} · {seeds}", lang, seeds=played, **labels),
             fill(format_baseline(baseline, seeds, lang), width),
             format_verdict_table(baseline, [arm for arm, _ in effects], opened, lang, limit_width(width)),
             format_effect_table(baseline, effects, seeds, lang, width),
             *format_crisis_recovery([baseline, *(arm for arm, _ in effects)], opened, lang, width, limit_width(width)),
             format_price_table(baseline, effects, seeds, lang, width),
             *format_portfolio_contents(effects, lang, width),
             fill_sentences(list_answer_sentences(baseline, effects, opened, lang), width),
             fill(translate("Verdict: on days saved per person hit, over the same people in every arm; its interval "
                            "holds for all levers at once. Better/worse: people who lose a person-day or more less, "
                            "or more. Meant for: share of the losses of the group a lever targets that it saves. "
                            "Loss: person-days of functioning lost per resident. Helps (prob.): probability that "
                            "one more seed shows less loss. Sooner: days sooner back, mean of all hit; who is not back "
                            "when the run ends counts its whole length. 80% back: change in days until 80% of those "
                            "hit are back at 95% of functioning for good; not back: change in those who are not "
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
    """Names of the territory and of the crises, from their cards; dates too where there are several crises."""
    scenario = content["scenario"]
    territory = scenario["territory"]
    return {"territory": str(territory.get(f"label_{lang}") or territory.get("id", "")),
            "crises": format_crises(scenario.get("crises", ()), lang)}


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
    loss, per_hit, never, not_back = (baseline.values(name, played) for name in (
        "loss", "loss_per_hit", "never_reached", "not_back"))
    hit, horizons, days = (baseline.column(name, played) for name in ("hit", "clock", "back_80"))
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
    names = ("lever", "change", "helps", "sooner", "back", "not_back", "poorest", "isolated", "unreached")
    rows = []
    for arm, effect in effects:
        poorest, isolated, never, not_back = (
            compare_with_baseline(baseline, arm, name, seeds)
            for name in ("loss_poorest", "loss_isolated", "never_reached", "not_back"))
        rows.append([arm.label[lang], format_estimate(effect.difference, effect.low, effect.high, lang),
                     format_probability(effect.prob_benefit_next, lang),
                     _format_days_sooner(arm, lang), _format_return_change(baseline, arm, seeds, lang),
                     format_number(100 * not_back.difference, lang, 1, sign=True),
                     format_percent(poorest.relative, lang, sign=True),
                     format_percent(isolated.relative, lang, sign=True),
                     format_number(never.difference, lang, sign=True)])
    heads = [format_summary_head(name, lang) for name in names]
    return format_fixed_width_table(heads, rows, EFFECT_LABEL, most=limit_width(width))


def limit_width(width: int) -> int:
    """Characters that a line of a table may have at this width of the page: any number (0) at the usual one."""
    return width if width < WIDTH else 0


def _format_days_sooner(arm: Arm, lang: str) -> str:
    """How many days sooner the hit are back, mean of all of them: who is not back counts the horizon."""
    days = arm.judgement.days if arm.judgement else float("nan")
    return format_number(days, lang, int(abs(days) < TEN), sign=True)


def _format_return_change(baseline: Arm, arm: Arm, seeds: list[int], lang: str) -> str:
    """Change in days until 80 % of the hit are back, over the seeds in which both arms reach it, if these are most.

    Else in how many seeds they are not back by the horizon.
    """
    played = [seed for seed in seeds if seed in arm.runs]
    days, horizons = arm.column("back_80", played), arm.column("clock", played)
    effect = compare_with_baseline(baseline, arm, "back_80", seeds)
    if not effect.n and (late := int((days >= horizons).sum())):
        return f"{late}/{len(days)} > {format_number(float(horizons.max()), lang)}"
    told = format_number(effect.difference, lang, sign=True)
    return told if effect.n in (0, len(played)) else f"{told} ({effect.n}/{len(played)})"


def format_price_table(baseline: Arm, effects: RankedEffects, seeds: list[int], lang: str, width: int = WIDTH) -> str:
    """Per lever: its cost and the price of a person-day saved."""
    rows = []
    for arm, _ in effects:
        middle, low, high = (float(np.nanmean(arm.column(name, seeds))) for name in ("cost", "cost_low", "cost_high"))
        cost = translate("no cost", lang)
        if high > 0:
            cost = f"{format_euros(middle, lang)} [{format_euro_range(low, high, lang)}]"
        price = format_price(estimate_arm_price(baseline, arm, seeds), lang)
        rows.append([arm.label[lang], cost, price])
    heads = [format_summary_head(name, lang) for name in ("lever", "cost", "price")]
    return format_fixed_width_table(heads, rows, most=limit_width(width))


def format_price(price: PricePerDay, lang: str) -> str:
    """EUR per person-day with its range, or why there is none."""
    if price.status in PRICE_STATES:
        return translate(PRICE_STATES[price.status], lang)
    if price.status == "single":
        return translate("{value} (one seed)", lang, value=format_euros(price.value, lang))
    return f"{format_euros(price.value, lang)} [{format_euro_range(price.low, price.high, lang)}]"


def list_answer_sentences(baseline: Arm, effects: RankedEffects, opened: RunTables, lang: str,
                          options: bool = True) -> list[str]:
    """What to make of the levers, deaths first in a heat wave, and what the intervals count. One sentence of one seed.

    options: as for `format_verdicts`.
    """
    arms = [arm for arm, _ in effects]
    if count_played_seeds([baseline]) < 2:
        return [translate("Only one seed was played: a difference may be luck; play ten or so to conclude.", lang)]
    doubtful = [arm for arm in arms if arm.judgement is not None and arm.judgement.verdict in UNSETTLED]
    return [*format_death_effects(baseline, arms, lang), *format_verdicts(baseline, arms, lang, options),
            *format_arm_differences(arms, opened, lang),
            _format_doubt(doubtful, bool(baseline.seeds_by_set), lang)]


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
