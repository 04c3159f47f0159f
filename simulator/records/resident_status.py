"""The status of each resident at one time, and the groups by which losses and help are reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..world.ties.isolation import flag_isolated_residents
from ..world.world import World
from .resident_sums import SHARE_SCALE, TIE_HOLDER_AGE, flag_trusting, sum_efficacy_terms

REGISTER_AGE = 65
"""Age from which residents may be on a register (model 2.2)."""
GROUP_AGE_BANDS = (0, 15, 30, 45, 60, 75)
"""First ages of the age bands."""
LOCAL_TRUST_CAP = 3.0
"""Local trust from which collective efficacy no longer grows (model 9)."""


class RecordedStep(Protocol):
    """What a record reads of the context of a step; phases.step.context.StepContext fulfils it."""

    @property
    def day(self) -> int:
        """First day of the step."""

    @property
    def span(self) -> int:
        """Days of the step."""

    @property
    def onset(self) -> int | None:
        """Day on which the first crisis began, None before."""

    @property
    def handles(self) -> Any:
        """Effective values of handles."""


@dataclass(frozen=True)
class ResidentStatus:
    """The status of residents at one time: u1[n] each; collective_efficacy and neighbourhood_support float64[z].

    neighbourhood_support: share of adults with a strong tie. nobody_to_ask: aged 15+, no other adult at home, and no
    tie, on or off the map, trusted enough to ask.
    """

    alive: np.ndarray
    isolated: np.ndarray
    member: np.ndarray
    registered: np.ndarray
    collective_efficacy: np.ndarray
    neighbourhood_support: np.ndarray
    nobody_to_ask: np.ndarray


def measure_resident_status(world: World, register: np.ndarray | None = None) -> ResidentStatus:
    """The current status of residents. register float64[communes]: coverage of the register; default: the settings."""
    p, t = world.people, world.ties
    coverage = np.full(world.communes.rows, world.settings.start.register) if register is None else register
    registered = (p.consent > 0) & (p.age >= REGISTER_AGE) & (p.register_rank < coverage[p.commune])
    sums = sum_efficacy_terms(p.alive, p.age, p.agency, p.neighbourhood, t.degree, t.alter, t.trust, LOCAL_TRUST_CAP,
                              world.neighbourhoods.rows)
    adults = np.maximum(sums[:, 0], 1) * SHARE_SCALE
    return ResidentStatus(p.alive.copy(), flag_isolated_residents(world), (p.member >= 0).astype(np.uint8),
                          registered.astype(np.uint8), sums[:, 1] / adults * (sums[:, 2] / adults),
                          world.neighbourhoods.support.astype(np.float64), flag_nobody_to_ask(world))


def flag_nobody_to_ask(world: World) -> np.ndarray:
    """u1[n]: 1 for residents aged 15+ who have nobody to ask for help."""
    p, t = world.people, world.ties
    adult = (p.age >= TIE_HOLDER_AGE) & (p.alive > 0)
    at_home = np.bincount(p.household[adult], minlength=world.households.rows)[p.household]
    trusted = np.empty(p.rows, np.bool_)
    flag_trusting(t.degree, t.trust, world.settings.asking.min_trust_to_ask, trusted)
    return (adult & (at_home < 2) & ~trusted & (p.far_kin == 0) & (p.far_other == 0)).astype(np.uint8)


def list_age_labels() -> tuple[str, ...]:
    """Names of the age bands: 0-14 … 75+."""
    ends = [f"{low}-{high - 1}" for low, high in zip(GROUP_AGE_BANDS, GROUP_AGE_BANDS[1:], strict=False)]
    return (*ends, f"{GROUP_AGE_BANDS[-1]}+")


def list_group_dimensions(world: World, onset: ResidentStatus,
                          before: ResidentStatus) -> dict[str, tuple[np.ndarray, tuple[str, ...]]]:
    """Dimension -> (int64[n]: group of each resident, -1 for none; names of the groups).

    onset: status when the crisis began; before: before any lever could act. Only groups by `before` hold the same
    residents with and without levers.
    """
    p, homes = world.people, world.households

    def adults(code: np.ndarray) -> np.ndarray:
        return np.where(p.age >= TIE_HOLDER_AGE, code.astype(np.int64), -1)

    isolation, membership = ("connected", "isolated"), ("not_member", "member")
    return {
        "all": (np.zeros(p.rows, np.int64), ("all",)),
        "income": (homes.quintile[p.household].astype(np.int64), tuple("12345")),
        "age": (np.digitize(p.age, GROUP_AGE_BANDS) - 1, list_age_labels()),
        "sex": (p.sex.astype(np.int64), ("man", "woman")),
        "household": (homes.kind[p.household].astype(np.int64),
                      ("one_person", "couple", "couple_with_children", "lone_parent", "other")),
        "tenure": (homes.tenure[p.household].astype(np.int64), ("owner", "social_tenant", "private_tenant")),
        "job": (adults(p.job), ("inactive", "unemployed", "employed")),
        "diploma": (adults(p.diploma), ("none", "secondary", "higher")),
        "isolation": (adults(onset.isolated), isolation),
        "membership": (adults(onset.member), membership),
        "isolation_before": (adults(before.isolated), isolation),
        "membership_before": (adults(before.member), membership),
        "register": (np.where(p.age >= REGISTER_AGE, onset.registered.astype(np.int64), -1),
                     ("not_registered", "registered")),
        "priority": (world.neighbourhoods.priority[p.neighbourhood].astype(np.int64), ("elsewhere", "priority")),
        "commune": (p.commune.astype(np.int64), tuple(str(code) for code in world.communes.code)),
    }
