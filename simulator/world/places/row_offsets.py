"""The rows of residents of each building or neighbourhood, as offsets: rows of one place are contiguous."""

from __future__ import annotations

import numpy as np

from ..population.people import People
from .place import Buildings, Neighbourhoods


def compute_building_offsets(people: People, buildings: Buildings) -> np.ndarray:
    """int64[buildings + 1]: building b's residents are the rows offsets[b] to offsets[b + 1] - 1."""
    return _compute_offsets(people.building, buildings.rows)


def compute_neighbourhood_offsets(people: People, neighbourhoods: Neighbourhoods) -> np.ndarray:
    """int64[neighbourhoods + 1]: neighbourhood z's residents are the rows offsets[z] to offsets[z + 1] - 1."""
    return _compute_offsets(people.neighbourhood, neighbourhoods.rows)


def _compute_offsets(place: np.ndarray, places: int) -> np.ndarray:
    """Offsets of each place in a sorted column. The same dtype for both, or numpy copies the whole column first."""
    return np.searchsorted(place, np.arange(places + 1, dtype=place.dtype))
