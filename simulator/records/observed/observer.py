"""The observer that fills the tables a run writes on request. It reads the world and never changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ...world.sites.site import HOSTS
from ...world.world import World
from ..resident_status import ResidentStatus
from ..social_state import SocialState
from .help_events import HelpHistory
from .network_table import compute_network_table
from .people_table import (
    build_help_columns,
    build_onset_columns,
    build_outcome_columns,
    build_trait_columns,
    get_site_uids,
)
from .schema import OBSERVED_SCHEMAS
from .tie_panel import TiePanel

DAYS_PER_QUARTER = 91
"""Days between two records of who is a member of which site."""
EARLIER_SITE_DAYS = 365
"""Days before onset of the earlier membership that is reported, as nearly as it was recorded."""

ObservedTable = dict[str, np.ndarray]


def make_empty_table(name: str) -> ObservedTable:
    """A table that was not requested: its columns but the run's, without rows."""
    return {column: np.zeros(0, object if spec.dtype == "str" else spec.dtype)
            for column, spec in OBSERVED_SCHEMAS[name].items() if column != "run"}


class Observer:
    """Follows a run step by step; `build_tables` gives the tables of OBSERVED_SCHEMAS, empty if not requested."""

    def __init__(self, requested_tables: Iterable[str], levers_day: int) -> None:
        self.requested_tables, self.levers_day = frozenset(requested_tables), levers_day
        self.help_history = HelpHistory()
        self.panels: list[TiePanel] = []
        self.networks: list[ObservedTable] = []
        self.membership_history: list[tuple[int, np.ndarray]] = []
        self.onset: ObservedTable | None = None
        self.exposure: np.ndarray | None = None
        self.site_dates: dict[str, np.ndarray] = {}

    def copy(self) -> Observer:
        """A copy that continues independently, for a fork."""
        other = Observer(self.requested_tables, self.levers_day)
        other.help_history, other.panels = self.help_history.copy(), [panel.copy() for panel in self.panels]
        other.networks, other.onset = list(self.networks), self.onset
        other.membership_history = list(self.membership_history)
        other.exposure = None if self.exposure is None else self.exposure.copy()
        other.site_dates = {name: days.copy() for name, days in self.site_dates.items()}
        return other

    def add_step(self, world: World, context: Any, onset: ResidentStatus | None, social: SocialState | None) -> None:
        """Record the step just played. onset: residents' status in its step, else None; social: from then on."""
        if not self.requested_tables:
            return
        if onset is not None:
            assert social is not None
            self._record_onset(world, context.day, onset, social)
        if self.requested_tables & {"people", "pairs"}:
            self.help_history.add_step(world, context)
        if self.requested_tables & {"people", "site_lives"} and context.onset is None:
            self._record_membership(world, context.day + context.span)
        self._record_exposure(world, context)
        self._update_panels(world, context.day, context.span)
        self._record_site_dates(world, context.day + context.span)
        if "network" in self.requested_tables:
            for name in self._list_time_points(context.day, context.span):
                self.networks.append(compute_network_table(world, name, context.day + context.span))

    def _list_time_points(self, day: int, span: int) -> list[str]:
        """Names of the time points that fall in a step: "start" in the first, "levers" as levers begin."""
        due = {"start": day == 0, "levers": day <= self.levers_day < day + span}
        return [name for name, is_due in due.items() if is_due]

    def build_tables(self, world: World, day: int, onset: ResidentStatus, before: ResidentStatus,
                     social: SocialState) -> dict[str, ObservedTable]:
        """The tables, without the run's key.

        onset, social: status of residents at onset, or at the end without a crisis; before: before any lever.
        """
        if self.requested_tables and self.onset is None:
            self._record_onset(world, day, onset, social)
        if self.onset is not None:
            self.onset |= {"member_before": before.member, "isolated_before": before.isolated}
        for panel in self.panels:
            panel.check_ties(world, day, last=True)
        if "network" in self.requested_tables:
            self.networks.append(compute_network_table(world, "end", day))
        builders = {
            "people": self._build_people_table, "pairs": self.help_history.build_table, "ties": self._build_ties_table,
            "site_lives": self._build_site_histories_table, "network": lambda world: concatenate_tables(self.networks)}
        return {name: builders[name](world) if name in self.requested_tables else make_empty_table(name)
                for name in builders}

    def _record_onset(self, world: World, day: int, onset: ResidentStatus, social: SocialState) -> None:
        if "network" in self.requested_tables:
            self.networks.append(compute_network_table(world, "onset", day))
        if self.requested_tables & {"people", "site_lives"}:
            self.onset = {**build_onset_columns(world, onset), **self._find_earlier_site(world, day),
                          **social.columns()}

    def _record_membership(self, world: World, day: int) -> None:
        if not self.membership_history or day >= self.membership_history[-1][0] + DAYS_PER_QUARTER:
            self.membership_history.append((day, world.people.member.copy()))
            while len(self.membership_history) > 1 and self.membership_history[1][0] <= day - EARLIER_SITE_DAYS:
                self.membership_history.pop(0)

    def _find_earlier_site(self, world: World, day: int) -> ObservedTable:
        """Columns site_before and site_days: the recorded membership nearest to EARLIER_SITE_DAYS before."""
        if not self.membership_history:
            return {"site_before": np.full(world.people.rows, -1), "site_days": np.zeros(world.people.rows, np.int64)}
        recorded, member = min(self.membership_history, key=lambda entry: abs(day - entry[0] - EARLIER_SITE_DAYS))
        site = get_site_uids(world, member)
        return {"site_before": site, "site_days": np.full(world.people.rows, day - recorded)}

    def _record_exposure(self, world: World, context: Any) -> None:
        hazards = getattr(context, "hazards", ())
        if hazards and "people" in self.requested_tables:
            most = np.max([hazard.exposure for hazard in hazards], axis=0)
            self.exposure = most if self.exposure is None else np.maximum(self.exposure, most)

    def _update_panels(self, world: World, day: int, span: int) -> None:
        if "ties" not in self.requested_tables:
            return
        for panel in self.panels:
            panel.check_ties(world, day + span)
        for name in self._list_time_points(day, span):
            self.panels.append(TiePanel(world, name, day + span))

    def _record_site_dates(self, world: World, day: int) -> None:
        """Record the day on which each site is first seen open, and first seen closed after that."""
        if "site_lives" not in self.requested_tables:
            return
        sites, dates = world.sites, self.site_dates
        new = sites.rows - len(dates.get("opened", ()))
        for name in ("opened", "closed", "members_start"):
            dates[name] = np.concatenate([dates.get(name, np.zeros(0, np.int64)), np.full(new, -1)])
        opens = (sites.open > 0) & (dates["opened"] < 0)
        dates["opened"][opens], dates["members_start"][opens] = day, sites.members[opens]
        dates["closed"][(sites.open == 0) & (dates["opened"] >= 0) & (dates["closed"] < 0)] = day

    def _build_people_table(self, world: World) -> ObservedTable:
        rows = world.people.rows
        exposure = np.zeros(rows) if self.exposure is None else self.exposure
        table = {**build_trait_columns(world), **(self.onset or {}), **build_help_columns(rows, self.help_history),
                 **build_outcome_columns(world), "exposure": exposure}
        return sort_table(table, table["uid"])

    def _build_ties_table(self, world: World) -> ObservedTable:
        if not self.panels:
            return make_empty_table("ties")
        return concatenate_tables([panel.build_table(world) for panel in self.panels])

    def _build_site_histories_table(self, world: World) -> ObservedTable:
        sites, at_onset = world.sites, (self.onset or {})["site"]
        uid = sites.uid.astype(np.int64)
        at_end = get_site_uids(world, world.people.member)
        counts = {"members_onset": at_onset, "members_end": at_end, "stayed": np.where(at_onset == at_end, at_end, -1)}
        table = {"site": uid, "commune": world.communes.code[sites.commune],
                 "neighbourhood": world.neighbourhoods.uid[sites.neighbourhood], "real": sites.real,
                 "host": np.array(HOSTS, object)[sites.host], **self.site_dates,
                 **{name: np.array([(site == each).sum() for each in uid]) for name, site in counts.items()}}
        return sort_table(table, uid)


def sort_table(table: ObservedTable, key: np.ndarray) -> ObservedTable:
    """The table's rows sorted by key, so that the order of rows in the world cannot matter."""
    order = np.argsort(key)
    return {name: np.asarray(values)[order] for name, values in table.items()}


def concatenate_tables(parts: list[ObservedTable]) -> ObservedTable:
    """The rows of several tables with the same columns, one table after the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
