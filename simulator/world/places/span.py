"""Which rows of residents belong to a building or a neighbourhood: rows of one place lie side by side."""

from __future__ import annotations

import numpy as np

from ..population.people import People
from .place import Buildings, Neighbourhoods


def building_edges(people: People, buildings: Buildings) -> np.ndarray:
    """int64[buildings + 1]: building b's residents are the rows edges[b] to edges[b + 1]."""
    return _edges(people.building, buildings.rows)


def neighbourhood_edges(people: People, neighbourhoods: Neighbourhoods) -> np.ndarray:
    """int64[neighbourhoods + 1]: neighbourhood z's residents are the rows edges[z] to edges[z + 1]."""
    return _edges(people.neighbourhood, neighbourhoods.rows)


def _edges(place: np.ndarray, places: int) -> np.ndarray:
    """Of one kind with the column, or the whole column would be copied first."""
    return np.searchsorted(place, np.arange(places + 1, dtype=place.dtype))
