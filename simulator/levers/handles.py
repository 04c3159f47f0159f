"""The catalogue of handles: every quantity of the model that a lever or a crisis may modify (model 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..rules.need_domains import KIT_KINDS
from ..world.world import World
from .card import OPERATIONS

OWNERS = ("site", "resident", "institution", "territory")
COGOVERNED_HOST = 2
"""Code of a co-governed host in Sites.host."""


@dataclass(frozen=True)
class Handle:
    """One handle: name, unit, range, operations that cards may use on it, value without modifiers, what it does."""

    name: str
    unit: str
    low: float
    high: float
    operations: tuple[str, ...]
    base: Callable[[World], Any]
    doc: str

    @property
    def owner(self) -> str:
        """What it belongs to: one of OWNERS, the part of its name before the dot."""
        return self.name.partition(".")[0]


def _list_handles() -> tuple[Handle, ...]:
    return _list_site_handles() + _list_resident_handles() + _list_institution_handles() + _list_territory_handles()


def _list_site_handles() -> tuple[Handle, ...]:
    """Handles of sites: base float64[s] or one number for all."""
    additive = ("add", "scale")
    return (
        Handle("site.staff", "FTE", 0, 40, additive, lambda w: w.sites.staff.astype(np.float64) * w.sites.share,
               "posts that are paid: facilitation, hours that can be held"),
        Handle("site.places", "places/week", 0, 2000, additive, lambda w: w.sites.places, "places a week"),
        Handle("site.hours", "h/week", 0, 168, OPERATIONS, lambda w: w.sites.hours, "opening hours"),
        Handle("site.visibility", "1/yr", 0, 10, OPERATIONS, lambda w: w.settings.hearing.visibility,
               "rate at which residents near learn of the site by themselves"),
        Handle("site.homophily", "-", 0, 3, ("scale", "set"), lambda w: w.settings.meeting.mixing,
               "homophily of meetings: lower is more mixed"),
        Handle("site.profile_width", "x", 0.2, 5, ("scale",), lambda w: 1.0, "how wide its public is"),
        Handle("site.kits_given", "kits", 0, 5000, ("add",), lambda w: 0.0, "kits brought to its shelf so far"),
        Handle("site.donation", "1/week", 0, 1, OPERATIONS, lambda w: w.settings.aiding.donation,
               "members who give a surplus to the pool"),
        Handle("site.grant_renewal", "probability", 0, 1, ("add", "set"), lambda w: w.settings.funding.renewal,
               "each grant renewed on 1 January"),
        Handle("site.learning", "x", 0, 10, ("scale",), lambda w: 1.0, "what a session teaches"),
        Handle("site.cogoverned", "share", 0, 1, ("set",),
               lambda w: (w.sites.host == COGOVERNED_HOST).astype(np.float64), "governed with the institution"),
        Handle("site.relief", "x", 0, 5, ("scale",), lambda w: 1.0, "what the site can do in a crisis"),
        Handle("site.barrier_weight", "x", 0, 3, ("scale",), lambda w: w.sites.threshold,
               "how much barriers of culture and language count there"),
        Handle("site.activity", "share", 0, 1, ("scale",), lambda w: 1.0, "activity of the site that is allowed"),
        Handle("site.refuge_places", "places/d", 0, 1000, ("add",), lambda w: 0.0,
               "cool, warm or lit room in a crisis"),
        Handle("site.goods_inflow", "person-days/d", 0, 5000, ("add",), lambda w: 0.0,
               "essentials that a fund brings in a crisis"),
        Handle("site.stock_pooling", "share", 0, 1, ("add",), lambda w: 0.0,
               "its shelves put in common with near sites"),
        Handle("site.group_hosting", "share", 0, 1, OPERATIONS, lambda w: w.settings.collective_aid.group_hosting,
               "sites that host a group born of the crisis"),
        Handle("site.disappointed", "event", 0, 1, (), lambda w: 0.0,
               "1 in the step a lever ends and nobody takes over"),
    )


def _list_resident_handles() -> tuple[Handle, ...]:
    """Handles of residents: base one number for all."""
    return (
        Handle("resident.barrier", "-", -5, 5, ("add",), lambda w: 0.0, "added to the barriers to joining"),
        Handle("resident.time_penalty", "-", 0, 2, ("scale", "set"), lambda w: w.settings.joining.no_time,
               "penalty on joining for those with little free time"),
        Handle("resident.check_rate", "1/d", 0, 1, ("add",), lambda w: 0.0,
               "found in need by outreach or callers, in a crisis"),
        Handle("resident.referred", "-", 0, 1, ("add", "set"), lambda w: 0.0, "above 0: sent to a site's relief"),
        Handle("resident.neighbour_check", "1/d", 0, 1, OPERATIONS, lambda w: w.settings.asking.neighbour_detection,
               "found in need by a neighbour of the building"),
        Handle("resident.contact", "x", 0, 2, ("scale",), lambda w: 1.0, "visits to one's ties"),
        Handle("resident.neighbour_encounters", "x", 0, 20, ("scale",), lambda w: 1.0,
               "getting to know the building's people"),
        Handle("resident.site_access", "share", 0, 1, ("scale",), lambda w: 1.0,
               "sessions within reach; 0: no site is"),
        *(Handle(f"resident.kit_{kind}", "share", 0, 1, ("add",), lambda w: 0.0,
                 f"households equipped with a kit of their own: {kind}") for kind in KIT_KINDS),
        Handle("resident.insulation", "share", 0, 1, ("add",), lambda w: 0.0, "dwellings insulated"),
        Handle("resident.cushion", "days", 0, 3650, ("add",), lambda w: 0.0, "days of income brought so far"),
        Handle("resident.stock", "days", 0, 30, ("add",), lambda w: 0.0, "more essentials kept at home, a person"),
        Handle("resident.training_hours", "h/week", 0, 40, ("add",), lambda w: 0.0, "training in know-how"),
        Handle("resident.reserve", "share", 0, 1, ("add",), lambda w: 0.0, "volunteers of a crisis reserve"),
        Handle("resident.reluctance", "x", 0, 2, ("scale",), lambda w: 1.0,
               "adults who never ask in a crisis"),
        Handle("resident.group_known", "share", 0, 1, ("add", "scale"),
               lambda w: w.settings.collective_aid.group_known, "knowing of a group born of the crisis"),
        Handle("resident.load_days", "days", 1, 365, ("scale",), lambda w: w.settings.aiding.load_days,
               "memory of helping load"),
        Handle("resident.load_sensitivity", "x", 0, 5, ("scale",), lambda w: 1.0, "load felt per hour of help"),
        Handle("resident.disappointed", "event", 0, 1, (), lambda w: 0.0,
               "1 in the step a lever ends and nobody takes over"),
    )


def _list_institution_handles() -> tuple[Handle, ...]:
    """Handles of institutions, one in each commune: base one number for all."""
    return (
        Handle("institution.register", "share", 0, 1, OPERATIONS, lambda w: w.settings.start.register,
               "coverage of the register of vulnerable persons"),
        Handle("institution.call_rate", "1/d", 0, 1, OPERATIONS, lambda w: w.settings.asking.call,
               "calls to a registered resident in a crisis"),
        Handle("institution.capacity", "h or units per 1000 residents/d", 0, 200, OPERATIONS,
               lambda w: w.settings.aiding.capacity, "what the institution can give"),
        Handle("institution.delay_reduction", "days", 0, 60, ("add",), lambda w: 0.0, "days sooner that it gives"),
        Handle("institution.accessibility", "logit", 0, 5, ("add",), lambda w: 0.0, "easier to apply to"),
    )


def _list_territory_handles() -> tuple[Handle, ...]:
    """Handles of the whole territory. Crises scale all but the last; no lever turns those of plans against heat."""
    service, context_only = ("scale",), ()
    return (
        Handle("territory.site_activity", "share", 0, 1, service, lambda w: 1.0, "activity of sites that is allowed"),
        Handle("territory.visits", "share", 0, 1, service, lambda w: 1.0, "visits between people who live apart"),
        Handle("territory.institution_capacity", "share", 0, 1, service, lambda w: 1.0,
               "capacity left to institutions"),
        Handle("territory.phone", "share", 0, 1, service, lambda w: 1.0, "being found and called by telephone"),
        Handle("territory.restocking", "share", 0, 1, service, lambda w: 1.0, "restocking of households"),
        Handle("territory.group_joins", "x", 0, 5, ("scale",), lambda w: 1.0, "joining groups born of a crisis"),
        Handle("territory.heat_awareness", "share", 0, 1, context_only, lambda w: 1.0,
               "heat deaths at home that alerts and knowing what to do leave"),
        Handle("territory.heat_care", "share", 0, 1, context_only, lambda w: 1.0,
               "heat deaths in hospitals and homes for the aged that their plans leave"),
        Handle("territory.air_conditioning", "share", 0, 1, context_only, lambda w: w.settings.heat.air_conditioned,
               "homes with working air conditioning"),
        Handle("territory.cool_places", "share", 0, 1, context_only, lambda w: w.settings.heat.cool_visits,
               "residents fit to go out who visit a cool place on a hot day"),
        Handle("territory.new_sites", "sites", 0, 600, ("add",), lambda w: 0.0, "planned sites that should be open"),
    )


HANDLES: dict[str, Handle] = {handle.name: handle for handle in _list_handles()}
"""Name -> handle."""
