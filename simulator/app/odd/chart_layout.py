"""Places the boxes of a flow chart: widths from the page, heights from their wrapped text, in pixels."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from .flow_chart import ChartBand, ChartBox, FlowChart

PAGE_WIDTH, MARGIN, GUTTER, ROW_GAP, BAND_GAP = 760, 22, 26, 13, 24
TITLE_HEIGHT, LINE_HEIGHT, PADDING = 20, 13, 7
CHARACTER_WIDTH = 5.4
"""Mean width of a letter of the text in boxes, on the wide side: fonts differ between machines."""


@dataclass(frozen=True)
class PlacedBox:
    """A box with its left, top, width and height, and its text in lines that fit."""

    box: ChartBox
    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.left + self.width

    @property
    def foot(self) -> float:
        """The y of its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return self.left + self.width / 2, self.top + self.height / 2


def place_boxes(chart: FlowChart) -> tuple[dict[str, PlacedBox], float]:
    """(key to placed box, height of the picture)."""
    placed: dict[str, PlacedBox] = {}
    top: float = PADDING
    for band in chart.bands:
        in_band = _place_band(band, top)
        placed |= in_band
        top = max(one.foot for one in in_band.values()) + BAND_GAP
    return placed, top - BAND_GAP + PADDING


def _place_band(band: ChartBand, top: float) -> dict[str, PlacedBox]:
    shares = band.shares or (1.0,) * len(band.columns)
    room = PAGE_WIDTH - 2 * MARGIN - GUTTER * (len(shares) - 1)
    left: float = MARGIN
    placed: dict[str, PlacedBox] = {}
    for column, share in zip(band.columns, shares, strict=True):
        width = room * share / sum(shares)
        placed |= _place_column(column, left, top, width)
        left += width + GUTTER
    foot = max(one.foot for one in placed.values())
    return {key: _stretch(one, foot) if one.box.tall else one for key, one in placed.items()}


def _place_column(column: tuple[ChartBox, ...], left: float, top: float, width: float) -> dict[str, PlacedBox]:
    placed = {}
    for box in column:
        lines = tuple(line for text in box.texts
                      for line in textwrap.wrap(text, int((width - 2 * PADDING) / CHARACTER_WIDTH)))
        height = TITLE_HEIGHT + LINE_HEIGHT * len(lines) + PADDING
        placed[box.key] = PlacedBox(box, left, top, width, height, lines)
        top += height + ROW_GAP
    return placed


def _stretch(one: PlacedBox, foot: float) -> PlacedBox:
    return PlacedBox(one.box, one.left, one.top, one.width, foot - one.top, one.lines)
