"""The gallery of levers: one section per card, in French or English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from simulator.cards.card_texts import read_card_text
from simulator.config.cards.catalogue import CatalogueCard
from simulator.i18n.number_format import format_euro_range, format_euros, format_number
from simulator.i18n.translation import mark, mark_all, translate
from simulator.levers.card import AT_LEVERS, Lever, LeverTarget, Modifier

from .cards import list_shipped_cards
from .words import format_anchor, get_label, get_phrase, render_grade, render_heading, render_tiles

GROUPS = (("L", mark("Levers on ties and places")), ("R", mark("References that are not about ties")))
"""First letter of a lever's code to the heading of its group."""
COVERED = mark_all({"resident": "residents", "household": "households", "building": "buildings"}, context="of")
MODIFIER_HEADS = mark_all(("handle", "per dose", "range", "grade", "source"), context="gallery")


def render_lever_gallery(lang: str) -> str:
    """Tiles that link to the cards, then every card."""
    cards = sorted(list_shipped_cards("lever"), key=_sort_key)
    parts = []
    for letter, head in GROUPS:
        group = [found for found in cards if found.card.code.startswith(letter)]
        parts += [f"## {translate(head, lang)}\n", render_tiles([_build_tile(found, lang) for found in group], lang)]
        parts += [render_lever(found, lang) for found in group]
    return "\n".join(parts)


def _sort_key(found: CatalogueCard) -> tuple[str, int]:
    return found.card.code[:1], int(found.card.code[1:] or 0)


def _build_tile(found: CatalogueCard, lang: str) -> tuple[str, str, str, str, str]:
    lever = found.card
    price = next((f"{text} {what}" for text, what in list_prices(lever, lang)), translate("no price", lang))
    name, what = read_card_text(lever, "label", lang), read_card_text(lever, "mechanism", lang)
    return format_anchor("lever", lever.id, lang), lever.code, name, what, price


def render_lever(found: CatalogueCard, lang: str) -> str:
    """One lever in full."""
    lever: Lever = found.card
    heading = f"{lever.code} · {read_card_text(lever, 'label', lang)}"
    lines = [render_heading(format_anchor("lever", lever.id, lang), heading, 3),
             f"{read_card_text(lever, 'explanation', lang)}\n",
             f"{translate('*Acts through.*', lang)} {read_card_text(lever, 'mechanism', lang)}\n",
             render_modifiers(lever, lang)]
    lines += [f"- **{head}** {text}" for head, text in list_lever_facts(lever, lang)]
    lines.append(f"\n```sh\nresilience compare lever={found.name} territory=village\n```\n")
    return "\n".join(lines)


def render_modifiers(lever: Lever, lang: str) -> str:
    """The table of its modifiers: handle, size, range, evidence grade and source."""
    heads = [translate(head, lang, context="gallery") for head in MODIFIER_HEADS]
    rows = [f"| `{one.handle}` | {_format_operation(one, lang)} | {_format_range(one, lang)} | "
            f"{render_grade(one.grade, lang)} | {one.source} |" for one in lever.modifiers]
    return "\n".join([f"| {' | '.join(heads)} |", "|---|---|---|---|---|", *rows, ""])


def _format_operation(modifier: Modifier, lang: str) -> str:
    sign = {"add": "+ ", "scale": "× ", "set": "= "}[modifier.op]
    value = format_number(abs(modifier.value), lang, _count_decimals(modifier.value))
    return ("− " if modifier.op == "add" and modifier.value < 0 else sign) + value


def _format_range(modifier: Modifier, lang: str) -> str:
    ends = [format_number(end, lang, _count_decimals(end)) for end in (modifier.low, modifier.high) if end is not None]
    return " – ".join(ends) or "–"


def _count_decimals(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


def list_lever_facts(lever: Lever, lang: str) -> Iterator[tuple[str, str]]:
    """(head, text) of everything else on a card."""
    yield translate("Reaches:", lang), "; ".join(list_target_conditions(lever.target, lang))
    yield translate("Acts:", lang), format_window(lever, lang)
    low, high = (_format_tenths(dose, lang) for dose in (lever.dose_low, lever.dose_high))
    yield translate("Dose:", lang), f"1 = {read_card_text(lever, 'dose_unit', lang)} ({low} – {high})"
    yield translate("Costs:", lang), _format_costs(lever, lang)
    if lever.staffing.fte or lever.staffing.volunteers:
        yield translate("Recruits, per dose:", lang), format_staff(lever, lang)
    evidence = lever.evidence
    yield (translate("Evidence:", lang),
           f"{read_card_text(evidence, 'text', lang)} {render_grade(evidence.grade, lang)} · {evidence.source}")
    for name, head in (("capacity", translate("Capacity:", lang)), ("limits", translate("Limits:", lang)),
                       ("side_effects", translate("May spoil:", lang)),
                       ("personal_data", translate("Personal data:", lang))):
        text = read_card_text(lever, name, lang)
        if text:
            yield head, text


def _format_tenths(value: float, lang: str) -> str:
    """A number with one decimal, with none if it is 0."""
    return format_number(value, lang, 1).removesuffix(",0").removesuffix(".0")


def _format_costs(lever: Lever, lang: str) -> str:
    """Prices, who pays, evidence grade and source."""
    cost = lever.cost
    parts = ["; ".join(f"{text} {what}" for text, what in list_prices(lever, lang)) or translate("no price", lang)]
    if cost.payer:
        parts.append(translate("paid by {who}", lang, who=get_label(cost.payer, lang)))
    return f"{', '.join(parts)} · {render_grade(cost.grade, lang)} · {cost.source}"


def format_staff(lever: Lever, lang: str) -> str:
    """Posts and volunteers to recruit."""
    staff, parts = lever.staffing, []
    if staff.fte:
        posts = format_number(staff.fte, lang, _count_decimals(staff.fte))
        parts.append(translate("{posts} full-time posts per {unit}", lang, posts=posts,
                               unit=get_label(staff.per, lang)))
    if staff.volunteers:
        parts.append(translate("{count} volunteers", lang, count=format_number(staff.volunteers, lang)))
    return ", ".join(parts)


def list_prices(lever: Lever, lang: str) -> Iterator[tuple[str, str]]:
    """(price with its range, for what) of every price that is not zero."""
    unit = get_label(lever.cost.unit, lang)
    for item in fields(lever.cost):
        price = getattr(lever.cost, item.name)
        if is_dataclass(price) and price.value:
            span = f" ({format_euro_range(price.low, price.high, lang)})" if price.low != price.high else ""
            yield format_euros(price.value, lang) + span, get_phrase(item.name, lang, unit=unit)


def format_window(lever: Lever, lang: str) -> str:
    """When a lever begins, how fast it takes effect, and when it ends."""
    window = lever.window
    if window.trigger:
        parts = [get_phrase(f"on_{window.trigger}", lang)]
    elif window.start == AT_LEVERS:
        parts = [translate("from the date of the levers", lang)]
    else:
        parts = [translate("from {date}", lang, date=window.start)]
    lead, ramp, days = (format_number(n, lang) for n in (window.lead_time_days, window.ramp_days, window.days))
    if window.lead_time_days:
        parts.append(translate("after {days} days of preparation", lang, days=lead))
    else:
        parts.append(translate("at once", lang))
    if window.ramp_days:
        parts.append(translate("in full {days} days later", lang, days=ramp))
    if window.days:
        parts.append(translate("for {days} days", lang, days=days))
    else:
        parts.append(translate("to the end", lang))
    if lever.handed_over:
        parts.append(translate("handed over when it ends", lang))
    else:
        parts.append(translate("nobody takes over when it ends, which costs trust", lang))
    return ", ".join(parts)


def list_target_conditions(target: LeverTarget, lang: str) -> list[str]:
    """Each condition on residents and sites in words; "everyone" without any."""
    parts = list(_list_resident_conditions(target, lang))
    if target.sites == "none":
        return parts or [translate("everyone", lang)]
    if target.sites in ("lowest", "highest", "nearest"):
        by = get_label(target.sites_by, lang)
        return [*parts, get_phrase(f"sites_{target.sites}", lang, count=target.site_count, by=by)]
    return [*parts, get_phrase(f"sites_{target.sites}", lang)]


def _list_resident_conditions(target: LeverTarget, lang: str) -> Iterator[str]:
    places = target.neighbourhoods
    if target.coverage < 1:
        yield translate("{share}% of {of}", lang, share=_format_tenths(100 * target.coverage, lang),
                        of=translate(COVERED[target.coverage_of], lang, context="of"))
    if places.rule != "all":
        yield get_phrase(f"places_{places.rule}", lang, count=places.count, by=get_label(places.by, lang))
    if target.age_low or target.age_high < 120:
        if target.age_high == 120:
            yield translate("aged {low} and over", lang, low=target.age_low)
        else:
            yield translate("aged {low} to {high}", lang, low=target.age_low, high=target.age_high)
    for name in ("priority_district", "badly_insulated", "without_kit", "isolated", "consenting", "language_barrier"):
        if getattr(target, name):
            yield get_phrase(name, lang)
    if target.quintiles:
        if target.quintiles[0] == 0:
            yield translate("the {count} poorest fifths of incomes", lang, count=len(target.quintiles))
        else:
            yield str(target.quintiles)
    for name in ("gender", "membership"):
        if getattr(target, name) != "all":
            yield get_phrase(getattr(target, name), lang)
    if target.near_sites_km:
        yield translate("within {km} km of such a site", lang, km=format_number(target.near_sites_km, lang, 1))
    if target.households:
        yield re.sub(r"\W+", " ", str(target.households))
