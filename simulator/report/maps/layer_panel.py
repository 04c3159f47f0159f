"""One map drawn into axes: coloured places with their numbers, uncertain ones pale and hatched, a colour bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...i18n.map_texts import MAP_LABELS
from ...i18n.number_format import decimals_for_size, format_number
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from ..figures.style import COLOURS, INK, SOFT
from .base_map import BaseMap
from .layers import MapLayer, PlaceValue

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PALE_GREY, UNCERTAIN_WHITE_SHARE = "#ececec", 0.45
"""Colour of places that are not shown; share of white in the colour of uncertain places."""
DARK = 0.45
"""Luminance below which labels are white."""
MARGIN = 0.02
"""Margin around the map, as a share of its size."""
STEPS = 40
"""Number of colours in the colour bar."""


@dataclass(frozen=True)
class FontSizes:
    """Font sizes of a place's number and of its name, points."""

    number: float
    name: float


FULL, CLOSE, SMALL = FontSizes(8.5, 6.2), FontSizes(6.8, 5.2), FontSizes(7.2, 6.4)
"""For a map of its own; for true outlines, some of which are small; for maps side by side."""


def build_colour_scale(layer: MapLayer) -> Any:
    """A ScalarMappable: cividis, dark for more, for amounts; blue through white at 0 to orange for changes."""
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    known = [estimate.value for estimate in layer.values.values() if np.isfinite(estimate.value)]
    if layer.change:
        most = max([abs(value) for value in known] or [0.0]) or 1.0
        colours = LinearSegmentedColormap.from_list("change", [COLOURS[0], "#ffffff", COLOURS[1]])
        return ScalarMappable(Normalize(-most, most), colours)
    low, high = min(known, default=0.0), max(known, default=1.0)
    return ScalarMappable(Normalize(min(low, 0.5 * high), high or 1.0), colormaps["cividis_r"])


def draw_layer(axes: Axes, base_map: BaseMap, layer: MapLayer, lang: str, sizes: FontSizes) -> Any:
    """Draw one layer. Returns the colour scale, for draw_colour_bar."""
    scale = build_colour_scale(layer)
    known = {place: estimate for place, estimate in layer.values.items() if np.isfinite(estimate.value)}
    for shape in base_map.shapes:
        _fill_shape(axes, shape.ring, known.get(shape.place), scale)
    for edge in base_map.inner_borders:
        face = _pick_place_colour(scale, known.get(edge.place))
        axes.plot(*edge.ring.T, color=face, lw=2.2, solid_capstyle="butt", zorder=5)
        axes.plot(*edge.ring.T, color="white", lw=0.5, alpha=0.7, zorder=5)
    decimals = _count_decimals(layer)
    for place, estimate in known.items():
        if place in base_map.number_positions:
            axes.text(*base_map.number_positions[place], format_number(estimate.value, lang, decimals, layer.change),
                      ha="center", va="center", fontsize=sizes.number, fontweight="bold",
                      color=_pick_label_colour(scale, estimate), zorder=6)
    _write_names(axes, base_map, known, scale, sizes)
    _fit_axes(axes, base_map)
    return scale


def _fit_axes(axes: Axes, base_map: BaseMap) -> None:
    west, south, east, north = base_map.bounds
    margin = MARGIN * max(east - west, north - south) + (0.35 if base_map.kind == "cells" else 0.0)
    axes.set_xlim(west - margin, east + margin)
    axes.set_ylim(south - margin, north + margin)
    axes.set_aspect("equal")
    axes.axis("off")


def _fill_shape(axes: Axes, ring: np.ndarray, estimate: PlaceValue | None, scale: Any) -> None:
    from matplotlib.patches import Polygon

    face = _pick_place_colour(scale, estimate)
    axes.add_patch(Polygon(ring, closed=True, facecolor=face, edgecolor="white", lw=1.4, zorder=2))
    if estimate is not None and not estimate.certain:
        axes.add_patch(Polygon(ring, closed=True, fill=False, edgecolor="#8d8d8d", lw=0.0, hatch="////", zorder=3))
        axes.add_patch(Polygon(ring, closed=True, fill=False, edgecolor="white", lw=1.4, zorder=4))


def _pick_place_colour(scale: Any, estimate: PlaceValue | None) -> Any:
    """float64[3] in RGB, paler where the value is uncertain; grey without a value."""
    if estimate is None:
        return PALE_GREY
    colour = np.array(scale.to_rgba(estimate.value)[:3])
    return colour if estimate.certain else UNCERTAIN_WHITE_SHARE + (1 - UNCERTAIN_WHITE_SHARE) * colour


def _pick_label_colour(scale: Any, estimate: PlaceValue) -> str:
    return "white" if _pick_place_colour(scale, estimate) @ (0.299, 0.587, 0.114) < DARK else INK


def _count_decimals(layer: MapLayer) -> int:
    known = [abs(estimate.value) for estimate in layer.values.values() if np.isfinite(estimate.value)]
    return decimals_for_size(max(known, default=1.0))


def _write_names(axes: Axes, base_map: BaseMap, known: Mapping[str, PlaceValue], scale: Any, sizes: FontSizes) -> None:
    """Names of communes: inside tiles and outlines, below cells."""
    for place, name, x, y in base_map.name_labels:
        if not name:
            continue
        if base_map.kind == "cells":
            axes.text(x, y - 0.12, name, ha="center", va="top", fontsize=sizes.name, color=SOFT)
            continue
        ink = _pick_label_colour(scale, known[place]) if place in known else SOFT
        shift = 6 if base_map.kind == "outlines" else 0
        axes.annotate(name, (x, y), xytext=(0, shift), textcoords="offset points", ha="center",
                      va="center", fontsize=sizes.name, color=ink, zorder=6, linespacing=0.95)


def draw_colour_bar(figure: Figure, axes: Axes, scale: Any, layer: MapLayer, lang: str, wide: int = 80) -> None:
    """The colour bar below a map: values with their unit, in lines of `wide` characters."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    scale = ScalarMappable(scale.norm, scale.cmap.resampled(STEPS))  # finer ones become a picture inside the SVG
    bar = figure.colorbar(scale, ax=axes, orientation="horizontal", shrink=0.7, aspect=28, pad=0.02)
    bar.locator = MaxNLocator(4)
    bar.formatter = FuncFormatter(lambda value, _: format_number(value, lang, _count_decimals(layer), layer.change))
    bar.update_ticks()
    if bar.solids is not None:
        bar.solids.set_edgecolor("face")
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=7.2, length=2, color=SOFT)
    bar.set_label(fill(insert_nbsp(translate(MAP_LABELS[layer.name], lang)), wide), fontsize=7.2, color=SOFT)
