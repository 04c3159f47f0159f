"""The card of a crisis: who is exposed, what needs arise, what stops working, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ..cards.errors import CardError, CardLocation, make_card_error, quote_value
from ..cards.reader import build_card, card_entry, check_id, optional_text
from ..i18n.translation import Message, mark
from ..parameters import GRADES
from ..rules.need_domains import DOMAINS, KIT_KINDS

__all__ = ["CardError", "Crisis", "Exposure", "NeedRate", "NeedRates", "Service", "Services", "parse_crisis"]

NEED_MODE_CHOICES = ("flow", "event", "stock")
"""flow: small needs every day · event: rare, larger needs · stock: once, on the first day."""
GRADED_ENTRIES = ("days", "exposure", "needs", "carry", "services", "institution_delay")
GRADED_OPTIONAL_ENTRIES = ("damage", "displaced", "exposed_services", "sites", "trust_loss", "heat")


@dataclass
class Exposure:
    """How strongly residents are exposed, 0 to 1: shares that add up to at most 1."""

    base: float = card_entry(0.0, doc="everyone", low=0, high=1)
    top_floor: float = card_entry(0.0, doc="under the roof", low=0, high=1)
    poor_insulation: float = card_entry(0.0, doc="badly insulated building", low=0, high=1)
    heat_island: float = card_entry(0.0, doc="neighbourhood where summers are hotter", low=0, high=1)
    feeder: float = card_entry(0.0, doc="on a power feeder that fails", low=0, high=1)
    feeder_share: float = card_entry(0.0, doc="share of feeders that fail", unit="share", low=0, high=1)
    flood_zone_ground_floor: float = card_entry(0.0, doc="ground floor in a flood zone", low=0, high=1)
    runoff_ground_floor: float = card_entry(0.0, doc="ground floor where storm water gathers, outside flood zones",
                                            low=0, high=1)
    runoff_share: float = card_entry(0.0, doc="share of neighbourhoods where it does, at least one", unit="share",
                                     low=0, high=1)
    low_income: float = card_entry(0.0, doc="income fifth up to low_income_quintile", low=0, high=1)
    low_income_quintile: int = card_entry(1, doc="highest fifth that counts as low, 0 the poorest", low=0, high=4)
    failing_building: float = card_entry(0.0, doc="failing co-ownership", low=0, high=1)
    lift_failure: float = card_entry(0.0, doc="failing co-ownership with a lift, from the third floor up, in full from "
                                     "the eighth, for the old, the ill and those with a pram", low=0, high=1)
    heating_failure: float = card_entry(0.0, doc="failing co-ownership, for the old, the ill and those with a small "
                                        "child", low=0, high=1)
    neighbourhood: float = card_entry(0.0, doc="in a neighbourhood that is struck", low=0, high=1)
    neighbourhood_share: float = card_entry(0.0, doc="share of neighbourhoods that are struck, at least one",
                                            unit="share", low=0, high=1)
    neighbourhood_among: str = card_entry("all", doc="which neighbourhoods may be struck", choices=("all", "priority"))
    evacuated: float = card_entry(0.0, doc="in a building that is emptied", low=0, high=1)
    evacuated_share: float = card_entry(0.0, doc="share of failing buildings that are emptied, at least one building",
                                        unit="share", low=0, high=1)
    site_users: float = card_entry(0.0, doc="members of a site that is shut", low=0, high=1)
    after_cushion: bool = card_entry(False, doc="true if need begins only once the cash cushion is empty")
    income_gap: float = card_entry(0.0, doc="share of income that goes missing, draining the cushion", unit="share",
                                   low=0, high=1)


@dataclass
class NeedRate:
    """Need per day at exposure 1: base + frailty x the resident's frailty."""

    base: float = card_entry(0.0, doc="whatever the frailty", unit="h or units/d", low=0, high=50)
    frailty: float = card_entry(0.0, doc="more, per unit of frailty", unit="h or units/d", low=0, high=50)
    share: float = card_entry(1.0, doc="share of the exposed who have this need", unit="share", low=0, high=1)
    spread: float = card_entry(0.0, doc="spread of it between them", unit="log sd", low=0, high=2)


@dataclass
class NeedRates:
    """Needs of an adult in the four domains, per day; in stock mode once, on the first day."""

    food: NeedRate = card_entry(NeedRate, doc="food and essentials, person-days")
    equipment: NeedRate = card_entry(NeedRate, doc="cool, warm or lit place, tools, kit-days")
    assistance: NeedRate = card_entry(NeedRate, doc="hands, errands, checks, hours")
    know_how: NeedRate = card_entry(NeedRate, doc="rights, information, repair, hours")


@dataclass
class DamageSize:
    """Aftermath of one domain that damage makes for a household at exposure 1, drawn from a log-normal curve."""

    median: float = card_entry(0.0, doc="median of what is to be made good", unit="h", low=0, high=2000)
    spread: float = card_entry(0.8, doc="spread of it between households", unit="log sd", low=0, high=2)


@dataclass
class Damage:
    """What the crisis destroys on its first day: work that lasts until it is done, whatever `days` says."""

    homes: float = card_entry(0.0, doc="share of exposed households that are damaged", unit="share", low=0, high=1)
    food: DamageSize = card_entry(DamageSize, doc="money and essentials lost")
    equipment: DamageSize = card_entry(DamageSize, doc="housing and equipment to repair or replace")
    assistance: DamageSize = card_entry(DamageSize, doc="hands: cleaning, moving, repair")
    know_how: DamageSize = card_entry(DamageSize, doc="papers, rights, support")

    def sizes(self) -> list[DamageSize]:
        """The damage of each domain."""
        return [getattr(self, domain) for domain in DOMAINS]


@dataclass
class Service:
    """What is left of a service at severity 1: `level`, reached over `fade_days` from day `after_days` on."""

    level: float = card_entry(1.0, doc="what is left", unit="share", low=0, high=1)
    after_days: int = card_entry(0, doc="days it still holds", unit="days", low=0, high=365)
    fade_days: int = card_entry(0, doc="days it takes to fade to the level", unit="days", low=0, high=365)
    until_days: int = card_entry(0, doc="day on which it is back, 0: with the end of the crisis", unit="days", low=0,
                                 high=1825)


@dataclass
class Services:
    """What a crisis may interrupt for everybody; each scales the territory's handle of the same name."""

    site_activity: Service = card_entry(Service, doc="activity of sites")
    visits: Service = card_entry(Service, doc="meeting people who live elsewhere")
    institution_capacity: Service = card_entry(Service, doc="capacity of institutions")
    phone: Service = card_entry(Service, doc="being found and called by telephone")
    restocking: Service = card_entry(Service, doc="shops: restocking of households")


@dataclass
class ExposedServices:
    """What the crisis interrupts only for the residents it exposes."""

    contact: Service = card_entry(Service, doc="visits to one's ties")
    site_access: Service = card_entry(Service, doc="coming to one's site")
    restock: Service = card_entry(Service, doc="restocking of the household")


@dataclass
class SiteClosure:
    """Sites that the crisis closes or slows down."""

    where: str = card_entry("nowhere", doc="which sites may be hit",
                            choices=("nowhere", "everywhere", "struck_neighbourhoods", "flooded"))
    share: float = card_entry(1.0, doc="chance of each of them", unit="probability", low=0, high=1)
    service: Service = card_entry(Service, doc="activity left to them")


@dataclass
class Heat:
    """How hot it gets each day, and what stands against heat deaths: the context, which is no lever's merit."""

    dose: float = card_entry(0.0, doc="dose of heat on the first day: 1 as in August 2003, 0 for none", unit="dose",
                             low=0, high=5)
    rise: float = card_entry(0.0, doc="how much more by the end of the rise", unit="dose", low=0, high=5)
    rise_days: int = card_entry(0, doc="days the rise takes", unit="days", low=0, high=60)
    after_days: int = card_entry(14, doc="days after it on which warnings and plans still act, as deaths lag behind",
                                 unit="days", low=0, high=60)
    awareness: float = card_entry(1.0, doc="heat deaths at home that alerts and knowing what to do leave", unit="share",
                                  low=0, high=1)
    care: float = card_entry(1.0, doc="heat deaths in hospitals and homes for the aged that their plans leave",
                             unit="share", low=0, high=1)
    air_conditioning: float = card_entry(1.0, doc="air-conditioned homes, against today's share", unit="x", low=0,
                                         high=5)
    cool_places: float = card_entry(1.0, doc="visits to cool places, against today's share", unit="x", low=0, high=5)
    calls: float = card_entry(1.0, doc="calls to residents on the register that are made", unit="share", low=0, high=1)


def _default_carry_over() -> list[float]:
    return [0.0, 0.0, 0.0, 0.0]


@dataclass
class Crisis:
    """A crisis as data. At severity 0 it has no effect."""

    id: str = card_entry(doc=mark("short name: small letters, digits and _"))
    label_fr: str = card_entry(doc=mark("French name"))
    label_en: str = optional_text(doc=mark("English name"))
    explanation_fr: str = card_entry(doc=mark("one French paragraph"))
    explanation_en: str = card_entry(doc=mark("one English paragraph"))
    start: str = card_entry(doc=mark("ISO date of its first day"))
    days: int = card_entry(doc=mark("how long it lasts"), unit="days", low=1, high=1825)
    mode: str = card_entry(doc=mark("how needs come"), choices=NEED_MODE_CHOICES)
    days_low: int = card_entry(0, doc="shortest documented or plausible", unit="days", low=0, high=1825)
    days_high: int = card_entry(0, doc="longest documented or plausible, 0: not said", unit="days", low=0, high=1825)
    again: list[str] = card_entry(list, doc="ISO dates on which the same crisis comes back")
    severity: float = card_entry(1.0, doc="dial: 0 nothing, 1 the card's numbers, 2 twice as hard", low=0, high=3)
    exposure: Exposure = card_entry(Exposure, doc="who is hit, how strongly")
    needs: NeedRates = card_entry(NeedRates, doc="needs per day at exposure 1")
    carry: list[float] = card_entry(_default_carry_over, doc="share of an unmet need still there a day later, by "
                                    "domain", unit="1/d", low=0, high=1)
    kinds: list[str] = card_entry(list, doc="kinds of equipment that meet its need for a place or equipment",
                                  choices=KIT_KINDS)
    damage: Damage = card_entry(Damage, doc="what is destroyed on the first day, at exposure 1")
    displaced: float = card_entry(0.0, doc="share of exposed households that must leave their homes", unit="share",
                                  low=0, high=1)
    lodged: float = card_entry(-1.0, doc="share of these whom kin or friends lodge, if they have any; -1: the model's",
                               unit="share", low=-1, high=1)
    follow_days: int = card_entry(365, doc="how long after its first day losses are followed", unit="days", low=30,
                                  high=1825)
    services: Services = card_entry(Services, doc="what stops working")
    exposed_services: ExposedServices = card_entry(ExposedServices, doc="what those who are hit lose")
    sites: SiteClosure = card_entry(SiteClosure, doc="sites that are hit")
    trust_loss: float = card_entry(0.0, doc="loss dose of trust in institutions on the first day, at exposure 1",
                                   low=0, high=3)
    institution_delay: int = card_entry(0, doc="days before institutions give", unit="days", low=0, high=365)
    heat: Heat = card_entry(Heat, doc="how hot it gets, and what stands against heat deaths")
    sources: list[str] = card_entry(list, doc="where the numbers come from")
    sources_fr: list[str] = card_entry(list, doc="the same in French")
    grades: dict[str, str] = card_entry(dict, choices=GRADES, doc="grade of each of "
                                        f"{', '.join(GRADED_ENTRIES + GRADED_OPTIONAL_ENTRIES)}")

    @property
    def starts(self) -> list[str]:
        """ISO dates of its first days, in order: `start`, then each date of `again`."""
        return [self.start, *self.again]

    def sources_in(self, lang: str) -> list[str]:
        """The sources in a language ("fr", else English); in English when the card has no French ones."""
        return self.sources_fr or self.sources if lang == "fr" else self.sources

    def rates(self) -> tuple[np.ndarray, np.ndarray]:
        """float64[d], float64[d]: base and slope of the need per day at exposure 1 (base + frailty x slope)."""
        rows = [getattr(self.needs, domain) for domain in DOMAINS]
        return np.array([r.base for r in rows], np.float64), np.array([r.frailty for r in rows], np.float64)

    def check(self, where: CardLocation | str = "card") -> None:
        """CardError for entries that are impossible or contradict each other."""
        place = CardLocation(where) if isinstance(where, str) else where
        check_id(place, self.id)
        _check_start_dates(self, place)
        if self.days_high and not self.days_low <= self.days <= self.days_high:
            expected = Message("{low} to {high} days", low=self.days_low, high=self.days_high)
            raise make_card_error(place, ("days",), quote_value(self.days), expected, Message("correct it"))
        if len(self.carry) != len(DOMAINS):
            raise make_card_error(place, ("carry",), Message("has {n} numbers", n=len(self.carry)),
                                  Message("{n}: {names}", n=len(DOMAINS), names=DOMAINS), Message("give one a domain"))
        if self.exposure.after_cushion and self.exposure.income_gap == 0:
            raise make_card_error(place, ("exposure", "income_gap"), quote_value(0),
                                  Message("a share above 0 to drain the cushion"),
                                  Message("give it, or set after_cushion: false"))


def _check_start_dates(crisis: Crisis, place: CardLocation) -> None:
    """CardError unless all are dates, each after the last day of the occurrence before."""
    previous: date | None = None
    for number, text in enumerate(crisis.starts):
        path = ("again", number - 1) if number else ("start",)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise make_card_error(place, path, quote_value(text), Message("a date such as 2027-08-04"),
                                  Message("correct it")) from None
        if previous is not None and (day - previous).days < crisis.days:
            raise make_card_error(place, path, Message("= {value}", value=text),
                                  Message("a date at least {n} days after the one before", n=crisis.days),
                                  Message("move it, or copy the card under another id"))
        previous = day


def parse_crisis(mapping: Mapping[str, Any], where: CardLocation | str = "card") -> Crisis:
    """A crisis from plain data. where: its location, for messages. CardError says what is wrong, where, what to do."""
    crisis = build_card(Crisis, mapping, where)
    crisis.check(where)
    return crisis
