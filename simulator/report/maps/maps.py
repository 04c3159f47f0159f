"""Maps of a comparison: where losses fall, who is not reached, where a lever changes it, and how places are tied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...i18n.map_texts import draws, legend
from ...i18n.number import NOTHING, decimals_for, interval, number, significant
from ...world.places.outline import Outline
from ..analysis_sheet import Sheet
from ..brief.case import Case
from ..brief.tables import Table
from ..figures.equity import label
from ..figures.style import WIDTH, Picture, canvas, headline, look
from .ground import Ground, ground
from .layers import Layer, layers, sheet
from .map_panel import CLOSE, FULL, SMALL, colour_bar, panel
from .map_ties import ties_note, ties_picture
from .places import FEWEST, Places

FULL_TALL, BRIEF_TALL, SMALL_TALL = 5.6, 4.2, 2.7
"""Inches of a single map, of one in a brief, of maps side by side."""
NARROW = 30
"""Characters of a line below a small map."""
BRIEF = ("loss", "unreached", "loss_change")
"""Layers that a brief shows where they fit side by side."""


def maps(case: Case, outlines: Mapping[str, Outline] | None = None) -> list[Sheet]:
    """Every map with the table behind it. ValueError if there is nothing to map."""
    if not case.crisis:
        raise ValueError(legend("no_crisis", case.lang))
    base = ground(places(case), outlines)
    if len(set(base.home.values())) < 2:
        raise ValueError(legend("none", case.lang, fewest=FEWEST))
    out = []
    for layer in layers(case, base.home):
        out.append(replace(sheet(layer, base.titles, case.lang), picture=_picture(case, base, layer)))
    ties = ties_picture(case, base)
    return out + [ties[1]] if ties else out


def places(case: Case) -> Places:
    """The neighbourhoods of a run; they lie alike in every run of a scenario."""
    rows = case.opened.of("neighbourhoods", str(case.view.run["run"]))
    return Places.of(rows, case.content["scenario"]["territory"])


@dataclass(frozen=True)
class Shown:
    """A map of a brief: how to read it, and what stands in the table behind it. layer: None where it has no values."""

    picture: Picture
    note: str
    layer: Layer | None
    titles: Mapping[str, str]


def where(case: Case, outlines: Mapping[str, Outline] | None = None) -> Shown | None:
    """The map of a brief; None where places are too few to differ."""
    if not case.crisis:
        return None
    base = ground(places(case), outlines)
    if len(set(base.home.values())) < 2:
        return None
    found = [layer for layer in layers(case, base.home) if layer.name in BRIEF]
    shown = found if base.kind == "cells" else found[-1:]
    picture = _row(case, base, shown) if len(shown) > 1 else _picture(case, base, shown[0], BRIEF_TALL)
    return Shown(picture, map_note(case, base), shown[-1], base.titles)


def ties(case: Case, outlines: Mapping[str, Outline] | None = None) -> Shown | None:
    """The map of ties of a brief; None where places are too few."""
    base = ground(places(case), outlines)
    found = ties_picture(case, base) if len(base.spots) > 2 else None
    return Shown(found[0], ties_note(case, base), None, base.titles) if found else None


def place_table(shown: Shown, lang: str) -> Table:
    """The table behind a brief's map."""
    assert shown.layer is not None
    rows = []
    for place, one in sorted(shown.layer.values.items()):
        fit = decimals_for((one.high - one.low) / 2, most=1)
        rows.append([shown.titles.get(place, place), significant(one.people, lang),
                     number(one.value, lang, fit, shown.layer.change),
                     interval(one.low, one.high, lang, fit, shown.layer.change) or NOTHING,
                     legend("certain" if one.sure else "uncertain", lang)])
    heads = [legend("place", lang), label("people", lang), legend("value", lang), label("interval", lang),
             label("verdict", lang)]
    return Table(legend(shown.layer.name, lang), heads, rows)


def map_title(layer: Layer, base: Ground, lang: str) -> str:
    """The finding, without naming a place: a map is no list of bad addresses."""
    kind = legend("groups" if base.kind == "cells" else "communes", lang)
    known = [one for one in layer.values.values() if np.isfinite(one.value)]
    if layer.name == "loss_change":
        gain = sum(one.sure and one.value < 0 for one in known)
        return legend("title_change" if gain else "title_change_none", lang, lever=layer.lever, k=gain, n=len(known),
                      places=kind)
    if layer.change:
        return legend(f"short_{layer.name}", lang, lever=layer.lever).replace("\n", " ")
    low, high = (number(end([one.value for one in known], default=0.0), lang) for end in (min, max))
    return legend(f"title_{layer.name}", lang, low=low, high=high)


def map_note(case: Case, base: Ground) -> str:
    """How to read it, and what is not shown."""
    lang = case.lang
    kind = legend("groups" if base.kind == "cells" else "communes", lang)
    parts = [legend("map_note", lang, Draws=draws(len(case.draws), lang).capitalize(), places=kind,
                    fewest=FEWEST),
             legend(f"{base.kind}_note", lang), legend("doubt", lang) + "."]
    return " ".join(parts + [legend("nothing", lang) + "."] * (set(base.at) > set(base.home.values())))


def _picture(case: Case, base: Ground, layer: Layer, tall: float = FULL_TALL) -> Picture:
    title, note = map_title(layer, base, case.lang), map_note(case, base)
    with look():
        figure = canvas(WIDTH, tall)
        axes = figure.subplots()
        scale = panel(axes, base, layer, case.lang, CLOSE if base.kind == "outlines" else FULL)
        colour_bar(figure, axes, scale, layer, case.lang)
        headline(figure, title, note)
    return Picture(f"map_{layer.name}", figure, title, f"{title}. {note}")


def _row(case: Case, base: Ground, shown: list[Layer]) -> Picture:
    """Maps side by side, each under its own short title."""
    lang, title = case.lang, map_title(shown[-1], base, case.lang)
    with look():
        figure = canvas(WIDTH, SMALL_TALL)
        for axes, layer in zip(figure.subplots(1, len(shown)), shown):
            scale = panel(axes, base, layer, lang, SMALL)
            colour_bar(figure, axes, scale, layer, lang, NARROW)
    return Picture("map", figure, title, f"{title}. {map_note(case, base)}")
