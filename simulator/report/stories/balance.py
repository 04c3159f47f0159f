"""The balance of a resident's story: what the crisis took, who met what, what was left, what was lost for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

from ...i18n.number_format import NO_VALUE, format_number
from ...i18n.texts.figure_texts import FIGURE_LABELS
from ...i18n.texts.story_texts import STORY_LABELS, format_story_date, get_story_text
from ...i18n.translation import translate
from ...records.story import LOAN_SOURCE, PROMISE_SOURCE, Story, StoryArm
from ...rules.need_domains import DOMAINS, MILLI, SOURCES
from ..terminal.text_table import format_fixed_width_table
from .amounts import format_quantity
from .course import format_source, sum_by_source

WIDTH = 110
NAMED_HELPERS = 5
"""Largest number of helpers in the text; the JSON form has all."""
SOURCE_ORDER = (*SOURCES, LOAN_SOURCE, PROMISE_SOURCE)


def format_story_levers(story: Story, lang: str) -> str:
    """Names of the levers of the last arm, in quotes."""
    return " + ".join(translate("“{text}”", lang, text=card[lang]) for card in story.arms[-1].levers)


def format_balance(story: Story, lang: str) -> str:
    """A table of loss, needs and work by source, help given since the crisis, and conclusions; empty without one."""
    since, arms = story.onset, story.arms
    if since is None:
        return ""
    rows = [_row("lost", (format_number(arm.loss, lang, 2) for arm in arms), lang),
            _row("days_back", (_format_days_back(arm, lang) for arm in arms), lang),
            _row("days_unmet", (format_number(_count_unmet_days(arm, since), lang) for arm in arms), lang),
            *_list_need_rows(story, since, lang), *_list_work_rows(story, since, lang),
            _row("gave", (format_number(arm.given, lang, 1) for arm in arms), lang)]
    if not all(arm.alive for arm in arms):
        rows.append(_row("dead", (get_story_text("no", lang) if arm.alive else get_story_text("yes", lang)
                                  for arm in arms), lang))
    heads = ["", ""]
    if len(arms) > 1:
        heads = ["", *(get_story_text(STORY_LABELS[name], lang) for name in ("without", "with"))]
    table = format_fixed_width_table(heads, rows, label=60).rstrip("\n")
    return "\n".join([get_story_text("The balance since the crisis began", lang), "", table, "",
                      *_list_helper_lines(story, lang), *_list_conclusion_lines(story, lang)])


def _row(key: str, cells: Iterable[str], lang: str) -> list[str]:
    return [get_story_text(STORY_LABELS[key], lang), *cells]


def _format_days_back(arm: StoryArm, lang: str) -> str:
    if not arm.alive:
        return NO_VALUE
    return get_story_text("not yet", lang) if arm.days_back is None else format_number(arm.days_back, lang)


def _count_unmet_days(arm: StoryArm, since: int) -> int:
    return sum(day.span for day in arm.days if day.day >= since and any(day.unmet))


def _list_need_rows(story: Story, since: int, lang: str) -> Iterator[list[str]]:
    """One row per domain and source: how much of the needs it met in each arm; then what passed unmet."""
    met_by_arm = [sum_by_source(arm, since, "met") for arm in story.arms]
    passed_by_arm = [[sum(day.passed[d] for day in arm.days if day.day >= since) for d in range(len(DOMAINS))]
                     for arm in story.arms]
    for d, domain in enumerate(DOMAINS):
        unit = get_story_text(STORY_LABELS[f"u_{domain}"], lang, x="").strip()
        name = get_story_text(FIGURE_LABELS[domain], lang)
        for source in SOURCE_ORDER:
            amounts = [met.get(source, [0] * len(DOMAINS))[d] for met in met_by_arm]
            if any(amounts):
                label = get_story_text("{domain} ({unit}): {source}", lang, unit=unit, domain=name,
                                       source=format_source(source, lang))
                yield [label, *(format_quantity(amount, lang) for amount in amounts)]
        passed = [amounts[d] for amounts in passed_by_arm]
        if any(passed):
            label = get_story_text("{domain} ({unit}): passed unmet", lang, unit=unit, domain=name)
            yield [label, *(format_quantity(amount, lang) for amount in passed)]


def _list_work_rows(story: Story, since: int, lang: str) -> Iterator[list[str]]:
    """Aftermath of the home: how much arose, who made it good, what was given up, what is still open; hours."""
    arms = story.arms
    made = [sum(sum(day.made) for day in arm.days if day.day >= since) for arm in arms]
    if not any(made):
        return
    yield _row("work_made", (format_quantity(amount, lang) for amount in made), lang)
    served = [sum_by_source(arm, since, "served") for arm in arms]
    for source in SOURCE_ORDER:
        amounts = [sum(table.get(source, ())) for table in served]
        if any(amounts):
            label = get_story_text("work at home (h): {source}", lang, source=format_source(source, lang))
            yield [label, *(format_quantity(amount, lang) for amount in amounts)]
    given_up = [sum(sum(day.given_up) for day in arm.days if day.day >= since) for arm in arms]
    if any(given_up):
        yield _row("work_given_up", (format_quantity(amount, lang) for amount in given_up), lang)
        yield _row("lost_for_good", (format_number(arm.lost_for_good, lang, 3) for arm in arms), lang)
    still = [made_in_all - lost - sum(sum(amounts) for amounts in table.values())
             for made_in_all, lost, table in zip(made, given_up, served, strict=True)]
    yield _row("work_open", (format_quantity(amount, lang) for amount in still), lang)


def _list_helper_lines(story: Story, lang: str) -> Iterator[str]:
    """Whose promises were kept, in each arm."""
    for name, arm in zip(("without", "with") if len(story.arms) > 1 else ("",), story.arms, strict=True):
        who = [get_story_text("{who} {hours} h", lang, who=format_helper(helper.number, helper.kind, lang),
                              hours=format_number(helper.amount / MILLI, lang, 1))
               for helper in arm.helpers[:NAMED_HELPERS]]
        if len(arm.helpers) > NAMED_HELPERS:
            who.append(get_story_text("{n} more", lang, n=len(arm.helpers) - NAMED_HELPERS))
        if who:
            told = get_story_text("Promises kept: {who}.", lang, who=get_story_text("; ", lang).join(who))
            head = f"{get_story_text(STORY_LABELS[name], lang)} · " if name else ""
            yield fill(head + told, WIDTH)


def format_helper(number: int, kind: str, lang: str) -> str:
    """A helper: number and kind of tie, or kin and others who live elsewhere."""
    shown = get_story_text(STORY_LABELS[f"k_{kind}"], lang, context="story")
    return shown if number < 0 else get_story_text("no. {n}, {kind}", lang, n=number, kind=shown)


def _list_conclusion_lines(story: Story, lang: str) -> Iterator[str]:
    """The difference between both arms, and the day from which they differ; nothing for a single arm."""
    if len(story.arms) < 2:
        return
    a, b = (format_number(arm.loss, lang, 2) for arm in story.arms[:2])
    levers = format_story_levers(story, lang)
    told = get_story_text("With {levers}, this person loses {b} days of functioning instead of {a}.", lang,
                          levers=levers, a=a, b=b)
    if a == b:
        told = get_story_text("With or without {levers}, this person loses the same: {a} days of functioning.", lang,
                              levers=levers, a=a)
    yield fill(told, WIDTH)
    day = story.find_divergence_day()
    date = next((event.date for arm in story.arms for event in arm.events if event.day == day), "")
    if date:
        yield get_story_text("The two lives part on {date}.", lang, date=format_story_date(date, lang))
    else:
        yield get_story_text("Nothing that happens to them differs between the two lives.", lang)
