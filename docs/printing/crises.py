"""The gallery of crises: one section per card, in French or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from simulator.config.catalogue import Found
from simulator.crises.card import Crisis, Exposure
from simulator.i18n.number import number

from .cards import every_card
from .words import FACE, anchor, grade, said, section, tiles

EXPOSED_FR = {
    "base": "tout le monde", "top_floor": "sous les toits", "poor_insulation": "logement mal isolé",
    "heat_island": "quartier plus chaud l'été", "feeder": "sur un départ électrique en panne",
    "feeder_share": "part des départs en panne", "flood_zone_ground_floor": "rez-de-chaussée en zone inondable",
    "runoff_ground_floor": "rez-de-chaussée où l'eau d'orage s'accumule, hors zone inondable",
    "runoff_share": "part des quartiers concernés, au moins un", "low_income": "cinquièmes de revenu les plus pauvres",
    "failing_building": "copropriété dégradée",
    "lift_failure": "copropriété dégradée avec ascenseur, à partir du troisième étage : personnes âgées, malades ou "
                    "avec poussette",
    "heating_failure": "copropriété dégradée : personnes âgées, malades ou avec un jeune enfant",
    "neighbourhood": "dans un quartier touché", "neighbourhood_share": "part des quartiers touchés, au moins un",
    "evacuated": "dans un immeuble évacué", "evacuated_share": "part des immeubles dégradés évacués, au moins un",
    "site_users": "adhérents d'un lieu fermé", "income_gap": "part du revenu qui manque et vide l'épargne",
}

GRADED_FR = {
    "days": "durée", "exposure": "exposition", "needs": "besoins", "carry": "report au lendemain", "damage": "atteinte",
    "services": "services", "institution_delay": "délai des institutions", "mortality_slope": "surmortalité",
    "hit": "ce que perdent les personnes touchées", "sites": "lieux fermés", "trust_loss": "confiance perdue",
}


def gallery(lang: str) -> str:
    """Tiles that lead to the cards, then every card."""
    found = every_card("crisis")
    return "\n".join([tiles([_tile(one.card, lang) for one in found], lang), *(card(one, lang) for one in found)])


def _tile(one: Crisis, lang: str) -> tuple[str, str, str, str, str]:
    return (anchor("crisis", one.id, lang), f"{number(one.days, lang)} {'jours' if lang == 'fr' else 'days'}",
            getattr(one, f"label_{lang}"), FACE[one.mode][lang], _day(one.start, lang))


MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")


def _day(text: str, lang: str) -> str:
    day = date.fromisoformat(text)
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]} {day.year}" if lang == "fr" else f"{day.day} {day:%B %Y}"


def card(found: Found, lang: str) -> str:
    """One crisis in full."""
    one: Crisis = found.card
    span = {"days": one.days, "low": one.days_low, "high": one.days_high}
    lines = [section(anchor("crisis", one.id, lang), getattr(one, f"label_{lang}")),
             f"{getattr(one, f'explanation_{lang}')}\n",
             said("begins", lang, date=_day(one.start, lang), **span) + "\n"]
    lines += [f"- **{head}** {text}" for head, text in facts(one, lang)]
    lines.append(f"\n```sh\nresilience compare crisis={found.name} lever=coordinator territory=village\n```\n")
    return "\n".join(lines)


def facts(one: Crisis, lang: str) -> Iterator[tuple[str, str]]:
    """Head and text of what the card says."""
    yield said("exposure", lang), "; ".join(exposed(one.exposure, lang))
    head = "needs_once" if one.mode == "stock" else "needs"
    yield said(head, lang), "; ".join(needs(one, lang))
    left = list(services(one, lang))
    if left:
        yield said("services", lang), "; ".join(left)
    yield said("delay_head", lang), said("delay", lang, days=one.institution_delay)
    yield said("graded", lang), ", ".join(
        f"{GRADED_FR[name] if lang == 'fr' else name} {grade(one.grades[name], lang)}" for name in one.grades)
    yield said("sources", lang), " · ".join(one.sources_in(lang))


def exposed(one: Exposure, lang: str) -> Iterator[str]:
    """Whom it hits, how strongly: the entries that are not zero."""
    for item in fields(one):
        value, usual = getattr(one, item.name), item.default
        if value == usual or isinstance(value, (bool, str)) or item.name.endswith("quintile"):
            continue
        face = EXPOSED_FR[item.name] if lang == "fr" else item.metadata["doc"]
        yield f"{face} {number(value, lang, 2)}"


def needs(one: Crisis, lang: str) -> Iterator[str]:
    """Need of each domain, by frailty where the card says so."""
    for name in ("food", "kit", "care", "know"):
        need = getattr(one.needs, name)
        base, frailty = _plain(need.base, lang), _plain(need.frailty, lang)
        if need.base or need.frailty:
            size = said("frail", lang, base=base, frailty=frailty) if need.frailty else base
            yield FACE[name][lang].format(n=size)


def services(one: Crisis, lang: str) -> Iterator[str]:
    """What is left of each service that the crisis cuts."""
    for item in fields(one.services):
        level = getattr(one.services, item.name).level
        if level < 1:
            name = "institution_service" if item.name == "institution" else item.name
            yield said("of_services", lang, share=number(100 * level, lang), what=FACE[name][lang])


def _plain(value: float, lang: str) -> str:
    return number(value, lang, len(f"{value:g}".partition(".")[2]))
