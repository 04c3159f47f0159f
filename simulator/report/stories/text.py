"""A resident's story as text: person, ties, events of both arms side by side, balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import fill

from ...i18n.figure_texts import FIGURE_LABELS
from ...i18n.number_format import format_number
from ...i18n.story_texts import STORY_LABELS, format_story_date, get_story_text
from ...i18n.translation import translate
from ...records.story import LOAN_SOURCE, Story, StoryArm, StoryEvent
from ...rules.need_domains import DOMAINS, SOURCES
from ..terminal.text_table import format_fixed_width_table
from .events import format_event, format_quantity
from .person import format_person, format_relations

WIDTH = 110
BLOCKS = 40
"""Largest number of dates in the text; the JSON form has all."""
NO_CRISIS_EVENTS = ("lever", "heard", "joined", "left", "queued", "gave_up", "died")
"""Events listed one by one before a crisis; requests are only counted."""


def format_story(story: Story, lang: str, width: int = WIDTH) -> str:
    """The whole story, in lines of at most `width` characters."""
    parts = [_format_heading(story, lang), fill(format_person(story.person, lang), width),
             format_relations(story, lang, width)]
    if len(story.arms) > 1:
        levers = format_story_levers(story, lang)
        parts.append(fill(get_story_text("“=”: in both lives; “none”: only without levers; “with”: only with "
                                         "{levers}.", lang, levers=levers), width))
    note = get_story_text("Nobody is real: residents are drawn to resemble published figures. Both lives have the same "
                          "luck. A story shows the ways by which help comes; it says nothing of the mean effect, which "
                          "resilience compare gives.", lang)
    parts += [_format_years_before_crisis(story, lang, width), _format_crisis_events(story, lang, width),
              _format_balance(story, lang), fill(note, width)]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def format_story_levers(story: Story, lang: str) -> str:
    """Names of the levers of the last arm, in quotes."""
    return " + ".join(translate("“{text}”", lang, text=card[lang]) for card in story.arms[-1].levers)


def _format_heading(story: Story, lang: str) -> str:
    who = get_story_text("Resident {n}", lang, context="woman" if story.person.woman else "man", n=story.person.number)
    crises = " + ".join(card[lang] for card in story.crises) or get_story_text("no crisis", lang)
    head = get_story_text("{who} · {territory} · {crises} · seed {seed}", lang, who=who, crises=crises,
                          territory=story.territory[lang], seed=story.seed)
    return head + (f"\n{get_story_text(STORY_LABELS[story.selection], lang)}" if story.selection else "")


def _format_years_before_crisis(story: Story, lang: str, width: int) -> str:
    """Events and numbers of requests before the crisis; of the whole story without one."""
    end = story.onset
    events = [[event for event in arm.events if event.what in NO_CRISIS_EVENTS and (end is None or event.day < end)]
              for arm in story.arms]
    title = get_story_text("The years played", lang) if end is None else get_story_text("Before the crisis", lang)
    blocks = _list_dated_blocks(story, events, lang, width)
    lines = [_format_request_counts(arm, end, lang) for arm in story.arms]
    if len(set(lines)) == 1:
        lines = lines[:1]
    else:
        lines = [f"{get_story_text(STORY_LABELS[name], lang)} : {line}"
                 for name, line in zip(("without", "with"), lines, strict=True)]
    return "\n".join([title, *blocks, *(fill(line, width) for line in lines)])


def _format_request_counts(arm: StoryArm, end: int | None, lang: str) -> str:
    """How often the resident asked and was asked for help before a day, and how often help was given."""
    helped = {what: [event.facts["answer"] == "helped" for event in arm.events
                     if event.what == what and (end is None or event.day < end)] for what in ("asked", "was_asked")}
    return get_story_text("In calm years, requests made: {asked}, of which met: {helped}; received: {was}, of which "
                          "met: {gave}.", lang, asked=len(helped["asked"]), helped=sum(helped["asked"]),
                          was=len(helped["was_asked"]), gave=sum(helped["was_asked"]))


def _format_crisis_events(story: Story, lang: str, width: int) -> str:
    """Events of the crisis and the time after it; empty without a crisis."""
    onset = story.onset
    if onset is None:
        return ""
    events_by_arm = [[event for event in arm.events if event.day >= onset] for arm in story.arms]
    blocks = list(_list_dated_blocks(story, events_by_arm, lang, width))
    lines = [get_story_text("During and after the crisis", lang), *blocks[:BLOCKS]]
    if len(blocks) > BLOCKS:
        lines.append(get_story_text("… and {n} more dates; --json gives them all.", lang, n=len(blocks) - BLOCKS))
    if all(event.what in ("crisis", *NO_CRISIS_EVENTS) for events in events_by_arm for event in events):
        lines.append(get_story_text("Nothing lacking: no need beyond their own means.", lang))
    return "\n".join(lines)


def _list_dated_blocks(story: Story, events_by_arm: Sequence[Sequence[StoryEvent]], lang: str,
                       width: int) -> Iterator[str]:
    """A date, or a range of dates with the same events, followed by the events of that day in the arms."""
    days = sorted({(event.day, event.date) for events in events_by_arm for event in events})
    dated = [(date, tuple(_list_day_lines(story, events_by_arm, day, lang, width))) for day, date in days]
    for lines, group in groupby(dated, key=lambda pair: pair[1]):
        dates = [date for date, _ in group]
        a, b = format_story_date(dates[0], lang), format_story_date(dates[-1], lang)
        yield "\n".join([a if len(dates) == 1 else get_story_text("{a} to {b}", lang, a=a, b=b), *lines])


def _list_day_lines(story: Story, events_by_arm: Sequence[Sequence[StoryEvent]], day: int, lang: str,
                    width: int) -> Iterator[str]:
    """Events of a day, those of both arms first, each marked with its arm where there are two."""
    lines = [[format_event(event, story, lang) for event in events if event.day == day] for events in events_by_arm]
    if len(lines) == 1:
        marked = [("", line) for line in lines[0]]
    else:
        marked = [("both", line) for line in lines[0] if line in lines[1]]
        marked += [("without", line) for line in lines[0] if line not in lines[1]]
        marked += [("with", line) for line in lines[1] if line not in lines[0]]
    for arm, line in marked:
        head = f"  {get_story_text(STORY_LABELS[arm], lang):<4} │ " if arm else "  "
        yield fill(line, width, initial_indent=head, subsequent_indent=(" " * 7 + "│   ") if arm else " " * 4)


def _format_balance(story: Story, lang: str) -> str:
    """A table of loss, unmet needs, help received and given since the crisis, and conclusions; empty without one."""
    since, arms = story.onset, story.arms
    if since is None:
        return ""

    def row(key: str, cells: Iterable[str]) -> list[str]:
        return [get_story_text(STORY_LABELS[key], lang), *cells]

    rows = [row("lost", (format_number(arm.loss, lang, 2) for arm in arms)),
            row("days_unmet", (format_number(_count_unmet_days(arm, since), lang) for arm in arms)),
            *_list_source_rows(story, since, lang),
            row("did_help", (format_number(_count_help_given(arm, since), lang) for arm in arms))]
    if not all(arm.alive for arm in arms):
        rows.append(row("dead", (get_story_text("no", lang) if arm.alive else get_story_text("yes", lang)
                                 for arm in arms)))
    heads = ["", ""]
    if len(arms) > 1:
        heads = ["", *(get_story_text(STORY_LABELS[name], lang) for name in ("without", "with"))]
    table = format_fixed_width_table(heads, rows, label=60).rstrip("\n")
    return "\n".join([get_story_text("The balance since the crisis began", lang), "", table, "",
                      *_list_conclusion_lines(story, lang)])


def _list_source_rows(story: Story, since: int, lang: str) -> Iterator[list[str]]:
    """One row per domain and source: how much of the need it met in each arm."""
    met_by_arm = [_sum_met_needs(arm, since) for arm in story.arms]
    order = (*SOURCES, LOAN_SOURCE)
    keys = {key for met in met_by_arm for key in met}
    for domain, source in sorted(keys, key=lambda key: (DOMAINS.index(key[0]), order.index(key[1]))):
        unit = get_story_text(STORY_LABELS[f"u_{domain}"], lang, x="").strip()
        label = get_story_text("{domain} ({unit}): {source}", lang, unit=unit, source=_format_source(source, lang),
                               domain=get_story_text(FIGURE_LABELS[domain], lang))
        yield [label, *(format_quantity(met.get((domain, source), 0), lang) for met in met_by_arm)]


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


def _format_source(source: str, lang: str) -> str:
    if f"s_{source}" in STORY_LABELS:
        return get_story_text(STORY_LABELS[f"s_{source}"], lang)
    return get_story_text(FIGURE_LABELS["home" if source == "household" else source], lang)


def _sum_met_needs(arm: StoryArm, since: int) -> dict[tuple[str, str], int]:
    """(domain, source) to thousandths met since a day."""
    out: dict[tuple[str, str], int] = {}
    for day in arm.days:
        for source, amounts in day.met.items() if day.day >= since else ():
            for domain, amount in zip(DOMAINS, amounts, strict=True):
                if amount:
                    out[domain, source] = out.get((domain, source), 0) + amount
    return out


def _count_unmet_days(arm: StoryArm, since: int) -> int:
    return sum(day.span for day in arm.days if day.day >= since and any(day.unmet))


def _count_help_given(arm: StoryArm, since: int) -> int:
    return sum(event.what == "volunteered" or (event.what == "was_asked" and event.facts["answer"] == "helped")
               for event in arm.events if event.day >= since)
