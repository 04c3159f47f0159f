"""The card of an action lever: whom it reaches, when it acts, the handles it modifies, its cost and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..cards.errors import CardError, CardLocation, describe_range, make_card_error, quote_value
from ..cards.reader import build_card, card_entry, check_id, optional_text
from ..i18n.translation import Message, mark
from ..parameters import GRADES
from ..rules.need_domains import KIT_KINDS
from ..world.sites.site import HOSTS

__all__ = ["CardError", "Cost", "Evidence", "Lever", "LeverTarget", "Modifier", "NeighbourhoodRule", "NewSites",
           "Price", "Staffing", "Window", "parse_lever"]

OPERATIONS = ("add", "scale", "set")
COST_UNITS = ("lever", "site", "resident", "household", "building", "neighbourhood", "registered", "institution",
              "project", "thousand")
"""Units that costs and posts are counted in. thousand: thousands of residents of the communes reached."""
HOUSEHOLD_TYPES = ("one_person", "couple", "couple_with_children", "lone_parent", "other")
AT_LEVERS = "levers"
"""Value of Window.start for the lever date of the calendar."""


@dataclass
class NeighbourhoodRule:
    """Neighbourhoods selected by a rule, ranked on the day the lever begins; equal ones go to the smaller uid."""

    rule: str = card_entry("all", doc="all of them, or the lowest or highest few", choices=("all", "lowest", "highest"))
    by: str = card_entry("awareness", doc="what they are ranked by",
                         choices=("awareness", "income", "neighbourhood_support", "frailty", "places", "unmet",
                                  "agency"))
    count: int = card_entry(0, doc="how many of them", low=0)


@dataclass
class LeverTarget:
    """Whom a lever reaches. All conditions must hold; they are evaluated once, on the day the lever begins."""

    communes: list[int] = card_entry(list, doc="INSEE codes of communes; none listed means all", low=1)
    neighbourhoods: NeighbourhoodRule = card_entry(NeighbourhoodRule, doc="neighbourhoods by a rule")
    priority_district: bool = card_entry(False, doc="only priority districts (QPV)")
    near_sites_km: float = card_entry(0.0, doc="only residents this near to a targeted site; 0: anywhere", unit="km",
                                      low=0)
    age_low: int = card_entry(0, doc="youngest", unit="yr", low=0, high=120)
    age_high: int = card_entry(120, doc="oldest", unit="yr", low=0, high=120)
    gender: str = card_entry("all", doc="whom by gender", choices=("all", "women", "men"))
    quintiles: list[int] = card_entry(list, doc="fifths of income, 0 the poorest; none listed means all", low=0, high=4)
    language_barrier: bool = card_entry(False, doc="only those held back by language")
    households: list[str] = card_entry(list, doc="kinds of household; none listed means all", choices=HOUSEHOLD_TYPES)
    membership: str = card_entry("all", doc="whom by membership of a site", choices=("all", "members", "others"))
    badly_insulated: bool = card_entry(False, doc="only those in badly insulated dwellings")
    without_kit: str = card_entry("", doc="only households without a kit of this kind", choices=("", *KIT_KINDS))
    isolated: bool = card_entry(False, doc="only isolated adults: too few contacts a year")
    consenting: bool = card_entry(False, doc="only those willing to be on a register")
    coverage: float = card_entry(1.0, doc="share of them that is reached; a wider coverage contains a narrower one",
                                 unit="share", low=0, high=1)
    coverage_of: str = card_entry("resident", doc="reached one by one, or by whole households or buildings",
                                  choices=("resident", "household", "building"))
    sites: str = card_entry("all", doc="which sites: all, the real ones, the generic ones, those of site_ids, or by a "
                            "rule", choices=("all", "real", "generic", "ids", "nearest", "lowest", "highest", "none"))
    site_ids: list[int] = card_entry(list, doc="uids of sites", low=0)
    site_count: int = card_entry(0, doc="how many of the nearest, lowest or highest", low=0)
    sites_by: str = card_entry("members", doc="what the lowest or highest are ranked by",
                               choices=("members", "staff", "places", "hours"))
    institutions: list[int] = card_entry(list, doc="INSEE codes of institutions; none listed means all", low=1)


@dataclass
class Window:
    """When a lever acts: from start + lead time on, for `days` days (0: to the end), its effect growing over ramp_days.

    With a trigger it waits from `start` on, then starts once, on the day after the trigger fires, with its lead time.
    """

    start: str = card_entry(AT_LEVERS, doc="'levers' (the calendar's lever date) or an ISO date")
    days: int = card_entry(0, doc="days it acts; 0: to the end", unit="days", low=0, high=18250)
    ramp_days: int = card_entry(0, doc="days until it acts in full", unit="days", low=0, high=1825)
    lead_time_days: int = card_entry(0, doc="days to recruit and prepare before it acts", unit="days", low=0, high=1825)
    trigger: str = card_entry("", doc="starts by itself after `start`: when a crisis begins, or when much stays unmet",
                              choices=("", "crisis", "unmet"))
    trigger_level: float = card_entry(0.0, doc="share of needs unmet above which it starts", unit="share",
                                      low=0, high=1)
    trigger_days: int = card_entry(1, doc="days in a row above that level", unit="days", low=1, high=365)


@dataclass
class Modifier:
    """What one unit of dose does to a handle: value = (set or base) x scale^(dose x ramp) + add x dose x ramp."""

    handle: str = card_entry(doc=mark("a handle's name"))
    op: str = card_entry(doc=mark("what is done to it"), choices=OPERATIONS)
    value: float = card_entry(doc=mark("by how much"))
    low: float | None = card_entry(None, doc="least plausible value")
    high: float | None = card_entry(None, doc="greatest plausible value")
    grade: str = card_entry("assumption", doc="how well the value is known", choices=GRADES)
    source: str = card_entry("", doc="where the value comes from")


@dataclass
class Staffing:
    """Staff and volunteers to recruit, per unit of dose."""

    fte: float = card_entry(0.0, doc="posts", unit="FTE", low=0, high=1000)
    per: str = card_entry("lever", doc="for the whole lever, or for each unit it reaches", choices=COST_UNITS)
    volunteers: float = card_entry(0.0, doc="volunteers to find", low=0)


@dataclass
class Price:
    """A price with its plausible range."""

    value: float = card_entry(0.0, doc="default", unit="EUR", low=0)
    low: float = card_entry(0.0, doc="lowest", unit="EUR", low=0)
    high: float = card_entry(0.0, doc="highest", unit="EUR", low=0)


@dataclass
class Cost:
    """What a lever costs per unit of dose, and who pays."""

    setup: Price = card_entry(Price, doc="once, for the whole lever", unit="EUR")
    per_year: Price = card_entry(Price, doc="each year, for the whole lever", unit="EUR/yr")
    per_fte_year: Price = card_entry(Price, doc="each year, for each post", unit="EUR/FTE/yr")
    setup_per_unit: Price = card_entry(Price, doc="once, for each unit reached", unit="EUR")
    per_unit_year: Price = card_entry(Price, doc="each year, for each unit reached", unit="EUR/yr")
    unit: str = card_entry("lever", doc="what is counted", choices=COST_UNITS)
    payer: str = card_entry("", doc="who pays: departement, commune, state, foundation, association, …")
    price_year: int = card_entry(2025, doc="year of the prices", low=2000, high=2100)
    source: str = card_entry("", doc="where the prices come from")
    grade: str = card_entry("assumption", doc="how well they are known", choices=GRADES)


@dataclass
class Evidence:
    """What is known of a lever's effect."""

    text: str = card_entry("", doc="what was observed, in a sentence or two")
    text_fr: str = card_entry("", doc="the same in French")
    source: str = card_entry("", doc="where")
    grade: str = card_entry("assumption", doc="how well the size of the effect is known", choices=GRADES)


@dataclass
class NewSites:
    """The sites a lever opens: where and of what size. How many is its modifier of territory.new_sites."""

    by: str = card_entry("places", doc="placed where neighbourhoods have least of this",
                         choices=("places", "awareness", "income", "neighbourhood_support", "agency"))
    days: int = card_entry(0, doc="how long each stays open, 0: as long as the lever", unit="days", low=0, high=3650)
    places: float = card_entry(90.0, doc="places a week", unit="places/week", low=5, high=1000)
    staff: float = card_entry(1.5, doc="posts", unit="FTE", low=0, high=30)
    hours: float = card_entry(30.0, doc="opening hours", unit="h/week", low=1, high=100)
    kits: int = card_entry(20, doc="kits on the shelf", unit="kits", low=0, high=1000)
    host: str = card_entry("association", doc="who runs it", choices=HOSTS)


@dataclass
class Lever:
    """An action lever as data. It acts through handles alone; it may have no effect, or do harm."""

    id: str = card_entry(doc=mark("short name: small letters, digits and _"))
    label_fr: str = card_entry(doc=mark("French name"))
    label_en: str = optional_text(doc=mark("English name"))
    explanation_fr: str = card_entry(doc=mark("one French paragraph"))
    explanation_en: str = card_entry(doc=mark("one English paragraph"))
    mechanism: str = card_entry(doc=mark("through what it acts, in a sentence"))
    mechanism_fr: str = card_entry("", doc="the same in French")
    code: str = card_entry("", doc="number in the model's list of levers: L1 to L24, R1 to R4 for references")
    modifiers: list[Modifier] = card_entry(list, doc="handles turned")
    target: LeverTarget = card_entry(LeverTarget, doc="whom it reaches")
    window: Window = card_entry(Window, doc="when it acts")
    dose: float = card_entry(1.0, doc="how much of it", low=0, high=1000)
    dose_low: float = card_entry(0.0, doc="least dose that makes sense", low=0, high=1000)
    dose_high: float = card_entry(2.0, doc="greatest dose that makes sense", low=0, high=1000)
    dose_unit: str = card_entry("", doc="what one unit of dose is")
    dose_unit_fr: str = card_entry("", doc="the same in French")
    new_sites: NewSites = card_entry(NewSites, doc="sites it opens")
    staffing: Staffing = card_entry(Staffing, doc="people to recruit")
    cost: Cost = card_entry(Cost, doc="what it costs")
    handed_over: bool = card_entry(False, doc="true if those it reached are handed over when it ends")
    evidence: Evidence = card_entry(Evidence, doc="what is known")
    capacity: str = card_entry("", doc="how many people or places it can serve")
    capacity_fr: str = card_entry("", doc="the same in French")
    personal_data: str = card_entry("", doc="consent and data protection, where persons are listed")
    personal_data_fr: str = card_entry("", doc="the same in French")
    limits: str = card_entry("", doc="what it cannot do, and what it needs to work")
    limits_fr: str = card_entry("", doc="the same in French")
    side_effects: str = card_entry("", doc="what it may spoil")
    side_effects_fr: str = card_entry("", doc="the same in French")

    def check(self, where: CardLocation | str = "card") -> None:
        """CardError for entries that are impossible or contradict each other."""
        place = CardLocation(where) if isinstance(where, str) else where
        check_id(place, self.id)
        if self.window.start != AT_LEVERS and not _is_date(self.window.start):
            raise make_card_error(place, ("window", "start"), quote_value(self.window.start),
                                  Message("'levers' or a date such as 2026-01-05"), Message("correct the date"))
        if self.window.trigger == "unmet" and self.window.trigger_level <= 0:
            raise make_card_error(place, ("window", "trigger_level"), quote_value(0),
                                  Message("a share of needs above 0"), Message("give it, such as 0.2"))
        if not self.dose_low <= self.dose_high:
            raise make_card_error(place, ("dose_low",), Message("= {value:g}", value=self.dose_low),
                                  Message("at most dose_high = {most:g}", most=self.dose_high),
                                  Message("correct one of them"))
        for entry, found, expected, remedy in self.list_amounts_out_of_range():
            raise make_card_error(place, entry, found, expected, remedy)
        if self.target.age_low > self.target.age_high:
            raise make_card_error(place, ("target", "age_low"), quote_value(self.target.age_low),
                                  Message("at most age_high = {most}", most=self.target.age_high),
                                  Message("correct one of them"))
        for number, modifier in enumerate(self.modifiers):
            if modifier.op == "scale" and modifier.value <= 0:
                found = Message("= {value:g}", value=modifier.value)
                raise make_card_error(place, ("modifiers", number, "value"), found, Message("a factor above 0"),
                                      Message("use op: set to bring a handle to 0"))


    def list_amounts_out_of_range(self) -> Iterator[tuple[tuple[str, ...], Message, Message, Message]]:
        """(entry, found, expected, remedy) of a dose and of prices outside their ranges. Dose 0 is always accepted."""
        if self.dose and not self.dose_low <= self.dose <= self.dose_high:
            yield (("dose",), Message("= {value:g}", value=self.dose), describe_range(self.dose_low, self.dose_high),
                   Message("correct the dose or its range"))
        for name, price in vars(self.cost).items():
            if isinstance(price, Price) and not price.low <= price.value <= price.high:
                yield (("cost", name), Message("= {value:g} EUR", value=price.value),
                       describe_range(price.low, price.high), Message("give a range that holds it"))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def parse_lever(mapping: Mapping[str, Any], where: CardLocation | str = "card") -> Lever:
    """A lever from plain data. where: its location, for messages. CardError says what is wrong, where, what to do."""
    lever = build_card(Lever, mapping, where)
    lever.check(where)
    return lever
