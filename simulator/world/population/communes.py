"""Published counts of each commune, their scaling to a small population, and the map projection."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

AGE_BAND_STARTS = (0, 15, 30, 45, 60, 75, 90)
"""First age of each published age band; the last band is open."""
MAX_AGE = 104
DEFAULT_ORIGIN = (2.4800, 48.9150)
"""Longitude and latitude of the map's origin, the middle of Seine-Saint-Denis; official files set their own."""
KM_PER_DEGREE = 111.195


@dataclass(frozen=True)
class Margins:
    """One commune's published counts. Columns and sources: data/communes_source.md."""

    code: int
    name: str
    lon: float
    lat: float
    area_km2: float
    population: int
    households: int
    owner_occupied: int
    one_person: int
    family_households: int
    couples_with_children: int
    lone_parents: int
    couples_without_children: int
    age0_14: int
    age15_29: int
    age30_44: int
    age45_59: int
    age60_74: int
    age75_89: int
    age90p: int
    active15_64: int
    unemployed15_64: int
    active15_24: int
    unemployed15_24: int
    tax_households: int
    median_income_eur: float
    poverty_pct: float
    flood_share: float
    failing_share: float

    @property
    def age_band_counts(self) -> np.ndarray:
        """int64[7]: residents by age band. They sum to the population: the largest band absorbs rounding."""
        counts = np.array([self.age0_14, self.age15_29, self.age30_44, self.age45_59, self.age60_74, self.age75_89,
                           self.age90p], np.int64)
        counts[np.argmax(counts)] += self.population - counts.sum()
        return counts

    @property
    def household_kind_counts(self) -> np.ndarray:
        """int64[5]: households by kind, in the order of place.Households.kind."""
        families = np.array([self.couples_without_children, self.couples_with_children, self.lone_parents], float)
        shared = apportion_total(families, self.family_households)
        others = self.households - self.one_person - self.family_households
        return np.array([self.one_person, *shared, others], np.int64)

    def scale_to_population(self, residents: int) -> Margins:
        """The same commune with `residents` residents: counts and area in proportion, the same incomes and rates."""
        factor = residents / self.population
        counts = self._multiply_counts(factor)
        band_counts = apportion_total(self.age_band_counts * factor, residents)
        bands = dict(zip([name for name in counts if name.startswith("age")], map(int, band_counts)))
        return replace(self, population=residents, area_km2=self.area_km2 * factor, **(counts | bands))

    def scale_counts(self, factor: float) -> Margins:
        """The same place with `factor` times the residents and households, on the same area."""
        return replace(self, population=round(self.population * factor), **self._multiply_counts(factor))

    def _multiply_counts(self, factor: float) -> dict[str, Any]:
        return {item.name: round(getattr(self, item.name) * factor) for item in fields(self)
                if item.type == "int" and item.name not in ("code", "population")}


def lonlat_to_km(lon: float, lat: float, origin: Sequence[float] = DEFAULT_ORIGIN) -> tuple[float, float]:
    """km east and north of the map's origin, on a local equirectangular projection (error < 0.2 % within 15 km)."""
    narrow = np.cos(np.radians(origin[1]))
    return float((lon - origin[0]) * KM_PER_DEGREE * narrow), float((lat - origin[1]) * KM_PER_DEGREE)


def lonlats_to_km(lon: np.ndarray, lat: np.ndarray,
                  origin: Sequence[float] = DEFAULT_ORIGIN) -> tuple[np.ndarray, np.ndarray]:
    """float64[n], twice: the same for whole columns."""
    return (lon - origin[0]) * KM_PER_DEGREE * np.cos(np.radians(origin[1])), (lat - origin[1]) * KM_PER_DEGREE


def km_to_lonlat(x: np.ndarray, y: np.ndarray,
                 origin: Sequence[float] = DEFAULT_ORIGIN) -> tuple[np.ndarray, np.ndarray]:
    """float64[n], twice: longitudes and latitudes of positions in km; the inverse of lonlat_to_km."""
    narrow = np.cos(np.radians(origin[1]))
    return (origin[0] + np.asarray(x, np.float64) / (KM_PER_DEGREE * narrow),
            origin[1] + np.asarray(y, np.float64) / KM_PER_DEGREE)


def apportion_total(weights: np.ndarray, total: int) -> np.ndarray:
    """int64[k]: `total` split in proportion to the weights, by the method of largest remainders."""
    exact = np.asarray(weights, float) * total / np.sum(weights)
    out = np.floor(exact).astype(np.int64)
    rounded_up = np.argsort(-(exact - out), kind="stable")[: int(total - out.sum())]
    out[rounded_up] += 1
    return out


@lru_cache(maxsize=1)
def load_commune_counts() -> dict[int, Margins]:
    """INSEE code to published counts: the 39 communes of Seine-Saint-Denis, in order of code."""
    text = (files(__package__) / "data" / "communes.csv").read_text(encoding="utf-8")
    types = {item.name: {"int": int, "float": float, "str": str}[str(item.type)] for item in fields(Margins)}
    rows = [{name: types[name](value) for name, value in row.items()} for row in csv.DictReader(text.splitlines())]
    return {row["code"]: Margins(**row) for row in sorted(rows, key=lambda row: row["code"])}
