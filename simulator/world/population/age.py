"""Ages of residents: a commune's published age bands, assigned so that families are plausible."""

from __future__ import annotations

import numpy as np

from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from .communes import AGE_BAND_STARTS, MAX_AGE, Margins, apportion_total
from .household import CHILD, COUPLE, COUPLE_WITH_CHILDREN, HEAD, ONE_PERSON, PARTNER, SyntheticHouseholds
from .random_columns import draw_uniform_columns, normal_quantiles

MAJORITY_AGE, INDEPENDENT_AGE = 18, 25
MAX_FAMILY_SHARE = 0.92
"""Largest share of the adults of an age who are parents; the others live alone, as a couple or with others."""
MIN_PARENT_GAP = 17
"""Least difference in target age between a parent and the eldest child, years."""


def count_residents_by_age(margins: Margins) -> np.ndarray:
    """int64[MAX_AGE + 1]: residents of each age; each published band exact, smooth within it."""
    counts, years = margins.age_band_counts, np.arange(MAX_AGE + 1)
    ends = [*AGE_BAND_STARTS[1:], MAX_AGE + 1]
    middles = [(a + b - 1) / 2 for a, b in zip(AGE_BAND_STARTS[:-1], ends)]
    density = np.interp(years, middles, counts[:-1] / np.diff(AGE_BAND_STARTS))
    density = np.where(years >= AGE_BAND_STARTS[-1], 0.78 ** (years - AGE_BAND_STARTS[-1]), np.maximum(density, 1e-9))
    return np.concatenate([apportion_total(density[a:b], n) for a, b, n in zip(AGE_BAND_STARTS, ends, counts)])


def count_children_by_age(margins: Margins, settings: Model) -> np.ndarray:
    """int64[MAX_AGE + 1]: residents of each age who live as a child of the household.

    All those under 18, and a share that falls from 18 to 24.
    """
    years = np.arange(MAX_AGE + 1)
    slope = 2 * (1 - settings.population.at_home) / (INDEPENDENT_AGE - MAJORITY_AGE - 1)
    share = np.where(years < INDEPENDENT_AGE, 1 - np.maximum(years - MAJORITY_AGE, 0) * slope, 0.0)
    children = np.floor(count_residents_by_age(margins) * np.clip(share, 0, 1)).astype(np.int64)
    most = margins.population - int((margins.household_kind_counts * np.array([1, 2, 2, 1, 2])).sum())
    for year in range(INDEPENDENT_AGE - 1, MAJORITY_AGE - 1, -1):
        children[year] -= min(children[year], max(0, int(children.sum()) - most))
    return children


def assign_ages(households: SyntheticHouseholds, uid: np.ndarray, margins: Margins, settings: Model,
                key: RandomKey) -> np.ndarray:
    """int64[residents]: age of each; the published age bands are exact.

    Children, then parents, then the others draw target ages; the ages that the commune has are assigned in their order.
    """
    all_ages, child_ages = count_residents_by_age(margins), count_children_by_age(margins, settings)
    age = np.zeros(len(households.role), np.int64)
    u = draw_uniform_columns(key, uid, random_streams.PERSON)
    child = households.role == CHILD
    age[child] = _assign_by_rank(_sibling_targets(households, u, child, settings),
                                 np.repeat(np.arange(MAX_AGE + 1), child_ages))
    left = all_ages - child_ages
    parent = (households.children > 0)[households.of_resident] & (households.role <= PARTNER)
    eldest = np.zeros(len(households.uid), np.int64)
    np.maximum.at(eldest, households.of_resident[child], age[child])
    age[parent] = _assign_parent_ages(_parent_targets(households, eldest, u, parent, settings), left)
    left = left - np.bincount(age[parent], minlength=MAX_AGE + 1)
    rest = ~child & ~parent
    age[rest] = _assign_by_rank(_adult_targets(households, u, rest), np.repeat(np.arange(MAX_AGE + 1), left))
    _pair_partners(age, households, u)
    return age


def _assign_by_rank(targets: np.ndarray, ages: np.ndarray) -> np.ndarray:
    """The sorted ages, rearranged into the order of the targets: the youngest age to the lowest target."""
    out = np.empty(len(targets), np.int64)
    out[np.argsort(targets, kind="stable")] = ages
    return out


def _sibling_targets(households: SyntheticHouseholds, u: np.ndarray, child: np.ndarray, settings: Model) -> np.ndarray:
    """Target ages of children: the eldest's, then one every few years."""
    home = households.of_resident[child]
    gap = settings.population.sibling
    eldest = np.maximum(u[households.first, 1] * (INDEPENDENT_AGE - 1), gap * (households.children - 1))
    couple = (households.kind == COUPLE_WITH_CHILDREN).astype(np.int64)
    order = np.flatnonzero(child) - households.first[home] - 1 - couple[home]
    return eldest[home] - gap * order * (0.6 + 0.8 * u[child, 1])


def _parent_targets(households: SyntheticHouseholds, eldest: np.ndarray, u: np.ndarray, parent: np.ndarray,
                    settings: Model) -> np.ndarray:
    """Target ages of parents: the eldest child's plus the age at its birth; partners within a few years."""
    p = settings.population
    home = households.of_resident[parent]
    gap = p.parent_gap + p.parent_spread * normal_quantiles(u[households.first, 2])[home]
    gap = gap + np.where(households.role[parent] == PARTNER, 2.5 * normal_quantiles(u[parent, 2]), 0.0)
    return np.clip(np.round(eldest[home] + np.clip(gap, MIN_PARENT_GAP, None)), MAJORITY_AGE, MAX_AGE).astype(np.int64)


def _assign_parent_ages(targets: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Age of each parent: the target age, or the next one with residents left; at the end, the next one below.

    left: int64[MAX_AGE + 1], residents of each age that are not assigned yet.
    """
    wanted = np.bincount(targets, minlength=MAX_AGE + 1)
    assigned, waiting = np.zeros_like(wanted), 0
    for year in range(MAJORITY_AGE, MAX_AGE + 1):
        waiting += wanted[year]
        assigned[year] = min(waiting, int(MAX_FAMILY_SHARE * left[year]) if year < AGE_BAND_STARTS[-2] else left[year])
        waiting -= assigned[year]
    for year in range(MAX_AGE, MAJORITY_AGE - 1, -1):
        more = min(waiting, left[year] - assigned[year])
        assigned[year] += more
        waiting -= more
    return _assign_by_rank(targets, np.repeat(np.arange(MAX_AGE + 1), assigned))


def _adult_targets(households: SyntheticHouseholds, u: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Target ages of adults who are not parents of children at home: mixtures of age ranges, by kind of household."""
    pick, within = u[rest, 1], u[rest, 2]
    alone = np.where(pick < 0.30, 20 + 15 * within, np.where(pick < 0.65, 35 + 25 * within, 60 + 35 * within))
    couple = np.where(pick < 0.35, 22 + 14 * within, 48 + 36 * within)
    other = np.where(pick < 0.65, 18 + 16 * within, 55 + 33 * within)
    kind = households.kind[households.of_resident[rest]]
    return np.where(kind == ONE_PERSON, alone, np.where(kind == COUPLE, couple, other))


def _pair_partners(age: np.ndarray, households: SyntheticHouseholds, u: np.ndarray) -> None:
    """Rearrange the ages of couples without children, so that partners are near in age. Changes `age`."""
    couple = (households.kind == COUPLE)[households.of_resident]
    heads = np.flatnonzero(couple & (households.role == HEAD))
    members = np.flatnonzero(couple)
    noisy_age = age[members] + 4.0 * u[members, 3]
    pairs = age[members][np.argsort(noisy_age, kind="stable")].reshape(-1, 2)
    order = np.argsort(u[heads, 1], kind="stable")
    age[heads[order]], age[heads[order] + 1] = pairs[:, 0], pairs[:, 1]
