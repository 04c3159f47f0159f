"""Cards by the names people use: file names, labels in French or English, words for them; accents and case left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...i18n.translation import SOURCE_LANGUAGE, Message
from ..errors import find_nearest_names
from ..places.place_names import simplify_name
from .card_files import list_card_names

CARD_WORDS: dict[str, dict[str, str]] = {
    # group -> a word for a card -> the card's name; labels need no entry
    "crisis": {
        "vague de chaleur": "heatwave", "fortes chaleurs": "heatwave", "inondations": "flood", "crue": "flood",
        "ruissellement": "flood", "coupure de courant": "power_cut", "panne de courant": "power_cut",
        "panne d'électricité": "power_cut", "panne électrique": "power_cut", "blackout": "power_cut",
        "coupure électrique": "power_cut", "inflation": "price_shock", "hausse des prix": "price_shock",
        "choc de prix": "price_shock", "vie chère": "price_shock", "fermeture": "closure", "fermetures": "closure",
        "fermeture des lieux": "closure", "émeutes": "unrest", "violences urbaines": "unrest", "troubles": "unrest",
        "évacuation": "housing_evacuation", "évacuation d'immeubles": "housing_evacuation",
        "péril": "housing_evacuation",
        "immeuble en péril": "housing_evacuation", "ascenseur": "lift_or_heating_failure",
        "panne d'ascenseur": "lift_or_heating_failure", "panne de chauffage": "lift_or_heating_failure",
        "chauffage": "lift_or_heating_failure", "pandémie": "lockdown",
    },
    "lever": {
        "coordination": "coordinator", "coordinatrice": "coordinator", "porte-à-porte": "outreach",
        "aller vers": "outreach",
        "registre": "phone_tree_and_register", "chaîne d'appels": "phone_tree_and_register",
        "nouveau lieu": "open_project", "jardin partagé": "open_project", "jardin": "open_project",
        "garden": "open_project", "café associatif": "open_project", "ouvrir un lieu": "open_project",
        "ventilateurs": "fans", "isolation": "insulation", "versement": "cash", "aide financière": "cash",
        "micro-subventions": "micro_grants",
        "salles refuges": "refuge_rooms", "salle refuge": "refuge_rooms", "référents": "building_referents",
        "réserve citoyenne": "volunteer_reserve", "bibliothèque d'objets": "library_of_things",
        "prix solidaire": "solidarity_price", "fonds d'urgence": "emergency_fund", "formation": "preparedness_training",
        "horaires élargis": "longer_hours", "horaires": "longer_hours", "cogestion": "co_governance",
        "mixité": "mixed_publics", "accueil": "low_threshold_welcome", "convention": "stable_funding",
        "financement stable": "stable_funding", "renforcer l'institution": "institutional_capacity",
        "échange de savoirs": "know_how_exchange", "bénévoles": "care_for_volunteers", "réseau": "site_network",
    },
    "territory": {"trois lieux": "three_sites", "les trois lieux": "three_sites", "trois lieux-projets": "three_sites",
                  "93": "seine_saint_denis", "département": "seine_saint_denis", "le département": "seine_saint_denis"},
    "site": {},
}
MAX_SUGGESTED = 12
EVERY_CARD = {"tous": "all", "toutes": "all", "tout": "all", "aucun": "none", "aucune": "none", "rien": "none"}
"""French for the words that choose all cards of a group, or none."""


def find_card_name(group: str, word: str, folders: Sequence[Path]) -> str:
    """The name of the card that a word means; "" if it means none, or several.

    In order: the name itself, its words without case and accents, a label, a word for it, words of one label alone.
    """
    known = list_card_names(group, list(folders))
    if word in known or word in ("all", "none"):
        return word
    names = _read_card_names(group, tuple(folders))
    plain = simplify_name(word)
    if plain in EVERY_CARD:
        return EVERY_CARD[plain]
    if plain in names:
        return names[plain]
    for text, name in CARD_WORDS.get(group, {}).items():
        if simplify_name(text) == plain and name in known:
            return name
    is_part = group != "territory" and bool(plain)  # Saint-Denis is no part of the name Seine-Saint-Denis
    found = {name for text, name in names.items() if is_part and f" {plain} " in f" {text} "}
    return found.pop() if len(found) == 1 else ""


def name_card_in_word(word: str, folders: Sequence[Path]) -> str:
    """A setting such as crisis.canicule.severity=2 with the card by the name of its file; other words as they are."""
    key, equals, value = word.partition("=")
    group, _, rest = key.lstrip("+").partition(".")
    card, dot, entry = rest.partition(".")
    if not equals or group not in ("lever", "crisis", "site") or not dot:
        return word
    plus = key[:len(key) - len(key.lstrip("+"))]
    return f"{plus}{group}.{find_card_name(group, card, folders) or card}.{entry}={value}"


def suggest_cards(group: str, word: str, folders: Sequence[Path]) -> tuple[Any, ...]:
    """What to write instead of a word that means no card of a group: the nearest, else all, each with its label.

    A fact of a message: items that say themselves in the reader's language.
    """
    names = _read_card_names(group, tuple(folders))
    words = {simplify_name(text): name for text, name in CARD_WORDS.get(group, {}).items() if name in names.values()}
    near = find_nearest_names(simplify_name(word), {**words, **names}) if word else []
    found = dict.fromkeys((words | names)[one] for one in near)
    known = list_card_names(group, list(folders))
    shown = [LabelledCard(name, _read_labels(group, name, folders)) for name in (found or known)]
    return (*shown[:MAX_SUGGESTED], *(["…"] if len(shown) > MAX_SUGGESTED else []))


class LabelledCard(Message):
    """The name of a card, with its label in the language that is read; the other label where there is none."""

    def __new__(cls, name: str, labels: Mapping[str, str]) -> LabelledCard:
        """name: of the card's file. labels: by language."""
        card = str.__new__(cls, _show_card(name, labels, SOURCE_LANGUAGE))
        card.text, card.facts = name, dict(labels)
        return card

    def __reduce__(self) -> tuple[Any, ...]:
        return LabelledCard, (self.text, self.facts)

    def in_language(self, lang: str) -> str:
        """Name and label in a language."""
        return _show_card(self.text, self.facts, lang)


def _show_card(name: str, labels: Mapping[str, str], lang: str) -> str:
    label = labels.get(lang) or next(filter(None, labels.values()), "")
    return f"{name} ({label})" if label and simplify_name(label) != simplify_name(name) else name


def _read_card_names(group: str, folders: tuple[Path, ...]) -> dict[str, str]:
    """Each name and label of a group's cards, simplified, to the card's name; labels of two cards count for neither."""
    found: dict[str, str] = {}
    for name in list_card_names(group, list(folders)):
        texts = [name, *_read_labels(group, name, folders).values()]
        for text in {simplify_name(one) for one in texts if one}:
            found[text] = "" if found.get(text, name) != name else name
    return {text: name for text, name in found.items() if name}


def _read_labels(group: str, name: str, folders: Sequence[Path]) -> dict[str, str]:
    """Language to the label of a card, without checking it; none for a file that is no YAML."""
    file = next((folder / group / f"{name}.yaml" for folder in folders if (folder / group / f"{name}.yaml").is_file()),
                None)
    labels = {}
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines() if file else ():
        if line.startswith(("label_fr:", "label_en:")):
            key, _, value = line.partition(":")
            try:
                labels[key.removeprefix("label_")] = str(yaml.safe_load(value) or "")
            except (yaml.YAMLError, ValueError, LookupError):
                continue
    return labels
