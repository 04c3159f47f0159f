"""Whom levers reach during a run: to whom each offers something, and who gets it. It only reads the world.

Offered: residents a lever acts on, those who know of a site it acts on, those an institution it acts on serves. Served:
those of them for whom something came of it (SERVICES).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..rules.need_domains import KIT_KINDS
from ..world.population.people import (
    ASKED,
    CANDIDATES,
    FOUND,
    HELPED_BY_GROUP,
    HELPED_BY_INSTITUTION,
    HELPED_BY_RESERVE,
    HELPED_BY_SITE,
)
from ..world.world import World

NEW_SITES = "territory.new_sites"
REGISTER_HANDLES = ("institution.register", "institution.call_rate")
"""Handles that concern those on the register; all others of institutions concern everybody of the commune."""


@dataclass(frozen=True)
class StartState:
    """What residents had when a lever began, each an array over residents: kits, insulation, savings, site, marks."""

    kit: np.ndarray
    insulated: np.ndarray
    cushion_given: np.ndarray
    member: np.ndarray
    marks: np.ndarray


def copy_start_state(world: World) -> StartState:
    """The current state, copied."""
    homes, home = world.households, world.people.household
    return StartState(homes.kit[home], homes.insulated[home], homes.cushion_given[home], world.people.member.copy(),
                      world.people.crisis_marks.copy())


@dataclass(frozen=True)
class ReachedPublic:
    """Whom one lever was determined to reach. day: of its begin. handles: that it turns. residents, communes: rows.

    site_uids: sites it acts on or opens. start: what residents had then, None where it is not kept.
    """

    lever: str
    day: int
    handles: tuple[str, ...]
    residents: np.ndarray
    site_uids: np.ndarray
    communes: np.ndarray
    start: StartState | None = None

    def turns(self, owner: str) -> bool:
        """True if it turns a handle of this owner."""
        return any(handle.startswith(f"{owner}.") for handle in self.handles)

    def mark_sites(self, world: World) -> np.ndarray:
        """bool[sites]: sites it acts on or opens."""
        return np.isin(world.sites.uid, self.site_uids)

    def mark_members(self, world: World) -> np.ndarray:
        """bool[n]: current members of these sites."""
        member = world.people.member
        return (member >= 0) & np.append(self.mark_sites(world), False)[member]


def mark_offered(public: ReachedPublic, world: World, registered: np.ndarray) -> np.ndarray:
    """bool[n]: living residents to whom the lever offers something now. registered: u1[n], who is on the register."""
    people = world.people
    out = np.zeros(people.rows, bool)
    if public.turns("resident"):
        out[public.residents] = True
    if public.turns("site") or NEW_SITES in public.handles:
        chosen = np.append(public.mark_sites(world), False)
        for k in range(CANDIDATES):
            out |= chosen[people.candidate[:, k]] & ((people.aware >> k & 1) > 0)
    institutional = [handle for handle in public.handles if handle.startswith("institution.")]
    if institutional:
        lives_there = np.isin(people.commune, public.communes)
        out |= lives_there & (registered > 0) if set(institutional) <= set(REGISTER_HANDLES) else lives_there
    return out & (people.alive > 0)


ServiceTest = Callable[[World, ReachedPublic], np.ndarray]


def _in_force(world: World, public: ReachedPublic) -> np.ndarray:
    """Everybody whom the lever acts on: it hands over nothing, or the same to all."""
    return np.ones(world.people.rows, bool)


def _marked(mark: int) -> ServiceTest:
    def test(world: World, public: ReachedPublic) -> np.ndarray:
        assert public.start is not None
        return (world.people.crisis_marks & ~public.start.marks & mark) > 0

    return test


def _has_new_kit(bit: int) -> ServiceTest:
    def test(world: World, public: ReachedPublic) -> np.ndarray:
        assert public.start is not None
        now = world.households.kit[world.people.household]
        return (now >> bit & 1 > 0) & (public.start.kit >> bit & 1 == 0)

    return test


def _is_insulated(world: World, public: ReachedPublic) -> np.ndarray:
    assert public.start is not None
    return (world.households.insulated[world.people.household] > 0) & (public.start.insulated == 0)


def _got_money(world: World, public: ReachedPublic) -> np.ndarray:
    assert public.start is not None
    return world.households.cushion_given[world.people.household] > public.start.cushion_given


def _has_joined(world: World, public: ReachedPublic) -> np.ndarray:
    assert public.start is not None
    return (world.people.member >= 0) & (public.start.member < 0)


def _attends(world: World, public: ReachedPublic) -> np.ndarray:
    return public.mark_members(world)


def _attends_or_was_helped(world: World, public: ReachedPublic) -> np.ndarray:
    return public.mark_members(world) | _marked(HELPED_BY_SITE)(world, public)


_GIVING_SITE_HANDLES = ("kits_given", "donation", "relief", "refuge_places", "goods_inflow", "stock_pooling",
                        "group_hosting")
_MEETING_SITE_HANDLES = ("staff", "places", "hours", "visibility", "homophily", "profile_width", "grant_renewal",
                         "learning", "cogoverned", "barrier_weight", "activity")
_IN_FORCE_HANDLES = ("neighbour_encounters", "contact", "site_access", "stock", "training_hours", "load_days",
                     "load_sensitivity")
SERVICES: dict[str, ServiceTest] = {
    **{f"resident.kit_{kind}": _has_new_kit(k) for k, kind in enumerate(KIT_KINDS)},
    "resident.insulation": _is_insulated, "resident.cushion": _got_money,
    **{f"resident.{name}": _in_force for name in _IN_FORCE_HANDLES},
    "resident.barrier": _has_joined, "resident.time_penalty": _has_joined,
    "resident.check_rate": _marked(FOUND), "resident.neighbour_check": _marked(FOUND),
    "resident.referred": _marked(HELPED_BY_SITE), "resident.reluctance": _marked(ASKED),
    "resident.reserve": _marked(HELPED_BY_RESERVE), "resident.group_known": _marked(HELPED_BY_GROUP),
    **{f"site.{name}": _attends_or_was_helped for name in _GIVING_SITE_HANDLES},
    **{f"site.{name}": _attends for name in _MEETING_SITE_HANDLES},
    "institution.register": _marked(FOUND), "institution.call_rate": _marked(FOUND),
    **{f"institution.{name}": _marked(HELPED_BY_INSTITUTION)
       for name in ("capacity", "delay_reduction", "accessibility")},
    "territory.new_sites": _attends, "territory.group_joins": _marked(HELPED_BY_GROUP),
}
"""Handle -> bool[n]: who of those offered something got it: a new kit, money, insulation; joined, attends, was helped
by a site or an institution; asked; was found in need. Other handles (services that crises cut) serve nobody."""


class ReachLog:
    """Day on which each lever first offered something to a resident, and first served one.

    is_observed: also follow who is served, for the table `reached`; without it only who is offered something.
    """

    def __init__(self, is_observed: bool) -> None:
        self.is_observed = is_observed
        self.publics: list[ReachedPublic] = []
        self.offered_on: dict[str, np.ndarray] = {}
        self.served_on: dict[str, np.ndarray] = {}
        self.served_through: dict[str, np.ndarray] = {}

    def copy(self) -> ReachLog:
        """A copy that continues independently, for a fork."""
        other = ReachLog(self.is_observed)
        other.publics = list(self.publics)
        for name in ("offered_on", "served_on", "served_through"):
            setattr(other, name, {lever: days.copy() for lever, days in getattr(self, name).items()})
        return other

    def add_lever(self, world: World, day: int, lever: Any) -> None:
        """Note a lever that begins on this day: an ActiveLever whose reach is determined."""
        reach, sites = lever.reach, world.sites
        uids = np.concatenate([sites.uid[reach.sites], lever.opened_uids]).astype(np.uint32)
        public = ReachedPublic(lever.lever.id, day, tuple(one.handle for one in lever.lever.modifiers),
                               reach.residents, uids, world.institutions.commune[reach.institutions],
                               copy_start_state(world) if self.is_observed else None)
        self.publics.append(public)
        rows = world.people.rows
        self.offered_on[public.lever] = np.full(rows, -1, np.int32)
        self.served_on[public.lever] = np.full(rows if self.is_observed else 0, -1, np.int32)
        self.served_through[public.lever] = np.zeros(rows if self.is_observed else 0, np.int8)
        self.update_offered(world, day, np.zeros(rows, np.uint8), public)

    def update_offered(self, world: World, day: int, registered: np.ndarray,
                       only: ReachedPublic | None = None) -> None:
        """Note who is offered something for the first time. registered: u1[n]."""
        for public in self.publics if only is None else (only,):
            days = self.offered_on[public.lever]
            days[(days < 0) & mark_offered(public, world, registered)] = day

    def update_served(self, world: World, day: int) -> None:
        """Note who was served for the first time in the step that began on this day, if that is followed."""
        for public in self.publics if self.is_observed else ():
            days = self.served_on[public.lever]
            open_ = (days < 0) & (self.offered_on[public.lever] >= 0)
            for k, handle in enumerate(public.handles):
                if handle in SERVICES:
                    new = open_ & (days < 0) & SERVICES[handle](world, public)
                    days[new], self.served_through[public.lever][new] = day, k

    def mark_reached(self, rows: int) -> np.ndarray:
        """bool[rows]: residents to whom some lever offered something."""
        out = np.zeros(rows, bool)
        for days in self.offered_on.values():
            out |= days >= 0
        return out

    def build_table(self, world: World) -> dict[str, np.ndarray]:
        """The table `reached`, in the order of levers, what, uid."""
        uid, parts = world.people.uid.astype(np.int64), []
        for public in self.publics:
            handles = np.array(public.handles, object)
            for what, days in (("offered", self.offered_on[public.lever]), ("served", self.served_on[public.lever])):
                rows = np.flatnonzero(days >= 0)
                rows = rows[np.argsort(uid[rows])]
                through = handles[self.served_through[public.lever][rows]] if what == "served" else np.full(
                    len(rows), "", object)
                parts.append({"uid": uid[rows], "lever": np.full(len(rows), public.lever, object),
                              "what": np.full(len(rows), what, object), "through": through,
                              "day": days[rows].astype(np.int64)})
        empty = {"uid": np.zeros(0, np.int64), "lever": np.zeros(0, object), "what": np.zeros(0, object),
                 "through": np.zeros(0, object), "day": np.zeros(0, np.int64)}
        return {name: np.concatenate([empty[name], *(part[name] for part in parts)]) for name in empty}
