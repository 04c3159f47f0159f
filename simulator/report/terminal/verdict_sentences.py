"""What to make of the levers of a comparison, in words: deaths, verdicts, levers against one another."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm, list_observation_seeds
from ...analysis.effects.judgement import Judgement, judge_arm_differences
from ...analysis.effects.paired_outcomes import compare_outcome
from ...analysis.effects.verdict import MIN_HIT, parse_threshold
from ...i18n.number_format import (
    format_estimate,
    format_euros,
    format_number,
    format_significant,
)
from ...i18n.texts.verdict_texts import format_threshold
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from .lever_names import join_lever_names
from .verdict_summary import choose_decimals, format_seeds_needed, format_value_and_range, list_judged

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables

MAX_TOLD = 3
"""Largest number of levers, or of pairs of levers, that get a sentence each."""
LEAST_EUROS = 1_000.0
"""Smaller differences of cost, over a whole run, count as none."""
LEAST_DEATHS = 0.05
"""Expected deaths from which they are told of."""


def format_death_effects(baseline: Arm, arms: Sequence[Arm], lang: str) -> list[str]:
    """Expected deaths without levers and what each of the first levers changes, where there are any to tell of."""
    seeds = list_observation_seeds([baseline])
    expected = baseline.values("deaths_expected", seeds)
    if not np.nanmean(expected) >= LEAST_DEATHS:
        return []
    changes = []
    for arm in arms[:MAX_TOLD]:
        effect = compare_outcome(baseline, arm, "deaths_expected", seeds)
        changes.append(translate("“{lever}” {change}", lang, lever=arm.label[lang],
                                 change=format_estimate(effect.difference, effect.low, effect.high, lang)))
    return [translate("Deaths first: {deaths} expected beyond the usual without levers; {changes}.", lang,
                      deaths=format_significant(float(np.nanmean(expected)), lang), changes=", ".join(changes))]


def format_verdicts(baseline: Arm, arms: Sequence[Arm], lang: str, options: bool = True) -> list[str]:
    """What to make of the levers, one sentence each, and the rule by which they are judged.

    options: name the option of the command line that moves the threshold, as readers at a terminal need.
    """
    judged = list_judged(arms)
    if not judged:
        return []
    known = [pair for pair in judged if np.isfinite(pair[1].gain)]
    out: list[str] = []
    for verdict, tell in (("acts", _tell_gain), ("mixed", _tell_mixed), ("harms", _tell_harm)):
        out += [tell(arm, one, lang) for arm, one in known if one.verdict == verdict]
    out += _tell_open([pair for pair in known if pair[1].verdict == "open"], lang)
    out += _tell_small([pair for pair in known if pair[1].verdict == "small"], lang)
    out += _tell_few([pair for pair in judged if pair[1].verdict == "few"], lang)
    return [*out, _format_rule(baseline, judged[0][1], lang, options), *_tell_changed_hit(judged, lang)]


def _tell_changed_hit(judged: Sequence[tuple[Arm, Judgement]], lang: str) -> list[str]:
    """That who is hit differs between the arms, where it does."""
    if all(one.is_fixed for _, one in judged):
        return []
    return [translate("Some levers change who is hit: whoever is hit in any of these arms counts in all of them.",
                      lang)]


def _format_rule(baseline: Arm, one: Judgement, lang: str, options: bool) -> str:
    """By what, and from which difference on, levers are judged."""
    option = translate(": {setting}", lang, setting=f"worth={one.threshold}") if options else ""
    horizon = int(next(iter(baseline.runs.values())).run["horizon"])
    if one.is_by_deaths:
        return translate("In this model levers are judged by expected deaths up to day {day}: the people hit lose next "
                         "to nothing else ({base} days each). Acting counts as worthwhile from {worth}% of them (an "
                         "assumption, yours to move{option}).", lang, day=format_number(horizon, lang),
                         base=format_significant(one.base, lang), worth=format_number(one.threshold.amount, lang, 1),
                         option=option)
    return translate("In this model levers are judged by what the people hit lose up to day {day}. Acting counts as "
                     "worthwhile from {worth} (an assumption, yours to move{option}).", lang,
                     day=format_number(horizon, lang), option=option,
                     worth=format_threshold(one.threshold.amount, one.threshold.unit, lang))


def _list_facts(arm: Arm, one: Judgement, lang: str) -> dict[str, str]:
    """What the sentences tell of an arm."""
    places = choose_decimals(one.low, one.high)
    share, low, high = one.judged_share
    percents = choose_decimals(low, high)
    return {"lever": arm.label[lang], "gain": format_number(abs(one.gain), lang, places),
            "base": format_number(one.base, lang, places), "share": format_number(abs(share), lang, percents),
            "what": _name_measure(one, lang), "deaths": format_significant(abs(one.deaths), lang),
            "base_deaths": format_significant(one.base_deaths, lang),
            "low": format_number(low, lang, percents), "high": format_number(high, lang, percents),
            "better": format_number(one.better, lang), "worse": format_number(one.worse, lang),
            "each": format_number(one.better_each, lang, 1)}


def _name_measure(one: Judgement, lang: str) -> str:
    """By what a lever is judged, after a per cent."""
    if one.is_by_deaths:
        return translate("of expected deaths", lang)
    return translate("of what the people hit lose", lang)


def _tell_gain(arm: Arm, one: Judgement, lang: str) -> str:
    if one.is_by_deaths:
        return translate("Act: “{lever}” averts {deaths} of {base_deaths} expected deaths ({share}%; 95% interval "
                         "{low} to {high}%).", lang, **_list_facts(arm, one, lang))
    return translate("Act: “{lever}” saves {gain} of the {base} days that each person hit loses ({share}%; 95% "
                     "interval {low} to {high}%). {better} people fare better by a day or more, by {each} days each; "
                     "{worse} fare worse.", lang, **_list_facts(arm, one, lang))


def _tell_mixed(arm: Arm, one: Judgement, lang: str) -> str:
    lost = format_number(100 * one.permanent, lang, 2, sign=True)
    return translate("Mixed: with “{lever}” each person hit loses {gain} fewer days of {base}, but more is lost for "
                     "good ({lost} points of functioning) or more people die: no gain.", lang, lost=lost,
                     **_list_facts(arm, one, lang))


def _tell_harm(arm: Arm, one: Judgement, lang: str) -> str:
    if one.is_by_deaths:
        return translate("“{lever}” does harm: {deaths} more expected deaths, on top of {base_deaths} ({share}%).",
                         lang, **_list_facts(arm, one, lang))
    return translate("“{lever}” increases losses: {gain} days more for each person hit, on top of {base} ({share}%).",
                     lang, **_list_facts(arm, one, lang))


def _tell_small(judged: Sequence[tuple[Arm, Judgement]], lang: str) -> list[str]:
    if not judged:
        return []
    most = max(max(map(abs, one.judged_share[1:])) for _, one in judged)
    return [translate("Too small to matter: {levers}; at most {most}% {what}.", lang,
                      levers=join_lever_names([arm for arm, _ in judged], lang), most=format_significant(most, lang),
                      what=_name_measure(judged[0][1], lang))]


def _tell_open(judged: Sequence[tuple[Arm, Judgement]], lang: str) -> list[str]:
    out = []
    for arm, one in judged[:MAX_TOLD]:
        facts = {**_list_facts(arm, one, lang), "seeds": format_seeds_needed(one, lang)}
        if not np.isfinite(one.low):
            out.append(translate("Not known yet: “{lever}”; one seed says nothing of luck.", lang, **facts))
        elif one.judged_share[1] > 0:
            out.append(translate("“{lever}” saves {low} to {high}% {what}: whether that is enough is not known yet "
                                 "(seeds still needed: {seeds}).", lang, **facts))
        else:
            out.append(translate("Not known yet: “{lever}” may save from {low} to {high}% {what} (seeds still "
                                 "needed: {seeds}).", lang, **facts))
    if others := [arm for arm, _ in judged[MAX_TOLD:]]:
        out.append(translate("Not known yet either: {levers}.", lang, levers=join_lever_names(others, lang)))
    return out


def _tell_few(judged: Sequence[tuple[Arm, Judgement]], lang: str) -> list[str]:
    if not judged:
        return []
    hit = judged[0][1].hit
    if not hit:
        return [translate("Nobody is hit: nothing to judge.", lang)]
    return [translate("Too few hit to judge {levers}: {hit} people over all seeds; from {least} on, something can be "
                      "said (seeds still needed: {seeds}).", lang, hit=format_number(hit, lang), least=MIN_HIT,
                      levers=join_lever_names([arm for arm, _ in judged], lang),
                      seeds=format_seeds_needed(judged[0][1], lang))]


def format_arm_differences(arms: Sequence[Arm], opened: RunTables, lang: str) -> list[str]:
    """The first lever against the next ones: what the dearer adds to the cheaper, one sentence a pair."""
    judged = [arm for arm, one in list_judged(arms) if one.verdict != "few" and np.isfinite(one.gain)
              and not one.is_by_deaths]
    if len(judged) < 2:
        return []
    by_pair = {(one.portfolio, one.versus): one
               for one in judge_arm_differences(judged, opened, parse_threshold(opened.worth))}
    return [_tell_difference(judged[0], other, by_pair[judged[0].portfolio, other.portfolio], lang)
            for other in judged[1:MAX_TOLD + 1]]


def _tell_difference(arm: Arm, other: Arm, one: Judgement, lang: str) -> str:
    """What the dearer of two levers adds. one: of the first against the second."""
    cost, other_cost = (float(np.nanmean([float(view.run["cost"]) for view in each.runs.values()]))
                        for each in (arm, other))
    is_dearer = cost >= other_cost
    dearer, cheaper, sign = (arm, other, 1) if is_dearer else (other, arm, -1)
    facts = {"dearer": dearer.label[lang], "cheaper": cheaper.label[lang],
             "price": _format_extra_cost(abs(cost - other_cost), lang), "gain": _format_turned_gain(one, sign, lang),
             "seeds": format_seeds_needed(one, lang)}
    if one.verdict == "open":
        return translate("“{dearer}” and “{cheaper}” cannot be told apart yet: {gain} days per person hit, {price} "
                         "(seeds still needed: {seeds}).", lang, **facts)
    if one.verdict == "small" or not np.isfinite(one.low):
        return translate("“{dearer}” adds nothing that matters to “{cheaper}” ({gain} days per person hit), "
                         "{price}.", lang, **facts)
    if (one.gain > 0) == is_dearer:
        return translate("“{dearer}” saves more than “{cheaper}”: {gain} days per person hit, {price}.", lang,
                         **facts)
    return translate("“{dearer}” saves less than “{cheaper}” ({gain} days per person hit), {price}.",
                     lang, **facts)


def _format_extra_cost(euros: float, lang: str) -> str:
    """What the dearer one costs more, in words."""
    if euros < LEAST_EUROS:
        return translate("at the same cost", lang)
    return translate("for {euros} more", lang, euros=format_euros(euros, lang))


def _format_turned_gain(one: Judgement, sign: int, lang: str) -> str:
    low, high = sorted((sign * one.low, sign * one.high))
    return format_value_and_range(sign * one.gain, low, high, lang)


def fill_sentences(sentences: Sequence[str], width: int) -> str:
    """Sentences as lines of at most `width` characters, each on its own line."""
    return "\n".join(fill(insert_nbsp(sentence), width, subsequent_indent="  ") for sentence in sentences)
