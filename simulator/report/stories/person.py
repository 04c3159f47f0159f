"""Who a resident is and whom they know, in words."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill
from typing import Any

from ...i18n.number_format import format_number
from ...i18n.texts.story_texts import STORY_LABELS, format_story_date, get_story_text
from ...i18n.translation import translate_plural
from ...records.story import Story, StoryPerson, StoryStatus
from ...rules.needing import ADULT_AGE
from .events import format_site_name, format_tie_kind

NAMED_TIES = 10
"""Largest number of ties in the text; the JSON form has all."""
FRAIL, HINDERED = 0.25, 0.25
"""Frailty and barriers are mentioned from these values on."""


def format_person(person: StoryPerson, lang: str) -> str:
    """Age, occupation, commune, home, income, health, time and barriers."""
    job = get_story_text(STORY_LABELS["child" if person.age < ADULT_AGE else f"job{person.job}"], lang)
    traits = list(_list_home_traits(person, lang))
    if person.frailty >= FRAIL:
        traits.append(get_story_text("frail ({value} of 1)", lang, value=format_number(person.frailty, lang, 2)))
    traits.append(get_story_text("{hours} h a week with others", lang, hours=format_number(person.social_hours, lang)))
    barriers = [get_story_text(STORY_LABELS[f"barrier{k}"], lang)
                for k, value in enumerate(person.barriers) if value >= HINDERED]
    end = " " + get_story_text("Barriers to taking part: {what}.", lang, what=", ".join(barriers)) if barriers else ""
    facts: dict[str, Any] = {"age": person.age, "job": job, "commune": person.commune}
    aged = get_story_text("{age}, man, {job}, {commune}.", lang, **facts)
    if person.woman:
        aged = get_story_text("{age}, woman, {job}, {commune}.", lang, **facts)
    return f"{aged} {get_story_text('; ', lang).join(traits)}.{end}"


def _list_home_traits(person: StoryPerson, lang: str) -> Iterator[str]:
    """Household, income, home and what it holds."""
    yield get_story_text(STORY_LABELS[f"home{person.household}"], lang, persons=person.persons)
    if person.quintile:
        yield get_story_text("income fifth {quintile} (1 is the poorest)", lang, quintile=person.quintile + 1)
    else:
        yield get_story_text("income fifth 1, the poorest", lang)
    if person.floor:
        yield get_story_text("floor {floor} of {floors}", lang, floor=person.floor, floors=person.floors)
    else:
        yield get_story_text("ground floor", lang)
    if person.poor_insulation:
        yield get_story_text("poorly insulated", lang)
    if person.priority:
        yield get_story_text("priority neighbourhood", lang)
    if person.kits:
        kinds = ", ".join(get_story_text(STORY_LABELS[f"kit_{kind}"], lang) for kind in person.kits)
        yield get_story_text("at home: {kinds}", lang, kinds=kinds)
    else:
        yield get_story_text("no equipment for a crisis at home", lang)
    if person.insured:
        yield get_story_text("insured", lang)
    else:
        yield get_story_text("not insured", lang)


def format_relations(story: Story, lang: str, width: int) -> str:
    """Ties, sites and beliefs before the levers begin, or else when the crisis begins."""
    status = story.arms[0].before or story.arms[0].onset
    if status is None:
        return ""
    return "\n".join([get_story_text("Whom they knew on {date}", lang, date=format_story_date(status.date, lang)),
                      *(f"  {line}" for line in _list_tie_lines(status, lang)),
                      fill(" ".join(_list_site_sentences(status, lang)), width)])


def _list_tie_lines(status: StoryStatus, lang: str) -> Iterator[str]:
    for tie in status.ties[:NAMED_TIES]:
        near = get_story_text(", same building", lang) if tie.neighbour else ""
        yield get_story_text("no. {n}, {kind}{near}: trusts {trust}, is trusted {back}", lang, n=tie.number,
                             kind=format_tie_kind(tie.kind, lang), near=near,
                             trust=format_number(tie.trust, lang, 2), back=format_number(tie.reverse_trust, lang, 2))
    if not status.ties:
        yield get_story_text("No tie in the territory.", lang)
    if len(status.ties) > NAMED_TIES:
        yield get_story_text("and {n} more ties", lang, n=len(status.ties) - NAMED_TIES)
    if status.far:
        yield translate_plural("{n} tie beyond the territory, who gives what one can from far away.",
                               "{n} ties beyond the territory, who give what one can from far away.", status.far, lang)


def _list_site_sentences(status: StoryStatus, lang: str) -> Iterator[str]:
    """Sites that the resident uses or knows, isolation, power to act and trust in institutions."""
    others = [format_site_name(site, lang) for site in status.aware if site != status.member]
    if status.member is not None:
        yield get_story_text("Member of {site}.", lang, site=format_site_name(status.member, lang))
    elif others:
        yield get_story_text("Has heard of {sites}, not a member.", lang, sites=", ".join(others))
    else:
        yield get_story_text("Has heard of no project site.", lang)
    if status.isolated:
        yield get_story_text("Isolated: too few contacts in a year.", lang)
    yield get_story_text("Power to act {agency}; trust in institutions {trust} (0 to 1).", lang,
                         agency=format_number(status.agency, lang, 2),
                         trust=format_number(status.trust_institutions, lang, 2))
