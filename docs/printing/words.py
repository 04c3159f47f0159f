"""Texts of the galleries that are looked up by entries of cards, and the parts of a page that galleries share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from simulator.i18n.translation import mark, translate

NARROW_NBSP = "\u202f"
NBSP = "\u00a0"

PHRASES: dict[str, str] = {
    "setup": mark("once"), "per_year": mark("a year"), "per_fte_year": mark("a year and full-time post"),
    "setup_per_unit": mark("once per {unit}"), "per_unit_year": mark("a year per {unit}"),
    "on_crisis": mark("when a crisis begins"), "on_unmet": mark("when much stays unmet"),
    "sites_all": mark("all sites"), "sites_real": mark("the three real sites"), "sites_generic": mark("generic sites"),
    "sites_ids": mark("sites by number"), "sites_nearest": mark("the {count} nearest sites"),
    "sites_lowest": mark("the {count} sites with least {by}"),
    "sites_highest": mark("the {count} sites with most {by}"),
    "places_lowest": mark("in the {count} neighbourhoods with least {by}"),
    "places_highest": mark("in the {count} neighbourhoods with most {by}"),
    "priority_district": mark("in priority districts"), "badly_insulated": mark("in badly insulated dwellings"),
    "without_kit": mark("households without a kit"), "isolated": mark("isolated adults"),
    "consenting": mark("those who consent to be listed"), "language_barrier": mark("those held back by language"),
    "women": mark("women"), "men": mark("men"), "members": mark("members of sites"),
    "others": mark("those who belong to no site"),
}
"""Phrases by the entry of a card, or its value, that they say."""
LABELS: dict[str, str] = {
    "commune": mark("the commune"), "departement": mark("the département"), "state": mark("the State"),
    "foundation": mark("a foundation"), "association": mark("the association"), "lever": mark("lever"),
    "site": mark("site"), "building": mark("building"), "household": mark("household"),
    "neighbourhood": mark("neighbourhood"), "project": mark("project"), "registered": mark("person registered"),
    "resident": mark("resident"), "institution": mark("institution"), "thousand": mark("thousand residents"),
    "neighbourhood_support": mark("strong ties"), "awareness": mark("knowledge of sites"), "staff": mark("staff"),
    "hours": mark("opening hours"), "places": mark("places"), "income": mark("income"), "members": mark("members"),
    "agency": mark("power to act"), "frailty": mark("frailty"), "unmet": mark("unmet need"),
    "measured": mark("measured"), "published": mark("published"), "derived": mark("derived"),
    "assumption": mark("assumption"), "flow": mark("small needs day after day"),
    "event": mark("needs that come in lumps"), "stock": mark("needs that come once, at the start"),
    "food": mark("food {n} person-days"), "equipment": mark("place or kit {n} days"),
    "assistance": mark("hands {n} h"), "know_how": mark("know-how {n} h"),
    "site_activity": mark("the activity of sites"), "visits": mark("visits between homes"),
    "institution_capacity": mark("what institutions can give"), "phone": mark("contact by telephone"),
    "restocking": mark("what shops can sell"),
}
"""Words by the value of a card that they say. In French some have their article with them."""


def get_phrase(key: str, lang: str, **facts: object) -> str:
    """A phrase of PHRASES with its blanks filled. KeyError for an unknown key."""
    return translate(PHRASES[key], lang, **facts)


def get_label(name: str, lang: str, **facts: object) -> str:
    """A word of LABELS; the name itself where there is none."""
    return translate(LABELS[name], lang, context="gallery", **facts) if name in LABELS else name


def add_nbsp(text: str) -> str:
    """French text with no-break spaces before : ; ! ? % € and inside quotation marks."""
    text = text.replace(" :", f"{NBSP}:").replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    for sign in ";!?%€":
        text = text.replace(f" {sign}", f"{NARROW_NBSP}{sign}")
    return text


def render_grade(name: str, lang: str) -> str:
    """An evidence grade as a coloured word in HTML."""
    return f'<span class="grade {name}">{get_label(name, lang)}</span>'


ANCHORS = {"lever": mark("lever"), "crisis": mark("crisis")}


def format_anchor(group: str, name: str, lang: str) -> str:
    """The anchor of a card on its page: lever-open-project, in French levier-open-project."""
    return f"{translate(ANCHORS[group], lang)}-{name}".replace("_", "-")


def render_heading(anchor: str, head: str, level: int = 2) -> str:
    """A Markdown heading that other pages can link to."""
    return f"\n({anchor})=\n{'#' * level} {head}\n"


def render_tiles(rows: Sequence[tuple[str, str, str, str, str]], lang: str) -> str:
    """The tiles of a gallery in HTML. rows: (anchor, code, name, what it does, price) of each card."""
    parts = ['<div class="tiles">']
    for anchor, code, name, what, price in rows:
        name, what = (add_nbsp(name), add_nbsp(what)) if lang == "fr" else (name, what)
        parts.append(f'<a class="tile" href="#{anchor}"><span class="code">{escape(code)}</span>'
                     f"<strong>{escape(name)}</strong><span>{escape(what)}</span>"
                     f'<span class="price">{escape(price)}</span></a>')
    return "\n".join([*parts, "</div>\n"])
