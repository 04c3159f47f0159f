"""Words of the galleries, English and French, and the pieces of a page they share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

THIN = "\u202f"
FIXED = "\u00a0"

WORDS: dict[str, tuple[str, str]] = {
    "about_ties": ("Levers on ties and places", "Leviers sur les liens et les lieux"),
    "references": ("References that are not about ties", "Références qui ne portent pas sur les liens"),
    "free": ("no price", "sans prix"),
    "acts_through": ("*Acts through.*", "*Agit par.*"),
    "handle": ("handle", "poignée"), "per_dose": ("per dose", "par dose"), "range": ("range", "bornes"),
    "grade": ("grade", "preuve"), "source": ("source", "source"),
    "reaches": ("Reaches:", "Touche :"), "acts": ("Acts:", "Agit :"), "dose": ("Dose:", "Dose :"),
    "costs": ("Costs:", "Coûte :"), "recruits": ("Recruits, per dose:", "Recrute, par dose :"),
    "evidence": ("Evidence:", "Ce que l'on sait :"), "capacity": ("Capacity:", "Capacité :"),
    "limits": ("Limits:", "Limites :"), "side_effects": ("May spoil:", "Peut abîmer :"),
    "personal_data": ("Personal data:", "Données personnelles :"),
    "paid_by": ("paid by {who}", "à la charge {who}"),
    "setup": ("once", "une fois"), "per_year": ("a year", "par an"),
    "per_fte_year": ("a year and full-time post", "par an et par équivalent temps plein"),
    "setup_per_unit": ("once per {unit}", "une fois par {unit}"),
    "per_unit_year": ("a year per {unit}", "par an et par {unit}"),
    "posts": ("full-time posts", "équivalent temps plein"), "per": ("per", "par"),
    "volunteers": ("volunteers", "bénévoles"),
    "from_levers": ("from the date of the levers", "à partir de la date des leviers"),
    "from_date": ("from {date}", "à partir du {date}"),
    "on_crisis": ("when a crisis begins", "quand une crise commence"),
    "on_unmet": ("when much stays unmet", "quand beaucoup de besoins restent sans réponse"),
    "lead": ("after {days} days of preparation", "après {days} jours de préparation"),
    "at_once": ("at once", "aussitôt"),
    "ramp": ("in full {days} days later", "à plein {days} jours plus tard"),
    "lasts": ("for {days} days", "pendant {days} jours"), "to_the_end": ("to the end", "jusqu'au bout"),
    "handed_over": ("handed over when it ends", "avec relève à la fin"),
    "not_handed_over": ("nobody takes over when it ends, which costs trust",
                        "sans relève à la fin, ce qui coûte de la confiance"),
    "everyone": ("everyone", "tout le monde"),
    "coverage": ("{share}% of {of}", "{share} % {of}"),
    "of_resident": ("residents", "des habitants"), "of_household": ("households", "des ménages"),
    "of_building": ("buildings", "des immeubles"),
    "places_lowest": ("in the {count} neighbourhoods with least {by}", "dans les {count} quartiers au plus bas : {by}"),
    "places_highest": ("in the {count} neighbourhoods with most {by}",
                       "dans les {count} quartiers au plus haut : {by}"),
    "aged_from": ("aged {low} and over", "{low} ans et plus"),
    "aged": ("aged {low} to {high}", "de {low} à {high} ans"),
    "priority_district": ("in priority districts", "dans les quartiers prioritaires"),
    "badly_insulated": ("in badly insulated dwellings", "dans les logements mal isolés"),
    "without_kit": ("households without a kit", "ménages sans équipement"),
    "isolated": ("isolated adults", "adultes isolés"),
    "consenting": ("those who consent to be listed", "personnes qui consentent à l'inscription"),
    "language_barrier": ("those held back by language", "personnes freinées par la langue"),
    "fifths": ("the {count} poorest fifths of incomes", "les {count} cinquièmes les plus pauvres"),
    "women": ("women", "femmes"), "men": ("men", "hommes"), "members": ("members of sites", "adhérents des lieux"),
    "others": ("those who belong to no site", "personnes sans lieu"),
    "near": ("within {km} km of such a site", "à moins de {km} km d'un tel lieu"),
    "sites_all": ("all sites", "tous les lieux"), "sites_real": ("the three real sites", "les trois lieux réels"),
    "sites_generic": ("generic sites", "les lieux génériques"), "sites_ids": ("sites by number", "des lieux désignés"),
    "sites_nearest": ("the {count} nearest sites", "les {count} lieux les plus proches"),
    "sites_lowest": ("the {count} sites with least {by}", "les {count} lieux qui ont le moins : {by}"),
    "sites_highest": ("the {count} sites with most {by}", "les {count} lieux qui ont le plus : {by}"),
    "begins": ("Begins on {date} unless set otherwise, for {days} days (documented: {low} to {high}).",
               "Débute le {date} sauf réglage, pour {days} jours (documenté : de {low} à {high})."),
    "exposure": ("Hits:", "Frappe :"),
    "needs": ("Brings, per day in full exposure:", "Fait naître, par jour en pleine exposition :"),
    "needs_once": ("Brings, once, in full exposure:", "Fait naître, une fois, en pleine exposition :"),
    "services": ("Leaves, at the worst:", "Il reste, au pire :"),
    "delay": ("Institutions give after {days} days.", "Les institutions répondent après {days} jours."),
    "delay_head": ("Delay:", "Délai :"),
    "sources": ("Sources:", "Sources :"), "graded": ("Grades:", "Degrés de preuve :"),
    "frail": ("{base} + {frailty} × frailty", "{base} + {frailty} × fragilité"),
    "of_services": ("{share}% of {what}", "{share} % : {what}"),
}
FACE: dict[str, dict[str, str]] = {
    "commune": {"en": "the commune", "fr": "de la commune"},
    "departement": {"en": "the département", "fr": "du Département"},
    "state": {"en": "the State", "fr": "de l'État"}, "foundation": {"en": "a foundation", "fr": "d'une fondation"},
    "association": {"en": "the association", "fr": "de l'association"},
    "lever": {"en": "lever", "fr": "levier"}, "site": {"en": "site", "fr": "lieu"},
    "building": {"en": "building", "fr": "immeuble"}, "household": {"en": "household", "fr": "ménage"},
    "neighbourhood": {"en": "neighbourhood", "fr": "quartier"}, "project": {"en": "project", "fr": "projet"},
    "registered": {"en": "person registered", "fr": "personne inscrite"},
    "resident": {"en": "resident", "fr": "habitant"}, "institution": {"en": "institution", "fr": "institution"},
    "thousand": {"en": "thousand residents", "fr": "millier d'habitants"},
    "climate": {"en": "strong ties", "fr": "liens forts"},
    "awareness": {"en": "knowledge of sites", "fr": "connaissance des lieux"},
    "staff": {"en": "staff", "fr": "personnel"}, "hours": {"en": "opening hours", "fr": "heures d'ouverture"},
    "places": {"en": "places", "fr": "places"}, "income": {"en": "income", "fr": "revenu"},
    "members": {"en": "members", "fr": "adhérents"}, "agency": {"en": "power to act", "fr": "pouvoir d'agir"},
    "frailty": {"en": "frailty", "fr": "fragilité"}, "unmet": {"en": "unmet need", "fr": "besoins sans réponse"},
    "measured": {"en": "measured", "fr": "mesuré"}, "published": {"en": "published", "fr": "publié"},
    "derived": {"en": "derived", "fr": "déduit"}, "assumption": {"en": "assumption", "fr": "supposé"},
    "flow": {"en": "small needs day after day", "fr": "de petits besoins jour après jour"},
    "event": {"en": "needs that come in lumps", "fr": "des besoins par à-coups"},
    "stock": {"en": "needs that come once, at the start", "fr": "des besoins d'un seul coup, au début"},
    "food": {"en": "food {n} person-days", "fr": "alimentation {n} j-personne"},
    "kit": {"en": "place or kit {n} days", "fr": "place ou équipement {n} j"},
    "care": {"en": "hands {n} h", "fr": "bras et présence {n} h"},
    "know": {"en": "know-how {n} h", "fr": "savoir-faire {n} h"},
    "site_open": {"en": "the activity of sites", "fr": "activité des lieux"},
    "meet": {"en": "visits between homes", "fr": "visites d'un logement à l'autre"},
    "institution_service": {"en": "what institutions can give", "fr": "moyens des institutions"},
    "phone": {"en": "contact by telephone", "fr": "contacts par téléphone"},
    "shops": {"en": "what shops can sell", "fr": "approvisionnement des commerces"},
}


def said(word: str, lang: str, **facts: object) -> str:
    """A phrase in this language."""
    return WORDS[word][lang == "fr"].format(**facts)


def spaced(text: str) -> str:
    """French text whose marks keep to their words: no-break spaces before : ; ! ? % and inside quotation marks."""
    text = text.replace(" :", f"{FIXED}:").replace("« ", f"«{FIXED}").replace(" »", f"{FIXED}»")
    for mark in ";!?%€":
        text = text.replace(f" {mark}", f"{THIN}{mark}")
    return text


def grade(name: str, lang: str) -> str:
    """How well something is known, as a coloured word."""
    return f'<span class="grade {name}">{FACE[name][lang]}</span>'


ANCHORS = {"lever": "levier", "crisis": "crise"}


def anchor(group: str, name: str, lang: str) -> str:
    """Where a card stands on its page: lever-open-project, in French levier-open-project."""
    return f"{ANCHORS[group] if lang == 'fr' else group}-{name}".replace("_", "-")


def section(anchor: str, head: str, level: int = 2) -> str:
    """A heading that other pages can link to."""
    return f"\n({anchor})=\n{'#' * level} {head}\n"


def tiles(rows: Sequence[tuple[str, str, str, str, str]], lang: str) -> str:
    """A gallery: (anchor, number, name, what it does, price) of each card."""
    parts = ['<div class="tiles">']
    for anchor, code, name, what, price in rows:
        name, what = (spaced(name), spaced(what)) if lang == "fr" else (name, what)
        parts.append(f'<a class="tile" href="#{anchor}"><span class="code">{escape(code)}</span>'
                     f"<strong>{escape(name)}</strong><span>{escape(what)}</span>"
                     f'<span class="price">{escape(price)}</span></a>')
    return "\n".join([*parts, "</div>\n"])
