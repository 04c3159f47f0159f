"""The first page of a brief: a note of one A4 page for an elected official, without names of code or of settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from ...i18n.number_format import format_number, format_percent, format_significant
from ...i18n.texts.brief_labels import get_brief_label
from ...i18n.translation import mark, translate, translate_plural
from ..evidence_grades import compute_assumed_share, count_evidence_grades
from .answer import FEW_DRAWS, format_baseline_loss, format_brief_answer
from .case import SEVERAL, Case
from .first_levers import LeverLine, build_lever_lines, format_lever_answer, list_next_steps, select_levers
from .question import format_brief_question, format_place
from .worst_day import WorstDay, find_most_affected_group, measure_worst_day

HEADINGS_OF_NOTE: dict[str, str] = {
    "answer": mark("The answer"), "hit": mark("Who is hit"), "levers": mark("What can be done"),
    "unknown": mark("What we do not know"), "next": mark("What to do next"),
    "effect": mark("What it changes"), "whom": mark("For whom"), "cost": mark("What it costs"),
}
"""Headings of the page and of its table."""
QUESTION_CHARS, SENTENCE_CHARS = 150, 420
"""Characters of a question or of a sentence of the answer, so that the page stays one."""
GROUP_PHRASES: dict[str, str] = {
    "75+": mark("residents aged 75 and over"), "poorest": mark("the fifth with the lowest incomes"),
    "isolated": mark("people who were isolated before"), "lone_parent": mark("lone-parent families"),
}
"""Groups that may be affected most, in a sentence."""
ALL_LEFT = 0.995
"""Share of normal life that rounds to all of it."""
LEAST_NOT_BACK = 0.005
"""Share of the hit that is not back when the account ends, from which the page tells of them."""
LEAST_DEATHS = 0.5
"""Expected deaths from which the page tells of them."""


@dataclass(frozen=True)
class FirstPage:
    """The note: plain text, ready to be escaped. scene: where, and how often it was played."""

    question: str
    scene: str
    answer: list[str]
    hit: list[str]
    levers: list[LeverLine]
    others: str
    unknown: list[str]
    steps: list[str]

    def headings(self, lang: str) -> dict[str, str]:
        """Headings in a language."""
        return {name: translate(text, lang) for name, text in HEADINGS_OF_NOTE.items()} | {
            "lever": get_brief_label("lever", lang)}


def build_first_page(case: Case) -> FirstPage:
    """The note on one case."""
    levers = build_lever_lines(case)
    return FirstPage(_shorten(format_brief_question(case), QUESTION_CHARS), format_place(case), _list_answer(case),
                     list(_list_hit(case)), levers, _format_others(case, len(levers)), list(_list_unknown(case)),
                     list_next_steps(case))


def _shorten(text: str, most: int) -> str:
    return shorten(text, most, placeholder=" …") if len(text) > most else text


def _format_others(case: Case, shown: int) -> str:
    """How many levers are left to the annex; "" for none."""
    rest = len(case.effects) - shown if shown else 0
    if not rest:
        return ""
    return translate_plural("One other lever was compared: see the annex.",
                            "{n} other levers were compared: see the annex.", rest, case.lang)


def _list_answer(case: Case) -> list[str]:
    """Two sentences: what is lost without action, and what the first lever changes."""
    told = format_brief_answer(case)[0]
    if not (case.crisis and case.baseline and case.is_comparable):
        return [_shorten(told, SENTENCE_CHARS)]
    if case.scenario_count >= SEVERAL:
        return [_shorten(told, SENTENCE_CHARS)]
    if case.search:
        return [format_loss_without(case), _shorten(told, SENTENCE_CHARS)]
    return list_plain_answer(case)


def list_plain_answer(case: Case) -> list[str]:
    """The same two sentences of a comparison of levers in a crisis, which the page to hand on begins with."""
    return [format_loss_without(case), format_lever_answer(case)]


def format_loss_without(case: Case) -> str:
    """What residents lose together, and how many are hit."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    hit = round(float(arm.column("hit", case.seeds).mean()))
    residents = format_significant(float(case.sample_run.run["residents"]), lang, 3)
    if not hit:
        return translate("Without action, the {residents} residents lose no day of normal life: nobody is hit.", lang,
                         residents=residents)
    days = format_number(float(case.sample_run.run["horizon"]), lang)
    lost = format_baseline_loss(case)
    return translate_plural("Without action, the {residents} residents together lose {lost} days of normal life in the "
                            "{days} days that follow; {people} person is hit.",
                            "Without action, the {residents} residents together lose {lost} days of normal life in the "
                            "{days} days that follow; {people} people are hit.", hit, lang, lost=lost, days=days,
                            residents=residents, people=format_significant(hit, lang))


def _list_hit(case: Case) -> Iterator[str]:
    """The hardest day, what each of the hit loses, which group loses most, deaths."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    worst = measure_worst_day(arm) if case.crisis else None
    if worst is None:
        return
    if case.scenario_count >= SEVERAL:
        yield translate("Of the {n} scenarios played, here is the one in the middle by its losses.", lang,
                        n=case.scenario_count)
    yield _describe_worst_day(worst, lang)
    each, not_back = (float(arm.values(name, case.seeds).mean()) for name in ("loss_per_hit", "not_back"))
    lost = _format_time(each, lang)
    if not_back < LEAST_NOT_BACK:
        yield translate("On average each of those hit loses {lost} of normal life; all of them, or almost all, are "
                        "back to it when the account ends.", lang, lost=lost)
    else:
        yield translate("On average each of those hit loses {lost} of normal life, and {share} of them are still not "
                        "back to it when the account ends.", lang, lost=lost, share=format_percent(not_back, lang))
    if group := find_most_affected_group(arm):
        yield translate("Affected most: {group}, {times} times what the average resident loses.", lang,
                        group=translate(GROUP_PHRASES[group[0]], lang), times=format_number(group[1], lang, 1))
    deaths, alone = (float(arm.values(name, case.seeds).mean()) for name in ("deaths_expected", "never_reached"))
    if round(alone):
        yield translate_plural("{people} person in need is helped by nobody.", "{people} people in need are helped by "
                               "nobody.", round(alone), lang, people=format_significant(round(alone), lang))
    if deaths >= LEAST_DEATHS:
        yield translate("Deaths beyond the usual that the model expects: {deaths}.", lang,
                        deaths=format_significant(deaths, lang))


def _describe_worst_day(worst: WorstDay, lang: str) -> str:
    """How many of the hit the hardest day leaves without a normal life, and how much of it those hit keep."""
    low, hit = (format_significant(round(number), lang) for number in (worst.low, worst.hit))
    facts = {"day": format_number(worst.day, lang), "left": format_percent(worst.left, lang), "low": low, "hit": hit}
    if not round(worst.low):
        return translate("On the hardest day, about day {day} of the crisis, none of the {hit} people hit is kept from "
                         "leading a normal life.", lang, **facts)
    if low == hit:
        return translate("On the hardest day, about day {day} of the crisis, none of the {hit} people hit can lead "
                         "their normal life; on average they are left with {left} of it.", lang, **facts)
    if worst.left >= ALL_LEFT:
        return translate_plural("On the hardest day, about day {day} of the crisis, {low} of the {hit} people hit "
                                "cannot lead their normal life.",
                                "On the hardest day, about day {day} of the crisis, {low} of the {hit} people hit "
                                "cannot lead their normal life.", round(worst.low), lang, **facts)
    return translate("On the hardest day, about day {day} of the crisis, {low} of the {hit} people hit cannot lead "
                     "their normal life; on average those hit are left with {left} of it.", lang, **facts)


def _format_time(days: float, lang: str) -> str:
    """A time in days, hours or minutes, whichever can be pictured."""
    hours, minutes = 24 * days, 24 * 60 * days
    if days >= 1:
        return translate_plural("{time} day", "{time} days", max(1, round(days)), lang,
                                time=format_significant(days, lang))
    if hours >= 1:
        return translate_plural("{time} hour", "{time} hours", round(hours), lang, time=format_number(hours, lang))
    if minutes >= 1:
        return translate_plural("{time} minute", "{time} minutes", round(minutes), lang,
                                time=format_number(minutes, lang))
    return translate("less than a minute", lang)


def _list_unknown(case: Case) -> Iterator[str]:
    """How often the first lever helped, what was assumed, what is left out, what is still to be played."""
    lang, counts = case.lang, case.run_counts
    if undone := counts["failed"] + counts["missing"]:
        yield translate_plural("{n} run is missing: the answer may still change.",
                               "{n} runs are missing: the answer may still change.", undone, lang)
    if case.is_comparable and len(case.seeds) < SEVERAL:
        yield translate("It was played once only: luck may have decided.", lang)
    elif case.is_comparable and case.crisis and case.scenario_count < SEVERAL:
        yield _format_times_helped(case)
    assumed = format_percent(compute_assumed_share(count_evidence_grades(case.content, case.cards("levers"))), lang)
    yield translate("{assumed} of the numbers used are assumptions, not measurements; others could change the answer.",
                    lang, assumed=assumed)
    if case.parameter_sets:
        yield translate("The ranges count luck and the doubt about the numbers that were calibrated, no other doubt.",
                        lang)
    elif case.is_comparable:
        yield translate("The ranges count luck alone, not the doubt about these numbers.", lang)
    yield translate("Hospitals, police, prices and roads are left out, and the residents are invented: this page "
                    "compares situations, no more.", lang)


def _format_times_helped(case: Case) -> str:
    """In how many of the plays the first lever lowered losses."""
    assert case.baseline is not None
    arm, lang = select_levers(case)[0], case.lang
    seeds = [seed for seed in case.seeds if seed in arm.runs and seed in case.baseline.runs]
    name = "deaths_expected" if arm.judgement is not None and arm.judgement.is_by_deaths else "loss_total"
    helped = int((arm.values(name, seeds) < case.baseline.values(name, seeds)).sum())
    facts = {"lever": arm.label[lang], "all": format_number(len(seeds), lang), "n": format_number(helped, lang)}
    if arm.judgement is not None and arm.judgement.verdict == "small":
        return translate("“{lever}” helps in {n} of the {all} plays, but too little to matter.", lang, **facts)
    if case.parameter_sets:
        return translate("“{lever}” helps with {n} of the {all} sets of plausible numbers tried.", lang, **facts)
    if len(seeds) < FEW_DRAWS:
        return translate("“{lever}” helps in {n} of the {all} plays: with so few, luck may still change the ranges.",
                         lang, **facts)
    return translate("“{lever}” helps in {n} of the {all} plays.", lang, **facts)
