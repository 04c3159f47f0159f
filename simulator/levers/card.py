"""The card of an action lever: whom it reaches, when, which handles it turns, what it costs, what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..cards.reader import CardError, Where, build, check_id, entry, refuse
from ..parameters import GRADES
from ..world.sites.site import HOSTS

__all__ = ["CardError", "Cost", "Evidence", "Lever", "Places", "Price", "Projects", "Staffing", "Target", "Turn",
           "Window", "from_mapping"]

OPS = ("add", "scale", "set")
UNITS = ("lever", "site", "resident", "household", "building", "neighbourhood", "registered", "institution", "project",
         "thousand")
"""thousand: thousands of residents of the communes reached."""
KINDS = ("one_person", "couple", "couple_with_children", "lone_parent", "other")
AT_LEVERS = "levers"
"""A window may start at the calendar's lever date, under this name."""


@dataclass
class Places:
    """Neighbourhoods chosen by a rule, ranked on the day the lever begins; ties go to the smaller uid."""

    rule: str = entry("all", doc="all of them, or the lowest or highest few", choices=("all", "lowest", "highest"))
    by: str = entry("awareness", doc="what they are ranked by",
                    choices=("awareness", "income", "climate", "frailty", "places", "unmet", "agency"))
    count: int = entry(0, doc="how many of them", low=0)


@dataclass
class Target:
    """Whom a lever reaches. Every condition must hold; moving attributes are read once, when the lever begins."""

    communes: list[int] = entry(list, doc="INSEE codes of communes; none listed means all", low=1)
    neighbourhoods: Places = entry(Places, doc="neighbourhoods by a rule")
    priority_district: bool = entry(False, doc="only priority districts (QPV)")
    near_sites_km: float = entry(0.0, doc="only residents this near to a targeted site; 0: anywhere", unit="km", low=0)
    age_low: int = entry(0, doc="youngest", unit="yr", low=0, high=120)
    age_high: int = entry(120, doc="oldest", unit="yr", low=0, high=120)
    gender: str = entry("all", doc="whom by gender", choices=("all", "women", "men"))
    quintiles: list[int] = entry(list, doc="fifths of income, 0 the poorest; none listed means all", low=0, high=4)
    language_barrier: bool = entry(False, doc="only those held back by language")
    households: list[str] = entry(list, doc="kinds of household; none listed means all", choices=KINDS)
    membership: str = entry("all", doc="whom by membership of a site", choices=("all", "members", "others"))
    badly_insulated: bool = entry(False, doc="only those in badly insulated dwellings")
    without_kit: bool = entry(False, doc="only households without a kit of their own")
    isolated: bool = entry(False, doc="only isolated adults: too few contacts a year")
    consenting: bool = entry(False, doc="only those willing to be on a register")
    coverage: float = entry(1.0, doc="share of them that is reached; a wider coverage contains a narrower one",
                            unit="share", low=0, high=1)
    coverage_of: str = entry("resident", doc="reached one by one, or by whole households or buildings",
                             choices=("resident", "household", "building"))
    sites: str = entry("all", doc="which sites: all, the real ones, the generic ones, those of site_ids, or by a rule",
                       choices=("all", "real", "generic", "ids", "nearest", "lowest", "highest", "none"))
    site_ids: list[int] = entry(list, doc="uids of sites", low=0)
    site_count: int = entry(0, doc="how many of the nearest, lowest or highest", low=0)
    sites_by: str = entry("members", doc="what the lowest or highest are ranked by",
                          choices=("members", "staff", "places", "hours"))
    institutions: list[int] = entry(list, doc="INSEE codes of institutions; none listed means all", low=1)


@dataclass
class Window:
    """When a lever acts: from start + lead time, growing over ramp_days, for `days` days (0: to the end of the run).

    With a trigger it waits from `start` on, begins once, on the day after the sign, and takes its lead time from there.
    """

    start: str = entry(AT_LEVERS, doc="'levers' (the calendar's lever date) or an ISO date")
    days: int = entry(0, doc="days it acts; 0: to the end", unit="days", low=0, high=18250)
    ramp_days: int = entry(0, doc="days until it acts in full", unit="days", low=0, high=1825)
    lead_time_days: int = entry(0, doc="days to recruit and prepare before it acts", unit="days", low=0, high=1825)
    trigger: str = entry("", doc="starts by itself after `start`: when a crisis begins, or when much stays unmet",
                         choices=("", "crisis", "unmet"))
    trigger_level: float = entry(0.0, doc="share of needs unmet above which it starts", unit="share", low=0, high=1)
    trigger_days: int = entry(1, doc="days in a row above that level", unit="days", low=1, high=365)


@dataclass
class Turn:
    """One handle turned, per unit of dose: value = (set or base) x scale^(dose x ramp) + add x dose x ramp."""

    handle: str = entry(doc="a handle's name")
    op: str = entry(doc="what is done to it", choices=OPS)
    value: float = entry(doc="by how much")
    low: float | None = entry(None, doc="least plausible value")
    high: float | None = entry(None, doc="greatest plausible value")
    grade: str = entry("assumption", doc="how well the value is known", choices=GRADES)
    source: str = entry("", doc="where the value comes from")


@dataclass
class Staffing:
    """People to recruit, per unit of dose."""

    fte: float = entry(0.0, doc="posts", unit="FTE", low=0, high=1000)
    per: str = entry("lever", doc="for the whole lever, or for each unit it reaches", choices=UNITS)
    volunteers: float = entry(0.0, doc="volunteers to find", low=0)


@dataclass
class Price:
    """A price with its plausible range."""

    value: float = entry(0.0, doc="default", unit="EUR", low=0)
    low: float = entry(0.0, doc="lowest", unit="EUR", low=0)
    high: float = entry(0.0, doc="highest", unit="EUR", low=0)


@dataclass
class Cost:
    """What a lever costs per unit of dose, and who pays."""

    setup: Price = entry(Price, doc="once, for the whole lever", unit="EUR")
    per_year: Price = entry(Price, doc="each year, for the whole lever", unit="EUR/yr")
    per_fte_year: Price = entry(Price, doc="each year, for each post", unit="EUR/FTE/yr")
    setup_per_unit: Price = entry(Price, doc="once, for each unit reached", unit="EUR")
    per_unit_year: Price = entry(Price, doc="each year, for each unit reached", unit="EUR/yr")
    unit: str = entry("lever", doc="what is counted", choices=UNITS)
    payer: str = entry("", doc="who pays: departement, commune, state, foundation, association, …")
    price_year: int = entry(2025, doc="year of the prices", low=2000, high=2100)
    source: str = entry("", doc="where the prices come from")
    grade: str = entry("assumption", doc="how well they are known", choices=GRADES)


@dataclass
class Evidence:
    """What is known of a lever's effect."""

    text: str = entry("", doc="what was observed, in a sentence or two")
    text_fr: str = entry("", doc="the same in French")
    source: str = entry("", doc="where")
    grade: str = entry("assumption", doc="how well the size of the effect is known", choices=GRADES)


@dataclass
class Projects:
    """Where the sites go that a lever opens, and what they are like; their number is its turn of territory.projects."""

    by: str = entry("places", doc="placed where neighbourhoods have least of this",
                    choices=("places", "awareness", "income", "climate", "agency"))
    days: int = entry(0, doc="how long each stays open, 0: as long as the lever", unit="days", low=0, high=3650)
    places: float = entry(90.0, doc="places a week", unit="places/week", low=5, high=1000)
    staff: float = entry(1.5, doc="posts", unit="FTE", low=0, high=30)
    hours: float = entry(30.0, doc="opening hours", unit="h/week", low=1, high=100)
    kits: int = entry(20, doc="kits on the shelf", unit="kits", low=0, high=1000)
    host: str = entry("association", doc="who runs it", choices=HOSTS)


@dataclass
class Lever:
    """An action lever as data. It turns handles and nothing else; it may do nothing, or harm."""

    id: str = entry(doc="short name: small letters, digits and _")
    label_fr: str = entry(doc="French name")
    label_en: str = entry(doc="English name")
    explanation_fr: str = entry(doc="one French paragraph")
    explanation_en: str = entry(doc="one English paragraph")
    mechanism: str = entry(doc="through what it acts, in a sentence")
    mechanism_fr: str = entry("", doc="the same in French")
    code: str = entry("", doc="number in the model's list of levers: L1 to L21, R1 to R4 for references")
    turns: list[Turn] = entry(list, doc="handles turned")
    target: Target = entry(Target, doc="whom it reaches")
    window: Window = entry(Window, doc="when it acts")
    dose: float = entry(1.0, doc="how much of it", low=0, high=1000)
    dose_low: float = entry(0.0, doc="least dose that makes sense", low=0, high=1000)
    dose_high: float = entry(2.0, doc="greatest dose that makes sense", low=0, high=1000)
    dose_unit: str = entry("", doc="what one unit of dose is")
    dose_unit_fr: str = entry("", doc="the same in French")
    projects: Projects = entry(Projects, doc="sites it opens")
    staffing: Staffing = entry(Staffing, doc="people to recruit")
    cost: Cost = entry(Cost, doc="what it costs")
    handed_over: bool = entry(False, doc="true if those it reached are handed over when it ends")
    evidence: Evidence = entry(Evidence, doc="what is known")
    capacity: str = entry("", doc="how many people or places it can serve")
    capacity_fr: str = entry("", doc="the same in French")
    personal_data: str = entry("", doc="consent and data protection, where persons are listed")
    personal_data_fr: str = entry("", doc="the same in French")
    limits: str = entry("", doc="what it cannot do, and what it needs to work")
    limits_fr: str = entry("", doc="the same in French")
    side_effects: str = entry("", doc="what it may spoil")
    side_effects_fr: str = entry("", doc="the same in French")

    def check(self, where: Where | str = "card") -> None:
        """CardError for entries that contradict one another or cannot be."""
        place = Where(where) if isinstance(where, str) else where
        check_id(place, self.id)
        if self.window.start != AT_LEVERS and not _is_date(self.window.start):
            raise refuse(place, ("window", "start"), f"= {self.window.start!r}",
                         "'levers' or a date such as 2026-01-05", "correct the date")
        if self.window.trigger == "unmet" and self.window.trigger_level <= 0:
            raise refuse(place, ("window", "trigger_level"), "= 0", "a share of needs above 0", "give it, such as 0.2")
        if not self.dose_low <= self.dose_high:
            raise refuse(place, ("dose_low",), f"= {self.dose_low:g}", f"at most dose_high = {self.dose_high:g}",
                         "correct one of them")
        if self.target.age_low > self.target.age_high:
            raise refuse(place, ("target", "age_low"), f"= {self.target.age_low}",
                         f"at most age_high = {self.target.age_high}", "correct one of them")
        for number, turn in enumerate(self.turns):
            if turn.op == "scale" and turn.value <= 0:
                raise refuse(place, ("turns", number, "value"), f"= {turn.value:g}", "a factor above 0",
                             "use op: set to bring a handle to 0")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def from_mapping(mapping: Mapping[str, Any], where: Where | str = "card") -> Lever:
    """A lever from plain data. CardError in one line: where, what was found, what was expected, what to do."""
    lever = build(Lever, mapping, where)
    lever.check(where)
    return lever
