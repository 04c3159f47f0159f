"""The people table: each resident at onset, the help they gave and got, and their outcomes."""

from __future__ import annotations

import numpy as np

from ...kernel.slot_arrays import to_dense_array
from ...rules.need_domains import KIT_KINDS, MILLI
from ...rules.tie_kinds import TIE_KINDS
from ...world.population.people import FOUND, HIT
from ...world.world import World
from ..recovery.hit import MARKS_BY_COLUMN, compute_permanent_losses
from ..resident_status import ResidentStatus
from .help_events import HelpHistory
from .near_ties import count_near_ties, estimate_off_map_near_share

MICRO = 1e6
ONE_PERSON_HOUSEHOLD = 0
TRAIT_COLUMNS = ("age", "sex", "group", "ses", "diploma", "job", "frailty", "social_hours")


def get_site_uids(world: World, member: np.ndarray) -> np.ndarray:
    """int64[n]: identity of the site in each row that member int[n] names, -1 for -1; also in a world without sites."""
    return np.append(world.sites.uid.astype(np.int64), -1)[member]


def sum_local_trust(world: World) -> np.ndarray:
    """float64[n]: trust summed over ties to residents of the same neighbourhood."""
    place, ties = world.people.neighbourhood, world.ties
    other = to_dense_array(ties.alter)
    same = (other >= 0) & (place[np.maximum(other, 0)] == place[:, None])
    return np.where(same, to_dense_array(ties.trust), 0.0).sum(axis=1, dtype=np.float64)


def estimate_off_map_friends(world: World) -> np.ndarray:
    """float64[n]: friends expected among far_other, from the rates at which each kind forms ties off the map."""
    start, p = world.settings.start, world.settings.tie_formation
    friend, other = start.friend * (1 - p.same_neighbourhood), start.other * (1 - p.same_neighbourhood_other)
    return world.people.far_other * (friend / (friend + other))


def build_onset_columns(world: World, onset: ResidentStatus) -> dict[str, np.ndarray]:
    """Columns that describe residents at onset, from the current world."""
    people, ties = world.people, world.ties
    near = count_near_ties(world)
    site = get_site_uids(world, people.member)
    strong_trust = world.settings.tie_formation.strong_trust
    strong = (to_dense_array(ties.alter) >= 0) & (to_dense_array(ties.trust) >= strong_trust)
    return {
        "alive_onset": onset.alive, "ties": ties.degree.copy(), "strong": strong.sum(axis=1),
        "local": sum_local_trust(world), "far_kin": people.far_kin.copy(), "far_other": people.far_other.copy(),
        "far_friend": estimate_off_map_friends(world),
        **{f"near_{kind}": near[:, k] for k, kind in enumerate(TIE_KINDS)},
        "near_far": estimate_off_map_near_share(world)[people.neighbourhood], "isolated": onset.isolated,
        "nobody_to_ask": onset.nobody_to_ask, "site": site, "agency": people.agency.copy(),
        "trust_institutions": people.trust_institutions.copy(), "trust_general": people.trust_general.copy()}


def build_trait_columns(world: World) -> dict[str, np.ndarray]:
    """Columns that do not change during a run."""
    people, homes = world.people, world.households
    home = people.household
    return {"uid": people.uid, "neighbourhood": world.neighbourhoods.uid[people.neighbourhood],
            "commune": world.communes.code[people.commune], **{name: getattr(people, name) for name in TRAIT_COLUMNS},
            "income_quintile": homes.quintile[home].astype(np.int64) + 1, "income": homes.income[home],
            "household_type": homes.kind[home], "lives_alone": homes.kind[home] == ONE_PERSON_HOUSEHOLD}


def build_outcome_columns(world: World) -> dict[str, np.ndarray]:
    """Columns of outcomes since onset."""
    people, homes = world.people, world.households
    home = people.household
    return {"given": people.given_milli / MILLI, "received": people.received_milli / MILLI,
            "functioning": people.functioning.copy(), "hit": (people.crisis_marks & HIT) > 0,
            **{name: (people.crisis_marks & mark) > 0 for name, mark in {**MARKS_BY_COLUMN, "found": FOUND}.items()},
            "lost_for_good": compute_permanent_losses(world)[home], "displaced": homes.displaced_on[home] >= 0,
            "first_lodging": homes.first_lodging[home], "lodging": homes.displaced[home],
            **{f"kit_{kind}": homes.kit[home] >> k & 1 for k, kind in enumerate(KIT_KINDS)},
            "first_need": people.first_need, "first_contact": people.first_contact, "loss": people.loss_micro / MICRO,
            "excess_hazard": people.excess_hazard, "home_hazard": people.home_hazard,
            "baseline_hazard": people.baseline_hazard, "died": people.alive == 0}


def build_help_columns(rows: int, help_history: HelpHistory) -> dict[str, np.ndarray]:
    """Columns that count help events, in calm weeks and since onset."""
    calm = help_history.count_by_resident(rows, calm=True)
    since_onset = help_history.count_by_resident(rows, calm=False)
    return {"calm_gave": calm["gave"], "calm_received": calm["got"], "calm_refused": calm["refused"], **since_onset}
