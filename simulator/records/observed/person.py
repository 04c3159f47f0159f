"""The people table: who each was when the crisis began, what they did for one another, what became of them."""

from __future__ import annotations

import numpy as np

from ...kernel.slots import whole
from ...rules.domain import MILLI
from ...rules.kind import KINDS
from ...world.world import World
from ..standing import Standing
from .help_events import Helping
from .near import near_beyond, near_ties

MICRO = 1e6
DAYS_A_YEAR = 365.0
ALONE = 0
TRAITS = ("age", "sex", "group", "ses", "diploma", "job", "frailty", "social_hours")


def local(world: World) -> np.ndarray:
    """float64[n]: trust summed over ties that live in the same neighbourhood."""
    place, ties = world.people.neighbourhood, world.ties
    other = whole(ties.other)
    same = (other >= 0) & (place[np.maximum(other, 0)] == place[:, None])
    return np.where(same, whole(ties.trust), 0.0).sum(axis=1, dtype=np.float64)


def far_friends(world: World) -> np.ndarray:
    """float64[n]: friends expected among the other ties beyond the map, by how many of each begin and leave home."""
    start, binding = world.settings.start, world.settings.binding
    friend, other = start.friend * (1 - binding.same_place), start.other * (1 - binding.same_place_other)
    return world.people.far_other * (friend / (friend + other))


def standing(world: World, onset: Standing) -> dict[str, np.ndarray]:
    """Columns as they stand now, at onset."""
    people, ties = world.people, world.ties
    near = near_ties(world)
    site = np.where(people.member >= 0, world.sites.uid.astype(np.int64)[people.member], -1)
    return {"alive_onset": onset.alive, "ties": ties.degree.copy(),
            "strong": ((whole(ties.other) >= 0) & (whole(ties.trust) >= world.settings.binding.strong)).sum(axis=1),
            "local": local(world), "far_kin": people.far_kin.copy(), "far_other": people.far_other.copy(),
            "far_friend": far_friends(world),
            **{f"near_{kind}": near[:, k] for k, kind in enumerate(KINDS)},
            "near_far": near_beyond(world)[people.neighbourhood], "isolated": onset.isolated, "nobody": onset.nobody,
            "site": site, "agency": people.agency.copy(), "trust_institutions": people.trust_institutions.copy(),
            "trust_general": people.trust_general.copy()}


def traits(world: World) -> dict[str, np.ndarray]:
    """Columns that do not change during a run."""
    people, homes = world.people, world.households
    home = people.household
    return {"uid": people.uid, "neighbourhood": world.neighbourhoods.uid[people.neighbourhood],
            "commune": world.communes.code[people.commune], **{name: getattr(people, name) for name in TRAITS},
            "fifth": homes.quintile[home].astype(np.int64) + 1, "income": homes.income[home],
            "household": homes.kind[home], "alone": homes.kind[home] == ALONE}


def fates(world: World, crisis_days: int) -> dict[str, np.ndarray]:
    """Columns of what happened since onset. crisis_days: days on which a crisis was on."""
    people, p = world.people, world.settings.living
    usual = p.gompertz * np.exp(p.gompertz_age * people.age.astype(np.float64)) * crisis_days / DAYS_A_YEAR
    return {"given": people.given / MILLI, "received": people.received / MILLI, "first_need": people.first_need,
            "first_contact": people.first_contact, "loss": people.loss / MICRO, "excess_hazard": people.excess_hazard,
            "usual_hazard": usual, "died": people.alive == 0}


def helping(rows: int, acts: Helping) -> dict[str, np.ndarray]:
    """Columns of acts of help, before onset and since."""
    calm, since = acts.counts(rows, calm=True), acts.counts(rows, calm=False)
    return {"calm_gave": calm["gave"], "calm_received": calm["got"], "calm_refused": calm["refused"], **since}
