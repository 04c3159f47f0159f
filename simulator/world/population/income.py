"""Incomes that hit a commune's median and poverty rate, and what goes with them: class, diploma, job."""

from __future__ import annotations

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from ...parameters import Model
from .communes import Margins
from .household import ALONE, COUPLE, LONE, Homes
from .random_columns import normal, normals, uniforms

OLDER, RETIRED = 60, 65
SAME_SEX = 0.02
WOMEN, WOMEN_OLD = 0.51, 0.66


def deal_incomes(homes: Homes, effect: np.ndarray, margins: Margins, settings: Model, key: Key) -> np.ndarray:
    """float64[h]: income per consumption unit over the reference income. effect float64[h]: the neighbourhood's.

    Households are ranked by kind, neighbourhood and keyed noise; ranks count residents, as Filosofi does. A lognormal
    in two pieces then puts the median and the poverty rate where they are published.
    """
    p = settings.population
    u = uniforms(key, homes.uid, stream.HOUSEHOLD, 2)
    of_kind = np.zeros(5)
    of_kind[[ALONE, COUPLE, LONE]] = p.income_alone, p.income_couple, p.income_lone
    order = np.argsort(effect + of_kind[homes.kind] + p.income_noise * normals(u[:, 0]), kind="stable")
    rank = np.empty(len(order))
    sizes = homes.size[order]
    rank[order] = (np.cumsum(sizes) - 0.5 * sizes) / sizes.sum()
    z = normals(rank)
    lower = np.log(p.poverty_line / margins.median_income_eur) / normal(margins.poverty_pct / 100)
    return margins.median_income_eur / p.reference_income * np.exp(np.where(z < 0, lower, p.upper_spread) * z)


def deal_classes(income: np.ndarray, uid: np.ndarray, settings: Model, key: Key) -> np.ndarray:
    """float64[h]: position of a household, about standard normal in the département: income and a part that is not."""
    p = settings.population
    u = uniforms(key, uid, stream.HOUSEHOLD, 2)
    scale = np.hypot(p.upper_spread, p.class_noise)
    return (np.log(income) + p.class_noise * normals(u[:, 1])) / scale


def thirds(position: np.ndarray) -> np.ndarray:
    """uint8: 0 low, 1 middle, 2 high, at the thirds of a standard normal."""
    cut = normal(2 / 3)
    return ((position > -cut).astype(np.uint8) + (position > cut)).astype(np.uint8)


def deal_sexes(homes: Homes, age: np.ndarray, uid: np.ndarray, settings: Model, key: Key) -> np.ndarray:
    """uint8[n]: 0 man, 1 woman. Most partners are of the other sex, most lone parents and the very old are women."""
    u = uniforms(key, uid, stream.PERSON)[:, 0]
    chance = np.where(age >= 75, WOMEN_OLD, WOMEN)
    chance = np.where((homes.kind == LONE)[homes.home] & (homes.role == 0), settings.population.mothers, chance)
    sex = (u < chance).astype(np.uint8)
    partner = np.flatnonzero(homes.role == 1)
    sex[partner] = np.where(u[partner] < SAME_SEX, sex[partner - 1], 1 - sex[partner - 1])
    return sex


def deal_diplomas(position: np.ndarray, age: np.ndarray, uid: np.ndarray, settings: Model, key: Key) -> np.ndarray:
    """uint8[n]: 0 none, 1 secondary, 2 higher; none under 15. Half of its variance goes with class, less when old."""
    p = settings.population
    z = normals(uniforms(key, uid, stream.PERSON, 1)[:, 0])
    latent = (position + z) / np.sqrt(2.0) + np.where(age >= OLDER, -0.3, 0.1)
    level = (latent > normal(p.no_diploma)).astype(np.uint8) + (latent > normal(1 - p.higher))
    return np.where(age >= 15, level, 0).astype(np.uint8)


def deal_jobs(position: np.ndarray, age: np.ndarray, margins: Margins, uid: np.ndarray, settings: Model,
              key: Key) -> np.ndarray:
    """uint8[n]: 0 inactive, 1 unemployed, 2 employed; counts of both ages as published, residents 65+ inactive."""
    u = uniforms(key, uid, stream.PERSON, 1)
    job = np.zeros(len(age), np.uint8)
    young, grown = np.flatnonzero((age >= 15) & (age < 25)), np.flatnonzero((age >= 25) & (age < RETIRED))
    parts = ((young, margins.active15_24, margins.unemployed15_24, (24 - age[young]) / 10),
             (grown, margins.active15_64 - margins.active15_24, margins.unemployed15_64 - margins.unemployed15_24,
              np.where(age[grown] >= OLDER, 0.6, 0.0)))
    for rows, active, unemployed, reluctance in parts:
        working = rows[np.argsort(u[rows, 1] + reluctance, kind="stable")][: min(active, len(rows))]
        job[working] = 2
        weight = normals(u[working, 2]) - settings.population.job_class * position[working]
        job[working[np.argsort(-weight, kind="stable")][: min(unemployed, len(working))]] = 1
    return job
