"""What a tracer records of one resident: events, days with needs, and their status on a day."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...phases.cope import is_insured
from ...phases.step.columns import view_housing
from ...phases.step.context import WEEK, StepContext
from ...records.story import StoryDay, StoryEvent, StoryHelper, StoryPerson, StorySite, StoryStatus, StoryTie
from ...rules.need_domains import KIT_KINDS
from ...rules.tie_kinds import TIE_KINDS
from ...scenario.run import Scenario
from ...world.ties.isolation import flag_isolated_residents
from ...world.world import World

EVERYDAY_COUNTS = ("asked", "got", "was_asked", "gave")
"""What is counted of everyday help in a week: requests made and met, received and met."""
SPELL_DAYS = 28
"""Help from one source is told once, and again after this many days without any."""
TRACE_DECIMALS = 4
"""Decimals of shares and probabilities in a story, which is read by people."""


class TraceLog:
    """Events and days of the resident in a row, so far. Residents and sites are numbered in the order of uids."""

    def __init__(self, world: World, scenario: Scenario, row: int) -> None:
        self.row, self._rank_by_row, self._calendar = row, rank_residents_by_uid(world), scenario.calendar
        self._names = {card.uid: (card.label_fr, card.label_en) for card in scenario.sites if not card.generic}
        self.events: list[StoryEvent] = []
        self.days: list[StoryDay] = []
        self.today: StoryDay | None = None
        self._everyday_at = -1
        self._last: dict[tuple[Any, ...], int] = {}
        self._told: dict[tuple[Any, int], str] = {}
        self.volunteered = 0
        self._given: dict[tuple[int, str], int] = {}

    def copy(self) -> TraceLog:
        """A copy that continues independently, for a fork."""
        other = TraceLog.__new__(TraceLog)
        other.__dict__.update(self.__dict__)
        other.events, other.days = list(self.events), list(self.days)
        other._last, other._told, other._given = dict(self._last), dict(self._told), dict(self._given)
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

    def open_step(self, world: World, context: StepContext) -> StoryDay:
        """The record of the step, begun with the crises that begin and what is open before anything happens in it."""
        if self.today is None or self.today.day != context.day:
            for hazard in sorted(context.hazards, key=lambda hazard: hazard.card.id):
                if hazard.started:
                    self.add_event(context.day, "crisis", id=hazard.card.id, exposure=float(hazard.exposure[self.row]))
            exposed = any(hazard.exposure[self.row] > 0 for hazard in context.hazards)
            self.today = StoryDay(context.day, self.iso_date(context.day), context.span, exposed,
                                  self.read_needs(world), self.read_work(world))
        return self.today

    def close_step(self, world: World, context: StepContext) -> None:
        """End the record of a step; it is kept if anything was open or functioning is below 1."""
        day, people, home = self.open_step(world, context), world.people, world.people.household[self.row]
        day.span, day.unmet, day.work = context.span, self.read_needs(world), self.read_work(world)
        day.away = bool(world.households.displaced[home])
        day.functioning = _round_float(people.functioning[self.row])
        if any(day.need) or any(day.work_before) or any(day.made) or day.away or day.functioning < 1.0:
            self.days.append(day)

    def read_needs(self, world: World) -> list[int]:
        """Crisis needs of the resident that are open, thousandths by domain."""
        return [int(amount) for amount in world.people.crisis_backlog[self.row]]

    def read_work(self, world: World) -> list[int]:
        """Open aftermath of the resident's home, thousandths by domain."""
        return [int(amount) for amount in world.households.aftermath[world.people.household[self.row]]]

    def count_everyday(self, day: int, name: str) -> None:
        """Count something of everyday help: one event a week holds the counts of EVERYDAY_COUNTS."""
        week = day - day % WEEK
        if self._everyday_at < 0 or self.events[self._everyday_at].day != week:
            self._everyday_at = len(self.events)
            self.add_event(week, "everyday", **dict.fromkeys(EVERYDAY_COUNTS, 0))
        before = self.events[self._everyday_at]
        counts = {**before.facts, name: before.facts[name] + 1}
        self.events[self._everyday_at] = StoryEvent(before.day, before.date, before.what, counts)

    def add_once(self, key: tuple[Any, ...], day: int, what: str, **facts: Any) -> None:
        """Record an event unless one of this key was recorded in the last SPELL_DAYS days."""
        if day - self._last.get((what, *key), -SPELL_DAYS) >= SPELL_DAYS:
            self.add_event(day, what, **facts)
        self._last[what, *key] = day

    def add_per_crisis(self, context: StepContext, what: str, key: Any, **facts: Any) -> None:
        """Record an event of this key once in the crisis that began last."""
        crisis = -1 if context.crisis_day is None else context.crisis_day
        if self._told.get((key, crisis)) is None:
            self._told[key, crisis] = what
            self.add_event(context.day, what, **facts)

    def count_kept_promise(self, number: int, kind: str, amount: int) -> None:
        """Add to what a helper gave in all."""
        self._given[number, kind] = self._given.get((number, kind), 0) + amount

    def list_helpers(self) -> list[StoryHelper]:
        """Who kept promises, those who gave most first."""
        helpers = [StoryHelper(number, kind, amount) for (number, kind), amount in self._given.items()]
        return sorted(helpers, key=lambda helper: (-helper.amount, helper.number, helper.kind))

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
        priority=bool(world.neighbourhoods.priority[people.neighbourhood[row]]),
        kits=tuple(kind for k, kind in enumerate(KIT_KINDS) if homes.kit[h] >> k & 1),
        insured=bool(is_insured(h, world.key, float(homes.income[h]), view_housing(world),
                                world.settings.aftermath.numbers)))
