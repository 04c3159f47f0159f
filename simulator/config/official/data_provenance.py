"""Describes in words the sources of a territory read from files, and what replaces missing figures."""

from __future__ import annotations

from collections.abc import Iterator

from ...i18n.translation import mark, translate
from ...world.places.official_data import OfficialData
from ...world.population.communes import load_commune_counts
from .topic import INSEE_FILE_NAMES, TOPIC_NAMES

STAND_IN_TEXTS = {
    "neighbours": mark("the mean of the commune's other IRIS stands in"),
    "published": mark("the published counts of the commune, in proportion, stand in"),
    "93": mark("the means of Seine-Saint-Denis stand in, an assumption"),
}
REASON_TEXTS = {
    "no_file": mark("no file ({file})"),
    "no_line": mark("no line for {codes} in the file"),
    "secret": mark("secret in some places"),
}
EXPOSURE_TEXTS = {
    "flood_share": (mark("floods: unknown outside Seine-Saint-Denis, taken as none: a flood crisis touches only those "
                         "whom storm water reaches"),
                    mark("floods: outside Seine-Saint-Denis {share:.0%} of neighbourhoods are in a flood-prone zone")),
    "failing_share": (mark("failing buildings: unknown outside Seine-Saint-Denis, taken as none: crises of failing "
                           "buildings touch nobody there"),
                      mark("failing buildings: outside Seine-Saint-Denis {share:.0%} of homes are in them")),
}
"""Rate of a commune to what is said where it is none, and where it is not."""
PRIORITY_TEXT = mark("priority districts: unknown outside Seine-Saint-Denis; neighbourhoods as poor as those of the "
                     "département stand in, an assumption")
MAX_CODES = 6
"""Most codes that a line names."""


def describe_data_provenance(data: OfficialData, lang: str) -> Iterator[str]:
    """One line for each source of figures, replaced figure, missing outline, merge of IRIS and unknown quantity."""
    for topic, name in TOPIC_NAMES.items():
        for text in _describe_sources(data.provenance.get(topic, "").split(", "), topic, lang):
            yield translate("{head}: {text}", lang, head=translate(name, lang), text=text)
    if not any(commune.iris_data for commune in data.communes):
        yield translate("no table by IRIS: neighbourhoods are laid out by the generator", lang)
    yield from _describe_places(data, lang)
    for source in [one for one in data.provenance.get("joined", "").split(", ") if one]:
        code, number = source.split(": ")
        yield translate("{code}: {number} IRIS too small to stand alone are joined to a neighbour", lang, code=code,
                        number=number)
    yield from _describe_exposure(data, lang)


def _describe_sources(sources: list[str], topic: str, lang: str) -> Iterator[str]:
    """The sources of a topic in words; communes without a line are named together."""
    without: dict[str, list[str]] = {}
    for source in [one for one in sources if one]:
        first, *rest = source.split()
        if first not in STAND_IN_TEXTS:
            yield f"IRIS, {rest[0]}" if first == "iris" else translate("communes, {year}", lang, year=rest[0])
            continue
        reason, *codes = rest
        if reason == "no_line":
            without.setdefault(first, []).extend(codes)
        else:
            yield translate("{reason}: {stand_in}", lang, stand_in=translate(STAND_IN_TEXTS[first], lang),
                            reason=translate(REASON_TEXTS[reason], lang, file=INSEE_FILE_NAMES[topic]))
    for stand_in, codes in without.items():
        shown = codes if len(codes) <= MAX_CODES else [*codes[:MAX_CODES], "…"]
        yield translate("{reason}: {stand_in}", lang, stand_in=translate(STAND_IN_TEXTS[stand_in], lang),
                        reason=translate(REASON_TEXTS["no_line"], lang, codes=tuple(shown)))


def _describe_places(data: OfficialData, lang: str) -> Iterator[str]:
    """A line for each commune some or all of whose IRIS have no outline."""
    for source in [one for one in data.provenance.get("places", "").split(", ") if one.endswith("without")]:
        code, number, _, total, _ = source.replace(":", "").split()
        if number == total:
            yield translate("outlines: none of the {total} IRIS of {code} has one: its neighbourhoods are placed by "
                            "the generator", lang, total=total, code=code)
        else:
            yield translate("outlines: {number} of {total} IRIS of {code} have none: they are placed where the others "
                            "leave room", lang, number=number, total=total, code=code)


def _describe_exposure(data: OfficialData, lang: str) -> Iterator[str]:
    """What is assumed of floods, failing buildings and priority districts in communes outside Seine-Saint-Denis."""
    outside = [commune.margins for commune in data.communes if commune.margins.code not in load_commune_counts()]
    for name, (none, some) in EXPOSURE_TEXTS.items() if outside else ():
        share = max(getattr(margins, name) for margins in outside)
        yield translate(some, lang, share=share) if share else translate(none, lang)
    if outside:
        yield translate(PRIORITY_TEXT, lang)
