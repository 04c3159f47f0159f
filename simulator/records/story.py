"""The story of one resident, as data: who they are, whom they know, what happens to them in one or two arms.

Residents are synthetic: they have no names, and are numbered in the order of their uids in the territory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..rules.need_domains import DOMAIN_COUNT

RESIDENT_CHOICES = ("typical", "isolated", "most_gained", "most_lost")
"""Residents that can be requested without a number."""

MARGIN_FACTS = ("trust", "state", "times", "chance", "hours", "before", "after")
"""Facts of an event that say how close it was to another outcome."""

LOAN_SOURCE, PROMISE_SOURCE = "loan", "promises"
"""Sources of help besides those of need_domains.SOURCES: a kit on loan from a site; people who promised hours."""


@dataclass(frozen=True)
class StoryPerson:
    """Who the resident is. number: place in the order of uids, from 0."""

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
    kits: tuple[str, ...]
    """Kinds of equipment at home, of need_domains.KIT_KINDS."""
    insured: bool
    """Whether the home is insured against the damage."""


@dataclass(frozen=True)
class StoryTie:
    """One tie: number of the other, kind, trust on both sides, and whether they live in the same building."""

    number: int
    kind: str
    trust: float
    reverse_trust: float
    neighbour: bool


@dataclass(frozen=True)
class StorySite:
    """A site: its number in the order of uids, its names if it is a real one, its distance from the resident's home."""

    number: int
    name_fr: str
    name_en: str
    km: float


@dataclass(frozen=True)
class StoryStatus:
    """The resident's status on a day: ties, number of ties off the map (far), sites, beliefs."""

    day: int
    date: str
    ties: tuple[StoryTie, ...]
    far: int
    member: StorySite | None
    aware: tuple[StorySite, ...]
    isolated: bool
    agency: float
    trust_institutions: float
    load: float


@dataclass(frozen=True)
class StoryEvent:
    """One event. what: its kind, a key of simulator/i18n/texts/story_texts.py; facts: who, how much, why."""

    day: int
    date: str
    what: str
    facts: Mapping[str, Any]

    def comparison_key(self) -> tuple[Any, ...]:
        """Equal for two events that differ at most in MARGIN_FACTS, which the text of a story leaves out."""
        facts = sorted((name, repr(value)) for name, value in self.facts.items() if name not in MARGIN_FACTS)
        return (self.day, self.what, tuple(facts))


@dataclass
class StoryDay:
    """One step of a crisis or after it. Amounts are thousandths by domain; needs are the resident's own, work is that
    of the home's aftermath. need = met + passed + unmet; work_before + made = served + given_up + work.
    """

    day: int
    date: str
    span: int
    exposed: bool
    need: list[int]
    """Crisis needs open once new ones have arisen."""
    work_before: list[int]
    met: dict[str, list[int]] = field(default_factory=dict)
    """Source to what it met of the needs."""
    passed: list[int] = field(default_factory=lambda: [0] * DOMAIN_COUNT)
    """Needs that passed unmet: part of them is left as aftermath."""
    unmet: list[int] = field(default_factory=lambda: [0] * DOMAIN_COUNT)
    made: list[int] = field(default_factory=lambda: [0] * DOMAIN_COUNT)
    """Aftermath made by damage and by needs of the home that passed unmet."""
    served: dict[str, list[int]] = field(default_factory=dict)
    """Source to what it made good of the aftermath."""
    given_up: list[int] = field(default_factory=lambda: [0] * DOMAIN_COUNT)
    work: list[int] = field(default_factory=lambda: [0] * DOMAIN_COUNT)
    away: bool = False
    """Displaced at the end of the step."""
    functioning: float = 1.0


@dataclass(frozen=True)
class StoryHelper:
    """Somebody who gave hours they had promised: number (-1 off the map), kind of tie, thousandths given in all."""

    number: int
    kind: str
    amount: int


@dataclass
class StoryArm:
    """One arm: its levers, and what happens to the resident in it."""

    run: str
    levers: tuple[Mapping[str, str], ...]
    """id, fr, en of each."""
    before: StoryStatus | None = None
    """Status on the levers' date."""
    onset: StoryStatus | None = None
    """Status when the first crisis begins."""
    events: list[StoryEvent] = field(default_factory=list)
    days: list[StoryDay] = field(default_factory=list)
    helpers: list[StoryHelper] = field(default_factory=list)
    """Whose promises to the resident, or to who acts for the home, were kept, by amount."""
    loss: float = 0.0
    """Functioning lost since onset, person-days."""
    received: float = 0.0
    given: float = 0.0
    days_back: int | None = 0
    """Days from onset until functioning is back for good (see functioning.well); None if it is not by the end."""
    lost_for_good: float = 0.0
    """Functioning that the home has lost with what it gave up."""
    alive: bool = True


@dataclass
class Story:
    """A resident in one arm, or in two with common random numbers, the one without levers first."""

    territory: Mapping[str, str]
    crises: tuple[Mapping[str, str], ...]
    seed: int
    selection: str
    """How the resident was selected: one of RESIDENT_CHOICES, or empty for a number."""
    onset: int | None
    person: StoryPerson
    arms: list[StoryArm]

    def to_dict(self) -> dict[str, Any]:
        """The story as plain data, for JSON."""
        return {**asdict(self), "parted": self.find_divergence_day()}

    def find_divergence_day(self) -> int | None:
        """First day on which the events of the two arms differ, apart from those of levers; None if they never do."""
        if len(self.arms) < 2:
            return None
        first, second = (Counter(event.comparison_key() for event in arm.events if event.what != "lever")
                         for arm in self.arms[:2])
        return min((key[0] for key in (first - second) + (second - first)), default=None)
