"""Kinds, sizes and members of a commune's households, such that its published counts are exact."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from ...i18n.translation import Message
from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey
from .communes import Margins
from .random_columns import draw_uniform_columns, poisson_quantiles

ONE_PERSON, COUPLE, COUPLE_WITH_CHILDREN, LONE_PARENT, OTHER_HOUSEHOLD = range(5)
"""Kinds of households, as in place.Households.kind."""
HEAD, PARTNER, CHILD, FURTHER_ADULT = range(4)
"""Roles in a household, in the order of its rows."""
OTHER_EXTRA_ADULTS = 0.6
"""Mean number of adults beyond the required two in a household of kind "other"."""
MAX_CHILDREN, MAX_FURTHER_ADULTS = 8, 12
LONE_CHILDREN_RATIO = 0.8
"""Children beyond the first of a lone parent, over those of a couple."""


@dataclass
class SyntheticHouseholds:
    """A commune's households: arrays of one value per household, but for the last two.

    children: number of them; adults: number of further adults; first: row of the first resident. role, of_resident:
    int64[residents], role in the household, and row of the household.
    """

    uid: np.ndarray
    kind: np.ndarray
    children: np.ndarray
    adults: np.ndarray
    size: np.ndarray
    first: np.ndarray
    role: np.ndarray
    of_resident: np.ndarray


def concatenate_households(parts: list[SyntheticHouseholds]) -> SyntheticHouseholds:
    """The households of several neighbourhoods, one after the other."""
    if len(parts) == 1:
        return parts[0]
    first_household = np.cumsum([0, *(len(part.uid) for part in parts)])
    first_resident = np.cumsum([0, *(len(part.role) for part in parts)])
    shifted = [replace(part, first=part.first + resident, of_resident=part.of_resident + household)
               for part, resident, household in zip(parts, first_resident, first_household)]
    return SyntheticHouseholds(**{item.name: np.concatenate([getattr(part, item.name) for part in shifted])
                                  for item in fields(SyntheticHouseholds)})


def generate_households(margins: Margins, children: int, uid: np.ndarray, key: RandomKey) -> SyntheticHouseholds:
    """The commune's households in keyed order; children: how many live in all. ValueError if its counts do not fit.

    Kinds are matched exactly. Every child of the commune lives with a couple or a lone parent. Residents beyond those
    that kinds and children require (residents outside households among them) are further adults: a few in "other"
    households, the rest in families, as adult children and grandparents.
    """
    u = draw_uniform_columns(key, uid, random_streams.HOUSEHOLD)
    kind = np.repeat(np.arange(5), margins.household_kind_counts)[np.argsort(u[:, 0], kind="stable")]
    family, other = (kind == COUPLE_WITH_CHILDREN) | (kind == LONE_PARENT), kind == OTHER_HOUSEHOLD
    least = np.array([1, 2, 2, 1, 2])[kind]
    extra = margins.population - least.sum() - children
    if children < family.sum() or extra < 0:
        raise ValueError(Message("commune {code}: its counts of households, families and residents do not fit",
                                 code=margins.code))
    children_of = np.zeros(len(uid), np.int64)
    children_of[family] = _draw_child_counts(kind[family] == LONE_PARENT, children, np.ascontiguousarray(u[family].T))
    v = draw_uniform_columns(key, uid, random_streams.HOUSEHOLD, 1)
    adults = np.zeros(len(uid), np.int64)
    in_other = min(extra, round(OTHER_EXTRA_ADULTS * other.sum())) if other.any() else 0
    if other.any():
        adults[other] = adjust_counts_to_total(poisson_quantiles(v[other, 0], OTHER_EXTRA_ADULTS), in_other, 0,
                                               MAX_FURTHER_ADULTS, v[other, 1])
    adults[family] = adjust_counts_to_total(poisson_quantiles(v[family, 0], (extra - in_other) / family.sum()),
                                            extra - in_other, 0, MAX_FURTHER_ADULTS, v[family, 1])
    return _expand_to_residents(uid, kind, children_of, adults)


def _draw_child_counts(lone: np.ndarray, children: int, u: np.ndarray) -> np.ndarray:
    """int64[families]: children of each family, at least one, fewer with lone parents; they sum to `children`.

    lone: bool[families], true for a lone parent; u: float64[4, families], uniform.
    """
    mean = children / len(lone) - 1
    fewer = poisson_quantiles(u[2], mean * (1 - LONE_CHILDREN_RATIO)) * lone
    return adjust_counts_to_total(1 + poisson_quantiles(u[1], mean * 1.05) - fewer, children, 1, MAX_CHILDREN, u[3])


def adjust_counts_to_total(counts: np.ndarray, total: int, low: int, high: int, order: np.ndarray) -> np.ndarray:
    """int64[k]: counts changed by one at a time, within low..high, until they sum to `total`.

    order: random values; the counts with the lowest values change first. ValueError if the total is out of reach.
    """
    counts = np.clip(counts, low, high)
    ranking = np.argsort(order, kind="stable")
    while (gap := int(total - counts.sum())) != 0:
        free = ranking[(counts[ranking] < high) if gap > 0 else (counts[ranking] > low)]
        if not len(free):
            raise ValueError(Message("cannot adjust {n} counts between {low} and {high} to a sum of {total}",
                                     n=len(counts), low=low, high=high, total=total))
        counts[free[: abs(gap)]] += 1 if gap > 0 else -1
    return counts


def _expand_to_residents(uid: np.ndarray, kind: np.ndarray, children: np.ndarray,
                         adults: np.ndarray) -> SyntheticHouseholds:
    """Add the residents, household after household: head, partner, children, further adults."""
    couple = (kind == COUPLE) | (kind == COUPLE_WITH_CHILDREN)
    further = adults + (kind == OTHER_HOUSEHOLD)
    size = 1 + couple + children + further
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    of_resident = np.repeat(np.arange(len(uid)), size)
    position = np.arange(len(of_resident)) - first[of_resident]
    role = np.full(len(of_resident), FURTHER_ADULT)
    role[position < (1 + couple + children)[of_resident]] = CHILD
    role[position < (1 + couple)[of_resident]] = PARTNER
    role[position == 0] = HEAD
    return SyntheticHouseholds(uid, kind, children, further, size, first, role, of_resident)
