"""Tables and summary values computed at the end of a run: groups, neighbourhoods, inequality of losses and giving."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..rules.need_domains import MILLI
from ..world.population.people import BEYOND_HOME
from ..world.world import World
from .group_sums import pack_flags, sum_by_group
from .inequality import concentration_index, gini_index, median_or_nan, medians_by_group, top_share
from .resident_status import ResidentStatus, list_group_dimensions
from .resident_sums import HAZARD_SCALE, TIE_HOLDER_AGE
from .schema import NEIGHBOURHOODS_SCHEMA
from .social_state import ChainOutcomes

MICRO = 1e6
LOSS_PERCENTILE = 90


class ResidentOutcomes:
    """Outcomes of each resident who was alive at onset, 0 for others: exact integers held as float64[n], or bool[n]."""

    def __init__(self, world: World, onset: ResidentStatus) -> None:
        p = world.people
        self.alive_at_onset = onset.alive > 0
        self.loss = np.where(self.alive_at_onset, p.loss_micro, 0).astype(np.float64)
        self.excess_hazard, self.home_hazard, self.baseline_hazard = (
            np.floor(np.where(self.alive_at_onset, hazard, 0).astype(np.float64) * HAZARD_SCALE + 0.5)
            for hazard in (p.excess_hazard, p.home_hazard, p.baseline_hazard))
        self.died = self.alive_at_onset & (p.alive == 0)
        self.in_need = self.alive_at_onset & (p.first_need >= 0)
        self.unreached = self.in_need & ((p.crisis_marks & BEYOND_HOME) > 0) & (p.first_contact < 0)
        self.reached = self.in_need & (p.first_contact >= 0)
        self.contact_delays = np.maximum(p.first_contact - p.first_need, 0)[self.reached]
        self.given = np.where(self.alive_at_onset, p.given_milli, 0).astype(np.float64)
        self.received = np.where(self.alive_at_onset, p.received_milli, 0).astype(np.float64)
        self.amounts = {"loss": (self.loss, MICRO), "deaths_expected": (self.excess_hazard, HAZARD_SCALE),
                        "deaths_at_home": (self.home_hazard, HAZARD_SCALE),
                        "deaths_usual": (self.baseline_hazard, HAZARD_SCALE),
                        "received": (self.received, MILLI), "given": (self.given, MILLI)}
        self.flags = {
            "n": self.alive_at_onset, "deaths": self.died, "in_need": self.in_need, "never_reached": self.unreached,
            "isolated": self.alive_at_onset & (onset.isolated > 0),
            "nobody_to_ask": self.alive_at_onset & (onset.nobody_to_ask > 0),
            "adults": self.alive_at_onset & (p.age >= TIE_HOLDER_AGE)}
        self.packed_flags = pack_flags(self.flags.values())

    def sum_by_group(self, code: np.ndarray, groups: int) -> dict[str, np.ndarray]:
        """Amount or flag -> its sum by group. code int64[n]: -1 for no group. Sums of integers, exact in any order."""
        values = tuple(values for values, _ in self.amounts.values())
        sums, counts = sum_by_group(code, groups, values, len(self.flags), self.packed_flags)
        totals = {name: total / unit for (name, (_, unit)), total in zip(self.amounts.items(), sums, strict=True)}
        return totals | dict(zip(self.flags, counts, strict=True))

    def median_delay_by_group(self, code: np.ndarray, groups: int) -> np.ndarray:
        """float64[groups]: median days from first need to first contact, among residents who were reached."""
        return medians_by_group(self.contact_delays, code[self.reached], groups)


def compute_groups_table(world: World, outcomes: ResidentOutcomes, chain: ChainOutcomes, onset: ResidentStatus,
                         before: ResidentStatus) -> dict[str, np.ndarray]:
    """The groups table, without its run column. onset, before: residents as the crisis began, and before any lever."""
    parts: list[dict[str, Any]] = []
    for dimension, (code, labels) in list_group_dimensions(world, onset, before).items():
        parts.append({"dimension": np.full(len(labels), dimension, object), "group": np.array(labels, object),
                      "contact_delay": outcomes.median_delay_by_group(code, len(labels)),
                      **outcomes.sum_by_group(code, len(labels)), **chain.sum_by_group(code, len(labels))})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def compute_neighbourhoods_table(world: World, outcomes: ResidentOutcomes,
                                 onset: ResidentStatus) -> dict[str, np.ndarray]:
    """The neighbourhoods table, without its run column; rows in the order of uids."""
    z = world.neighbourhoods
    sums = outcomes.sum_by_group(world.people.neighbourhood.astype(np.int64), z.rows)
    table = {"uid": z.uid, "commune": world.communes.code[z.commune], "x": z.x, "y": z.y, "priority": z.priority,
             "efficacy": onset.collective_efficacy, "neighbourhood_support": onset.neighbourhood_support,
             **{name: total for name, total in sums.items() if name in NEIGHBOURHOODS_SCHEMA}}
    order = np.argsort(z.uid)
    return {name: np.asarray(values)[order] for name, values in table.items()}


def summarise_outcomes(world: World, outcomes: ResidentOutcomes, onset: ResidentStatus) -> dict[str, Any]:
    """Columns of the runs table: losses and their inequality, how many were reached, reciprocity, spread of giving."""
    alive, p = outcomes.alive_at_onset, world.people
    adults, isolated = alive & (p.age >= TIE_HOLDER_AGE), alive & (onset.isolated > 0)
    receivers = alive & (p.received_milli > 0)
    loss, no_value = outcomes.loss[alive], float("nan")
    income = world.households.income[p.household]
    return {
        "n": int(alive.sum()),
        "loss": float(outcomes.loss.sum() / MICRO),
        "loss_p90": float(np.percentile(loss, LOSS_PERCENTILE) / MICRO) if alive.any() else no_value,
        "loss_gini": gini_index(loss),
        "loss_concentration": concentration_index(loss, income[alive]),
        "deaths_expected": float(outcomes.excess_hazard.sum() / HAZARD_SCALE),
        "deaths_at_home": float(outcomes.home_hazard.sum() / HAZARD_SCALE),
        "deaths_usual": float(outcomes.baseline_hazard.sum() / HAZARD_SCALE),
        "deaths": int(outcomes.died.sum()),
        "in_need": int(outcomes.in_need.sum()),
        "never_reached": int(outcomes.unreached.sum()),
        "isolated": int(isolated.sum()),
        "isolated_in_need": int((isolated & outcomes.in_need).sum()),
        "isolated_never_reached": int((isolated & outcomes.unreached).sum()),
        "contact_delay": median_or_nan(outcomes.contact_delays),
        "reciprocity": float((receivers & (p.given_milli > 0)).sum() / receivers.sum())
        if receivers.any() else no_value, "giving_gini": gini_index(outcomes.given[adults]),
        "giving_top_decile": top_share(outcomes.given[adults]),
    }
