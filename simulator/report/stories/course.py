"""The course of a crisis in a resident's story: needs step by step, and what is open at home as time passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...i18n.number_format import format_number
from ...i18n.texts.figure_texts import FIGURE_LABELS
from ...i18n.texts.story_texts import STORY_LABELS, format_story_date, get_story_text
from ...records.story import Story, StoryArm, StoryDay, StoryEvent
from ...rules.need_domains import DOMAINS, MILLI
from ..terminal.text_table import format_fixed_width_table
from .amounts import format_amount, format_quantity

COURSE_DAYS = (0, 3, 7, 14, 28, 56, 91, 182, 273, 364, 546, 728, 910, 1092)
"""Days since the crisis began of which the course is told."""


def list_need_events(arm: StoryArm) -> list[StoryEvent]:
    """One event "needs" for each step in which the resident has a crisis need."""
    return [StoryEvent(day.day, day.date, "needs", {"need": day.need, "met": day.met, "passed": day.passed,
                                                    "unmet": day.unmet}) for day in arm.days if any(day.need)]


def format_needs(event: StoryEvent, story: Story, lang: str) -> str:
    """What is needed in a step, who met how much of it, what passed unmet and what stays open."""
    facts = event.facts
    parts = [get_story_text("needs {amounts}", lang, amounts=format_domain_amounts(facts["need"], lang))]
    parts += [get_story_text("{source}: {amounts}", lang, source=format_source(source, lang),
                             amounts=format_domain_amounts(met, lang)) for source, met in facts["met"].items()]
    if any(facts["passed"]):
        parts.append(get_story_text("passes unmet: {amounts}", lang,
                                    amounts=format_domain_amounts(facts["passed"], lang)))
    if any(facts["unmet"]):
        parts.append(get_story_text("stays open: {amounts}", lang,
                                    amounts=format_domain_amounts(facts["unmet"], lang)))
    return get_story_text("; ", lang).join(parts)


def format_domain_amounts(amounts: Sequence[int], lang: str) -> str:
    """Amounts above 0, each with its domain and unit."""
    return ", ".join(get_story_text("{domain} {amount}", lang, domain=get_story_text(FIGURE_LABELS[domain], lang),
                                    amount=format_amount(domain, amount, lang))
                     for domain, amount in zip(DOMAINS, amounts, strict=True) if amount)


def format_work(amounts: Sequence[int], lang: str) -> str:
    """Aftermath by domain, in hours of work or of what an hour of work is worth."""
    return ", ".join(get_story_text("{domain} {amount}", lang, domain=get_story_text(FIGURE_LABELS[domain], lang),
                                    amount=get_story_text("{x} h", lang, x=format_quantity(amount, lang)))
                     for domain, amount in zip(DOMAINS, amounts, strict=True) if amount)


def format_source(source: str, lang: str) -> str:
    """Who met a need or made good part of the aftermath."""
    if f"s_{source}" in STORY_LABELS:
        return get_story_text(STORY_LABELS[f"s_{source}"], lang)
    return get_story_text(FIGURE_LABELS["home" if source == "household" else source], lang)


def format_course(story: Story, lang: str) -> str:
    """A table of work still open at home, and of functioning, some time after the crisis began."""
    onset = story.onset
    if onset is None or not any(arm.days for arm in story.arms):
        return ""
    by_day = [dict(_spread_days(arm.days)) for arm in story.arms]
    end = max(max(days, default=onset) for days in by_day)
    shown = [offset for offset in COURSE_DAYS if onset + offset <= end]
    rows = []
    for offset in shown:
        states = [days.get(onset + offset) for days in by_day]
        date = next((state.date for state in states if state is not None and state.day == onset + offset), "")
        when = format_story_date(date, lang) if date else get_story_text("{n} days after", lang, n=offset)
        rows.append([when, *(cell for state in states for cell in _format_state(state, lang))])
    heads = [""]
    for name in ("without", "with")[:len(story.arms)]:
        arm = f"{get_story_text(STORY_LABELS[name], lang)} · " if len(story.arms) > 1 else ""
        heads += [arm + get_story_text("work open (h)", lang), arm + get_story_text("functioning", lang)]
    table = format_fixed_width_table(heads, rows, label=24).rstrip("\n")
    return "\n".join([get_story_text("What is open at home, and functioning", lang), "", table])


def _spread_days(days: Sequence[StoryDay]) -> Iterator[tuple[int, StoryDay]]:
    return ((day.day + k, day) for day in days for k in range(day.span))


def _format_state(state: StoryDay | None, lang: str) -> tuple[str, str]:
    work, level = (0, 1.0) if state is None else (sum(state.work), state.functioning)
    away = get_story_text(" (away)", lang) if state is not None and state.away else ""
    return format_number(work / MILLI, lang, 1), format_number(level, lang, 2) + away


def sum_by_source(arm: StoryArm, since: int, what: str) -> Mapping[str, list[int]]:
    """Source to thousandths by domain since a day. what: "met" of needs, "served" of aftermath."""
    out: dict[str, list[int]] = {}
    for day in arm.days:
        for source, amounts in getattr(day, what).items() if day.day >= since else ():
            before = out.setdefault(source, [0] * len(DOMAINS))
            out[source] = [a + b for a, b in zip(before, amounts, strict=True)]
    return out
