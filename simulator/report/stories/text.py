"""A resident's story as text: person, ties, events of both arms side by side, balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import fill

from ...i18n.texts.story_texts import STORY_LABELS, format_story_date, get_story_text
from ...records.story import Story, StoryArm, StoryEvent
from .balance import WIDTH, format_balance, format_story_levers
from .course import format_course, list_need_events
from .events import format_event
from .person import format_person, format_relations

BLOCKS = 40
"""Largest number of dates in the text; the JSON form has all."""
NO_CRISIS_EVENTS = ("lever", "heard", "joined", "left", "queued", "gave_up", "died")
"""Events listed one by one before a crisis."""


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
              format_course(story, lang), format_balance(story, lang), fill(note, width)]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _format_heading(story: Story, lang: str) -> str:
    who = get_story_text("Resident {n}", lang, context="woman" if story.person.woman else "man", n=story.person.number)
    crises = " + ".join(card[lang] for card in story.crises) or get_story_text("no crisis", lang)
    head = get_story_text("{who} · {territory} · {crises} · seed {seed}", lang, who=who, crises=crises,
                          territory=story.territory[lang], seed=story.seed)
    return head + (f"\n{get_story_text(STORY_LABELS[story.selection], lang)}" if story.selection else "")


def _format_years_before_crisis(story: Story, lang: str, width: int) -> str:
    """Events and numbers of everyday requests before the crisis; of the whole story without one."""
    end = story.onset
    events = [[event for event in arm.events if event.what in NO_CRISIS_EVENTS and (end is None or event.day < end)]
              for arm in story.arms]
    title = get_story_text("The years played", lang) if end is None else get_story_text("Before the crisis", lang)
    blocks = _list_dated_blocks(story, events, lang, width)
    return "\n".join([title, *blocks, *_list_everyday_lines(story, (0, end), lang, width)])


def _list_everyday_lines(story: Story, days: tuple[int, int | None], lang: str, width: int) -> Iterator[str]:
    """How often help was asked for and given in everyday life, from a day to before another; one line an arm."""
    lines = [_format_everyday_counts(arm, days, lang) for arm in story.arms]
    if len(set(lines)) == 1:
        yield fill(lines[0], width)
        return
    for name, line in zip(("without", "with"), lines, strict=True):
        yield fill(f"{get_story_text(STORY_LABELS[name], lang)} : {line}", width)


def _format_everyday_counts(arm: StoryArm, days: tuple[int, int | None], lang: str) -> str:
    weeks = [event.facts for event in arm.events if event.what == "everyday" and event.day >= days[0]
             and (days[1] is None or event.day < days[1])]
    asked, got, was, gave = (sum(week[name] for week in weeks) for name in ("asked", "got", "was_asked", "gave"))
    return get_story_text("In everyday life, requests made: {asked}, of which met: {helped}; received: {was}, of which "
                          "met: {gave}.", lang, asked=asked, helped=got, was=was, gave=gave)


def _format_crisis_events(story: Story, lang: str, width: int) -> str:
    """Events of the crisis and the time after it; empty without a crisis."""
    onset = story.onset
    if onset is None:
        return ""
    events_by_arm = [[event for event in (*list_need_events(arm), *arm.events)
                      if event.day >= onset and event.what != "everyday"] for arm in story.arms]
    blocks = list(_list_dated_blocks(story, events_by_arm, lang, width))
    lines = [get_story_text("During and after the crisis", lang), *blocks[:BLOCKS]]
    if len(blocks) > BLOCKS:
        lines.append(get_story_text("… and {n} more dates; --json gives them all.", lang, n=len(blocks) - BLOCKS))
    if all(event.what in ("crisis", *NO_CRISIS_EVENTS) for events in events_by_arm for event in events):
        lines.append(get_story_text("The crisis does not reach them: no need, no damage.", lang))
    return "\n".join([*lines, *_list_everyday_lines(story, (onset, None), lang, width)])


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
