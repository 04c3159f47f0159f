"""The gallery of crises: one section per card, in French or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from simulator.cards.card_texts import read_card_text
from simulator.config.cards.catalogue import CatalogueCard
from simulator.crises.card import Crisis, Exposure
from simulator.i18n.date_format import format_date
from simulator.i18n.number_format import format_number
from simulator.i18n.texts.figure_texts import FIGURE_LABELS
from simulator.i18n.translation import mark, mark_all, translate
from simulator.rules.need_domains import DOMAINS

from .cards import list_shipped_cards
from .words import format_anchor, get_label, render_grade, render_heading, render_tiles

EXPOSED_LABELS: dict[str, str] = {
    "base": mark("everyone"), "top_floor": mark("under the roof"), "poor_insulation": mark("badly insulated building"),
    "heat_island": mark("neighbourhood where summers are hotter"), "feeder": mark("on a power feeder that fails"),
    "feeder_share": mark("share of feeders that fail"),
    "flood_zone_ground_floor": mark("ground floor in a flood zone"),
    "runoff_ground_floor": mark("ground floor where storm water gathers, outside flood zones"),
    "runoff_share": mark("share of neighbourhoods where it does, at least one"),
    "low_income": mark("income fifth up to low_income_quintile"), "failing_building": mark("failing co-ownership"),
    "lift_failure": mark("failing co-ownership with a lift, from the third floor up, in full from the eighth, for the "
                         "old, the ill and those with a pram"),
    "heating_failure": mark("failing co-ownership, for the old, the ill and those with a small child"),
    "neighbourhood": mark("in a neighbourhood that is struck"),
    "neighbourhood_share": mark("share of neighbourhoods that are struck, at least one"),
    "evacuated": mark("in a building that is emptied"),
    "evacuated_share": mark("share of failing buildings that are emptied, at least one building"),
    "site_users": mark("members of a site that is shut"),
    "income_gap": mark("share of income that goes missing, draining the cushion"),
}
"""Entry of an exposure to who is exposed."""
GRADED_ENTRIES = mark_all((
    "days", "exposure", "needs", "carry", "damage", "displaced", "services", "institution_delay", "heat",
    "exposed_services", "sites", "trust_loss"), context="entry")
"""Entries of a card that have a grade."""


def render_crisis_gallery(lang: str) -> str:
    """Tiles that link to the cards, then every card."""
    cards = list_shipped_cards("crisis")
    tiles = [_build_tile(found.card, lang) for found in cards]
    return "\n".join([render_tiles(tiles, lang), *(render_crisis(found, lang) for found in cards)])


def _build_tile(crisis: Crisis, lang: str) -> tuple[str, str, str, str, str]:
    days = translate("{days} days", lang, days=format_number(crisis.days, lang))
    return (format_anchor("crisis", crisis.id, lang), days, read_card_text(crisis, "label", lang),
            get_label(crisis.mode, lang), format_date(crisis.start, lang))


def render_crisis(found: CatalogueCard, lang: str) -> str:
    """One crisis in full."""
    crisis: Crisis = found.card
    begins = translate("Begins on {date} unless set otherwise, for {days} days (documented: {low} to {high}).", lang,
                       date=format_date(crisis.start, lang), days=crisis.days, low=crisis.days_low,
                       high=crisis.days_high)
    lines = [render_heading(format_anchor("crisis", crisis.id, lang), read_card_text(crisis, "label", lang)),
             f"{read_card_text(crisis, 'explanation', lang)}\n", f"{begins}\n"]
    lines += [f"- **{head}** {text}" for head, text in list_crisis_facts(crisis, lang)]
    lines.append(f"\n```sh\nresilience compare crisis={found.name} lever=coordinator territory=village\n```\n")
    return "\n".join(lines)


def list_crisis_facts(crisis: Crisis, lang: str) -> Iterator[tuple[str, str]]:
    """(head, text) of the entries of a card."""
    yield translate("Hits:", lang), "; ".join(list_exposed(crisis.exposure, lang))
    head = translate("Brings, per day in full exposure:", lang)
    if crisis.mode == "stock":
        head = translate("Brings, once, in full exposure:", lang)
    yield head, "; ".join(list_needs(crisis, lang))
    if crisis.damage.homes:
        share = format_number(100 * crisis.damage.homes, lang, 1)
        yield translate("Damages:", lang), translate(
            "{share}% of exposed homes; work left behind, median: {work}", lang, share=share,
            work="; ".join(list_damage(crisis, lang)))
    if crisis.displaced:
        yield translate("Puts out of home:", lang), translate(
            "{share}% of exposed households", lang, share=format_number(100 * crisis.displaced, lang, 1))
    services = list(list_services(crisis, lang))
    if services:
        yield translate("Leaves, at the worst:", lang), "; ".join(services)
    delay = translate("Institutions give after {days} days.", lang, days=crisis.institution_delay)
    yield translate("Delay:", lang), delay
    grades = [f"{translate(name, lang, context='entry')} {render_grade(grade, lang)}"
              for name, grade in crisis.grades.items()]
    yield translate("Grades:", lang), ", ".join(grades)
    yield translate("Sources:", lang), " · ".join(crisis.sources_in(lang))


def list_exposed(exposure: Exposure, lang: str) -> Iterator[str]:
    """Who is exposed, and how strongly: the entries that differ from their default."""
    for item in fields(exposure):
        value = getattr(exposure, item.name)
        if value == item.default or isinstance(value, (bool, str)) or item.name.endswith("quintile"):
            continue
        yield f"{translate(EXPOSED_LABELS[item.name], lang)} {format_number(value, lang, 2)}"


def list_needs(crisis: Crisis, lang: str) -> Iterator[str]:
    """Need of each domain, with its part by frailty where there is one."""
    for name in ("food", "equipment", "assistance", "know_how"):
        need = getattr(crisis.needs, name)
        base, frailty = _format_plain(need.base, lang), _format_plain(need.frailty, lang)
        if need.base or need.frailty:
            size = translate("{base} + {frailty} × frailty", lang, base=base, frailty=frailty) if need.frailty else base
            yield get_label(name, lang, n=size)


def list_damage(crisis: Crisis, lang: str) -> Iterator[str]:
    """Median work that damage leaves in each domain, hours."""
    for name, size in zip(DOMAINS, crisis.damage.sizes(), strict=True):
        if size.median:
            yield translate("{domain} {hours} h", lang, domain=translate(FIGURE_LABELS[name], lang),
                            hours=format_number(size.median, lang))


def list_services(crisis: Crisis, lang: str) -> Iterator[str]:
    """What is left of each service that the crisis reduces."""
    for item in fields(crisis.services):
        level = getattr(crisis.services, item.name).level
        if level < 1:
            what = get_label(item.name, lang)
            yield translate("{share}% of {what}", lang, share=format_number(100 * level, lang), what=what)


def _format_plain(value: float, lang: str) -> str:
    return format_number(value, lang, len(f"{value:g}".partition(".")[2]))
