"""One map drawn into axes: coloured places with their numbers, uncertain ones pale and hatched, a colour bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...i18n.number_format import decimals_for_size, format_number
from ...i18n.texts.map_texts import MAP_LABELS
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp
from ..figures.style import COLOURS, INK, SOFT
from .base_map import BaseMap
from .layers import MapLayer, PlaceValue
from .map_names import NamePlacer, draw_site_mark, make_halo
from .sites import MapSite

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


FULL, CLOSE, SMALL = FontSizes(8.5, 6.4), FontSizes(6.6, 5.4), FontSizes(7.0, 5.4)
"""For a map of groups; for communes, some of which are small; for maps side by side."""


@dataclass(frozen=True)
class LayerLook:
    """How a layer is drawn: font sizes, the real sites to show, and who places the names of the whole figure."""

    sizes: FontSizes
    sites: Sequence[MapSite]
    names: NamePlacer


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


def draw_layer(axes: Axes, base_map: BaseMap, layer: MapLayer, lang: str, look: LayerLook) -> Any:
    """Draw one layer. Returns the colour scale, for draw_colour_bar. Its names are written by look.names.place."""
    scale = build_colour_scale(layer)
    known = {place: estimate for place, estimate in layer.values.items() if np.isfinite(estimate.value)}
    for shape in base_map.shapes:
        _fill_shape(axes, shape.ring, known.get(shape.place), scale)
    for edge in base_map.inner_borders:
        axes.plot(*edge.ring.T, color="white", lw=0.4, alpha=0.45, zorder=3.5)
    decimals = _count_decimals(layer)
    for place, estimate in known.items():
        if place in base_map.number_positions:
            look.names.keep_free(axes.text(
                *base_map.number_positions[place], format_number(estimate.value, lang, decimals, layer.change),
                ha="center", va="center", fontsize=look.sizes.number, fontweight="bold",
                color=_pick_label_colour(scale, estimate), zorder=6))
    _add_sites(axes, look)
    _add_names(axes, base_map, known, scale, look)
    _fit_axes(axes, base_map)
    return scale


def _add_sites(axes: Axes, look: LayerLook) -> None:
    """A star and a name for each real site."""
    for site in look.sites:
        look.names.keep_free(draw_site_mark(axes, (site.x, site.y), marker="*", ms=look.sizes.number + 1, mec=INK,
                                            mfc="white", mew=0.8, zorder=6.5))
        texts = (site.short,) if look.sizes is SMALL else (site.name, site.short)
        look.names.add(axes, texts, (site.x, site.y), -look.sizes.number, fontsize=look.sizes.name, color=INK,
                       path_effects=make_halo(), style="italic")


def _add_names(axes: Axes, base_map: BaseMap, known: Mapping[str, PlaceValue], scale: Any, look: LayerLook) -> None:
    """The names of places, and of the ground around them."""
    for label in sorted(base_map.name_labels, key=lambda label: not label.place):
        texts = label.texts[-1:] if look.sizes is SMALL else label.texts
        if look.sizes is SMALL and not label.place:
            continue
        up = 1.15 * look.sizes.number if label.place in known else 0.0
        ink = _pick_label_colour(scale, known[label.place]) if label.place in known else SOFT
        halo = {} if ink == "white" else {"path_effects": make_halo()}
        look.names.add(axes, texts, (label.x, label.y), up, fontsize=look.sizes.name - (not label.place),
                       color=ink, **halo)


def _fit_axes(axes: Axes, base_map: BaseMap) -> None:
    west, south, east, north = base_map.bounds
    margin = MARGIN * max(east - west, north - south)
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
