"""The events of a resident's story as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...i18n.number_format import format_number, format_percent
from ...i18n.texts.figure_texts import FIGURE_LABELS
from ...i18n.texts.story_texts import STORY_LABELS, get_story_text
from ...records.story import Story, StoryEvent, StorySite
from ...rules.need_domains import MILLI
from .balance import format_helper
from .course import format_needs, format_source, format_work

EventFacts = Mapping[str, Any]


def format_event(event: StoryEvent, story: Story, lang: str) -> str:
    """What happened, as one line without its date."""
    return EVENT_FORMATTERS.get(event.what, _format_plain_event)(event, story, lang)


def format_site_name(place: StorySite | None, lang: str) -> str:
    """The name of a real site, the number of another one, with its distance. None stands for the crisis reserve."""
    if place is None:
        return get_story_text("crisis reserve", lang)
    name, km = (place.name_fr if lang == "fr" else place.name_en), format_number(place.km, lang, 1)
    if not name:
        return get_story_text("project site {n} ({km} km)", lang, n=place.number, km=km)
    return get_story_text("{name} ({km} km)", lang, name=name, km=km)


def format_tie_kind(kind: str, lang: str) -> str:
    """What somebody is to the resident."""
    return get_story_text(STORY_LABELS[f"k_{kind}"], lang, context="story")


def _format_domain_names(names: Sequence[str], lang: str) -> str:
    return ", ".join(get_story_text(FIGURE_LABELS[name], lang) for name in names)


def _format_speaker(facts: EventFacts, lang: str) -> str:
    """Who acts for the home, if it is not the resident."""
    return get_story_text(" (no. {n} acts for the home)", lang, n=facts["speaker"]) if "speaker" in facts else ""


def _format_plain_event(event: StoryEvent, story: Story, lang: str) -> str:
    """An event whose sentence needs at most a site, amounts, a chance, days, two levels and who acts for the home."""
    facts = event.facts
    shown = {"site": format_site_name(facts["site"], lang) if "site" in facts else "",
             "amounts": format_work(facts["amounts"], lang) if "amounts" in facts else "",
             "chance": format_percent(facts["chance"], lang) if "chance" in facts else "",
             "days": facts.get("days", ""),
             **{name: format_number(facts[name], lang, 2) for name in ("before", "after") if name in facts}}
    return get_story_text(STORY_LABELS[f"ev_{event.what}"], lang, **shown) + _format_speaker(facts, lang)


def _format_crisis_start(event: StoryEvent, story: Story, lang: str) -> str:
    return get_story_text("{crisis} begins (exposure {exposure})", lang, crisis=_name_crisis(event, story, lang),
                          exposure=format_percent(event.facts["exposure"], lang))


def _name_crisis(event: StoryEvent, story: Story, lang: str) -> str:
    return next(card[lang] for card in story.crises if card["id"] == event.facts["id"])


def _format_damage(event: StoryEvent, story: Story, lang: str) -> str:
    return get_story_text("damage at home ({crisis}), work left behind: {amounts}", lang,
                          crisis=_name_crisis(event, story, lang),
                          amounts=format_work(event.facts["amounts"], lang))


def _format_leaving(event: StoryEvent, story: Story, lang: str) -> str:
    """Leaving home, and who lodges the household."""
    facts = event.facts
    return get_story_text(STORY_LABELS[f"lodged_{facts['lodged']}"], lang, crisis=_name_crisis(event, story, lang),
                          n=facts["hosts"])


def _format_lever_reach(event: StoryEvent, story: Story, lang: str) -> str:
    card = next(card for arm in story.arms for card in arm.levers if card["id"] == event.facts["id"])
    return get_story_text(STORY_LABELS[f"reach_{event.facts['reach']}"], lang, lever=card[lang])


def _format_finding(event: StoryEvent, story: Story, lang: str) -> str:
    by = [get_story_text(STORY_LABELS[f"by_{how}"], lang) for how in event.facts["by"]]
    return get_story_text("is found in need by others ({by}; chance that day {chance})", lang, by=", ".join(by),
                          chance=format_percent(event.facts["chance"], lang))


def _format_request(event: StoryEvent, story: Story, lang: str) -> str:
    """A request that the resident makes ("asked") or receives ("was_asked"), with its answer."""
    facts, asks = event.facts, event.what == "asked"
    who = format_helper(facts["of" if asks else "by"], facts["kind"], lang)
    return get_story_text(STORY_LABELS[f"ev_{event.what}"], lang, who=who, answer=_format_answer(facts, lang),
                          domain=_format_domain_names(facts["domains"], lang)) + _format_speaker(facts, lang)


def _format_answer(facts: EventFacts, lang: str) -> str:
    """The answer to a request, and what it depended on."""
    shown = {"trust": format_number(facts["trust"], lang, 2), "chance": format_percent(facts["chance"], lang),
             "state": format_number(facts["state"], lang, 2), "times": facts["times"]}
    if facts["answer"] == "refused":
        return get_story_text(STORY_LABELS[f"refused_{facts['why']}"], lang, **shown)
    return get_story_text("a promise of {hours} h a week ({domains}; trust {trust}, chance of a yes {chance})", lang,
                          hours=format_number(facts["hours"] / MILLI, lang, 1),
                          domains=_format_domain_names(facts["yes"], lang), **shown)


def _format_promise(event: StoryEvent, story: Story, lang: str) -> str:
    """A promise that is kept for the first time, kept by the resident, or over."""
    facts = event.facts
    who = format_helper(facts["to" if event.what == "gives" else "of"], facts["kind"], lang)
    return get_story_text(STORY_LABELS[f"ev_{event.what}"], lang, who=who) + _format_speaker(facts, lang)


def _format_help_received(event: StoryEvent, story: Story, lang: str) -> str:
    """Help of a site, of volunteers or of an institution that begins; or that has nothing left."""
    facts = event.facts
    how = f"how_{facts.get('how', '')}"
    source = (get_story_text(STORY_LABELS[how], lang, site=format_site_name(facts["site"], lang))
              if how in STORY_LABELS else format_source(facts["source"], lang))
    return get_story_text(STORY_LABELS[f"ev_{event.what}"], lang, source=source)


EVENT_FORMATTERS: dict[str, Callable[[StoryEvent, Story, str], str]] = {
    "crisis": _format_crisis_start, "lever": _format_lever_reach, "damage": _format_damage,
    "left_home": _format_leaving, "needs": format_needs, "found": _format_finding, "asked": _format_request,
    "was_asked": _format_request, "kept": _format_promise, "gives": _format_promise, "promise_ended": _format_promise,
    "got": _format_help_received, "nothing_left": _format_help_received}
"""Kind of event to what formats it; all others are plain."""
