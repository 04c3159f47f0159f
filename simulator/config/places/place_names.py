"""Communes by name: those of Seine-Saint-Denis, its four établissements publics territoriaux, and lists of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...cards.reader import MAX_ID_LENGTH
from ...world.places.insee_code import COMMUNE_CODE_LENGTH, normalise_insee_code
from ...world.population.communes import load_commune_counts
from ..errors import find_nearest_names

EPT_COMMUNES: dict[str, tuple[str, ...]] = {
    # the établissements publics territoriaux of the Métropole du Grand Paris in Seine-Saint-Denis, since 2016
    "Plaine Commune": ("93001", "93027", "93031", "93039", "93066", "93070", "93072", "93079"),
    "Paris Terres d'Envol": ("93005", "93007", "93013", "93029", "93030", "93071", "93073", "93078"),
    "Est Ensemble": ("93006", "93008", "93010", "93045", "93048", "93053", "93055", "93061", "93063"),
    "Grand Paris Grand Est": ("93014", "93015", "93032", "93033", "93046", "93047", "93049", "93050", "93051", "93057",
                              "93062", "93064", "93074", "93077"),
}
"""EPT to its communes; Pierrefitte-sur-Seine has been part of Saint-Denis since 2025."""
ID_SEPARATOR = "__"
"""Between the communes in the id of a territory of several."""
MAX_NAMES_IN_TITLE = 3
ARTICLES = ("le", "la", "les", "l")


@dataclass(frozen=True)
class NamedPlace:
    """A territory given by name. unknown: names that are none of Seine-Saint-Denis; official files may know them."""

    id: str
    label_fr: str
    label_en: str
    communes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def entries(self) -> dict[str, object]:
        """The entries of a territory card for this place."""
        return {"id": self.id, "label_fr": self.label_fr, "label_en": self.label_en,
                "communes": [*self.communes, *self.unknown]}


def simplify_name(name: str) -> str:
    """A name without accents, case, hyphens, apostrophes and articles, `st` written out."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", plain.lower()).split()
    words = [{"st": "saint", "ste": "sainte"}.get(word, word) for word in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def make_place_id(name: str) -> str:
    """A name as an id: small letters and digits, words joined by _."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def find_named_place(words: Sequence[str], has_files: bool = False) -> NamedPlace | None:
    """The territory of these names of communes and EPT, or INSEE codes; None if one of them is not known.

    A word may be the id of a territory of several communes, joined by ID_SEPARATOR. has_files: official files may know
    the names that are not of Seine-Saint-Denis.
    """
    names = [part for word in words for part in word.split(ID_SEPARATOR)]
    names = [part for name in names for part in _split_at_and(name)]
    communes: dict[str, str] = {}
    titles: list[str] = []
    unknown: list[str] = []
    for name in names:
        found = _find_communes(name)
        if found is None:
            unknown.append(name)
            continue
        titles.append(found[0])
        communes |= dict.fromkeys(found[1], "")
    if unknown and not has_files or not communes and not unknown:
        return None
    return _build_place([*titles, *unknown], list(communes), unknown)


def find_commune_codes(name: str) -> list[str]:
    """Codes of the communes of Seine-Saint-Denis that a name, an EPT or a code stands for; empty for anything else."""
    found = _find_communes(name)
    return found[1] if found else []


def list_named_places() -> list[NamedPlace]:
    """Every commune and every EPT of Seine-Saint-Denis as a place, in order of name; the EPT first."""
    communes = sorted((one.name for one in load_commune_counts().values()), key=simplify_name)
    return [place for name in (*EPT_COMMUNES, *communes) if (place := find_named_place([name]))]


def suggest_places(name: str) -> str:
    """The communes and EPT of Seine-Saint-Denis whose names are nearest to one that is none of them, else all EPT."""
    known = {simplify_name(one): one for one in (*(one.name for one in load_commune_counts().values()), *EPT_COMMUNES)}
    near = find_nearest_names(simplify_name(name), known)
    begun = [one for one in known if simplify_name(name).split(" ")[0] in one.split(" ")]
    return ", ".join(known[one] for one in dict.fromkeys([*begun, *near])) or ", ".join(EPT_COMMUNES)


def _find_communes(name: str) -> tuple[str, list[str]] | None:
    """(title, codes) of a commune or an EPT by its name or code; None without one."""
    counts = load_commune_counts()
    code = normalise_insee_code(name, COMMUNE_CODE_LENGTH)
    if code.isdigit() and int(code) in counts:
        return counts[int(code)].name, [code]
    plain = simplify_name(name)
    for title, codes in EPT_COMMUNES.items():
        if plain in (simplify_name(title), simplify_name(f"ept {title}")):
            return title, list(codes)
    found = [one for one in counts.values() if simplify_name(one.name) == plain]
    if not found:  # Saint-Ouen, Épinay
        begun = [one for one in counts.values() if plain and simplify_name(one.name).startswith(f"{plain} ")]
        found = begun if len(begun) == 1 else []
    return (found[0].name, [f"{found[0].code:05d}"]) if found else None


def _split_at_and(name: str) -> list[str]:
    """A name, cut at « et » or `and` where both sides are names of places."""
    parts = [part.strip() for part in re.split(r"\s+(?:et|and|&)\s+", name) if part.strip()]
    return parts if len(parts) > 1 and all(_find_communes(part) for part in parts) else [name]


def _build_place(titles: Sequence[str], communes: list[str], unknown: list[str]) -> NamedPlace:
    """The place with an id and a label that follow its communes."""
    place_id = ID_SEPARATOR.join(make_place_id(title) for title in titles)
    if len(place_id) > MAX_ID_LENGTH:
        place_id = f"communes_{len(communes) + len(unknown)}"
    if len(titles) > MAX_NAMES_IN_TITLE:
        label = f"{len(communes) + len(unknown)} communes"
        return NamedPlace(place_id, label, label, communes, unknown)
    french, english = (f"{', '.join(titles[:-1])} {word} {titles[-1]}" if len(titles) > 1 else titles[0]
                       for word in ("et", "and"))
    return NamedPlace(place_id, french, english, communes, unknown)
