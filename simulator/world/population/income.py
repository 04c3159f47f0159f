"""Incomes that match a commune's median and poverty rate, and social position, sex, diploma and job."""

from __future__ import annotations

import numpy as np

from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from .communes import Margins
from .household import COUPLE, LONE_PARENT, ONE_PERSON, SyntheticHouseholds
from .random_columns import draw_uniform_columns, normal_quantile, normal_quantiles

OLDER_WORKER_AGE, RETIREMENT_AGE = 60, 65
SAME_SEX_SHARE = 0.02
WOMEN_SHARE, WOMEN_SHARE_OLD = 0.51, 0.66


def assign_incomes(households: SyntheticHouseholds, effect: np.ndarray, margins: Margins, settings: Model,
                   key: RandomKey) -> np.ndarray:
    """float64[households]: income per consumption unit over the reference income.

    effect float64[households]: income effect of the neighbourhood. Households are ranked by kind, neighbourhood and
    keyed noise; ranks count residents, as in INSEE's Filosofi. A lognormal in two pieces then gives the published
    median and poverty rate.
    """
    p = settings.population
    u = draw_uniform_columns(key, households.uid, random_streams.HOUSEHOLD, 2)
    kind_effect = np.zeros(5)
    kind_effect[[ONE_PERSON, COUPLE, LONE_PARENT]] = p.income_alone, p.income_couple, p.income_lone
    score = effect + kind_effect[households.kind] + p.income_noise * normal_quantiles(u[:, 0])
    order = np.argsort(score, kind="stable")
    rank = np.empty(len(order))
    sizes = households.size[order]
    rank[order] = (np.cumsum(sizes) - 0.5 * sizes) / sizes.sum()
    z = normal_quantiles(rank)
    lower = np.log(p.poverty_line / margins.median_income_eur) / normal_quantile(margins.poverty_pct / 100)
    return margins.median_income_eur / p.reference_income * np.exp(np.where(z < 0, lower, p.upper_spread) * z)


def assign_social_positions(income: np.ndarray, uid: np.ndarray, settings: Model, key: RandomKey) -> np.ndarray:
    """float64[households]: social position, from income and independent noise; about standard normal over all."""
    p = settings.population
    u = draw_uniform_columns(key, uid, random_streams.HOUSEHOLD, 2)
    scale = np.hypot(p.upper_spread, p.class_noise)
    return (np.log(income) + p.class_noise * normal_quantiles(u[:, 1])) / scale


def split_into_thirds(position: np.ndarray) -> np.ndarray:
    """uint8[n]: 0 low, 1 middle, 2 high, at the terciles of a standard normal."""
    upper = normal_quantile(2 / 3)
    return ((position > -upper).astype(np.uint8) + (position > upper)).astype(np.uint8)


def assign_sexes(households: SyntheticHouseholds, age: np.ndarray, uid: np.ndarray, settings: Model,
                 key: RandomKey) -> np.ndarray:
    """uint8[residents]: 0 man, 1 woman. Most partners differ in sex; most lone parents and very old are women."""
    u = draw_uniform_columns(key, uid, random_streams.PERSON)[:, 0]
    women_share = np.where(age >= 75, WOMEN_SHARE_OLD, WOMEN_SHARE)
    women_share = np.where((households.kind == LONE_PARENT)[households.of_resident] & (households.role == 0),
                           settings.population.mothers, women_share)
    sex = (u < women_share).astype(np.uint8)
    partner = np.flatnonzero(households.role == 1)
    sex[partner] = np.where(u[partner] < SAME_SEX_SHARE, sex[partner - 1], 1 - sex[partner - 1])
    return sex


def assign_diplomas(position: np.ndarray, age: np.ndarray, uid: np.ndarray, settings: Model,
                    key: RandomKey) -> np.ndarray:
    """uint8[residents]: 0 none, 1 secondary, 2 higher; none under 15.

    Half of the variance of the latent level is social position; levels are lower among the old.
    """
    p = settings.population
    z = normal_quantiles(draw_uniform_columns(key, uid, random_streams.PERSON, 1)[:, 0])
    latent = (position + z) / np.sqrt(2.0) + np.where(age >= OLDER_WORKER_AGE, -0.3, 0.1)
    level = (latent > normal_quantile(p.no_diploma)).astype(np.uint8) + (latent > normal_quantile(1 - p.higher))
    return np.where(age >= 15, level, 0).astype(np.uint8)


def assign_jobs(position: np.ndarray, age: np.ndarray, margins: Margins, uid: np.ndarray, settings: Model,
                key: RandomKey) -> np.ndarray:
    """uint8[residents]: 0 inactive, 1 unemployed, 2 employed. Counts for 15-24 and 25-64 as published; 65+ inactive."""
    u = draw_uniform_columns(key, uid, random_streams.PERSON, 1)
    job = np.zeros(len(age), np.uint8)
    young, grown = np.flatnonzero((age >= 15) & (age < 25)), np.flatnonzero((age >= 25) & (age < RETIREMENT_AGE))
    parts = ((young, margins.active15_24, margins.unemployed15_24, (24 - age[young]) / 10),
             (grown, margins.active15_64 - margins.active15_24, margins.unemployed15_64 - margins.unemployed15_24,
              np.where(age[grown] >= OLDER_WORKER_AGE, 0.6, 0.0)))
    for rows, active_count, unemployed_count, inactivity in parts:
        active = rows[np.argsort(u[rows, 1] + inactivity, kind="stable")][: min(active_count, len(rows))]
        job[active] = 2
        risk = normal_quantiles(u[active, 2]) - settings.population.job_class * position[active]
        job[active[np.argsort(-risk, kind="stable")][: min(unemployed_count, len(active))]] = 1
    return job
