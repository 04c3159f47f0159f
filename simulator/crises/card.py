"""The card of a crisis: who is exposed, what they come to need, what stops working, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ..cards.reader import CardError, Where, build, check_id, entry, refuse
from ..parameters import GRADES
from ..rules.domain import DOMAINS

__all__ = ["CardError", "Crisis", "Exposure", "Need", "Needs", "Service", "Services", "from_mapping"]

MODES = ("flow", "event", "stock")
"""flow: small needs day after day · event: lumpy needs · stock: once, on the first day."""
GRADED = ("days", "exposure", "needs", "carry", "damage", "services", "institution_delay", "mortality_slope")
GRADED_IF_USED = ("hit", "sites", "trust_loss")


@dataclass
class Exposure:
    """How strongly residents are hit, 0 to 1: shares that add up, never above 1."""

    base: float = entry(0.0, doc="everyone", low=0, high=1)
    top_floor: float = entry(0.0, doc="under the roof", low=0, high=1)
    poor_insulation: float = entry(0.0, doc="badly insulated building", low=0, high=1)
    heat_island: float = entry(0.0, doc="neighbourhood where summers are hotter", low=0, high=1)
    feeder: float = entry(0.0, doc="on a power feeder that fails", low=0, high=1)
    feeder_share: float = entry(0.0, doc="share of feeders that fail", unit="share", low=0, high=1)
    flood_zone_ground_floor: float = entry(0.0, doc="ground floor in a flood zone", low=0, high=1)
    runoff_ground_floor: float = entry(0.0, doc="ground floor where storm water gathers, outside flood zones", low=0,
                                       high=1)
    runoff_share: float = entry(0.0, doc="share of neighbourhoods where it does, at least one", unit="share", low=0,
                                high=1)
    low_income: float = entry(0.0, doc="income fifth up to low_income_quintile", low=0, high=1)
    low_income_quintile: int = entry(1, doc="highest fifth that counts as low, 0 the poorest", low=0, high=4)
    failing_building: float = entry(0.0, doc="failing co-ownership", low=0, high=1)
    lift_failure: float = entry(0.0, doc="failing co-ownership with a lift, from the third floor up, in full from the "
                                "eighth, for the old, the ill and those with a pram", low=0, high=1)
    heating_failure: float = entry(0.0, doc="failing co-ownership, for the old, the ill and those with a small child",
                                   low=0, high=1)
    neighbourhood: float = entry(0.0, doc="in a neighbourhood that is struck", low=0, high=1)
    neighbourhood_share: float = entry(0.0, doc="share of neighbourhoods that are struck, at least one", unit="share",
                                       low=0, high=1)
    neighbourhood_among: str = entry("all", doc="which neighbourhoods may be struck", choices=("all", "priority"))
    evacuated: float = entry(0.0, doc="in a building that is emptied", low=0, high=1)
    evacuated_share: float = entry(0.0, doc="share of failing buildings that are emptied, at least one building",
                                   unit="share", low=0, high=1)
    site_users: float = entry(0.0, doc="members of a site that is shut", low=0, high=1)
    after_cushion: bool = entry(False, doc="true if need begins only once the cash cushion is empty")
    income_gap: float = entry(0.0, doc="share of income that goes missing, draining the cushion", unit="share", low=0,
                              high=1)


@dataclass
class Need:
    """Need per day at exposure 1: base + frailty x the resident's frailty."""

    base: float = entry(0.0, doc="whatever the frailty", unit="h or units/d", low=0, high=50)
    frailty: float = entry(0.0, doc="more, per unit of frailty", unit="h or units/d", low=0, high=50)


@dataclass
class Needs:
    """Needs of the four domains; in stock mode they come once."""

    food: Need = entry(Need, doc="food and essentials, person-days")
    kit: Need = entry(Need, doc="cool, warm or lit place, tools, kit-days")
    care: Need = entry(Need, doc="hands, errands, checks, hours")
    know: Need = entry(Need, doc="rights, information, repair, hours")


@dataclass
class Service:
    """What is left of a service at severity 1: `level` from day `after_days`, reached over `fade_days`."""

    level: float = entry(1.0, doc="what is left", unit="share", low=0, high=1)
    after_days: int = entry(0, doc="days it still holds", unit="days", low=0, high=365)
    fade_days: int = entry(0, doc="days it takes to fade to the level", unit="days", low=0, high=365)
    until_days: int = entry(0, doc="day on which it is back, 0: with the end of the crisis", unit="days", low=0,
                            high=1825)


@dataclass
class Services:
    """Everything a crisis may interrupt; each turns the territory's handle of the same name."""

    site_open: Service = entry(Service, doc="activity of sites")
    meet: Service = entry(Service, doc="meeting people who live elsewhere")
    institution: Service = entry(Service, doc="capacity of institutions")
    phone: Service = entry(Service, doc="being found and called by telephone")
    shops: Service = entry(Service, doc="shops: restocking of households")


@dataclass
class Hit:
    """What the crisis takes from those it hits alone; the rest of the territory goes on."""

    contact: Service = entry(Service, doc="visits to one's ties")
    at_site: Service = entry(Service, doc="coming to one's site")
    restock: Service = entry(Service, doc="restocking of the household")


@dataclass
class Shut:
    """Sites that the crisis shuts or slows down."""

    where: str = entry("nowhere", doc="which sites may be hit",
                       choices=("nowhere", "everywhere", "struck_neighbourhoods", "flooded"))
    share: float = entry(1.0, doc="chance of each of them", unit="probability", low=0, high=1)
    service: Service = entry(Service, doc="activity left to them")


def _usual_carry() -> list[float]:
    return [0.0, 0.0, 0.0, 0.0]


@dataclass
class Crisis:
    """A crisis as data. At severity 0 it is no crisis at all."""

    id: str = entry(doc="short name: small letters, digits and _")
    label_fr: str = entry(doc="French name")
    label_en: str = entry(doc="English name")
    explanation_fr: str = entry(doc="one French paragraph")
    explanation_en: str = entry(doc="one English paragraph")
    start: str = entry(doc="ISO date of its first day")
    days: int = entry(doc="how long it lasts", unit="days", low=1, high=1825)
    mode: str = entry(doc="how needs come", choices=MODES)
    days_low: int = entry(0, doc="shortest documented or plausible", unit="days", low=0, high=1825)
    days_high: int = entry(0, doc="longest documented or plausible, 0: not said", unit="days", low=0, high=1825)
    again: list[str] = entry(list, doc="ISO dates on which the same crisis comes back")
    severity: float = entry(1.0, doc="dial: 0 nothing, 1 the card's numbers, 2 twice as hard", low=0, high=2)
    exposure: Exposure = entry(Exposure, doc="who is hit, how strongly")
    needs: Needs = entry(Needs, doc="needs per day at exposure 1")
    carry: list[float] = entry(_usual_carry, doc="share of an unmet need still there a day later, by domain",
                               unit="1/d", low=0, high=1)
    damage: float = entry(0.0, doc="functioning lost per day and unit of dose (lambda)", unit="1/d", low=0, high=1)
    damage_by: str = entry("need", doc="what the damage grows with", choices=("frailty", "need"))
    services: Services = entry(Services, doc="what stops working")
    hit: Hit = entry(Hit, doc="what those who are hit lose")
    sites: Shut = entry(Shut, doc="sites that are hit")
    trust_loss: float = entry(0.0, doc="loss dose of trust in institutions on the first day, at exposure 1", low=0,
                              high=3)
    institution_delay: int = entry(0, doc="days before institutions give", unit="days", low=0, high=365)
    mortality_slope: float = entry(0.0, doc="log hazard of death per unit of uncovered heat dose", low=0, high=10)
    sources: list[str] = entry(list, doc="where the numbers come from")
    sources_fr: list[str] = entry(list, doc="the same in French")
    grades: dict[str, str] = entry(dict, doc=f"grade of each of {', '.join(GRADED + GRADED_IF_USED)}",
                                   choices=GRADES)

    @property
    def starts(self) -> list[str]:
        """ISO dates of its first days, in order: once, or each time it comes back."""
        return [self.start, *self.again]

    def sources_in(self, lang: str) -> list[str]:
        """Where the numbers come from, in a language; in English where the card has them in no other."""
        return self.sources_fr or self.sources if lang == "fr" else self.sources

    def rates(self) -> tuple[np.ndarray, np.ndarray]:
        """float64[d], float64[d]: need per day at exposure 1 is the first + frailty x the second."""
        rows = [getattr(self.needs, domain) for domain in DOMAINS]
        return np.array([r.base for r in rows], np.float64), np.array([r.frailty for r in rows], np.float64)

    def check(self, where: Where | str = "card") -> None:
        """CardError for entries that contradict one another or cannot be."""
        place = Where(where) if isinstance(where, str) else where
        check_id(place, self.id)
        _dated(self, place)
        if self.days_high and not self.days_low <= self.days <= self.days_high:
            raise refuse(place, ("days",), f"= {self.days}", f"{self.days_low} to {self.days_high} days", "correct it")
        if len(self.carry) != len(DOMAINS):
            raise refuse(place, ("carry",), f"has {len(self.carry)} numbers", f"{len(DOMAINS)}: {', '.join(DOMAINS)}",
                         "give one a domain")
        if self.exposure.after_cushion and self.exposure.income_gap == 0:
            raise refuse(place, ("exposure", "income_gap"), "= 0", "a share above 0 to drain the cushion",
                         "give it, or set after_cushion: false")


def _dated(crisis: Crisis, place: Where) -> None:
    """CardError unless the dates are dates, each after the days of the one before."""
    before: date | None = None
    for number, text in enumerate(crisis.starts):
        path = ("again", number - 1) if number else ("start",)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise refuse(place, path, f"= {text!r}", "a date such as 2027-08-04", "correct it") from None
        if before is not None and (day - before).days < crisis.days:
            raise refuse(place, path, f"= {text}", f"a date at least {crisis.days} days after the one before",
                         "move it, or copy the card under another id")
        before = day


def from_mapping(mapping: Mapping[str, Any], where: Where | str = "card") -> Crisis:
    """A crisis from plain data. CardError in one line: where, what was found, what was expected, what to do."""
    crisis = build(Crisis, mapping, where)
    crisis.check(where)
    return crisis
