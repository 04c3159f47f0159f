"""One resident's story, as data: who they are, whom they knew, what happened, in one arm and in its twin.

Nobody in it is real: residents are numbered by the order of their uids in the territory, and have no names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

CHOICES = ("typical", "isolated", "most_gained", "most_lost")
"""Residents one can ask for without a number."""

MEASURES = ("trust", "load", "chance", "severity", "claimed")
"""Facts of an event that say how near it was to going otherwise."""

OWN, AT_HOME, LOAN = "own", "household", "loan"
"""Sources of help besides those of the ledger: a kit on loan is a site's."""


@dataclass(frozen=True)
class Person:
    """Who they are. number: place among the territory's residents by uid, from 0."""

    number: int
    uid: int
    age: int
    woman: bool
    household: int
    """0 one person, 1 couple, 2 couple with children, 3 lone parent, 4 other."""
    persons: int
    quintile: int
    """Fifth of income, 0 the poorest."""
    job: int
    """0 inactive, 1 unemployed, 2 employed."""
    frailty: float
    social_hours: float
    barriers: tuple[float, ...]
    """Language, gender and care duties, culture, disability."""
    commune: str
    floor: int
    floors: int
    poor_insulation: bool
    priority: bool
    kit: bool


@dataclass(frozen=True)
class Tie:
    """One tie: whom, of what kind, trust on both sides, and whether they live in one building."""

    number: int
    kind: str
    trust: float
    returned: float
    neighbour: bool


@dataclass(frozen=True)
class Place:
    """A site as residents speak of it: its number by uid, its names if it is a real one, how far it is."""

    number: int
    name_fr: str
    name_en: str
    km: float


@dataclass(frozen=True)
class Standing:
    """Where they stood on a day: ties, ties off the map, sites, beliefs."""

    day: int
    date: str
    ties: tuple[Tie, ...]
    far: int
    member: Place | None
    aware: tuple[Place, ...]
    isolated: bool
    agency: float
    trust_institutions: float
    load: float


@dataclass(frozen=True)
class Event:
    """One thing that happened on a day. What: see simulator/i18n/story_texts.py; facts: who, how much, why."""

    day: int
    date: str
    what: str
    facts: Mapping[str, Any]

    def gist(self) -> tuple[Any, ...]:
        """What is told in words: two events with one gist differ at most in trust, load and chance."""
        told = {name: value for name, value in self.facts.items() if name not in MEASURES}
        return (self.day, self.what, tuple(sorted((name, repr(value)) for name, value in told.items())))


@dataclass
class Day:
    """One step of needs: need, what met it by source, what stayed unmet (thousandths, by domain), functioning."""

    day: int
    date: str
    span: int
    hit: bool
    need: list[int]
    met: dict[str, list[int]] = field(default_factory=dict)
    unmet: list[int] = field(default_factory=list)
    functioning: float = 1.0


@dataclass
class Life:
    """One arm: the levers that act in it, and what happened to the resident there."""

    run: str
    levers: tuple[Mapping[str, str], ...]
    """id, fr, en of each."""
    before: Standing | None = None
    """As the levers begin."""
    onset: Standing | None = None
    """As the first crisis begins."""
    events: list[Event] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    lost: float = 0.0
    """Functioning lost since the first crisis began, person-days."""
    received: float = 0.0
    given: float = 0.0
    alive: bool = True


@dataclass
class Story:
    """A resident in one arm, or in two that share their luck: without levers first."""

    territory: Mapping[str, str]
    crises: tuple[Mapping[str, str], ...]
    seed: int
    chosen: str
    """How the resident was chosen: one of CHOICES, or empty for a number that was asked for."""
    onset: int | None
    person: Person
    lives: list[Life]

    def plain(self) -> dict[str, Any]:
        """The story as plain data, for JSON."""
        return {**asdict(self), "parted": self.parted()}

    def parted(self) -> int | None:
        """The first day on which the two lives differ in what happened, levers' own days apart; None if never."""
        if len(self.lives) < 2:
            return None
        one, other = (Counter(event.gist() for event in life.events if event.what != "lever")
                      for life in self.lives[:2])
        return min((gist[0] for gist in ((one - other) + (other - one))), default=None)
