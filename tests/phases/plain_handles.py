"""Handles without levers and crises: each at its base value, or at the value a test gives it."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.kernel.table import read_only_view
from simulator.rules.need_domains import KIT_KINDS
from simulator.world.world import World


class PlainHandles:
    """PlainHandles(world, **{"territory.visits": 0.35, "resident.barrier": array}) implements Handles.

    KeyError for a name that is no handle.
    """

    def __init__(self, world: World, **overrides: Any) -> None:
        self._values = {**_base(world), **overrides}
        unknown = set(overrides) - set(_base(world))
        if unknown:
            raise KeyError(f"no such handles: {sorted(unknown)}")
        self._rows = {"site": world.sites.rows, "institution": world.communes.rows}

    def _array(self, owner: str, name: str, dtype: type) -> np.ndarray:
        value = np.asarray(self._values[f"{owner}.{name}"], dtype)
        if owner == "resident":
            return read_only_view(np.atleast_1d(value))
        return read_only_view(np.ascontiguousarray(np.broadcast_to(value, (self._rows[owner],))))

    def site(self, name: str) -> np.ndarray:
        """float64[sites]."""
        return self._array("site", name, np.float64)

    def resident(self, name: str) -> np.ndarray:
        """float32[residents] or float32[1]."""
        return self._array("resident", name, np.float32)

    def institution(self, name: str) -> np.ndarray:
        """float64[communes]."""
        return self._array("institution", name, np.float64)

    def territory(self, name: str) -> float:
        """One number."""
        return float(self._values[f"territory.{name}"])


def _base(world: World) -> dict[str, Any]:
    s, sites = world.settings, world.sites
    site = {"staff": sites.staff * sites.share, "places": sites.places, "hours": sites.hours,
            "visibility": s.hearing.visibility, "homophily": s.meeting.mixing, "profile_width": 1, "kits_given": 0,
            "donation": s.aiding.donation, "grant_renewal": s.funding.renewal, "learning": 1,
            "cogoverned": sites.host == 2,
            "disappointed": 0, "relief": 1, "barrier_weight": sites.threshold, "activity": 1, "refuge_places": 0,
            "goods_inflow": 0, "stock_pooling": 0, "group_hosting": s.collective_aid.group_hosting}
    resident = {"barrier": 0, "time_penalty": s.joining.no_time, "check_rate": 0, "referred": 0,
                "neighbour_check": s.asking.neighbour_detection, "contact": 1, "disappointed": 0,
                "neighbour_encounters": 1, "site_access": 1,
                **{f"kit_{kind}": 0 for kind in KIT_KINDS}, "reluctance": 1,
                "group_known": s.collective_aid.group_known, "insulation": 0, "cushion": 0, "stock": 0,
                "training_hours": 0, "reserve": 0,
                "load_days": s.aiding.load_days, "load_sensitivity": 1}
    institution = {"register": s.start.register, "call_rate": s.asking.call, "capacity": s.aiding.capacity,
                   "delay_reduction": 0, "accessibility": 0}
    territory = {"site_activity": 1, "visits": 1, "institution_capacity": 1, "phone": 1, "restocking": 1,
                 "heat_awareness": 1, "heat_care": 1, "air_conditioning": s.heat.air_conditioned,
                 "cool_places": s.heat.cool_visits, "group_joins": 1, "new_sites": 0}
    groups = {"site": site, "resident": resident, "institution": institution, "territory": territory}
    return {f"{owner}.{name}": value for owner, named in groups.items() for name, value in named.items()}
