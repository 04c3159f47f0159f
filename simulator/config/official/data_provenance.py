"""What a territory out of files was read from and what had to stand in, one line each, in French and in English."""

from __future__ import annotations

from collections.abc import Iterator

from ...world.places.official_data import Land
from ...world.population.communes import communes
from .topic import FILES

NAMES = {
    "population": ("residents by age", "habitants par âge"), "households": ("households", "ménages"),
    "housing": ("housing", "logement"), "activity": ("activity", "activité"), "income": ("incomes", "revenus"),
}
INSTEAD = {
    "neighbours": ("secret in some IRIS: the mean of the commune's other IRIS stands in",
                   "secret dans certains IRIS : la moyenne des autres IRIS de la commune en tient lieu"),
    "published": ("no file ({file}): the published counts of the commune, in proportion, stand in",
                  "pas de fichier ({file}) : les nombres publiés de la commune, en proportion, en tiennent lieu"),
    "93": ("no file ({file}): the means of Seine-Saint-Denis stand in, an assumption",
           "pas de fichier ({file}) : les moyennes de la Seine-Saint-Denis en tiennent lieu, une hypothèse"),
}
BEYOND = {
    "floods": ("floods and failing buildings: unknown outside Seine-Saint-Denis, taken as none: flood and failing-lift "
               "crises touch nobody there",
               "inondations et immeubles dégradés : inconnus hors de la Seine-Saint-Denis, comptés nuls : les crises "
               "flood et lift_or_heating_failure n'y touchent personne"),
    "priority": ("priority districts: unknown outside Seine-Saint-Denis; neighbourhoods as poor as those of the "
                 "département stand in, an assumption",
                 "quartiers prioritaires : inconnus hors de la Seine-Saint-Denis ; les quartiers aussi pauvres que "
                 "ceux du département en tiennent lieu, une hypothèse"),
}


def told(land: Land, lang: str) -> Iterator[str]:
    """The lines: what was read, then what fell back, what was joined, what nobody knows."""
    which = 1 if lang == "fr" else 0
    for topic, names in NAMES.items():
        for source in land.came_from.get(topic, "").split(", "):
            yield f"{names[which]}{' :' if which else ':'} {_source(source, topic, which)}"
    if "iris" not in land.came_from.get("population", ""):
        yield ("no table by IRIS: neighbourhoods are laid out by the generator",
               "pas de tableau par IRIS : les quartiers sont dessinés par le générateur")[which]
    for source in [one for one in land.came_from.get("places", "").split(", ") if one.endswith("without")]:
        code, number = source.split()[0].rstrip(":"), source.split()[1]
        yield (f"outlines: {number} IRIS of {code} have none: its neighbourhoods are placed by the generator",
               f"contours : {number} IRIS de {code} n'en ont pas : ses quartiers sont placés par le générateur")[which]
    for source in [one for one in land.came_from.get("joined", "").split(", ") if one]:
        code, number = source.split(": ")
        yield (f"{code}: {number} IRIS too small to stand alone are joined to a neighbour",
               f"{code} : {number} IRIS trop petits pour être seuls sont joints à un voisin")[which]
    if any(town.margins.code not in communes() for town in land.towns):
        yield from (text[which] for text in BEYOND.values())


def _source(source: str, topic: str, which: int) -> str:
    if source in INSTEAD:
        return INSTEAD[source][which].format(file=FILES[topic])
    level, _, year = source.partition(" ")
    return f"{'IRIS' if level == 'iris' else 'communes'}, {year}"
