"""One map drawn into axes: colours with direct labels, places in doubt pale and hatched, a legend with its unit."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from ...i18n.map_texts import legend
from ...i18n.number import decimals_of, number
from ...i18n.typography import held
from ..figures.style import COLOURS, INK, SOFT
from .ground import Ground
from .layers import Layer, Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PALE_GREY, DIM = "#ececec", 0.45
"""Colour of what is not shown; share of white in the colour of what is in doubt."""
DARK = 0.45
"""Luminance below which labels are white."""
MARGIN = 0.02
STEPS = 40
"""Colours of a legend."""


@dataclass(frozen=True)
class Sizes:
    """Points: the figure of a place, its name."""

    figure: float
    name: float


FULL, CLOSE, SMALL = Sizes(8.5, 6.2), Sizes(6.8, 5.2), Sizes(7.2, 6.4)
"""A map of its own; one of true outlines, some of which are small; maps side by side."""


def colours(layer: Layer) -> Any:
    """A ScalarMappable: cividis, dark for more, for amounts; orange through white to blue around zero for changes."""
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    known = [one.value for one in layer.values.values() if np.isfinite(one.value)]
    if layer.change:
        most = max([abs(value) for value in known] or [0.0]) or 1.0
        return ScalarMappable(Normalize(-most, most), LinearSegmentedColormap.from_list(
            "change", [COLOURS[0], "#ffffff", COLOURS[1]]))
    low, high = min(known, default=0.0), max(known, default=1.0)
    return ScalarMappable(Normalize(min(low, 0.5 * high), high or 1.0), colormaps["cividis_r"])


def panel(axes: Axes, ground: Ground, layer: Layer, lang: str, sizes: Sizes) -> Any:
    """Draw one layer; returns what its legend is made from."""
    scale = colours(layer)
    for shape in ground.shapes:
        one = layer.values.get(shape.place)
        _fill(axes, shape.ring, None if one is None or not np.isfinite(one.value) else one, scale)
    for edge in ground.inner:
        one = layer.values.get(edge.place)
        face = PALE_GREY if one is None or not np.isfinite(one.value) else _shade(scale, one)
        axes.plot(*edge.ring.T, color=face, lw=2.2, solid_capstyle="butt", zorder=5)
        axes.plot(*edge.ring.T, color="white", lw=0.5, alpha=0.7, zorder=5)
    places = _decimals(layer)
    for place, one in layer.values.items():
        if np.isfinite(one.value) and place in ground.at:
            axes.text(*ground.at[place], number(one.value, lang, places, layer.change), ha="center", va="center",
                      fontsize=sizes.figure, fontweight="bold", color=_ink(scale, one), zorder=6)
    _names(axes, ground, layer, scale, sizes)
    west, south, east, north = ground.box
    room = MARGIN * max(east - west, north - south) + (0.35 if ground.kind == "cells" else 0.0)
    axes.set_xlim(west - room, east + room)
    axes.set_ylim(south - room, north + room)
    axes.set_aspect("equal")
    axes.axis("off")
    return scale


def _fill(axes: Axes, ring: np.ndarray, one: Value | None, scale: Any) -> None:
    from matplotlib.patches import Polygon

    face = PALE_GREY if one is None else _shade(scale, one)
    axes.add_patch(Polygon(ring, closed=True, facecolor=face, edgecolor="white", lw=1.4, zorder=2))
    if one is not None and not one.sure:
        axes.add_patch(Polygon(ring, closed=True, fill=False, edgecolor="#8d8d8d", lw=0.0, hatch="////", zorder=3))
        axes.add_patch(Polygon(ring, closed=True, fill=False, edgecolor="white", lw=1.4, zorder=4))


def _shade(scale: Any, one: Value) -> np.ndarray:
    colour = np.array(scale.to_rgba(one.value)[:3])
    return colour if one.sure else DIM + (1 - DIM) * colour


def _ink(scale: Any, one: Value) -> str:
    return "white" if _shade(scale, one) @ (0.299, 0.587, 0.114) < DARK else INK


def _decimals(layer: Layer) -> int:
    known = [abs(one.value) for one in layer.values.values() if np.isfinite(one.value)]
    return decimals_of(max(known, default=1.0))


def _names(axes: Axes, ground: Ground, layer: Layer, scale: Any, sizes: Sizes) -> None:
    """Tiles and outlines carry the commune's name within; beside neighbourhoods it stands below."""
    for place, name, x, y in ground.names:
        if not name:
            continue
        if ground.kind == "cells":
            axes.text(x, y - 0.12, name, ha="center", va="top", fontsize=sizes.name, color=SOFT)
            continue
        one = layer.values.get(place)
        ink = SOFT if one is None or not np.isfinite(one.value) else _ink(scale, one)
        shift = 6 if ground.kind == "outlines" else 0
        axes.annotate(name, (x, y), xytext=(0, shift), textcoords="offset points", ha="center",
                      va="center", fontsize=sizes.name, color=ink, zorder=6, linespacing=0.95)


def colour_bar(figure: Figure, axes: Axes, scale: Any, layer: Layer, lang: str, wide: int = 80) -> None:
    """The legend: values with their unit, in lines of `wide` characters."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    scale = ScalarMappable(scale.norm, scale.cmap.resampled(STEPS))  # finer ones become a picture inside the SVG
    bar = figure.colorbar(scale, ax=axes, orientation="horizontal", shrink=0.7, aspect=28, pad=0.02)
    bar.locator = MaxNLocator(4)
    bar.formatter = FuncFormatter(lambda value, _: number(value, lang, _decimals(layer), layer.change))
    bar.update_ticks()
    if bar.solids is not None:
        bar.solids.set_edgecolor("face")
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=7.2, length=2, color=SOFT)
    bar.set_label(fill(held(legend(layer.name, lang)), wide), fontsize=7.2, color=SOFT)
