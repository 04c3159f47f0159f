"""Texts of the galleries that are looked up by entries of cards, and the parts of a page that galleries share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from simulator.i18n.translation import mark, mark_all, translate

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
LABELS: dict[str, str] = mark_all({
    "commune": "the commune", "departement": "the département", "state": "the State",
    "foundation": "a foundation", "association": "the association", "lever": "lever",
    "site": "site", "building": "building", "household": "household",
    "neighbourhood": "neighbourhood", "project": "project", "registered": "person registered",
    "resident": "resident", "institution": "institution", "thousand": "thousand residents",
    "neighbourhood_support": "strong ties", "awareness": "knowledge of sites", "staff": "staff",
    "hours": "opening hours", "places": "places", "income": "income", "members": "members",
    "agency": "power to act", "frailty": "frailty", "unmet": "unmet need",
    "measured": "measured", "published": "published", "derived": "derived",
    "assumption": "assumption", "flow": "small needs day after day",
    "event": "needs that come in lumps", "stock": "needs that come once, at the start",
    "food": "food {n} person-days", "equipment": "place or kit {n} days",
    "assistance": "hands {n} h", "know_how": "know-how {n} h",
    "site_activity": "the activity of sites", "visits": "visits between homes",
    "institution_capacity": "what institutions can give", "phone": "contact by telephone",
    "restocking": "what shops can sell",
}, context="gallery")
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
