"""How each resident stood at one moment: the groups by which losses and help are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..world.ties.isolation import isolated
from ..world.world import World
from .tally import ADULT, UNIT, local_trust, trusting

SENIOR = 65
"""Age from which residents may be on a register (model 2.2)."""
BANDS = (0, 15, 30, 45, 60, 75)
"""Age bands begin here."""
FULL_TRUST = 3.0
"""Local trust that counts in full in collective efficacy (model 9)."""


class Step(Protocol):
    """What a record reads of the step that was played (phases.moment.Moment fulfils it)."""

    @property
    def day(self) -> int:
        """First day of the step."""

    @property
    def span(self) -> int:
        """Days it holds."""

    @property
    def onset(self) -> int | None:
        """Day the first crisis began, None before."""

    @property
    def handles(self) -> Any:
        """Mechanism quantities as they were turned."""


@dataclass(frozen=True)
class Standing:
    """Residents as they stood at one moment: u1[n] each; efficacy and climate float64[z].

    nobody: aged 15+, no other adult at home, and no tie, near or far, trusted enough to ask.
    """

    alive: np.ndarray
    isolated: np.ndarray
    member: np.ndarray
    registered: np.ndarray
    efficacy: np.ndarray
    climate: np.ndarray
    nobody: np.ndarray


def stand(world: World, register: np.ndarray | None = None) -> Standing:
    """Residents as they stand now. register float64[communes]: coverage of the register, of the settings by default."""
    p, t = world.people, world.ties
    coverage = np.full(world.communes.rows, world.settings.start.register) if register is None else register
    registered = (p.consent > 0) & (p.age >= SENIOR) & (p.register_rank < coverage[p.commune])
    sums = local_trust(p.alive, p.age, p.agency, p.neighbourhood, t.degree, t.other, t.trust, FULL_TRUST,
                       world.neighbourhoods.rows)
    heads = np.maximum(sums[:, 0], 1) * UNIT
    return Standing(p.alive.copy(), isolated(world),
                    (p.member >= 0).astype(np.uint8), registered.astype(np.uint8),
                    sums[:, 1] / heads * (sums[:, 2] / heads), world.neighbourhoods.climate.astype(np.float64),
                    nobody_to_ask(world))


def nobody_to_ask(world: World) -> np.ndarray:
    """u1[n]: 1 for residents aged 15+ who have nobody they could turn to."""
    p, t = world.people, world.ties
    adult = (p.age >= ADULT) & (p.alive > 0)
    at_home = np.bincount(p.household[adult], minlength=world.households.rows)[p.household]
    trusted = np.empty(p.rows, np.bool_)
    trusting(t.degree, t.trust, world.settings.asking.least_ask, trusted)
    return (adult & (at_home < 2) & ~trusted & (p.far_kin == 0) & (p.far_other == 0)).astype(np.uint8)


def age_labels() -> tuple[str, ...]:
    """Names of the age bands: 0-14 … 75+."""
    ends = [f"{low}-{high - 1}" for low, high in zip(BANDS, BANDS[1:], strict=False)]
    return (*ends, f"{BANDS[-1]}+")


def dimensions(world: World, onset: Standing, before: Standing) -> dict[str, tuple[np.ndarray, tuple[str, ...]]]:
    """Dimension to (group of each resident, -1 for none, names of the groups).

    `onset` is how residents stood when the crisis began; `before`, before any lever could act: only groups of `before`
    hold the same people with and without levers.
    """
    p, homes = world.people, world.households
    grown = p.age >= ADULT
    place = p.neighbourhood

    def adults(flag: np.ndarray) -> np.ndarray:
        return np.where(grown, flag.astype(np.int64), -1)

    ties, belongs = ("connected", "isolated"), ("not_member", "member")
    return {
        "all": (np.zeros(p.rows, np.int64), ("all",)),
        "income": (homes.quintile[p.household].astype(np.int64), tuple("12345")),
        "age": (np.digitize(p.age, BANDS) - 1, age_labels()),
        "sex": (p.sex.astype(np.int64), ("man", "woman")),
        "household": (homes.kind[p.household].astype(np.int64),
                      ("one_person", "couple", "couple_with_children", "lone_parent", "other")),
        "tenure": (homes.tenure[p.household].astype(np.int64), ("owner", "social_tenant", "private_tenant")),
        "job": (np.where(grown, p.job.astype(np.int64), -1), ("inactive", "unemployed", "employed")),
        "diploma": (np.where(grown, p.diploma.astype(np.int64), -1), ("none", "secondary", "higher")),
        "isolation": (adults(onset.isolated), ties),
        "membership": (adults(onset.member), belongs),
        "isolation_before": (adults(before.isolated), ties),
        "membership_before": (adults(before.member), belongs),
        "register": (np.where(p.age >= SENIOR, onset.registered.astype(np.int64), -1),
                     ("not_registered", "registered")),
        "priority": (world.neighbourhoods.priority[place].astype(np.int64), ("elsewhere", "priority")),
        "commune": (p.commune.astype(np.int64), tuple(str(code) for code in world.communes.code)),
    }
