"""What projects build up before a crisis, by resident: ties alike and across groups, trust, know-how, power to act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..kernel.compiled import kernel
from ..rules.need_domains import KNOW_HOW
from ..world.population.people import (
    ASKED,
    HELPED_BY_GROUP,
    HELPED_BY_INSTITUTION,
    HELPED_BY_PERSON,
    HELPED_BY_RESERVE,
    HELPED_BY_SITE,
    HIT,
)
from ..world.world import World
from .group_sums import pack_flags, sum_by_group
from .recovery.hit import compute_permanent_losses
from .resident_status import GROUP_AGE_BANDS
from .resident_sums import SHARE_SCALE, TIE_HOLDER_AGE

TIE_COUNTS = ("ties", "ties_alike", "ties_milieu", "ties_age", "ties_class")
"""Counted ties on the map: all; with somebody of the same milieu, age band and class; of another milieu, age band,
class."""
SHARES = ("tie_trust", "host_trust", "trust_institutions", "agency", "know_how")


@dataclass(frozen=True)
class SocialState:
    """Residents aged 15+ and alive at one time; 0 for all others.

    tie_counts: uint8[n, TIE_COUNTS]. shares: name of SHARES to float32[n]; tie_trust is the sum over one's ties,
    host_trust that in the host one trusts most among the sites one could go to. aware, member: bool[n].
    """

    tie_counts: np.ndarray
    shares: dict[str, np.ndarray]
    aware: np.ndarray
    member: np.ndarray

    def columns(self) -> dict[str, np.ndarray]:
        """Columns of the people table: all but the counts that it has already."""
        counts = {name: self.tie_counts[:, k] for k, name in enumerate(TIE_COUNTS) if name != "ties"}
        return {**counts, "tie_trust": self.shares["tie_trust"], "host_trust": self.shares["host_trust"],
                "know_how": self.shares["know_how"], "aware": self.aware}


@kernel
def _count_ties_across(degree, other, trust, group, age_band, social_class, adult, counts, trusted):
    """Into counts u1[n, 5] and trusted f4[n]: ties by TIE_COUNTS and the sum of trust in them, of adults."""
    for i in range(degree.size):
        if adult[i]:
            counts[i, 0] = degree[i]
            for k in range(degree[i]):
                j = other[i, k]
                milieu, age, position = group[i] != group[j], age_band[i] != age_band[j], (
                    social_class[i] != social_class[j])
                counts[i, 1] += not (milieu or age or position)
                counts[i, 2] += milieu
                counts[i, 3] += age
                counts[i, 4] += position
                trusted[i] += trust[i, k]


def measure_social_state(world: World) -> SocialState:
    """The current state."""
    p, t = world.people, world.ties
    adult = (p.alive > 0) & (p.age >= TIE_HOLDER_AGE)
    counts, trusted = np.zeros((p.rows, len(TIE_COUNTS)), np.uint8), np.zeros(p.rows, np.float32)
    bands = np.digitize(p.age, GROUP_AGE_BANDS).astype(np.uint8)
    _count_ties_across(t.degree, t.alter, t.trust, p.group, bands, p.ses, adult, counts, trusted)
    host = np.where(p.candidate >= 0, p.host_trust, np.float32(0)).max(axis=1)
    own = {"host_trust": host, "trust_institutions": p.trust_institutions, "agency": p.agency,
           "know_how": p.skill[:, KNOW_HOW]}
    return SocialState(counts, {"tie_trust": trusted, **{name: np.where(adult, values, np.float32(0))
                                                         for name, values in own.items()}},
                       adult & (p.aware > 0), adult & (p.member >= 0))


class ChainOutcomes:
    """What the groups table tells of the way from a lever to recovery, of residents alive at onset.

    social: state at onset. reached: bool[n], residents a lever offered something to. hit_table: see `build_hit_table`.
    """

    def __init__(self, world: World, social: SocialState, alive: np.ndarray, reached: np.ndarray,
                 hit_table: Mapping[str, np.ndarray]) -> None:
        p = world.people
        marks = np.where(alive > 0, p.crisis_marks, 0)
        hit = (marks & HIT) > 0
        away = hit_table["uid"][(hit_table["hit"] > 0) & (hit_table["back"] < 0)]
        permanent = np.where(hit, compute_permanent_losses(world)[p.household], 0.0)
        adult = p.age >= TIE_HOLDER_AGE

        def marked(mark: int) -> np.ndarray:
            return hit & adult & ((marks & mark) > 0)

        amounts = {**{name: (social.tie_counts[:, k], 1.0) for k, name in enumerate(TIE_COUNTS)},
                   **{name: (social.shares[name], SHARE_SCALE) for name in SHARES},
                   "permanent_loss": (permanent, SHARE_SCALE)}
        self.scales = {name: scale for name, (_, scale) in amounts.items()}
        self.amounts = tuple(np.floor(values * np.float64(scale) + 0.5).astype(np.int32)
                             for values, scale in amounts.values())
        self.flags = {
            "reached": reached & (alive > 0), "aware": social.aware, "members": social.member, "hit": hit,
            "hit_adults": hit & adult, "not_back": hit & np.isin(p.uid, away), "asked": marked(ASKED),
            "helped_by_persons": marked(HELPED_BY_PERSON), "helped_by_sites": marked(HELPED_BY_SITE),
            "helped_by_institutions": marked(HELPED_BY_INSTITUTION),
            "helped_by_groups": marked(HELPED_BY_GROUP | HELPED_BY_RESERVE)}
        self.packed_flags = pack_flags(self.flags.values())

    def sum_by_group(self, code: np.ndarray, groups: int) -> dict[str, np.ndarray]:
        """Amount or flag -> its sum by group. code int64[n]: -1 for no group. Sums of integers, exact in any order."""
        sums, counts = sum_by_group(code, groups, self.amounts, len(self.flags), self.packed_flags)
        totals = {name: total / scale for (name, scale), total in zip(self.scales.items(), sums, strict=True)}
        return totals | dict(zip(self.flags, counts, strict=True))
