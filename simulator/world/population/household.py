"""Who lives together: kinds and sizes of a commune's households, so that its residents are counted exactly."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from .communes import Margins
from .random_columns import poissons, uniforms

ALONE, COUPLE, WITH_CHILDREN, LONE, OTHER = range(5)
"""Kinds of households, as in place.Households.kind."""
HEAD, PARTNER, CHILD, ADULT = range(4)
"""Roles in a household, in the order of its rows."""
OTHER_EXTRA = 0.6
MOST_CHILDREN, MOST_ADULTS = 8, 12
LONE_CHILDREN = 0.8


@dataclass
class Homes:
    """A commune's households: kind, children and other adults, one value a household; role, one a resident."""

    uid: np.ndarray
    kind: np.ndarray
    children: np.ndarray
    adults: np.ndarray
    size: np.ndarray
    first: np.ndarray
    role: np.ndarray
    home: np.ndarray


def join_homes(parts: list[Homes]) -> Homes:
    """The households of several neighbourhoods, one after the other."""
    if len(parts) == 1:
        return parts[0]
    homes = np.cumsum([0, *(len(part.uid) for part in parts)])
    people = np.cumsum([0, *(len(part.role) for part in parts)])
    moved = [replace(part, first=part.first + person, home=part.home + home)
             for part, person, home in zip(parts, people, homes)]
    return Homes(**{item.name: np.concatenate([getattr(part, item.name) for part in moved]) for item in fields(Homes)})


def compose(margins: Margins, children: int, uid: np.ndarray, key: Key) -> Homes:
    """The commune's households in keyed order. ValueError if its counts leave no room for its residents.

    Kinds are matched exactly. Every child of the commune lives with a couple or a lone parent; residents beyond those
    that kinds and children require, those outside households among them, are further adults of "other" households
    (a few) and of families (adult children, grandparents).
    """
    u = uniforms(key, uid, stream.HOUSEHOLD)
    kind = np.repeat(np.arange(5), margins.kinds)[np.argsort(u[:, 0], kind="stable")]
    family, other = (kind == WITH_CHILDREN) | (kind == LONE), kind == OTHER
    least = np.array([1, 2, 2, 1, 2])[kind]
    extra = margins.population - least.sum() - children
    if children < family.sum() or extra < 0:
        raise ValueError(f"commune {margins.code}: its counts of households, families and residents do not fit")
    kids = np.zeros(len(uid), np.int64)
    mean = children / family.sum() - 1
    drawn = poissons(u[family, 1], mean * 1.05) - (poissons(u[family, 2], mean * (1 - LONE_CHILDREN))
                                                   * (kind[family] == LONE))
    kids[family] = settle(1 + drawn, children, 1, MOST_CHILDREN, u[family, 3])
    more = uniforms(key, uid, stream.HOUSEHOLD, 1)
    adults = np.zeros(len(uid), np.int64)
    some = min(extra, round(OTHER_EXTRA * other.sum()))
    if other.any():
        adults[other] = settle(poissons(more[other, 0], OTHER_EXTRA), some, 0, MOST_ADULTS, more[other, 1])
    else:
        some = 0
    adults[family] = settle(poissons(more[family, 0], (extra - some) / family.sum()), extra - some, 0, MOST_ADULTS,
                            more[family, 1])
    return _people(uid, kind, kids, adults)


def settle(counts: np.ndarray, total: int, low: int, high: int, order: np.ndarray) -> np.ndarray:
    """int64[k]: counts moved by one at a time, in keyed order and within low..high, until they sum to `total`."""
    counts = np.clip(counts, low, high)
    places = np.argsort(order, kind="stable")
    while (gap := int(total - counts.sum())) != 0:
        free = places[(counts[places] < high) if gap > 0 else (counts[places] > low)]
        if not len(free):
            raise ValueError(f"cannot settle {len(counts)} counts between {low} and {high} on a sum of {total}")
        counts[free[: abs(gap)]] += 1 if gap > 0 else -1
    return counts


def _people(uid: np.ndarray, kind: np.ndarray, kids: np.ndarray, adults: np.ndarray) -> Homes:
    """The rows of the residents: head, partner, children, further adults, household after household."""
    pair = (kind == COUPLE) | (kind == WITH_CHILDREN)
    more = adults + (kind == OTHER)
    size = 1 + pair + kids + more
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    home = np.repeat(np.arange(len(uid)), size)
    place = np.arange(len(home)) - first[home]
    role = np.full(len(home), ADULT)
    role[place < (1 + pair + kids)[home]] = CHILD
    role[place < (1 + pair)[home]] = PARTNER
    role[place == 0] = HEAD
    return Homes(uid, kind, kids, more, size, first, role, home)
