"""The sheet of turning values: which few numbers would turn the ranking, and when a null lever would matter."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np

from ...analysis.effects.arms import Arm, map_seeds_to_parameter_sets
from ...analysis.effects.paired_comparison import PairedEffect
from ...analysis.optional_libraries import MissingExtra
from ...analysis.uncertainty.comparison_doubt import choose_ranked_outcome, list_changes
from ...analysis.uncertainty.conditions import MIN_CASES, MatteringConditions, find_mattering_conditions
from ...analysis.uncertainty.played_numbers import VARIANT_PREFIX, list_played_numbers
from ...analysis.uncertainty.surrogate import MIN_R2, MIN_SETS
from ...analysis.uncertainty.turning_values import TurningReport, TurningValue, find_turning_values
from ...i18n.number_format import format_number, format_percent, format_significant
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from ...records.files.run_files import RunTables
from ...scenario.set_of_seed import count_seeds_for_sets
from ..figures.findings import RankedEffects, rank_effects
from .analysis_sheet import AnalysisSheet
from .robustness import format_box_limit

TABLE, WIDTH = "turning", 110
HEADS = ("question", "first", "second", "number", "weight", "value", "low", "high", "first_better", "r2", "surrogate",
         "sets")
MAX_QUESTIONS = 3
"""Levers that are looked at on their own: each takes seconds."""
MATTERS_SHARE = 0.05
"""A lever matters in a set if it cuts the loss there by this share at least: an assumption, to be debated."""


def build_turning_sheet(opened: RunTables, lang: str) -> AnalysisSheet | None:
    """What would turn the ranking, by a surrogate of the runs at hand. None where seeds do not differ in their numbers.

    With too few sets, or without the libraries, the text says so and there are no rows.
    """
    if not map_seeds_to_parameter_sets(opened):
        return None
    baseline, effects, seeds = rank_effects(opened)
    units = [seed for seed in seeds if seed in baseline.runs]
    if len(units) < MIN_SETS:
        text = translate("Which numbers would turn this answer is not told by these runs: {n} plausible sets were "
                         "played, {least} are needed at least (seeds={seeds}).", lang, n=len(units), least=MIN_SETS,
                         seeds=count_seeds_for_sets(MIN_SETS))
        return AnalysisSheet(TABLE, fill(insert_nbsp(text), WIDTH) + "\n", HEADS, [])
    try:
        texts, rows = _answer_questions(opened, baseline, effects, units, lang)
    except MissingExtra as problem:
        texts, rows = [problem.args[0].in_language(lang)], []
    return AnalysisSheet(TABLE, "\n\n".join(fill(insert_nbsp(text), WIDTH) for text in texts) + "\n", HEADS, rows)


def _answer_questions(opened: RunTables, baseline: Arm, effects: RankedEffects, units: list[int],
                      lang: str) -> tuple[list[str], list[list[object]]]:
    """(texts, rows): the leader against the next, levers against doing nothing, conditions of levers that look null."""
    changes = list_changes(baseline, [arm for arm, _ in effects], units)
    numbers = list_played_numbers(opened, baseline, units)
    texts, rows = list[str](), list[list[object]]()
    refused = list[tuple[str, TurningReport]]()
    for first, second in _list_pairs(effects, changes):
        gap = changes[first.portfolio] - (changes[second.portfolio] if second else 0.0)
        report = find_turning_values(numbers, gap)
        rows += [_build_row(first, second, one, report) for one in report.numbers]
        if report.is_told:
            texts.append(format_turning(first, second, report, lang))
        else:
            refused.append((_name_question(first, second, lang), report))
    texts += format_refused(refused, lang)
    without = baseline.values(choose_ranked_outcome([arm for arm, _ in effects]), units)
    for arm in list_null_arms(effects):
        known = np.isfinite(changes[arm.portfolio])
        matters = changes[arm.portfolio][known] <= -MATTERS_SHARE * without[known]
        found = find_mattering_conditions({name: values[known] for name, values in numbers.items()}, matters)
        texts.append(format_conditions(arm, found, lang))
        for limit in found.box.limits if found.box else ():
            rows.append(["matters", "+".join(arm.levers), "", limit.name, float("nan"), float("nan"), limit.low,
                         limit.high, "", found.held_out_density, "box", found.sets])
    return texts, rows


def _list_pairs(effects: RankedEffects, changes: dict[str, np.ndarray]) -> list[tuple[Arm, Arm | None]]:
    """The best arm and the next; then arms of which some sets say that they help and others that they do not."""
    arms = [arm for arm, _ in effects]
    pairs: list[tuple[Arm, Arm | None]] = [(arms[0], arms[1])] if len(arms) > 1 else []
    helps = {arm.portfolio: float(np.mean(changes[arm.portfolio] < 0)) for arm in arms}
    mixed = [arm for arm in arms if MATTERS_SHARE < helps[arm.portfolio] < 1 - MATTERS_SHARE]
    return pairs + [(arm, None) for arm in (mixed or arms[:1])[:MAX_QUESTIONS]]


def list_null_arms(effects: RankedEffects) -> list[Arm]:
    """Arms whose effect cannot be told from none, or whose mean is small: MAX_QUESTIONS at most."""
    def is_null(effect: PairedEffect) -> bool:
        return not effect.excludes_zero or abs(effect.relative) < MATTERS_SHARE

    return [arm for arm, effect in effects if is_null(effect)][:MAX_QUESTIONS]


def _name_question(first: Arm, second: Arm | None, lang: str) -> str:
    """The two arms between which a number might turn the answer."""
    if second is None:
        return translate("“{lever}” or nothing", lang, lever=first.label[lang])
    return translate("“{lever}” or “{other}”", lang, lever=first.label[lang], other=second.label[lang])


def format_refused(refused: Sequence[tuple[str, TurningReport]], lang: str) -> list[str]:
    """One text on the questions that these runs do not answer, and what would; none without any."""
    if not refused:
        return []
    best = max((report for _, report in refused), key=lambda report: report.r2)
    return [translate("{question}: which numbers would turn the answer is not told by these runs: a surrogate over "
                      "{n} sets explains {r2} of the variance of sets left out, {least} are needed; {needed}.", lang,
                      question="; ".join(name for name, _ in refused), n=best.sets, r2=_format_r2(best.r2, lang),
                      least=format_percent(MIN_R2, lang), needed=_format_needed(best, lang))]


def format_turning(first: Arm, second: Arm | None, report: TurningReport, lang: str) -> str:
    """Which numbers turn the gap between two arms (or an arm and doing nothing), from which value on.

    report: one that tells.
    """
    versus = _name_question(first, second, lang)
    turning = [one for one in report.numbers if one.turns]
    told = translate("{question} (surrogate over {n} sets, which explains {r2} of the variance of sets left out)", lang,
                     question=versus, n=report.sets, r2=_format_r2(report.r2, lang))
    if not turning:
        names = ", ".join(one.name for one in report.numbers)
        return translate("{question}: no single number turns the answer within the values played; most weight: "
                         "{names}.", lang, question=told, names=names)
    parts = "; ".join(_format_turning_value(one, first, second, lang) for one in turning)
    return translate("{question}: {parts}.", lang, question=told, parts=parts)


def _format_turning_value(one: TurningValue, first: Arm, second: Arm | None, lang: str) -> str:
    """“Outreach” does better from model.asking.ask = 0.62 on (0.58 to 0.66)."""
    other = second.label[lang] if second else ""
    if one.name.startswith(VARIANT_PREFIX):
        better = first.label[lang] if one.first_above else other or translate("nothing", lang)
        return translate("“{lever}” does better with {name}", lang, lever=better, name=one.name)
    value, low, high = (format_significant(end, lang) for end in (one.value, one.low, one.high))
    if one.first_above:
        return translate("“{lever}” pays from {name} = {value} on ({low} to {high})", lang, lever=first.label[lang],
                         name=one.name, value=value, low=low, high=high)
    return translate("“{lever}” pays up to {name} = {value} ({low} to {high})", lang, lever=first.label[lang],
                     name=one.name, value=value, low=low, high=high)


def _format_needed(report: TurningReport, lang: str) -> str:
    if report.needed:
        return translate("about {n} sets would be needed (seeds={seeds})", lang, n=format_number(report.needed, lang),
                         seeds=count_seeds_for_sets(report.needed))
    return translate("more sets alone would hardly do: luck outweighs numbers here, so play a larger territory", lang)


def _format_r2(r2: float, lang: str) -> str:
    return format_percent(max(0.0, r2), lang)


def format_conditions(arm: Arm, found: MatteringConditions, lang: str) -> str:
    """When a lever that looks null would matter."""
    lever, share = arm.label[lang], format_percent(MATTERS_SHARE, lang)
    counts = translate("“{lever}” cuts losses by {share} or more in {k} of {n} sets", lang, lever=lever, share=share,
                       k=found.cases, n=found.sets)
    if not found.is_told:
        return translate("{counts}: too few of one kind (below {least}) to tell when it matters.", lang, counts=counts,
                         least=MIN_CASES)
    if found.box is None:
        return translate("{counts}: no condition on numbers found that holds in sets left out.", lang, counts=counts)
    where = f" {translate('and', lang)} ".join(format_box_limit(limit, lang) for limit in found.box.limits)
    return translate("{counts}, above all where {where}: there it does so in {density} of the sets, {held} of those "
                     "left out of the search.", lang, counts=counts, where=where,
                     held=format_percent(found.held_out_density, lang), density=format_percent(found.box.density, lang))


def _build_row(first: Arm, second: Arm | None, one: TurningValue, report: TurningReport) -> list[object]:
    side = "above" if one.first_above else "below"
    return ["turns" if one.turns else "weighs", "+".join(first.levers), "+".join(second.levers) if second else "",
            one.name, one.weight, one.value, one.low, one.high, side, report.r2, report.kind, report.sets]
