"""Names on a map, placed so that none covers another or a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHIFTS = ((0.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.7, 0.0), (-0.7, 0.0), (0.5, 1.0), (-0.5, 1.0), (0.5, -1.0),
          (-0.5, -1.0), (0.0, 2.0), (0.0, -2.0), (0.7, 2.0), (-0.7, 2.0), (0.7, -2.0), (-0.7, -2.0))
"""Where a name is tried, in its own widths and heights from the wanted place."""
ROOM = 1.0
"""Pixels kept free around a name."""


@dataclass
class NamePlacer:
    """Collects the names of a figure's maps. `place` writes those that find room, once everything else is drawn."""

    taken: list[Any] = field(default_factory=list)
    """Artists that no name may cover."""
    wanted: list[tuple[Axes, Sequence[str], tuple[float, float], float, dict[str, Any]]] = field(default_factory=list)

    def keep_free(self, artist: Any) -> None:
        """Let no name cover this artist."""
        self.taken.append(artist)

    def add(self, axes: Axes, texts: Sequence[str], at: tuple[float, float], up: float = 0.0, **style: Any) -> None:
        """Ask for the first of these texts that finds room. at: in the unit of the map; up: points above it."""
        self.wanted.append((axes, texts, at, up, style))

    def place(self, figure: Figure) -> None:
        """Write the names. The layout of the figure must not change afterwards."""
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        boxes = [artist.get_window_extent() for artist in self.taken]
        for axes, texts, at, up, style in self.wanted:
            for text in texts:
                box = self._try(figure, axes, text, (at, up), style, boxes)
                if box is not None:
                    boxes.append(box)
                    break

    def _try(self, figure: Figure, axes: Axes, text: str, where: tuple[tuple[float, float], float],
             style: dict[str, Any], boxes: list[Any]) -> Any:
        """The box of the text where it found room; None, and nothing written, without."""
        at, up = where
        label = axes.annotate(text, at, xytext=(0, 0), textcoords="offset points", ha="center", va="center",
                              annotation_clip=False, zorder=7, linespacing=0.95, **style)
        size, scale = label.get_window_extent(), 72.0 / figure.dpi
        frame = figure.bbox
        for right, above in SHIFTS:
            shift = (right * size.width * scale, up + above * size.height * scale * 1.05)
            box = size.translated(shift[0] / scale, shift[1] / scale).padded(ROOM)
            is_inside = frame.x0 <= box.x0 and box.x1 <= frame.x1
            if is_inside and not any(box.overlaps(other) for other in boxes):
                label.xyann = shift
                return box
        label.remove()
        return None


def draw_site_mark(axes: Axes, at: tuple[float, float], **style: Any) -> Any:
    """A mark where a site is; the artist, which `NamePlacer.keep_free` takes."""
    return axes.plot([at[0]], [at[1]], ls="none", **style)[0]


def make_halo() -> list[Any]:
    """A white rim around letters, so that they can be read on a border."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=1.6, foreground="white")]
