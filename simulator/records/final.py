"""What is known once the run is over: groups, neighbourhoods, and how losses and giving were spread."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..rules.domain import MILLI
from ..world.world import World
from .inequality import concentration, gini, median, medians, top_share
from .schema import NEIGHBOURHOODS
from .standing import Standing, dimensions
from .sums import bits, sums_by
from .tally import ADULT, RARE

MICRO = 1e6
TAIL = 90


class Fates:
    """What became of the residents who were alive at onset: one value per resident, exact integers as float64[n]."""

    def __init__(self, world: World, onset: Standing) -> None:
        p = world.people
        self.here = onset.alive > 0
        self.loss = np.where(self.here, p.loss, 0).astype(np.float64)
        self.hazard = np.floor(np.where(self.here, p.excess_hazard, 0).astype(np.float64) * RARE + 0.5)
        self.died = self.here & (p.alive == 0)
        self.in_need = self.here & (p.first_need >= 0)
        self.unreached = self.in_need & (p.first_contact < 0)
        self.reached = self.in_need & (p.first_contact >= 0)
        self.waited = np.maximum(p.first_contact - p.first_need, 0)[self.reached]
        self.given = np.where(self.here, p.given, 0).astype(np.float64)
        self.received = np.where(self.here, p.received, 0).astype(np.float64)
        self.amounts = {"loss": (self.loss, MICRO), "deaths_expected": (self.hazard, RARE),
                        "received": (self.received, MILLI), "given": (self.given, MILLI)}
        self.heads = {"n": self.here, "deaths": self.died, "in_need": self.in_need, "never_reached": self.unreached,
                      "isolated": self.here & (onset.isolated > 0), "nobody": self.here & (onset.nobody > 0),
                      "adults": self.here & (p.age >= ADULT)}
        self.marks = bits(self.heads.values())

    def by(self, code: np.ndarray, groups: int) -> dict[str, np.ndarray]:
        """Sums per group; code int64[n] with -1 for nobody's group. They are sums of integers: exact in any order."""
        values = tuple(values for values, _ in self.amounts.values())
        sums, heads = sums_by(code, groups, values, len(self.heads), self.marks)
        added = {name: total / unit for (name, (_, unit)), total in zip(self.amounts.items(), sums, strict=True)}
        return added | dict(zip(self.heads, heads, strict=True))

    def delays(self, code: np.ndarray, groups: int) -> np.ndarray:
        """float64[groups]: median days from first need to first contact, among those reached."""
        return medians(self.waited, code[self.reached], groups)


def group_table(world: World, fates: Fates, onset: Standing, before: Standing) -> dict[str, np.ndarray]:
    """The groups table, without its run column."""
    parts: list[dict[str, Any]] = []
    for dimension, (code, labels) in dimensions(world, onset, before).items():
        parts.append({"dimension": np.full(len(labels), dimension, object), "group": np.array(labels, object),
                      "delay": fates.delays(code, len(labels)), **fates.by(code, len(labels))})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def neighbourhood_table(world: World, fates: Fates, onset: Standing) -> dict[str, np.ndarray]:
    """The neighbourhoods table, without its run column; rows by uid."""
    z = world.neighbourhoods
    sums = fates.by(world.people.neighbourhood.astype(np.int64), z.rows)
    table = {"uid": z.uid, "commune": world.communes.code[z.commune], "x": z.x, "y": z.y, "priority": z.priority,
             "efficacy": onset.efficacy, "climate": onset.climate,
             **{k: v for k, v in sums.items() if k in NEIGHBOURHOODS}}
    order = np.argsort(z.uid)
    return {name: np.asarray(values)[order] for name, values in table.items()}


def spread(world: World, fates: Fates, onset: Standing) -> dict[str, Any]:
    """One value per name: inequality of losses, reach of the isolated, reciprocity and concentration of giving."""
    here, p = fates.here, world.people
    grown, cut = here & (p.age >= ADULT), here & (onset.isolated > 0)
    receivers = here & (p.received > 0)
    income = world.households.income[p.household]
    return {
        "n": int(here.sum()), "loss": float(fates.loss.sum() / MICRO),
        "loss_tenth": float(np.percentile(fates.loss[here], TAIL) / MICRO) if here.any() else float("nan"),
        "loss_gini": gini(fates.loss[here]), "loss_concentration": concentration(fates.loss[here], income[here]),
        "deaths_expected": float(fates.hazard.sum() / RARE), "deaths": int(fates.died.sum()),
        "in_need": int(fates.in_need.sum()), "never_reached": int(fates.unreached.sum()),
        "isolated": int(cut.sum()), "isolated_in_need": int((cut & fates.in_need).sum()),
        "isolated_never_reached": int((cut & fates.unreached).sum()), "delay": median(fates.waited),
        "reciprocity": float((receivers & (p.given > 0)).sum() / receivers.sum()) if receivers.any() else float("nan"),
        "giving_gini": gini(fates.given[grown]), "giving_tenth": top_share(fates.given[grown]),
    }
