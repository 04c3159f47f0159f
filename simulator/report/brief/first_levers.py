"""The levers of the first page: what each changes for whom, what it costs, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import shorten

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.judgement import Judgement
from ...i18n.number_format import (
    decimals_for_size,
    format_euro_range,
    format_euros,
    format_number,
    format_percent,
    format_significant,
)
from ...i18n.texts.verdict_texts import format_verdict
from ...i18n.translation import mark, translate, translate_plural
from ..figures.equity import MIN_GROUP_RESIDENTS
from ..terminal.comparison_summary import compare_with_baseline
from ..terminal.lever_names import join_lever_names
from ..terminal.verdict_summary import UNSETTLED, choose_decimals
from .answer import format_no_crisis_effects
from .case import SEVERAL, Case
from .tables import compare_total_loss, day_decimals, list_payers, mean_costs

SHOWN = 3
"""Levers on the page at most."""
NAME_CHARS, INSIDE_CHARS = 70, 90
"""Characters of a lever's name, and of what a mix of levers holds."""
GROUP_OUTCOMES: dict[str, tuple[tuple[str, str], str]] = {
    "loss_poorest": (("income", "1"), mark("lowest incomes")),
    "loss_isolated": (("isolation_before", "isolated"), mark("isolated people")),
}
"""Outcomes of groups that a lever is read for: the group, and its name in a few words."""
LEAST_PER_CENT, LEAST_SHARE, STANDS_OUT = 0.1, 0.01, 0.25
"""Per cent below which a change has no figure; how much otherwise a group's losses change at least, and as a share."""
VERDICT_ORDER = ("acts", "open", "mixed", "few", "small", "harms")
"""The order of levers on the page."""


@dataclass(frozen=True)
class LeverLine:
    """One lever of the page, in words. inside: what a mix holds, "" where its name says it."""

    name: str
    inside: str
    verdict: str
    effect: str
    whom: str
    cost: str


def select_levers(case: Case) -> list[Arm]:
    """The levers of the page: of a search as it ranks them, else those worth acting on first; with short names."""
    if not case.is_comparable:
        return []
    arms = [arm for arm, _ in case.effects]
    if case.crisis and not case.search:
        arms.sort(key=lambda arm: VERDICT_ORDER.index(arm.judgement.verdict) if arm.judgement else len(VERDICT_ORDER))
    return [replace(arm, label={lang: shorten(name, NAME_CHARS, placeholder=" …") for lang, name in arm.label.items()})
            for arm in arms[:SHOWN]]


def build_lever_lines(case: Case) -> list[LeverLine]:
    """One line for each of the levers of the page."""
    return [_build_line(case, arm) for arm in select_levers(case)]


def _build_line(case: Case, arm: Arm) -> LeverLine:
    lang, one = case.lang, arm.judgement
    verdict, effect, whom = "", "", ""
    if not case.crisis:
        effect = format_no_crisis_effects(case, arm) or translate("no settled difference", lang)
    elif one is not None:
        verdict = format_verdict(one.verdict, lang) if len(case.seeds) >= SEVERAL else ""
        effect, whom = _format_effect(case, arm, one), _format_whom(case, arm, one)
    inside = shorten(arm.lever_list.get(lang, ""), INSIDE_CHARS, placeholder=" …")
    return LeverLine(arm.label[lang], inside, verdict, effect, whom, _format_cost(case, arm))


def _format_cost(case: Case, arm: Arm) -> str:
    """Cost with its range, and who pays."""
    middle, low, high = mean_costs(case, arm)
    if not high > 0:
        return translate("no cost", case.lang)
    cost = translate("{cost} ({range})", case.lang, cost=format_euros(middle, case.lang),
                     range=format_euro_range(low, high, case.lang))
    payers = ", ".join(list_payers(case, arm))
    return translate("{cost}; payer: {payers}", case.lang, cost=cost, payers=payers) if payers else cost


def _format_effect(case: Case, arm: Arm, one: Judgement) -> str:
    """Days, or deaths, that a lever saves, with the range."""
    lang = case.lang
    if one.verdict == "few" or not np.isfinite(one.gain):
        return translate("too few people hit to tell", lang)
    if one.verdict == "small":
        return _format_small(one, lang)
    if one.is_by_deaths:
        effect = translate("expected deaths: {change} of {base}", lang, base=format_significant(one.base_deaths, lang),
                           change=format_number(-one.deaths, lang, max(1, decimals_for_size(one.deaths)), sign=True))
    else:
        effect = _format_days(case, arm, one)
    spread = _format_range(one, lang)
    return translate("{effect} ({range})", lang, effect=effect, range=spread) if spread else effect


def _format_small(one: Judgement, lang: str) -> str:
    """That nothing changes that matters, with the largest change that the interval holds."""
    most = max([abs(end) for end in one.judged_share[1:] if np.isfinite(end)] or [abs(one.judged_share[0])])
    if most < LEAST_PER_CENT:
        return translate("nothing that matters (less than {most})", lang,
                         most=format_percent(LEAST_PER_CENT / 100, lang, 1))
    return translate("nothing that matters ({most} at most)", lang,
                     most=format_percent(most / 100, lang, 0 if most >= 1 else 1))


def _format_days(case: Case, arm: Arm, one: Judgement) -> str:
    change = compare_total_loss(case, arm)
    days = format_number(abs(change.difference), case.lang, day_decimals(change))
    if one.gain >= 0:
        return translate("{days} fewer days lost", case.lang, days=days)
    return translate("{days} more days lost", case.lang, days=days)


def _format_range(one: Judgement, lang: str) -> str:
    """The interval in per cent, the smallest gain first; "" without one."""
    _, low, high = one.judged_share
    if not np.isfinite([low, high]).all():
        return ""
    places = choose_decimals(low, high)
    if low >= 0:
        return translate("{low} to {high} fewer", lang, low=format_percent(low / 100, lang, places),
                         high=format_percent(high / 100, lang, places))
    return translate("{low} to {high}", lang, low=_format_end(low, places, lang), high=_format_end(high, places, lang))


def _format_end(per_cent: float, places: int, lang: str) -> str:
    number = format_percent(abs(per_cent) / 100, lang, places)
    return translate("{share} fewer", lang, share=number) if per_cent >= 0 else translate("{share} more", lang,
                                                                                          share=number)


def _format_whom(case: Case, arm: Arm, one: Judgement) -> str:
    """How many fare better and worse, and groups for which the effect is settled."""
    assert case.baseline is not None
    lang = case.lang
    if not np.isfinite(one.better):
        return "–"
    better, worse = round(one.better), round(one.worse)
    if not better and not worse:
        told = translate("nobody gains or loses a day", lang)
    elif not worse:
        told = _format_better(better, lang)
    else:
        told = translate("{better}, {worse}", lang, better=_format_better(better, lang),
                         worse=translate_plural(
                             "{people} worse", "{people} worse", worse, lang, people=format_significant(worse, lang)))
    if one.verdict in ("small", "few"):
        return told
    groups = []
    for outcome, (group, label) in GROUP_OUTCOMES.items():
        effect = compare_with_baseline(case.baseline, arm, outcome, case.seeds)
        people = min(view.group(*group, "n") for view in case.baseline.runs.values())
        if people >= MIN_GROUP_RESIDENTS and effect.excludes_zero and _stands_out(effect.relative, one.share):
            share = format_percent(effect.relative, lang, 0, True)
            groups.append(translate("{group}: {share}", lang, group=translate(label, lang), share=share))
    return translate("{told}; {groups}", lang, told=told, groups=", ".join(groups)) if groups else told


def _stands_out(relative: float, per_cent_saved: float) -> bool:
    """True if a group's losses change clearly otherwise than those of all."""
    return abs(relative + per_cent_saved / 100) >= max(LEAST_SHARE, STANDS_OUT * abs(per_cent_saved) / 100)


def _format_better(n: int, lang: str) -> str:
    return translate_plural("{people} person fares better by a day or more",
                            "{people} people fare better by a day or more", n, lang,
                            people=format_significant(n, lang))


def format_lever_answer(case: Case) -> str:
    """What the first lever of the page changes, and whether acting is worthwhile: one sentence."""
    lang, arm = case.lang, select_levers(case)[0]
    one = arm.judgement
    name = translate("“{text}”", lang, text=arm.label[lang])
    if len(case.seeds) < SEVERAL or one is None:
        return translate("It was played once only, so that nothing can be said of the levers yet.", lang)
    if one.verdict == "few" or not np.isfinite(one.gain):
        return translate("Too few people are hit to judge the levers.", lang)
    facts = {"lever": name, "effect": _format_effect(case, arm, one)}
    if one.verdict == "acts":
        return translate("With {lever}, {effect}: worth acting on, in this model.", lang, **facts)
    if one.verdict == "mixed":
        return translate("With {lever}, {effect}, but more is lost for good or more people die: no gain.", lang,
                         **facts)
    if one.verdict == "open":
        return translate("With {lever}, {effect}: whether that is enough is not settled yet.", lang, **facts)
    if one.verdict == "small":
        return translate("None of the levers compared changes that enough to matter.", lang)
    return translate("None of the levers compared does better than no lever, and some do harm.", lang)


def list_next_steps(case: Case) -> list[str]:
    """What to do after reading the page."""
    lang, shown = case.lang, select_levers(case)
    steps = []
    if case.crisis and len(case.seeds) >= SEVERAL and case.scenario_count < SEVERAL:
        steps = list(_list_verdict_steps(case, shown))
    elif case.is_comparable and case.crisis and len(case.seeds) < SEVERAL:
        steps = [translate("Have it played ten times or more before concluding.", lang)]
    if not case.is_comparable:
        steps = [translate("Choose levers to compare with doing nothing.", lang)]
    return [*steps, translate("With those who know the place, go through the assumptions of the annex that weigh most; "
                              "have it played again with what they correct.", lang)]


def _list_verdict_steps(case: Case, shown: list[Arm]) -> Iterator[str]:
    """Steps that the verdicts on the levers of the page call for, levers of one verdict together."""
    lang = case.lang
    by_verdict: dict[str, list[Arm]] = {}
    for arm in shown:
        if arm.judgement is not None:
            by_verdict.setdefault(arm.judgement.verdict, []).append(arm)
    if acting := by_verdict.get("acts"):
        yield translate("Prepare {levers}: have the cost and the people needed checked before deciding.", lang,
                        levers=join_lever_names(acting, lang))
    if unsettled := [arm for verdict in UNSETTLED for arm in by_verdict.get(verdict, [])]:
        yield _format_unsettled_step(unsettled, lang)
    if left := [arm for verdict in ("small", "harms", "mixed") for arm in by_verdict.get(verdict, [])]:
        yield translate("Do not count on {levers} for this crisis; there may be other grounds for it.", lang,
                        levers=join_lever_names(left, lang))


def _format_unsettled_step(arms: list[Arm], lang: str) -> str:
    """How many more plays settle it, the most that one of these levers needs."""
    needed = [arm.judgement.more_seeds if arm.judgement is not None else -1 for arm in arms]
    names = join_lever_names(arms, lang)
    if min(needed) <= 0:
        return translate("On {levers}, do not decide from this note: even many more plays might not settle it.", lang,
                         levers=names)
    return translate_plural("Before deciding on {levers}, have it played once more.",
                            "Before deciding on {levers}, have it played {times} times more.", max(needed), lang,
                            levers=names, times=format_number(max(needed), lang))
