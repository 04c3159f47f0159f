"""The answer of a brief: two sentences with their uncertainty in plain words, and notices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.study_outcomes import NO_LEVERS_ARM
from ...i18n.number_format import (
    format_euros,
    format_interval_ends,
    format_number,
    format_percent,
    format_probability,
    format_significant,
)
from ...i18n.texts.brief_labels import get_brief_label
from ...i18n.translation import translate, translate_plural
from ..evidence_grades import compute_assumed_share, count_evidence_grades
from ..terminal.lever_names import join_lever_names
from ..terminal.verdict_sentences import format_verdicts
from .case import SEVERAL, Case
from .parts import format_no_crisis_uncertainty
from .tables import (
    NO_CRISIS_MEASURES,
    compare_no_crisis_measure,
    compare_total_loss,
    day_decimals,
    format_days,
    format_no_crisis_change,
    percent_decimals,
)

FEW_DRAWS = 6
"""Below this number of draws a brief says that they are few."""
LOW, HIGH = 10, 90
"""Percentiles between which eight cases out of ten lie."""


def format_brief_answer(case: Case) -> list[str]:
    """What was found, one sentence a lever where levers are judged, and how sure that is."""
    if not case.is_comparable:
        return [_format_uncompared(case)]
    if not case.crisis:
        return [translate("In this model, without a crisis, levers are judged by everyday life: ties, membership, "
                          "isolation. {found}", case.lang, found=_format_no_crisis_findings(case)),
                format_no_crisis_uncertainty(case, format_assumed_share(case))]
    if len(case.seeds) < SEVERAL:
        return [translate("Only one draw was played: differences between levers may be luck, and this note draws "
                          "no conclusion.", case.lang), _format_uncertainty(case)]
    if case.search:
        return [_format_search_result(case), _format_uncertainty(case)]
    if case.scenario_count >= SEVERAL:
        return [_format_across_scenarios(case), _format_uncertainty(case)]
    assert case.baseline is not None
    return [*format_verdicts(case.baseline, [arm for arm, _ in case.effects], case.lang, options=False),
            _format_uncertainty(case, sure=len(case.leading_arms) == 1)]


def format_assumed_share(case: Case) -> str:
    """Share of the numbers that are assumptions, as a percentage."""
    return format_percent(compute_assumed_share(count_evidence_grades(case.content, case.cards("levers"))), case.lang)


def _format_uncertainty(case: Case, sure: bool = False) -> str:
    lang, assumed = case.lang, format_assumed_share(case)
    if not sure and case.parameter_sets:
        return translate("These ranges count the model's luck and the doubt about its calibrated numbers, not about "
                         "the others: {assumed} of its numbers are assumptions.", lang, assumed=assumed)
    if not sure:
        return translate("These ranges count only the model's luck: {assumed} of its numbers are assumptions, and "
                         "other assumptions could change the answer.", lang, assumed=assumed)
    effect = {arm.portfolio: effect for arm, effect in case.effects}[case.leading_arms[0].portfolio]
    chance = _format_times_in_hundred(effect.prob_benefit_next, lang)
    if case.parameter_sets:
        return translate("One more set of numbers would point the same way {chance} times in a hundred. These ranges "
                         "count the model's luck and the doubt about its calibrated numbers, not about the others: "
                         "{assumed} of its numbers are assumptions.", lang, assumed=assumed, chance=chance)
    return translate("One more draw would point the same way {chance} times in a hundred, but these ranges count only "
                     "the model's luck: {assumed} of its numbers are assumptions, and other assumptions would give "
                     "other differences.", lang, assumed=assumed, chance=chance)


def _format_times_in_hundred(probability: float, lang: str) -> str:
    """A probability as so many times in a hundred, never 0 or 100."""
    return format_number(min(99.0, max(1.0, 100 * probability)), lang)


def _format_no_crisis_findings(case: Case) -> str:
    """Which levers change everyday life, beyond doubt, and which measures of it."""
    lang = case.lang
    parts = [f"{join_lever_names([arm], lang)} ({found})" for arm, _ in case.effects
             if (found := format_no_crisis_effects(case, arm))]
    if parts:
        return translate("Settled differences from no lever: {parts}.", lang, parts="; ".join(parts))
    return translate("No difference from no lever is settled.", lang)


def format_no_crisis_effects(case: Case, arm: Arm) -> str:
    """The measures of everyday life that a lever changes beyond doubt, with the change; "" for none."""
    assert case.baseline is not None
    lang = case.lang
    changes = [(get_brief_label(name, lang).lower(), compare_no_crisis_measure(case.baseline, arm, name))
               for name in NO_CRISIS_MEASURES]
    return ", ".join(f"{label} {format_no_crisis_change(effect, lang)}" for label, effect in changes
                     if effect.excludes_zero and effect.difference)


def format_baseline_loss(case: Case) -> str:
    """Mean loss of the whole territory without levers, or in the only arm."""
    arm = case.baseline or case.arms[0]
    return format_significant(float(np.nanmean(arm.values("loss_total", case.seeds))), case.lang)


def _format_search_result(case: Case) -> str:
    """What the search found within its budget, judged by draws that had no part in finding it."""
    search, lang, lead = case.search, case.lang, case.leading_arms
    assert search is not None
    limits = {"budget": format_euros(search.budget, lang), "tried": format_number(search.evaluated_count, lang)}
    if not lead:
        return translate("With {budget} a year, none of the {tried} mixes tried does better than no lever.", lang,
                         **limits)
    result = _format_across_scenarios(case) if case.scenario_count >= SEVERAL else _format_search_effect(case)
    judged = translate("On the draws that served to choose it, so somewhat flattered", lang)
    if fresh := len(search.fresh_seeds):
        judged = translate_plural("On a draw that had no part in choosing it",
                                  "On {n} draws that had no part in choosing it", fresh, lang)
    facts = {"lever": case.best_arm.label[lang], "judged": judged, "told": result, **limits}
    if len(lead) == 1:
        return translate("With {budget} a year, of {tried} mixes tried, none beats “{lever}” in losses, the gap "
                         "between incomes and the worst scenarios. {judged}: {told}", lang, **facts)
    return translate("With {budget} a year, of {tried} mixes tried, {n} are beaten by no other in losses, the gap "
                     "between incomes and the worst scenarios; “{lever}” lowers losses most. {judged}: {told}", lang,
                     n=len(lead), **facts)


def _format_search_effect(case: Case) -> str:
    """The effect of the best portfolio of a search, with its interval."""
    lang, change = case.lang, compare_total_loss(case, case.best_arm)
    low, high = format_interval_ends(-change.high, -change.low, lang, day_decimals(change))
    return translate("{share} fewer days of normal life lost, {days} out of {base} (95% range: {low} to {high}).",
                     lang, base=format_matched_baseline_loss(case), low=low, high=high,
                     share=format_percent(-change.relative, lang, percent_decimals(change.relative)),
                     days=format_days(change, lang, sign=False).lstrip("−"))


def format_matched_baseline_loss(case: Case) -> str:
    """Mean loss without levers, over the draws with which the best portfolio was judged."""
    assert case.baseline is not None
    seeds = [seed for seed in case.best_arm.runs if seed in case.baseline.runs]
    return format_significant(float(np.nanmean(case.baseline.values("loss_total", seeds))), case.lang)


def _format_across_scenarios(case: Case) -> str:
    """In which share of the cases the best lever lowers losses, and between what two percentages."""
    results, lang, arm = case.outcomes, case.lang, case.outcome_key(case.best_arm)
    assert results is not None
    change, base = results.change("loss", arm), results.values("loss", NO_LEVERS_ARM)
    known = np.isfinite(change) & (base > 0)
    avoided = -(change[known] / base[known])
    low, high = (float(end) for end in np.percentile(avoided, [LOW, HIGH]))
    return translate("Over {cases} cases played ({points} scenarios, {n} draws), “{lever}” does better than no "
                     "lever in {share} of the cases; the gain lies between {low} and {high} in eight cases out of "
                     "ten.", lang, cases=format_number(known.sum(), lang), points=results.points, n=len(results.seeds),
                     lever=case.best_arm.label[lang], share=format_probability(float((avoided > 0).mean()), lang),
                     low=format_percent(low, lang, percent_decimals(low)),
                     high=format_percent(high, lang, percent_decimals(high)))


def _format_uncompared(case: Case) -> str:
    """Where nothing is compared: what the runs show."""
    arm, lang = case.baseline or case.arms[0], case.lang
    if not case.crisis:
        return translate("Without a crisis and without a comparison, this note only describes everyday life in the "
                         "model. It does not say which lever helps.", lang)
    lost = arm.values("loss_total", case.seeds)
    spread = translate("a single draw, which may be luck", lang)
    if len(case.seeds) >= SEVERAL:
        low, high = (format_significant(float(end), lang) for end in (lost.min(), lost.max()))
        spread = translate("between {low} and {high} depending on the draw", lang, low=low, high=high)
    name = arm.label[lang].lower()
    if arm.levers:
        name = translate("with {levers}", lang, levers=join_lever_names([arm], lang))
    return translate("In this model, {arm}, residents lose {base} days of normal life ({spread}). Nothing is "
                     "compared here: this note does not say which lever helps.", lang, arm=name,
                     base=format_baseline_loss(case), spread=spread)


def list_notices(case: Case) -> Iterator[str]:
    """What a reader must know before trusting the answer."""
    lang, count = case.lang, case.run_counts
    total = format_number(sum(count.values()), lang)
    if count["failed"]:
        yield translate("{failed} of {all} runs could not be played: the comparison is over the others.", lang,
                        failed=format_number(count["failed"], lang), all=total)
    if count["missing"]:
        yield translate("{missing} of {all} runs are still to be played: the answer may still change.", lang,
                        missing=format_number(count["missing"], lang), all=total)
    if case.scenario_count >= SEVERAL:
        yield translate("Curves, groups and maps show one scenario out of {points}, the one whose losses without "
                        "levers lie in the middle; “What the answer leans on” compares them all.", lang,
                        points=case.scenario_count)
    draws = len(case.best_arm.runs) if case.search and case.effects else len(case.seeds)
    if case.is_comparable and 1 < draws < FEW_DRAWS and case.parameter_sets:
        yield translate("Few sets of numbers: {n}. Intervals are wide and may move; ten or so would be safer.", lang,
                        n=draws)
    elif case.is_comparable and 1 < draws < FEW_DRAWS:
        yield translate("Few draws: {n}. Intervals are wide and may move; ten or so would be safer.", lang, n=draws)
    if case.is_comparable and case.crisis:
        yield from _list_effect_notices(case)


def _list_effect_notices(case: Case) -> Iterator[str]:
    """Levers that do harm, where the answer does not judge each lever."""
    harmful = [arm for arm, _ in case.effects if arm.judgement is not None and arm.judgement.verdict == "harms"]
    if harmful and (case.search or case.scenario_count >= SEVERAL):
        yield translate("“{levers}” increases losses.", case.lang, levers=join_lever_names(harmful, case.lang))
