"""What a tracer records of one resident: events, days with needs, and their status on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...records.story import StoryDay, StoryEvent, StoryPerson, StorySite, StoryStatus, StoryTie
from ...rules.need_domains import DOMAIN_COUNT
from ...rules.tie_kinds import TIE_KINDS
from ...scenario.run import Scenario
from ...world.ties.isolation import flag_isolated_residents
from ...world.world import World

TRACE_DECIMALS = 4
"""Decimals of shares and probabilities in a story, which is read by people."""


class TraceLog:
    """Events and days of the resident in a row, so far. Residents and sites are numbered in the order of uids."""

    def __init__(self, world: World, scenario: Scenario, row: int) -> None:
        self.row, self._rank_by_row, self._calendar = row, rank_residents_by_uid(world), scenario.calendar
        self._names = {card.uid: (card.label_fr, card.label_en) for card in scenario.sites if not card.generic}
        self.events: list[StoryEvent] = []
        self.days: list[StoryDay] = []
        self._today: StoryDay | None = None

    def copy(self) -> TraceLog:
        """A copy that continues independently, for a fork."""
        other = TraceLog.__new__(TraceLog)
        other.__dict__.update(self.__dict__)
        other.events, other.days = list(self.events), list(self.days)
        return other

    def iso_date(self, day: int) -> str:
        """ISO date of a day."""
        return self._calendar.date(day).isoformat()

    def resident_number(self, row: int) -> int:
        """A resident's place in the order of uids; -1 for row -1, nobody in particular."""
        return int(self._rank_by_row[row]) if row >= 0 else -1

    def add_event(self, day: int, what: str, **facts: Any) -> None:
        """Record an event; facts of type float are rounded."""
        rounded = {name: round(value, TRACE_DECIMALS) if isinstance(value, float) else value
                   for name, value in facts.items()}
        self.events.append(StoryEvent(day, self.iso_date(day), what, rounded))

    def open_day(self, day: StoryDay) -> None:
        """Begin the record of a step in which needs are updated."""
        self._today = day

    def add_met_need(self, source: str, amounts: Sequence[int] | np.ndarray) -> None:
        """Add what a source has met of the step's needs: thousandths, by domain."""
        if self._today is not None and any(amounts):
            met = self._today.met.setdefault(source, [0] * DOMAIN_COUNT)
            for d in range(DOMAIN_COUNT):
                met[d] += int(amounts[d])

    def close_day(self, day: int, unmet: list[int], functioning: float) -> None:
        """End the record of a step; it is kept if there was a need or functioning is below 1.

        In calm weeks needs are updated once a week: they are recorded on that day only.
        """
        today = self._today
        if today is not None and today.day == day:
            today.unmet, today.functioning = unmet, round(functioning, TRACE_DECIMALS)
            if any(today.need) or functioning < 1.0:
                self.days.append(today)
        elif functioning < 1.0:
            nothing = [0] * DOMAIN_COUNT
            self.days.append(StoryDay(day, self.iso_date(day), 1, False, nothing, {}, list(nothing),
                                      round(functioning, TRACE_DECIMALS)))

    def describe_site(self, world: World, site: int) -> StorySite | None:
        """The site in a row, with its distance from the resident's home; None for row -1."""
        if site < 0:
            return None
        sites, uid = world.sites, int(world.sites.uid[site])
        french, english = self._names.get(uid, ("", ""))
        home = world.people.building[self.row]
        distance = np.hypot(float(world.buildings.x[home]) - float(sites.x[site]),
                            float(world.buildings.y[home]) - float(sites.y[site]))
        return StorySite(int((sites.uid < uid).sum()), french, english, round(float(distance), 2))

    def describe_status(self, world: World, day: int) -> StoryStatus:
        """The resident's ties, sites and beliefs in the current world."""
        people, i = world.people, self.row
        known = [self.describe_site(world, int(people.candidate[i, k])) for k in range(people.candidate.shape[1])
                 if int(people.aware[i]) >> k & 1]
        return StoryStatus(
            day, self.iso_date(day), tuple(_describe_ties(self, world)), int(people.far_kin[i] + people.far_other[i]),
            self.describe_site(world, int(people.member[i])), tuple(site for site in known if site is not None),
            bool(flag_isolated_residents(world)[i]), _round_float(people.agency[i]),
            _round_float(people.trust_institutions[i]), _round_float(people.load[i]))


def _describe_ties(log: TraceLog, world: World) -> list[StoryTie]:
    people, ties, i = world.people, world.ties, log.row
    described = []
    for k in range(int(ties.degree[i])):
        j = int(ties.alter[i, k])
        described.append(StoryTie(log.resident_number(j), TIE_KINDS[ties.kind[i, k]], _round_float(ties.trust[i, k]),
                                  _round_float(ties.alter_trust[i, k]), bool(people.building[j] == people.building[i])))
    return sorted(described, key=lambda tie: (-tie.trust, tie.number))


def _round_float(value: Any) -> float:
    return round(float(value), TRACE_DECIMALS)


def rank_residents_by_uid(world: World) -> np.ndarray:
    """int64[n]: each resident's place in the order of uids, from 0."""
    rank = np.empty(world.people.rows, np.int64)
    rank[np.argsort(world.people.uid, kind="stable")] = np.arange(world.people.rows)
    return rank


def describe_person(world: World, row: int, commune: str) -> StoryPerson:
    """Who the resident in a row is. commune: name of their commune."""
    people, homes, buildings = world.people, world.households, world.buildings
    h, b = people.household[row], people.building[row]
    return StoryPerson(
        number=int((people.uid < people.uid[row]).sum()), uid=int(people.uid[row]), age=int(people.age[row]),
        woman=bool(people.sex[row]), household=int(homes.kind[h]), persons=int(homes.size[h]),
        quintile=int(homes.quintile[h]), job=int(people.job[row]), frailty=_round_float(people.frailty[row]),
        social_hours=_round_float(people.social_hours[row]), barriers=tuple(map(_round_float, people.barrier[row])),
        commune=commune, floor=int(homes.floor[h]), floors=int(buildings.floors[b]),
        poor_insulation=bool(buildings.poor_insulation[b]),
        priority=bool(world.neighbourhoods.priority[people.neighbourhood[row]]), kit=bool(homes.kit[h]))
