"""The gallery of levers: one section per card, in French or English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from simulator.config.catalogue import Found
from simulator.i18n.number import euro_range, euros, number
from simulator.levers.card import AT_LEVERS, Lever, Target, Turn

from .cards import every_card
from .words import FACE, anchor, grade, said, section, tiles

GROUPS = (("L", "about_ties"), ("R", "references"))


def gallery(lang: str) -> str:
    """Tiles that lead to the cards, then every card."""
    found = sorted(every_card("lever"), key=_place)
    parts = []
    for letter, head in GROUPS:
        ours = [one for one in found if one.card.code.startswith(letter)]
        parts += [f"## {said(head, lang)}\n", tiles([_tile(one, lang) for one in ours], lang)]
        parts += [card(one, lang) for one in ours]
    return "\n".join(parts)


def _place(found: Found) -> tuple[str, int]:
    return found.card.code[:1], int(found.card.code[1:] or 0)


def _tile(found: Found, lang: str) -> tuple[str, str, str, str, str]:
    one = found.card
    price = next((f"{text} {what}" for text, what in prices(one, lang)), said("free", lang))
    name, what = getattr(one, f"label_{lang}"), in_language(one, "mechanism", lang)
    return anchor("lever", one.id, lang), one.code, name, what, price


def in_language(one: object, name: str, lang: str) -> str:
    """A text of a card in this language, in English where it has no other."""
    return (getattr(one, f"{name}_fr", "") if lang == "fr" else "") or getattr(one, name)


def card(found: Found, lang: str) -> str:
    """One lever in full."""
    one: Lever = found.card
    lines = [section(anchor("lever", one.id, lang), f"{one.code} · {getattr(one, f'label_{lang}')}", 3),
             f"{getattr(one, f'explanation_{lang}')}\n",
             f"{said('acts_through', lang)} {in_language(one, 'mechanism', lang)}\n",
             turns(one, lang)]
    lines += [f"- **{head}** {text}" for head, text in facts(one, lang)]
    lines.append(f"\n```sh\nresilience compare lever={found.name} territory=village\n```\n")
    return "\n".join(lines)


def turns(one: Lever, lang: str) -> str:
    """What it turns, by how much, and how well that is known."""
    heads = [said(word, lang) for word in ("handle", "per_dose", "range", "grade", "source")]
    rows = [f"| `{turn.handle}` | {_by(turn, lang)} | {_range(turn, lang)} | {grade(turn.grade, lang)} | "
            f"{turn.source} |" for turn in one.turns]
    return "\n".join([f"| {' | '.join(heads)} |", "|---|---|---|---|---|", *rows, ""])


def _by(turn: Turn, lang: str) -> str:
    sign = {"add": "+ ", "scale": "× ", "set": "= "}[turn.op]
    value = number(abs(turn.value), lang, _decimals(turn.value))
    return ("− " if turn.op == "add" and turn.value < 0 else sign) + value


def _range(turn: Turn, lang: str) -> str:
    ends = [number(end, lang, _decimals(end)) for end in (turn.low, turn.high) if end is not None]
    return " – ".join(ends) or "–"


def _decimals(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


def facts(one: Lever, lang: str) -> Iterator[tuple[str, str]]:
    """Head and text of everything else a card says."""
    yield said("reaches", lang), "; ".join(target(one.target, lang))
    yield said("acts", lang), when(one, lang)
    unit = in_language(one, "dose_unit", lang)
    span = f"{number(one.dose_low, lang, 1)} – {number(one.dose_high, lang, 1)}".replace(",0", "").replace(".0", "")
    yield said("dose", lang), f"1 = {unit} ({span})"
    bill = "; ".join(f"{text} {what}" for text, what in prices(one, lang)) or said("free", lang)
    told = [said("paid_by", lang, who=FACE.get(one.cost.payer, {}).get(lang, one.cost.payer))] if one.cost.payer else []
    yield said("costs", lang), ", ".join([bill, *told]) + f" · {grade(one.cost.grade, lang)} · {one.cost.source}"
    if one.staffing.fte or one.staffing.volunteers:
        yield said("recruits", lang), staff(one, lang)
    known = in_language(one.evidence, "text", lang)
    yield said("evidence", lang), f"{known} {grade(one.evidence.grade, lang)} · {one.evidence.source}"
    for name in ("capacity", "limits", "side_effects", "personal_data"):
        text = in_language(one, name, lang)
        if text:
            yield said(name, lang), text


def staff(one: Lever, lang: str) -> str:
    """Posts and volunteers to find."""
    parts = []
    if one.staffing.fte:
        posts = number(one.staffing.fte, lang, _decimals(one.staffing.fte))
        parts.append(f"{posts} {said('posts', lang)} {said('per', lang)} {_named(one.staffing.per, lang)}")
    if one.staffing.volunteers:
        parts.append(f"{number(one.staffing.volunteers, lang)} {said('volunteers', lang)}")
    return ", ".join(parts)


def _named(unit: str, lang: str) -> str:
    return FACE.get(unit, {}).get(lang, unit)


def prices(one: Lever, lang: str) -> Iterator[tuple[str, str]]:
    """(price with its range, for what) of every price that is not zero."""
    for item in fields(one.cost):
        price = getattr(one.cost, item.name)
        if is_dataclass(price) and price.value:
            span = f" ({euro_range(price.low, price.high, lang)})" if price.low != price.high else ""
            yield euros(price.value, lang) + span, said(item.name, lang, unit=_named(one.cost.unit, lang))


def when(one: Lever, lang: str) -> str:
    """Its window in words."""
    window = one.window
    start = said("from_levers", lang) if window.start == AT_LEVERS else said("from_date", lang, date=window.start)
    parts = [said(f"on_{window.trigger}", lang)] if window.trigger else [start]
    parts.append(said("lead", lang, days=number(window.lead_time_days, lang)) if window.lead_time_days else
                 said("at_once", lang))
    if window.ramp_days:
        parts.append(said("ramp", lang, days=number(window.ramp_days, lang)))
    parts.append(said("lasts", lang, days=number(window.days, lang)) if window.days else said("to_the_end", lang))
    parts.append(said("handed_over" if one.handed_over else "not_handed_over", lang))
    return ", ".join(parts)


def target(whom: Target, lang: str) -> list[str]:
    """Whom it reaches: each condition in words."""
    parts = list(_residents(whom, lang))
    if whom.sites == "none":
        return parts or [said("everyone", lang)]
    if whom.sites in ("lowest", "highest", "nearest"):
        parts.append(said(f"sites_{whom.sites}", lang, count=whom.site_count, by=_named(whom.sites_by, lang)))
    else:
        parts.append(said(f"sites_{whom.sites}", lang))
    return parts


def _residents(whom: Target, lang: str) -> Iterator[str]:
    share = number(100 * whom.coverage, lang, 1).removesuffix(",0").removesuffix(".0")
    if whom.coverage < 1:
        yield said("coverage", lang, share=share, of=said(f"of_{whom.coverage_of}", lang))
    if whom.neighbourhoods.rule != "all":
        yield said(f"places_{whom.neighbourhoods.rule}", lang, count=whom.neighbourhoods.count,
                   by=_named(whom.neighbourhoods.by, lang))
    if whom.age_low or whom.age_high < 120:
        yield said("aged_from" if whom.age_high == 120 else "aged", lang, low=whom.age_low, high=whom.age_high)
    for name in ("priority_district", "badly_insulated", "without_kit", "isolated", "consenting", "language_barrier"):
        if getattr(whom, name):
            yield said(name, lang)
    if whom.quintiles:
        yield said("fifths", lang, count=len(whom.quintiles)) if whom.quintiles[0] == 0 else str(whom.quintiles)
    for name in ("gender", "membership"):
        if getattr(whom, name) != "all":
            yield said(getattr(whom, name), lang)
    if whom.near_sites_km:
        yield said("near", lang, km=number(whom.near_sites_km, lang, 1))
    yield from [re.sub(r"\W+", " ", str(kinds)) for kinds in (whom.households,) if kinds]
