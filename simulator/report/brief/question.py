"""The head of a brief: its question, where it was played, how often."""

from __future__ import annotations

from ...i18n.number_format import format_euros, format_number, format_significant
from ...i18n.translation import translate, translate_plural
from ..terminal.comparison_summary import list_scenario_labels
from .case import SEVERAL, Case
from .reproduce import read_study_question


def format_brief_question(case: Case) -> str:
    """The question: the study's own where it has one."""
    lang = case.lang
    if case.scenario_count >= SEVERAL or case.study:
        question = read_study_question(case.results.folder, case.study, lang)
        if question:
            return question
    crises = list_scenario_labels(case.content, lang)["crises"]
    if case.search and case.crisis:
        return translate("{crises}, with {budget} a year: which levers to put together?", lang, crises=crises,
                         budget=format_euros(case.search.budget, lang))
    if case.is_comparable and case.crisis:
        return translate("{crises}: which levers help residents recover?", lang, crises=crises)
    if case.is_comparable:
        return translate("What do these levers change in years without a crisis?", lang)
    if case.crisis:
        return translate("{crises}: how do residents recover?", lang, crises=crises)
    return translate("How do ties evolve in years without a crisis?", lang)


def format_setup(case: Case) -> str:
    """Where, how many residents, how many draws."""
    lang, played = case.lang, _format_draws(case)
    if case.scenario_count >= SEVERAL:
        played = f"{translate('{n} scenarios', lang, n=case.scenario_count)} · {played}"
    residents = format_significant(float(case.sample_run.run["residents"]), lang, 3)
    territory = list_scenario_labels(case.content, lang)["territory"]
    return translate("{territory} · {n} simulated residents · {played}", lang, territory=territory, played=played,
                     n=residents)


def format_place(case: Case) -> str:
    """Where and how many residents, and how often it was played, for a reader who knows nothing of draws."""
    lang, n = case.lang, len(case.draws)
    played = translate_plural("played once", "played {times} times", n, lang, times=format_number(n, lang))
    if case.is_comparable:
        played = translate_plural("played once with and without each lever", "played {times} times with and without "
                                  "each lever", n, lang, times=format_number(n, lang))
    if case.search:
        played = translate("{n} mixes of levers tried", lang, n=format_number(case.search.evaluated_count, lang))
    residents = format_significant(float(case.sample_run.run["residents"]), lang, 3)
    territory = list_scenario_labels(case.content, lang)["territory"]
    return translate("{territory} · {n} simulated residents · {played}", lang, territory=territory, played=played,
                     n=residents)


def _format_draws(case: Case) -> str:
    """How often it was played."""
    lang, n, search = case.lang, len(case.seeds), case.search
    if search and search.fresh_seeds:
        return translate("{tried} mixes tried on {n} draws, the best played again on {fresh} others", lang,
                         tried=search.evaluated_count, n=len(search.seeds), fresh=len(search.fresh_seeds))
    if search:
        return translate("{tried} mixes tried on {n} draws", lang, tried=search.evaluated_count, n=len(search.seeds))
    if case.parameter_sets:
        return translate("{n} draws for each lever, over {sets} sets of numbers", lang, n=len(case.draws), sets=n)
    if case.is_comparable:
        several = translate("{n} draws for each lever", lang, n=len(case.draws))
        return several if n > 1 else translate("a single draw for each lever", lang)
    return translate("{n} draws", lang, n=len(case.draws)) if n > 1 else translate("a single draw", lang)
