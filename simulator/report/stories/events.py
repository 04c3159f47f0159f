"""The events of a resident's story as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...i18n.figure_texts import FIGURE_LABELS
from ...i18n.number_format import NARROW_NBSP, NO_VALUE, format_number, format_percent
from ...i18n.story_texts import STORY_LABELS, get_story_text
from ...records.story import Story, StoryEvent, StorySite
from ...rules.need_domains import MILLI

LEAST, LARGE = 10, 10_000
"""Thousandths of a unit: below the first, an amount is shown as less than 0.01; from the second, without decimals."""
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


def format_amount(domain: str, thousandths: int, lang: str) -> str:
    """An amount of a need domain with its unit."""
    return get_story_text(STORY_LABELS[f"u_{domain}"], lang, x=format_quantity(thousandths, lang))


def format_quantity(thousandths: int, lang: str) -> str:
    """Thousandths of a day or hour as days or hours, to a hundredth; – for none."""
    if not thousandths:
        return NO_VALUE
    shown = format_number(max(thousandths, LEAST) / MILLI, lang, 0 if thousandths >= LARGE else 2)
    return shown if thousandths >= LEAST else f"<{NARROW_NBSP}{shown}"


def format_tie_kind(kind: str, lang: str) -> str:
    """What somebody is to the resident."""
    return get_story_text(STORY_LABELS[f"k_{kind}"], lang, context="story")


def _format_domains(facts: EventFacts, lang: str) -> str:
    names = facts.get("domains", [facts["domain"]] if "domain" in facts else ())
    return ", ".join(get_story_text(FIGURE_LABELS[name], lang) for name in names)


def _format_plain_event(event: StoryEvent, story: Story, lang: str) -> str:
    """An event whose sentence needs at most domains, a site and who speaks for the resident."""
    facts = event.facts
    site = format_site_name(facts["site"], lang) if "site" in facts else ""
    speaker = get_story_text(" (no. {n} speaks for them)", lang, n=facts["speaker"]) if "speaker" in facts else ""
    return get_story_text(STORY_LABELS[f"ev_{event.what}"], lang, domains=_format_domains(facts, lang),
                          site=site) + speaker


def _format_crisis_start(event: StoryEvent, story: Story, lang: str) -> str:
    card = next(card for card in story.crises if card["id"] == event.facts["id"])
    return get_story_text("{crisis} begins (exposure {exposure})", lang, crisis=card[lang],
                          exposure=format_percent(event.facts["exposure"], lang))


def _format_lever_reach(event: StoryEvent, story: Story, lang: str) -> str:
    card = next(card for arm in story.arms for card in arm.levers if card["id"] == event.facts["id"])
    return get_story_text(STORY_LABELS[f"reach_{event.facts['reach']}"], lang, lever=card[lang])


def _format_detection(event: StoryEvent, story: Story, lang: str) -> str:
    by = [get_story_text(STORY_LABELS[f"by_{how}"], lang, n=n) for how, n in event.facts["by"]]
    domains = _format_domains(event.facts, lang)
    return get_story_text("somebody notices the need ({domains}): {by}", lang, domains=domains,
                          by=", ".join(dict.fromkeys(by)))


def _format_request(event: StoryEvent, story: Story, lang: str) -> str:
    """A request that the resident makes ("asked") or receives ("was_asked"), with its answer."""
    facts, asks = event.facts, event.what == "asked"
    kind = format_tie_kind(facts["kind"], lang)
    who = get_story_text("no. {n}, {kind}", lang, n=facts["of" if asks else "by"], kind=kind)
    child = get_story_text(" (for child {n})", lang, n=facts["for_"]) if "for_" in facts else ""
    return get_story_text(STORY_LABELS[f"ev_{event.what}"], lang, who=who, answer=_format_reply(facts, asks, lang),
                          domain=get_story_text(FIGURE_LABELS[facts["domain"]], lang)) + child


def _format_reply(facts: EventFacts, asks: bool, lang: str) -> str:
    """The answer to a request and its reason. asks: True if the resident made the request."""
    if facts["answer"] == "helped":
        amount = format_amount(facts["domain"], facts["amount"], lang)
        if asks:
            return get_story_text("gets {amount}", lang, amount=amount)
        return get_story_text("gives {amount}", lang, amount=amount)
    return get_story_text(STORY_LABELS[f"{facts['answer']}_{facts['why']}"], lang,
                          trust=format_number(facts["trust"], lang, 2), chance=format_percent(facts["chance"], lang))


def _format_help_received(event: StoryEvent, story: Story, lang: str) -> str:
    facts = event.facts
    how = f"how_{facts.get('how', '')}"
    if how in STORY_LABELS:
        source = get_story_text(STORY_LABELS[how], lang, site=format_site_name(facts["site"], lang))
    elif facts.get("how") == "reserve":
        source = get_story_text("crisis reserve", lang)
    else:
        source = get_story_text(FIGURE_LABELS[facts["source"]], lang)
    return get_story_text("{source}: {amount} ({domain})", lang, source=source,
                          domain=get_story_text(FIGURE_LABELS[facts["domain"]], lang),
                          amount=format_amount(facts["domain"], facts["amount"], lang))


def _format_volunteering(event: StoryEvent, story: Story, lang: str) -> str:
    amount = format_amount("assistance", event.facts["amount"], lang)
    return get_story_text("gives {amount}: {source}", lang, amount=amount,
                          source=format_site_name(event.facts["site"], lang))


EVENT_FORMATTERS: dict[str, Callable[[StoryEvent, Story, str], str]] = {
    "crisis": _format_crisis_start, "lever": _format_lever_reach, "found": _format_detection,
    "asked": _format_request, "was_asked": _format_request, "got": _format_help_received,
    "volunteered": _format_volunteering}
"""Kind of event to what formats it; all others are plain."""
