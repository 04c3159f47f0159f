"""Ages: a commune's published age bands, dealt out so that families look like families."""

from __future__ import annotations

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from ...parameters import Model
from .communes import BANDS, OLDEST, Margins, shares
from .household import ALONE, CHILD, COUPLE, HEAD, PARTNER, WITH_CHILDREN, Homes
from .random_columns import normals, uniforms

OF_AGE, GROWN = 18, 25
SPARE = 0.92
"""Share of each year's adults that families may take: the rest lives alone, as a couple or with others."""
LEAST_GAP = 17


def by_year(margins: Margins) -> np.ndarray:
    """int64[OLDEST + 1]: residents of each age; each band exact, smooth within it."""
    counts, years = margins.ages, np.arange(OLDEST + 1)
    ends = [*BANDS[1:], OLDEST + 1]
    middles = [(a + b - 1) / 2 for a, b in zip(BANDS[:-1], ends)]
    density = np.interp(years, middles, counts[:-1] / np.diff(BANDS))
    density = np.where(years >= BANDS[-1], 0.78 ** (years - BANDS[-1]), np.maximum(density, 1e-9))
    return np.concatenate([shares(density[a:b], n) for a, b, n in zip(BANDS, ends, counts)])


def children_by_year(margins: Margins, settings: Model) -> np.ndarray:
    """int64[OLDEST + 1]: residents who live as a child of the household: all under 18, fewer and fewer to 24."""
    years = np.arange(OLDEST + 1)
    slope = 2 * (1 - settings.population.at_home) / (GROWN - OF_AGE - 1)
    share = np.where(years < GROWN, 1 - np.maximum(years - OF_AGE, 0) * slope, 0.0)
    kids = np.floor(by_year(margins) * np.clip(share, 0, 1)).astype(np.int64)
    kinds = margins.kinds
    room = margins.population - int((kinds * np.array([1, 2, 2, 1, 2])).sum())
    for year in range(GROWN - 1, OF_AGE - 1, -1):
        kids[year] -= min(kids[year], max(0, int(kids.sum()) - room))
    return kids


def deal_ages(homes: Homes, uid: np.ndarray, margins: Margins, settings: Model, key: Key) -> np.ndarray:
    """int64[n]: everybody's age. Bands are exact; parents are LEAST_GAP years older than their children or more."""
    all_ages, kid_ages = by_year(margins), children_by_year(margins, settings)
    age = np.zeros(len(homes.role), np.int64)
    u = uniforms(key, uid, stream.PERSON)
    kid = homes.role == CHILD
    age[kid] = _by_rank(_sibling_targets(homes, u, kid, settings), np.repeat(np.arange(OLDEST + 1), kid_ages))
    left = all_ages - kid_ages
    parent = (homes.children > 0)[homes.home] & (homes.role <= PARTNER)
    eldest = np.zeros(len(homes.uid), np.int64)
    np.maximum.at(eldest, homes.home[kid], age[kid])
    age[parent] = _from_below(_parent_targets(homes, eldest, u, parent, settings), left)
    left = left - np.bincount(age[parent], minlength=OLDEST + 1)
    rest = ~kid & ~parent
    age[rest] = _by_rank(_adult_targets(homes, u, rest), np.repeat(np.arange(OLDEST + 1), left))
    _pair(age, homes, u)
    return age


def _by_rank(targets: np.ndarray, ages: np.ndarray) -> np.ndarray:
    """The ages (sorted), given to the targets in the same order."""
    out = np.empty(len(targets), np.int64)
    out[np.argsort(targets, kind="stable")] = ages
    return out


def _sibling_targets(homes: Homes, u: np.ndarray, kid: np.ndarray, settings: Model) -> np.ndarray:
    """Wished ages of children: the eldest's, then one every few years."""
    home = homes.home[kid]
    span = settings.population.sibling
    eldest = np.maximum(u[homes.first, 1] * (GROWN - 1), span * (homes.children - 1))
    couple = (homes.kind == WITH_CHILDREN).astype(np.int64)
    order = np.flatnonzero(kid) - homes.first[home] - 1 - couple[home]
    return eldest[home] - span * order * (0.6 + 0.8 * u[kid, 1])


def _parent_targets(homes: Homes, eldest: np.ndarray, u: np.ndarray, parent: np.ndarray, settings: Model) -> np.ndarray:
    """Least ages of parents: the eldest child's plus the age at its birth; partners within a few years."""
    p = settings.population
    home = homes.home[parent]
    gap = p.parent_gap + p.parent_spread * normals(u[homes.first, 2])[home]
    gap = gap + np.where(homes.role[parent] == PARTNER, 2.5 * normals(u[parent, 2]), 0.0)
    return np.clip(np.round(eldest[home] + np.clip(gap, LEAST_GAP, None)), OF_AGE, OLDEST).astype(np.int64)


def _from_below(least: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Each parent's age: the wished one, or the next year that is not used up. First come in order of wished age."""
    wished = np.bincount(least, minlength=OLDEST + 1)
    given, waiting = np.zeros_like(wished), 0
    for year in range(OF_AGE, OLDEST + 1):
        waiting += wished[year]
        given[year] = min(waiting, int(SPARE * left[year]) if year < BANDS[-2] else left[year])
        waiting -= given[year]
    for year in range(OLDEST, OF_AGE - 1, -1):
        more = min(waiting, left[year] - given[year])
        given[year] += more
        waiting -= more
    return _by_rank(least, np.repeat(np.arange(OLDEST + 1), given))


def _adult_targets(homes: Homes, u: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Wished ages of those who are neither children nor parents of children: young and old, by kind of household."""
    pick, within = u[rest, 1], u[rest, 2]
    alone = np.where(pick < 0.30, 20 + 15 * within, np.where(pick < 0.65, 35 + 25 * within, 60 + 35 * within))
    couple = np.where(pick < 0.35, 22 + 14 * within, 48 + 36 * within)
    other = np.where(pick < 0.65, 18 + 16 * within, 55 + 33 * within)
    kind = homes.kind[homes.home[rest]]
    return np.where(kind == ALONE, alone, np.where(kind == COUPLE, couple, other))


def _pair(age: np.ndarray, homes: Homes, u: np.ndarray) -> None:
    """Couples without a child: the same ages, paired anew so that partners are near in age."""
    couple = (homes.kind == COUPLE)[homes.home]
    heads = np.flatnonzero(couple & (homes.role == HEAD))
    members = np.flatnonzero(couple)
    blurred = age[members] + 4.0 * u[members, 3]
    order = age[members][np.argsort(blurred, kind="stable")].reshape(-1, 2)
    where = np.argsort(u[heads, 1], kind="stable")
    age[heads[where]], age[heads[where] + 1] = order[:, 0], order[:, 1]
