"""What the loop over residents of the phase `heat` reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.keyed_random import RandomKey
from .columns import HousingColumns, ResidentColumns, TieViews


class DwellingColumns(NamedTuple):
    """Read-only views of columns of Households and Buildings: how hot a home gets, and how rich it is."""

    floor: np.ndarray
    insulated: np.ndarray
    quintile: np.ndarray
    lift: np.ndarray
    poor_insulation: np.ndarray


class HeatInputs(NamedTuple):
    """All that the loop over residents reads."""

    key: RandomKey
    day: int
    residents: ResidentColumns
    housing: HousingColumns
    dwellings: DwellingColumns
    ties: TieViews
    sex: np.ndarray
    loan: np.ndarray
    kit_kinds: np.ndarray
    cooled: np.ndarray
    was_alive: np.ndarray
    """u1[n]: alive when the phase began."""
    support: np.ndarray
    heat_island: np.ndarray
    mean_frailty: np.ndarray
    """float64[ages]."""
    income_factors: np.ndarray
    """float64[5]: usual deaths by fifth of income, over their mean."""
    coping: NamedTuple
    awareness: float
    care: float
    air_conditioning: float
    cool_places: float
    visits: float
    phone: float
    contact: np.ndarray
    check_rate: np.ndarray
    neighbour_check: np.ndarray
    register: np.ndarray
    call_rate: np.ndarray
