"""What a flow chart holds: boxes in bands of columns, and arrows. Drawn as SVG and written as Mermaid elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BOX_COLOURS: dict[str, tuple[str, str]] = {
    "plain": ("#f4f6f9", "#6b7785"),
    "weekly": ("#e4eef8", "#0072b2"),
    "crisis": ("#fdeee0", "#c25700"),
    "step": ("#e6f4ee", "#00805c"),
    "open": ("#f6eaf3", "#a04a86"),
}
"""Kind of box to its fill and its edge."""


@dataclass(frozen=True)
class ChartBox:
    """A box: its key among the boxes of a chart, a title, a remark behind it, and paragraphs of text.

    tall: stretched over the height of its band, so that every box beside it has an arrow of its own.
    """

    key: str
    title: str
    texts: tuple[str, ...] = ()
    kind: str = "plain"
    remark: str = ""
    tall: bool = False


@dataclass(frozen=True)
class ChartBand:
    """Columns side by side, each a stack of boxes. shares: how they divide the width; equally if left out."""

    columns: tuple[tuple[ChartBox, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class ChartArrow:
    """An arrow from one box to another, with a word on it if any."""

    source: str
    target: str
    word: str = ""


@dataclass(frozen=True)
class FlowChart:
    """Bands from top to bottom, and the arrows between their boxes. title: for those who cannot see the picture."""

    title: str
    bands: tuple[ChartBand, ...]
    arrows: tuple[ChartArrow, ...]

    def boxes(self) -> Iterator[ChartBox]:
        """All boxes, band by band and column by column."""
        return (box for band in self.bands for column in band.columns for box in column)


def link_in_turn(*keys: str) -> tuple[ChartArrow, ...]:
    """An arrow from each of these boxes to the next."""
    return tuple(ChartArrow(source, target) for source, target in zip(keys, keys[1:]))
