"""Numbers of everyday needs and of help with them."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter


@dataclass
class NeedingParameters(ParameterGroup):
    """Everyday needs."""

    rate: float = parameter(0.025, unit="events/d", low=0.005, high=0.05, source="model 7.7; calibrated to P4",
                            doc="everyday needs per resident and domain")
    size: float = parameter(1.5, unit="h or units", low=0.5, high=4.0, source="model 7.7; tuned to P4",
                            doc="mean size of a need (exponential)")
    other_person: float = parameter(0.06, unit="probability", low=0.02, high=0.10, source="model 7.7; calibrated to P4",
                                    doc="an everyday need that takes another person, for the healthy")
    other_person_frail: float = parameter(0.45, unit="probability", low=0.2, high=0.9, source="model 7.7; tuned to P4",
                                          doc="more of them per unit of frailty")
    carry: float = parameter(0.5, unit="1/d", low=0.0, high=1.0, source="assumed",
                             doc="share of an unmet everyday need that is still there a day later")


@dataclass
class CopingParameters(ParameterGroup):
    """Own means and those of the household."""

    household: float = parameter(3.0, unit="h/d", low=1.0, high=5.0, source="model 7.7",
                                 doc="time another adult of the household can give")
    able: float = parameter(0.5, unit="frailty", low=0.2, high=0.9, source="model 7.7",
                            doc="below this frailty an adult can help")
    kit_days: float = parameter(1.0, unit="kit-days/d", low=1.0, high=5.0, source="assumed",
                                doc="people outside the household that a household's kit serves")


@dataclass
class AskingParameters(ParameterGroup):
    """Who asks, who is detected, whom they turn to."""

    ask: float = parameter(0.60, unit="probability", low=0.4, high=0.8, grade="published",
                           source="INSEE Focus 265: about three quarters of those in need asked",
                           doc="asks, with no power to act")
    ask_agency: float = parameter(0.30, unit="probability", low=0.0, high=0.4, source="model 7.7",
                                  doc="more with full power to act")
    tie_detection: float = parameter(0.3, unit="1/d", low=0.05, high=0.6, source="model 7.7 (p_c)",
                                     doc="a strong tie finds out, times its trust")
    neighbour_detection: float = parameter(0.02, unit="1/d", low=0.0, high=0.2, source="model 7.7 (p_b)",
                                           doc="a neighbour of the building finds out, times neighbourhood support")
    min_trust_to_ask: float = parameter(0.10, unit="trust", low=0.05, high=0.3, source="model 7.7 (theta_ask)",
                                        doc="one asks only ties trusted this much")
    stranger: float = parameter(0.08, unit="trust", low=0.0, high=0.2,
                                source="model 7.7; most rescues in Kobe 1995 were by neighbours and residents",
                                doc="trust given to the adult next door")
    trust: float = parameter(6.0, unit="-", low=0.0, high=12.0, source="model 7.7",
                             doc="weight of trust in whom to ask")
    skill: float = parameter(1.0, unit="-", low=0.0, high=3.0, source="model 7.7", doc="weight of the other's skill")
    distance: float = parameter(0.3, unit="1/km", low=0.0, high=1.0, source="model 7.7", doc="weight of distance")
    load: float = parameter(0.5, unit="per h/week", low=0.0, high=2.0, source="model 7.7",
                            doc="weight of the other's load")
    call: float = parameter(0.5, unit="1/d", low=0.1, high=1.0, grade="published",
                            source="Paris REFLEX: a call every 48 h", doc="calls to a registered resident in a crisis")


@dataclass
class AidingParameters(ParameterGroup):
    """Who accepts, how much is given, by ties, sites and institutions."""

    base: float = parameter(-1.0, unit="logit", low=-3.0, high=0.0, source="model 7.7; tuned to P4", doc="accepting")
    trust: float = parameter(5.0, unit="logit", low=2.0, high=8.0, source="model 7.7", doc="weight of trust")
    severity: float = parameter(1.5, unit="logit", low=0.0, high=3.0, source="model 7.7", doc="weight of severity")
    load: float = parameter(0.5, unit="logit per h/week", low=0.0, high=1.0, source="model 7.7", doc="weight of load")
    spare: float = parameter(0.2, unit="share", low=0.0, high=1.0, source="model 7.7", doc="spare time one would give")
    spare_agency: float = parameter(0.8, unit="share", low=0.0, high=1.0, source="model 7.7",
                                    doc="more with full power to act")
    cap: float = parameter(3.0, unit="h/d", low=1.0, high=5.0, source="model 7.7", doc="most that one person gives")
    act: float = parameter(1.0, unit="h or unit/d", low=0.5, high=3.0, source="model 7.7",
                           doc="size of one act of help")
    reserve: float = parameter(3.0, unit="days", low=1.0, high=7.0,
                               source="need-based rule, Aktipis et al. 2011, doi:10.1007/s10745-010-9364-9; "
                               "size assumed",
                               doc="stock below which a household gives nothing")
    load_days: float = parameter(28.0, unit="days", low=7.0, high=56.0, source="model 7.7",
                                 doc="memory of helping load")
    donation: float = parameter(0.02, unit="1/week", low=0.0, high=0.1, source="model 7.7",
                                doc="members who give a surplus to the pool")
    loan_lost: float = parameter(0.02, unit="share", low=0.0, high=0.1, source="model 7.7", doc="kits not returned")
    host_trust: float = parameter(0.3, unit="trust", low=0.0, high=0.6, source="model 7.7",
                                  doc="trust in the host needed to accept a site's relief")
    matched: float = parameter(0.3, unit="share", low=0.0, high=1.0, source="model 7.7",
                               doc="volunteer time matched, q = 0")
    matched_quality: float = parameter(0.7, unit="share", low=0.0, high=1.0, source="model 7.7", doc="more with q = 1")
    capacity: float = parameter(10.0, unit="h or units per 1000 residents/d", low=2.0, high=40.0, grade="derived",
                                source="DREES 2011-2015: hours of home help of the APA alone are 11.5",
                                doc="what the institution can give")
    apply: float = parameter(-2.0, unit="logit", low=-4.0, high=0.0, source="model 7.7", doc="applying for aid")
    apply_trust: float = parameter(3.0, unit="logit", low=0.0, high=6.0, source="model 7.7",
                                   doc="weight of trust in it")
    apply_skill: float = parameter(2.0, unit="logit", low=0.0, high=4.0, source="model 7.7", doc="weight of know-how")
    disappointment_days: float = parameter(30.0, unit="days", low=1.0, high=365.0, source="model 7.1",
                                           doc="an unmet application hurts at most once in so many days")
