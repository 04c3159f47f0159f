"""A population given from outside, used instead of the synthetic one: its residents and households as arrays."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from .age import INDEPENDENT_AGE, MAJORITY_AGE, MIN_PARENT_GAP
from .household import (
    CHILD,
    COUPLE,
    COUPLE_WITH_CHILDREN,
    FURTHER_ADULT,
    HEAD,
    LONE_PARENT,
    ONE_PERSON,
    OTHER_HOUSEHOLD,
    PARTNER,
)

UNKNOWN = -1
"""Stands for a value that the files do not give: it is drawn. Unknown floats are NaN, unknown codes of IRIS ""."""
MAX_PARTNER_GAP = MIN_PARENT_GAP - 2
"""Largest difference in age between partners where no file says who they are, years."""
DIGEST_LENGTH = 16


@dataclass(frozen=True)
class GivenPopulation:
    """Residents and households of somebody's files.

    digest: of the arrays, all that enters a run's id; the arrays travel with the run and are no part of its stored
    content. name: of the files. residents: `household` int32 (row of the household, ascending), `age` uint8, `role`
    uint8, then int8 `sex`, `diploma`, `job`, `ses`, coded as in people.People. households: `commune` int32 (0 unknown),
    `iris` text, `lon`, `lat` degrees, `building` int32, `income` EUR a year per consumption unit, int8 `tenure` and
    `group`.
    """

    digest: str
    name: str = field(default="", compare=False)
    residents: dict[str, np.ndarray] | None = field(default=None, compare=False, repr=False)
    households: dict[str, np.ndarray] | None = field(default=None, compare=False, repr=False)


def make_given_population(name: str, residents: dict[str, np.ndarray],
                          households: dict[str, np.ndarray]) -> GivenPopulation:
    """The population of these columns; residents are sorted by household and role, otherwise in the order given.

    `role` is UNKNOWN where the rule of `complete_roles` is to decide.
    """
    role = complete_roles(residents["household"], residents["age"], residents["role"])
    order = np.lexsort((role, residents["household"]))
    residents = {column: values[order] for column, values in {**residents, "role": role}.items()}
    digest = hashlib.sha256()
    for table in (residents, households):
        for column in sorted(table):
            digest.update(column.encode() + np.ascontiguousarray(table[column]).tobytes())
    return GivenPopulation(digest.hexdigest()[:DIGEST_LENGTH], name, residents, households)


def complete_roles(household: np.ndarray, age: np.ndarray, role: np.ndarray) -> np.ndarray:
    """uint8[residents]: role of each in the household; by age in every household where one is UNKNOWN.

    The eldest is the head. Who is under 18, or under 25 and at least 17 years younger than the head, is a child. The
    eldest of the others is the partner if at most 15 years apart; the rest are further adults.
    """
    order = np.lexsort((-age.astype(np.int64), household))
    home, years = household[order], age[order].astype(np.int64)
    first = np.concatenate([[True], home[1:] != home[:-1]])
    gap = years[np.maximum.accumulate(np.where(first, np.arange(len(home)), 0))] - years
    found = np.full(len(home), FURTHER_ADULT, np.uint8)
    found[(years < MAJORITY_AGE) | ((years < INDEPENDENT_AGE) & (gap >= MIN_PARENT_GAP))] = CHILD
    found[first] = HEAD
    near = np.flatnonzero((found == FURTHER_ADULT) & (gap <= MAX_PARTNER_GAP))
    found[near[np.unique(home[near], return_index=True)[1]]] = PARTNER
    by_age = np.empty_like(found)
    by_age[order] = found
    partly = np.zeros(int(household.max(initial=-1)) + 1, bool)
    partly[household[role == UNKNOWN]] = True
    return np.where(partly[household], by_age, role).astype(np.uint8)


def classify_households(size: np.ndarray, children: np.ndarray, has_partner: np.ndarray) -> np.ndarray:
    """int64[households]: kind of each, as in place.Households.kind, from its members. has_partner: bool."""
    family = np.where(has_partner, COUPLE_WITH_CHILDREN, LONE_PARENT)
    without = np.where(has_partner, COUPLE, OTHER_HOUSEHOLD)
    return np.where(size == 1, ONE_PERSON, np.where(children > 0, family, without))
