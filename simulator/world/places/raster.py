"""A raster of the map that gives the neighbourhood at a point, for distant ties and for drawing maps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel.compiled import rule


@dataclass(frozen=True)
class NeighbourhoodRaster:
    """cells int32[rows, columns]: row of the neighbourhood at each cell, -1 outside the map.

    x0, y0: corner of cell (0, 0), km east and north of the map's origin; size: side of a cell, km.
    """

    cells: np.ndarray
    x0: float
    y0: float
    size: float


@rule
def neighbourhood_at(x, y, cells, x0, y0, size):
    """Row of the neighbourhood at (x, y) km, -1 outside the map."""
    column = int((x - x0) // size)
    line = int((y - y0) // size)
    if line < 0 or column < 0 or line >= cells.shape[0] or column >= cells.shape[1]:
        return -1
    return cells[line, column]
