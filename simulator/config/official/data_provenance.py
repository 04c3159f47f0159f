"""Describes in words the sources of a territory read from files, and what replaces missing figures."""

from __future__ import annotations

from collections.abc import Iterator

from ...i18n.translation import mark, translate
from ...world.places.official_data import OfficialData
from ...world.population.communes import load_commune_counts
from .topic import INSEE_FILE_NAMES

TOPIC_NAMES = {
    "population": mark("residents by age"), "households": mark("households"), "housing": mark("housing"),
    "activity": mark("activity"), "income": mark("incomes"),
}
FALLBACK_TEXTS = {
    "neighbours": mark("secret in some IRIS: the mean of the commune's other IRIS stands in"),
    "published": mark("no file ({file}): the published counts of the commune, in proportion, stand in"),
    "93": mark("no file ({file}): the means of Seine-Saint-Denis stand in, an assumption"),
}
OUTSIDE_DEPARTMENT_TEXTS = (
    mark("floods and failing buildings: unknown outside Seine-Saint-Denis, taken as none: flood and failing-lift "
         "crises touch nobody there"),
    mark("priority districts: unknown outside Seine-Saint-Denis; neighbourhoods as poor as those of the "
         "département stand in, an assumption"),
)


def describe_data_provenance(data: OfficialData, lang: str) -> Iterator[str]:
    """One line for each source of figures, replaced figure, missing outline, merge of IRIS and unknown quantity."""
    for topic, name in TOPIC_NAMES.items():
        for source in data.provenance.get(topic, "").split(", "):
            yield translate("{head}: {text}", lang, head=translate(name, lang),
                            text=_describe_source(source, topic, lang))
    if "iris" not in data.provenance.get("population", ""):
        yield translate("no table by IRIS: neighbourhoods are laid out by the generator", lang)
    for source in [one for one in data.provenance.get("places", "").split(", ") if one.endswith("without")]:
        code, number = source.split()[0].rstrip(":"), source.split()[1]
        yield translate("outlines: {number} IRIS of {code} have none: its neighbourhoods are placed by the generator",
                        lang, number=number, code=code)
    for source in [one for one in data.provenance.get("joined", "").split(", ") if one]:
        code, number = source.split(": ")
        yield translate("{code}: {number} IRIS too small to stand alone are joined to a neighbour", lang, code=code,
                        number=number)
    if any(commune.margins.code not in load_commune_counts() for commune in data.communes):
        yield from (translate(text, lang) for text in OUTSIDE_DEPARTMENT_TEXTS)


def _describe_source(source: str, topic: str, lang: str) -> str:
    """A source of a topic in words."""
    if source in FALLBACK_TEXTS:
        return translate(FALLBACK_TEXTS[source], lang, file=INSEE_FILE_NAMES[topic])
    level, _, year = source.partition(" ")
    return f"IRIS, {year}" if level == "iris" else translate("communes, {year}", lang, year=year)
