"""Maps of a comparison: losses and people not reached by place, what a lever changes of them, ties between places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...i18n.number_format import NO_VALUE, decimals_for_error, format_interval, format_number, format_significant
from ...i18n.texts.brief_labels import get_brief_label
from ...i18n.texts.map_texts import MAP_LABELS, format_draw_count
from ...i18n.translation import Message, translate
from ...world.places.outline import Outline
from ..brief.case import Case
from ..brief.tables import BriefTable
from ..figures.style import WIDTH, Picture, add_headline, create_figure, use_figure_style
from ..sheets.analysis_sheet import AnalysisSheet
from .base_map import BaseMap, build_base_map
from .layer_panel import CLOSE, FULL, SMALL, LayerLook, draw_colour_bar, draw_layer
from .layers import MapLayer, build_layer_sheet, build_map_layers
from .map_names import NamePlacer
from .neighbourhoods import MIN_PLACE_RESIDENTS, NeighbourhoodPoints
from .sites import MapSite, list_map_sites
from .tie_map import draw_tie_map, format_tie_map_note

FULL_TALL, BRIEF_TALL, SMALL_TALL = 5.6, 4.2, 2.7
"""Height of a single map, of one in a brief, of maps side by side, inches."""
NARROW = 30
"""Characters a line below a small map."""
BRIEF_LAYERS = ("loss", "unreached", "loss_change")
"""Layers that a brief shows where they fit side by side."""


def build_map_sheets(case: Case, outlines: Mapping[str, Outline] | None = None) -> list[AnalysisSheet]:
    """Every map with its table. outlines: of communes. ValueError if there is nothing to map."""
    if not case.crisis:
        raise ValueError(Message("without a crisis nobody loses or has to be reached: no map"))
    base_map = build_base_map(read_neighbourhoods(case), outlines)
    if len(set(base_map.place_of.values())) < 2:
        raise ValueError(Message("too few residents for a map: expected at least two places of {fewest} residents or "
                                 "more, each of two neighbourhoods or more", fewest=MIN_PLACE_RESIDENTS))
    out = []
    for layer in build_map_layers(case, base_map.place_of):
        sheet = build_layer_sheet(layer, base_map.titles, case.lang)
        out.append(replace(sheet, picture=_draw_map(case, base_map, layer)))
    ties = draw_tie_map(case, base_map)
    return out + [ties[1]] if ties else out


def read_neighbourhoods(case: Case) -> NeighbourhoodPoints:
    """The neighbourhoods of one run; they are the same in every run of a scenario."""
    rows = case.opened.of("neighbourhoods", str(case.sample_run.run["run"]))
    return NeighbourhoodPoints.of(rows, case.content["scenario"]["territory"])


@dataclass(frozen=True)
class BriefMap:
    """A map of a brief. note: how to read it. layer: the values of its table, None for ties. titles: place to name."""

    picture: Picture
    note: str
    layer: MapLayer | None
    titles: Mapping[str, str]


def draw_brief_map(case: Case, outlines: Mapping[str, Outline] | None = None) -> BriefMap | None:
    """The map of a brief; None without a crisis or with fewer than two places."""
    if not case.crisis:
        return None
    base_map = build_base_map(read_neighbourhoods(case), outlines)
    if len(set(base_map.place_of.values())) < 2:
        return None
    layers = [layer for layer in build_map_layers(case, base_map.place_of) if layer.name in BRIEF_LAYERS]
    shown = layers if base_map.kind == "cells" else layers[-1:]
    single = len(shown) == 1
    picture = _draw_map(case, base_map, shown[0], BRIEF_TALL) if single else _draw_map_row(case, base_map, shown)
    return BriefMap(picture, format_map_note(case, base_map), shown[-1], base_map.titles)


def draw_brief_tie_map(case: Case, outlines: Mapping[str, Outline] | None = None) -> BriefMap | None:
    """The map of ties of a brief; None with fewer than three neighbourhoods."""
    base_map = build_base_map(read_neighbourhoods(case), outlines)
    drawn = draw_tie_map(case, base_map) if len(base_map.neighbourhood_positions) > 2 else None
    return BriefMap(drawn[0], format_tie_map_note(case, base_map), None, base_map.titles) if drawn else None


def build_place_table(shown: BriefMap, lang: str) -> BriefTable:
    """The table behind a brief's map."""
    layer = shown.layer
    assert layer is not None
    rows = []
    for place, estimate in sorted(layer.values.items()):
        places = decimals_for_error((estimate.high - estimate.low) / 2, most=1)
        rows.append([shown.titles.get(place, place), format_significant(estimate.people, lang),
                     format_number(estimate.value, lang, places, layer.change),
                     format_interval(estimate.low, estimate.high, lang, places, layer.change) or NO_VALUE,
                     translate("settled", lang) if estimate.certain else translate("uncertain", lang)])
    heads = [translate("Place", lang), get_brief_label("people", lang), translate("Value", lang),
             get_brief_label("interval", lang), get_brief_label("verdict", lang)]
    return BriefTable(translate(MAP_LABELS[layer.name], lang), heads, rows)


def format_map_title(layer: MapLayer, base_map: BaseMap, lang: str) -> str:
    """The finding. It names no place, so that a map is not read as a list of bad addresses."""
    kind = _format_place_kind(base_map, lang)
    known = [estimate for estimate in layer.values.values() if np.isfinite(estimate.value)]
    if layer.name == "loss_change":
        gaining = sum(estimate.certain and estimate.value < 0 for estimate in known)
        if not gaining:
            return translate("“{lever}”: gain settled in none of {n} {places}", lang, lever=layer.lever, n=len(known),
                             places=kind)
        return translate("“{lever}”: gain settled in {k} of {n} {places}", lang, lever=layer.lever, k=gaining,
                         n=len(known), places=kind)
    if layer.change:
        return translate(MAP_LABELS[f"short_{layer.name}"], lang, lever=layer.lever).replace("\n", " ")
    values = [estimate.value for estimate in known] or [0.0]
    low, high = format_number(min(values), lang), format_number(max(values), lang)
    return translate(MAP_LABELS[f"title_{layer.name}"], lang, low=low, high=high)


def _format_place_kind(base_map: BaseMap, lang: str) -> str:
    """What its places are."""
    return translate("groups of neighbourhoods", lang) if base_map.kind == "cells" else translate("communes", lang)


def format_map_note(case: Case, base_map: BaseMap) -> str:
    """How to read a map, and what it does not show."""
    lang = case.lang
    kind = _format_place_kind(base_map, lang)
    draws = format_draw_count(len(case.draws), lang).capitalize()
    parts = [translate("{Draws}. Results by {places}, never for one neighbourhood alone nor below {fewest} "
                       "residents.", lang, Draws=draws, places=kind, fewest=MIN_PLACE_RESIDENTS),
             translate(MAP_LABELS[f"{base_map.kind}_note"], lang), translate("Hatched and pale: uncertain", lang) + "."]
    if any(shape.place not in base_map.titles for shape in base_map.shapes):
        parts.append(translate("Grey: not played, or too few residents", lang) + ".")
    return " ".join(parts)


def _draw_map(case: Case, base_map: BaseMap, layer: MapLayer, tall: float = FULL_TALL) -> Picture:
    title, note = format_map_title(layer, base_map, case.lang), format_map_note(case, base_map)
    with use_figure_style():
        figure = create_figure(WIDTH, tall)
        axes = figure.subplots()
        look = LayerLook(FULL if base_map.kind == "cells" else CLOSE, _list_real_sites(case, base_map), NamePlacer())
        scale = draw_layer(axes, base_map, layer, case.lang, look)
        draw_colour_bar(figure, axes, scale, layer, case.lang)
        add_headline(figure, title, note)
        look.names.place(figure)
    return Picture(f"map_{layer.name}", figure, title, f"{title}. {note}")


def _list_real_sites(case: Case, base_map: BaseMap) -> list[MapSite]:
    return [site for site in list_map_sites(case.opened, case.baseline or case.arms[0], base_map, case.lang)
            if site.name]


def _draw_map_row(case: Case, base_map: BaseMap, shown: list[MapLayer]) -> Picture:
    """Maps side by side, each under its own short title."""
    lang, title = case.lang, format_map_title(shown[-1], base_map, case.lang)
    with use_figure_style():
        figure = create_figure(WIDTH, SMALL_TALL)
        look = LayerLook(SMALL, _list_real_sites(case, base_map), NamePlacer())
        for axes, layer in zip(figure.subplots(1, len(shown)), shown):
            scale = draw_layer(axes, base_map, layer, lang, look)
            draw_colour_bar(figure, axes, scale, layer, lang, NARROW)
        look.names.place(figure)
    return Picture("map", figure, title, f"{title}. {format_map_note(case, base_map)}")
