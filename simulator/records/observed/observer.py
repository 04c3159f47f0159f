"""What a run keeps beside its usual tables, when it is asked to. It reads the world and never writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ...world.sites.site import HOSTS
from ...world.world import World
from ..standing import Standing
from .help_events import Helping
from .network import network
from .person import fates, helping, standing, traits
from .schema import OBSERVED
from .tie_panel import Panel

QUARTER = 91
"""Days between two memories of who belongs where."""
YEAR = 365

Table = dict[str, np.ndarray]


def empty(name: str) -> Table:
    """A table that nobody asked for: its columns, but the run's, without a row."""
    return {column: np.zeros(0, object if field.dtype == "str" else field.dtype)
            for column, field in OBSERVED[name].items() if column != "run"}


class Observer:
    """Follows a run step by step; `finish` gives the tables of OBSERVED, empty where not asked for."""

    def __init__(self, asked: Iterable[str], levers_day: int) -> None:
        self.asked, self.levers_day = frozenset(asked), levers_day
        self.acts = Helping()
        self.panels: list[Panel] = []
        self.networks: list[Table] = []
        self.belongs: list[tuple[int, np.ndarray]] = []
        self.onset: Table | None = None
        self.exposure: np.ndarray | None = None
        self.crisis_days = 0
        self.doors: dict[str, np.ndarray] = {}

    def copy(self) -> Observer:
        """The same memory for a fork."""
        other = Observer(self.asked, self.levers_day)
        other.acts, other.panels = self.acts.copy(), [panel.copy() for panel in self.panels]
        other.networks, other.belongs, other.onset = list(self.networks), list(self.belongs), self.onset
        other.exposure = None if self.exposure is None else self.exposure.copy()
        other.crisis_days, other.doors = self.crisis_days, {name: one.copy() for name, one in self.doors.items()}
        return other

    def take(self, world: World, now: Any, onset: Standing | None) -> None:
        """Remember the step that was played. onset: how residents stand, in the step in which the crisis begins."""
        if not self.asked:
            return
        if onset is not None:
            self._onset(world, now.day, onset)
        if self.asked & {"people", "pairs"}:
            self.acts.take(world, now)
        if self.asked & {"people", "site_lives"} and now.onset is None:
            self._belonging(world, now.day + now.span)
        self._crisis(world, now)
        self._panels(world, now.day, now.span)
        self._doors(world, now.day + now.span)
        for name, due in (("start", now.day == 0), ("levers", now.day <= self.levers_day < now.day + now.span)):
            if due and "network" in self.asked:
                self.networks.append(network(world, name, now.day + now.span))

    def finish(self, world: World, day: int, onset: Standing) -> dict[str, Table]:
        """The tables, without the run's key. onset: how residents stood when the crisis began, or stand at the end."""
        if self.asked and self.onset is None:
            self._onset(world, day, onset)
        for panel in self.panels:
            panel.look(world, day, last=True)
        if "network" in self.asked:
            self.networks.append(network(world, "end", day))
        made = {"people": self._residents, "pairs": self.acts.table, "ties": self._ties, "site_lives": self._sites,
                "network": lambda world: stacked(self.networks)}
        return {name: made[name](world) if name in self.asked else empty(name) for name in OBSERVED}

    def _onset(self, world: World, day: int, onset: Standing) -> None:
        if "network" in self.asked:
            self.networks.append(network(world, "onset", day))
        if self.asked & {"people", "site_lives"}:
            self.onset = {**standing(world, onset), **self._year_before(world, day)}

    def _belonging(self, world: World, day: int) -> None:
        if not self.belongs or day >= self.belongs[-1][0] + QUARTER:
            self.belongs.append((day, world.people.member.copy()))
            while len(self.belongs) > 1 and self.belongs[1][0] <= day - YEAR:
                self.belongs.pop(0)

    def _year_before(self, world: World, day: int) -> Table:
        """site_before and site_days: the memory nearest to a year old."""
        if not self.belongs:
            return {"site_before": np.full(world.people.rows, -1), "site_days": np.zeros(world.people.rows, np.int64)}
        when, member = min(self.belongs, key=lambda one: abs(day - one[0] - YEAR))
        site = np.where(member >= 0, world.sites.uid.astype(np.int64)[member], -1)
        return {"site_before": site, "site_days": np.full(world.people.rows, day - when)}

    def _crisis(self, world: World, now: Any) -> None:
        hazards = getattr(now, "hazards", ())
        if hazards and "people" in self.asked:
            self.crisis_days += now.span
            most = np.max([hazard.exposure for hazard in hazards], axis=0)
            self.exposure = most if self.exposure is None else np.maximum(self.exposure, most)

    def _panels(self, world: World, day: int, span: int) -> None:
        if "ties" not in self.asked:
            return
        for panel in self.panels:
            panel.look(world, day + span)
        for name, due in (("start", day == 0), ("levers", day <= self.levers_day < day + span)):
            if due:
                self.panels.append(Panel(world, name, day + span))

    def _doors(self, world: World, day: int) -> None:
        """When each site was first seen open, and first seen closed after that."""
        if "site_lives" not in self.asked:
            return
        sites, known = world.sites, self.doors
        fresh = sites.rows - len(known.get("opened", ()))
        for name in ("opened", "closed", "members_start"):
            known[name] = np.concatenate([known.get(name, np.zeros(0, np.int64)), np.full(fresh, -1)])
        opens = (sites.open > 0) & (known["opened"] < 0)
        known["opened"][opens], known["members_start"][opens] = day, sites.members[opens]
        known["closed"][(sites.open == 0) & (known["opened"] >= 0) & (known["closed"] < 0)] = day

    def _residents(self, world: World) -> Table:
        rows = world.people.rows
        exposure = np.zeros(rows) if self.exposure is None else self.exposure
        table = {**traits(world), **(self.onset or {}), **helping(rows, self.acts), **fates(world, self.crisis_days),
                 "exposure": exposure}
        return ordered(table, table["uid"])

    def _ties(self, world: World) -> Table:
        return stacked([panel.table(world) for panel in self.panels]) if self.panels else empty("ties")

    def _sites(self, world: World) -> Table:
        sites, before = world.sites, (self.onset or {})["site"]
        uid = sites.uid.astype(np.int64)
        now = np.where(world.people.member >= 0, uid[world.people.member], -1)
        counts = {"members_onset": before, "members_end": now, "stayed": np.where(before == now, now, -1)}
        table = {"site": uid, "commune": world.communes.code[sites.commune],
                 "neighbourhood": world.neighbourhoods.uid[sites.neighbourhood], "real": sites.real,
                 "host": np.array(HOSTS, object)[sites.host], **self.doors,
                 **{name: np.array([(where == one).sum() for one in uid]) for name, where in counts.items()}}
        return ordered(table, uid)


def ordered(table: Table, key: np.ndarray) -> Table:
    """The table's rows by identity, so that the order of rows in the world cannot matter."""
    order = np.argsort(key)
    return {name: np.asarray(values)[order] for name, values in table.items()}


def stacked(parts: list[Table]) -> Table:
    """Tables of the same columns, one under the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
