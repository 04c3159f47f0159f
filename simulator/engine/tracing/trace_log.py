"""What a witness writes down of one resident: events, days of need, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...records.story import Day, Event, Person, Place, Standing, Tie
from ...rules.domain import DOMAIN_COUNT
from ...rules.kind import KINDS
from ...scenario.run import Scenario
from ...world.ties.isolation import isolated
from ...world.world import World

ROUNDED = 4
"""Decimals kept of shares and chances: a story is read by people."""


class Notes:
    """Events and days so far. Residents and sites are told by their place in the order of uids."""

    def __init__(self, world: World, scenario: Scenario, row: int) -> None:
        self.row, self._number, self._calendar = row, numbers(world), scenario.calendar
        self._names = {card.uid: (card.label_fr, card.label_en) for card in scenario.sites if not card.generic}
        self.events: list[Event] = []
        self.days: list[Day] = []
        self._today: Day | None = None

    def copy(self) -> Notes:
        """The same memory so far, to be continued apart."""
        other = Notes.__new__(Notes)
        other.__dict__.update(self.__dict__)
        other.events, other.days = list(self.events), list(self.days)
        return other

    def date(self, day: int) -> str:
        """ISO date of a day."""
        return self._calendar.date(day).isoformat()

    def number(self, row: int) -> int:
        """A resident's place in the order of uids; -1 for nobody in particular."""
        return int(self._number[row]) if row >= 0 else -1

    def event(self, day: int, what: str, **facts: Any) -> None:
        """Write an event down."""
        kept = {name: round(value, ROUNDED) if isinstance(value, float) else value for name, value in facts.items()}
        self.events.append(Event(day, self.date(day), what, kept))

    def open(self, day: Day) -> None:
        """A step of needs begins; one without need is not kept."""
        self._today = day

    def met(self, source: str, amounts: Sequence[int] | np.ndarray) -> None:
        """So much of today's need was met from a source, thousandths by domain."""
        if self._today is not None and any(amounts):
            held = self._today.met.setdefault(source, [0] * DOMAIN_COUNT)
            for d in range(DOMAIN_COUNT):
                held[d] += int(amounts[d])

    def close(self, day: int, unmet: list[int], functioning: float) -> None:
        """A step ends. Needs that wait for their week are told on the day they were looked at."""
        today = self._today
        if today is not None and today.day == day:
            today.unmet, today.functioning = unmet, round(functioning, ROUNDED)
            if any(today.need) or functioning < 1.0:
                self.days.append(today)
        elif functioning < 1.0:
            self.days.append(Day(day, self.date(day), 1, False, [0] * DOMAIN_COUNT, {}, [0] * DOMAIN_COUNT,
                                 round(functioning, ROUNDED)))

    def place(self, world: World, site: int) -> Place | None:
        """A site, and how far it is from the resident's home; None for no site."""
        if site < 0:
            return None
        sites, uid = world.sites, int(world.sites.uid[site])
        french, english = self._names.get(uid, ("", ""))
        home = world.people.building[self.row]
        away = np.hypot(float(world.buildings.x[home]) - float(sites.x[site]),
                        float(world.buildings.y[home]) - float(sites.y[site]))
        return Place(int((sites.uid < uid).sum()), french, english, round(float(away), 2))

    def standing(self, world: World, day: int) -> Standing:
        """Where the resident stands now."""
        people, i = world.people, self.row
        known = [self.place(world, int(people.candidate[i, k])) for k in range(people.candidate.shape[1])
                 if int(people.aware[i]) >> k & 1]
        return Standing(day, self.date(day), tuple(_ties(self, world)),
                        int(people.far_kin[i]) + int(people.far_other[i]), self.place(world, int(people.member[i])),
                        tuple(one for one in known if one is not None), bool(isolated(world)[i]),
                        *(_rounded(column[i]) for column in
                          (people.agency, people.trust_institutions, people.load)))


def _ties(notes: Notes, world: World) -> list[Tie]:
    people, ties, i = world.people, world.ties, notes.row
    found = []
    for k in range(int(ties.degree[i])):
        j = int(ties.other[i, k])
        found.append(Tie(notes.number(j), KINDS[ties.kind[i, k]], _rounded(ties.trust[i, k]),
                         _rounded(ties.mirror[i, k]), bool(people.building[j] == people.building[i])))
    return sorted(found, key=lambda tie: (-tie.trust, tie.number))


def _rounded(value: Any) -> float:
    return round(float(value), ROUNDED)


def numbers(world: World) -> np.ndarray:
    """int64[n]: each resident's place in the order of uids, from 0."""
    out = np.empty(world.people.rows, np.int64)
    out[np.argsort(world.people.uid, kind="stable")] = np.arange(world.people.rows)
    return out


def person(world: World, row: int, commune: str) -> Person:
    """Who the resident in a row is; commune: its name."""
    people, homes, blocks = world.people, world.households, world.buildings
    h, b = people.household[row], people.building[row]
    return Person(
        number=int((people.uid < people.uid[row]).sum()), uid=int(people.uid[row]), age=int(people.age[row]),
        woman=bool(people.sex[row]), household=int(homes.kind[h]), persons=int(homes.size[h]),
        quintile=int(homes.quintile[h]), job=int(people.job[row]), frailty=_rounded(people.frailty[row]),
        social_hours=_rounded(people.social_hours[row]), barriers=tuple(map(_rounded, people.barrier[row])),
        commune=commune, floor=int(homes.floor[h]), floors=int(blocks.floors[b]),
        poor_insulation=bool(blocks.poor_insulation[b]),
        priority=bool(world.neighbourhoods.priority[people.neighbourhood[row]]), kit=bool(homes.kit[h]))
