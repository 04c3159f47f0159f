"""Values of a design mapped back to the unit cube, as Morris and Sobol designs are laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def map_to_unit_cube(settings: Mapping[str, np.ndarray], axes: Sequence[Mapping[str, Any]] = ()) -> np.ndarray:
    """float64[points, settings], values from 0 to 1.

    settings: name to values[points]. axes: the study's axes. Numbers are scaled between the bounds of their axis, or of
    the values if there is no axis, in logarithms if the axis says so; names by their index in the axis's list.
    """
    known = {str(axis["name"]): axis for axis in axes}
    return np.array([_column(values, known.get(name, {})) for name, values in settings.items()]).T


def _column(values: np.ndarray, axis: Mapping[str, Any]) -> np.ndarray:
    listed = [str(value) for value in axis.get("values") or ()]
    if listed or values.dtype.kind not in "if":
        listed = listed or sorted(set(map(str, values)))
        return np.array([listed.index(str(value)) for value in values]) / max(1, len(listed) - 1)
    low, high = float(axis.get("low", values.min())), float(axis.get("high", values.max()))
    x = values.astype(np.float64)
    if axis.get("log"):
        x, low, high = np.log(x), np.log(low), np.log(high)
    return (x - low) / (high - low) if high > low else np.zeros(len(x))
