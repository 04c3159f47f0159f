"""One event of a resident's story in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...i18n.figure_texts import say
from ...i18n.number import NOTHING, THIN, number, percent
from ...i18n.story_texts import STORY, told
from ...records.story import Event, Place, Story
from ...rules.domain import MILLI

LEAST, LARGE = 10, 10_000
"""Thousandths under which an amount is just small, and from which it has no decimals."""
Facts = Mapping[str, Any]


def event_line(event: Event, story: Story, lang: str) -> str:
    """What happened, on one line without its date."""
    return TELL.get(event.what, _plain)(event, story, lang)


def site_name(place: Place | None, lang: str) -> str:
    """A site by its name where it is a real one, else by its number; and how far it is."""
    if place is None:
        return told("s_reserve", lang)
    name, km = (place.name_fr if lang == "fr" else place.name_en), number(place.km, lang, 1)
    return told("real_site", lang, name=name, km=km) if name else told("site", lang, n=place.number, km=km)


def amount_of(domain: str, thousandths: int, lang: str) -> str:
    """So much of a need, with its unit."""
    return told(f"u_{domain}", lang, x=quantity_of(thousandths, lang))


def quantity_of(thousandths: int, lang: str) -> str:
    """Thousandths as days or hours, to a hundredth; – for none."""
    if not thousandths:
        return NOTHING
    shown = number(max(thousandths, LEAST) / MILLI, lang, 0 if thousandths >= LARGE else 2)
    return shown if thousandths >= LEAST else f"<{THIN}{shown}"


def _domains(facts: Facts, lang: str) -> str:
    return ", ".join(say(name, lang) for name in facts.get("domains", [facts["domain"]] if "domain" in facts else ()))


def _plain(event: Event, story: Story, lang: str) -> str:
    facts = event.facts
    site = site_name(facts["site"], lang) if "site" in facts else ""
    voice = told("voice", lang, n=facts["speaker"]) if "speaker" in facts else ""
    return told(f"ev_{event.what}", lang, domains=_domains(facts, lang), site=site) + voice


def _crisis(event: Event, story: Story, lang: str) -> str:
    card = next(card for card in story.crises if card["id"] == event.facts["id"])
    return told("ev_crisis", lang, crisis=card[lang], exposure=percent(event.facts["exposure"], lang))


def _lever(event: Event, story: Story, lang: str) -> str:
    card = next(card for life in story.lives for card in life.levers if card["id"] == event.facts["id"])
    return told(f"reach_{event.facts['reach']}", lang, lever=card[lang])


def _found(event: Event, story: Story, lang: str) -> str:
    by = [told(f"by_{how}", lang, n=n) for how, n in event.facts["by"]]
    return told("ev_found", lang, domains=_domains(event.facts, lang), by=", ".join(dict.fromkeys(by)))


def _request(event: Event, story: Story, lang: str) -> str:
    facts, mine = event.facts, event.what == "asked"
    kind = told(f"k_{facts['kind']}", lang)
    who = told("person", lang, n=facts["of" if mine else "by"], kind=kind)
    child = told("for_child", lang, n=facts["for_"]) if "for_" in facts else ""
    return told(f"ev_{event.what}", lang, who=who, domain=say(facts["domain"], lang),
                answer=_answer(facts, mine, lang)) + child


def _answer(facts: Facts, mine: bool, lang: str) -> str:
    """What was answered, and why."""
    if facts["answer"] == "helped":
        return told("helped" if mine else "gave", lang, amount=amount_of(facts["domain"], facts["amount"], lang))
    return told(f"{facts['answer']}_{facts['why']}", lang, trust=number(facts["trust"], lang, 2),
                chance=percent(facts["chance"], lang))


def _got(event: Event, story: Story, lang: str) -> str:
    facts = event.facts
    how = f"how_{facts.get('how', '')}"
    if how in STORY:
        source = told(how, lang, site=site_name(facts["site"], lang))
    else:
        source = told("s_reserve", lang) if facts.get("how") == "reserve" else say(facts["source"], lang)
    return told("ev_got", lang, source=source, domain=say(facts["domain"], lang),
                amount=amount_of(facts["domain"], facts["amount"], lang))


def _volunteered(event: Event, story: Story, lang: str) -> str:
    return told("ev_volunteered", lang, amount=amount_of("care", event.facts["amount"], lang),
                source=site_name(event.facts["site"], lang))


TELL: dict[str, Callable[[Event, Story, str], str]] = {
    "crisis": _crisis, "lever": _lever, "found": _found, "asked": _request, "was_asked": _request, "got": _got,
    "volunteered": _volunteered}
