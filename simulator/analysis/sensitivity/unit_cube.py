"""Values of a design as places from 0 to 1 along each axis, as Morris and Sobol laid them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def places(settings: Mapping[str, np.ndarray], axes: Sequence[Mapping[str, Any]] = ()) -> np.ndarray:
    """float64[points, settings]: numbers between the bounds of their axis (of the values seen, without one), evenly
    in logarithms where the axis says so; names by their place in the axis's list."""
    known = {str(axis["name"]): axis for axis in axes}
    return np.array([_column(values, known.get(name, {})) for name, values in settings.items()]).T


def _column(values: np.ndarray, axis: Mapping[str, Any]) -> np.ndarray:
    listed = [str(one) for one in axis.get("values") or ()]
    if listed or values.dtype.kind not in "if":
        listed = listed or sorted(set(map(str, values)))
        return np.array([listed.index(str(one)) for one in values]) / max(1, len(listed) - 1)
    low, high = float(axis.get("low", values.min())), float(axis.get("high", values.max()))
    x = values.astype(np.float64)
    if axis.get("log"):
        x, low, high = np.log(x), np.log(low), np.log(high)
    return (x - low) / (high - low) if high > low else np.zeros(len(x))
