"""Numbers of help in a crisis: who asks whom, what is promised, what sites, groups and institutions can do."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

ASSUMED = "assumption: no published figure found"
INSEE_SOURCE = "INSEE Focus 265: about three quarters of those in need ask, 94 % of those who ask get help"
MUTUAL_AID_SOURCE = "Drury & Ntontis 2022: activity of 4,000 British mutual-aid groups -75 % within 80 to 100 days"


@dataclass
class MutualAidParameters(ParameterGroup):
    """Asking and answering between persons in a crisis (the requests of everyday life have `asking` and `aiding`)."""

    never: float = parameter(0.25, unit="share", low=0.15, high=0.40, grade="published", source=INSEE_SOURCE,
                             doc="adults who never ask in a crisis, at usual power to act")
    never_agency: float = parameter(0.3, unit="share", low=0.0, high=0.6, source=ASSUMED,
                                    doc="fewer of them per unit of power to act above `usual_agency`")
    usual_agency: float = parameter(0.7, unit="power to act", low=0.5, high=0.9, grade="derived",
                                    source="mean of calm runs of three_sites", doc="power to act that is usual")
    voiced: float = parameter(0.93, unit="share", low=0.8, high=1.0, source=ASSUMED,
                              doc="domains of need in which somebody who asks does ask")
    threshold: float = parameter(0.25, unit="h or units", low=0.0, high=1.0, source=ASSUMED,
                                 doc="open need below which nobody asks")
    asked: float = parameter(5.0, unit="persons", low=3.0, high=8.0, grade="derived",
                             source="Apur survey of June 2023 (Le Monde 2024): 89 % name at least five people to ask",
                             doc="people asked at a time")
    again: float = parameter(28.0, unit="days", low=14.0, high=90.0, source=ASSUMED, doc="days before one asks anew")
    goodwill: float = parameter(0.85, unit="factor", low=0.7, high=1.0, source=ASSUMED,
                                doc="on the chance of a yes, for each time asked before")
    available: float = parameter(0.5, unit="share", low=0.4, high=0.8, grade="derived", source=INSEE_SOURCE,
                                 doc="people who could help just now; set so that 94 % of those who ask get help")
    base: float = parameter(-1.3, unit="logit", low=-3.0, high=0.0, grade="derived",
                            source="Rossi 2023 and Hertie/BVA 2019: willing to help a stranger .2 to .4",
                            doc="willingness without trust")
    slope: float = parameter(6.1, unit="logit", low=3.0, high=9.0, grade="derived",
                             source="the same: a weak tie half, kin .95", doc="weight of the helper's trust")
    choice_trust: float = parameter(6.0, unit="-", low=3.0, high=12.0, source=ASSUMED,
                                    doc="weight of trust in whom to ask: people ask those who can give")
    choice_distance: float = parameter(0.3, unit="1/km", low=0.0, high=1.0, source=ASSUMED,
                                       doc="weight of distance in whom to ask, up to five km")
    far_kin_trust: float = parameter(0.7, unit="trust", low=0.5, high=0.95, source=ASSUMED,
                                     doc="trust between a resident and kin who live off the map")
    far_other_trust: float = parameter(0.3, unit="trust", low=0.1, high=0.6, source=ASSUMED,
                                       doc="trust between a resident and others off the map")
    acquaintance_trust: float = parameter(0.2, unit="trust", low=0.08, high=0.4, grade="derived",
                                          source="willing to help a stranger .2 to .4 (Rossi 2023)",
                                          doc="trust that an acquaintance next door is given")
    acquaintances: float = parameter(4.0, unit="persons", low=1.0, high=6.0, grade="derived",
                                     source="BVA 2019: 87 % have some contact with neighbours; three to five of them",
                                     doc="people of the building whom one knows by sight")
    no_acquaintance: float = parameter(0.13, unit="share", low=0.05, high=0.3, grade="published",
                                       source="BVA survey for the Fête des voisins 2019 (France Bleu): 13 % no contact",
                                       doc="adults who know nobody next door")
    hours: float = parameter(0.5, unit="h/week", low=0.25, high=1.0, source=ASSUMED,
                             doc="hours a week that a yes promises, without trust")
    hours_trust: float = parameter(4.0, unit="h/week", low=2.0, high=8.0, source="assumption; a garden member gives "
                                   "1.5 h a week (Litt et al. 2023)", doc="more of them at full trust")
    goods: float = parameter(0.6, unit="share", low=0.3, high=1.0, source=ASSUMED,
                             doc="of the promised hours, in money and goods")
    far_goods: float = parameter(0.7, unit="share", low=0.3, high=1.0, source=ASSUMED,
                                 doc="of the promised hours, in money and goods from far away")
    far_hands: float = parameter(0.1, unit="share", low=0.0, high=0.5, source=ASSUMED,
                                 doc="of the promised hours, in hands from far away")
    spare: float = parameter(0.35, unit="h/d", low=0.1, high=0.7, source=ASSUMED,
                             doc="hours a day that an adult can give to others in all")
    spare_base: float = parameter(0.4, unit="share", low=0.2, high=1.0, source=ASSUMED,
                                  doc="of that, without power to act")
    spare_agency: float = parameter(0.85, unit="share", low=0.0, high=1.5, source=ASSUMED,
                                    doc="more with full power to act")
    hit_helper: float = parameter(0.5, unit="share", low=0.3, high=0.8, source="assumption; sign: giving falls inside "
                                  "the hit place (Natural Hazards 2020, doi:10.1007/s11069-020-04365-2)",
                                  doc="of spare hours and of willingness that is left to who is hit")
    tire: float = parameter(90.0, unit="days", low=45.0, high=180.0, grade="derived", source=MUTUAL_AID_SOURCE,
                            doc="half-life of a promise of hours")
    tire_kin: float = parameter(720.0, unit="days", low=360.0, high=1440.0, source=ASSUMED,
                                doc="half-life of a promise of kin, and half of that of people far away")
    found: float = parameter(0.002, unit="1/d", low=0.0, high=0.005, source=ASSUMED,
                             doc="chance that who does not ask is found in need by others")


@dataclass
class CollectiveAidParameters(ParameterGroup):
    """What sites, crisis reserves, groups born of the crisis and institutions do about needs of a crisis."""

    site_use: float = parameter(0.48, unit="share", low=0.3, high=0.7, grade="published",
                                source="Crédoc/INRAE 2023: 52 % of those in food need use no food aid",
                                doc="of those who know a site, who bring it a need")
    site_hours: float = parameter(1.5, unit="h/week", low=0.5, high=3.0, grade="derived",
                                  source="Litt et al. 2023 (CAPS trial): median 90 minutes a week",
                                  doc="hours that a member of the roster gives in a crisis")
    apply: float = parameter(0.25, unit="share", low=0.15, high=0.6, source="assumption; AP-NORC 2013: 41 % asked "
                             "ties, 16 % the federal and 7 % the state government",
                             doc="adults in need who apply to the institution, at usual trust")
    usual_trust: float = parameter(0.56, unit="trust", low=0.4, high=0.7, grade="derived",
                                   source="CEVIPOF 2026: mayor .60, council .58, department .46",
                                   doc="trust in institutions that is usual")
    weekly_food: float = parameter(3.0, unit="units/week", low=1.0, high=7.0, source=ASSUMED,
                                   doc="most that sites, groups or institutions give one household, essentials")
    weekly_equipment: float = parameter(6.0, unit="units/week", low=2.0, high=12.0, source=ASSUMED,
                                        doc="the same, housing and equipment")
    weekly_assistance: float = parameter(6.0, unit="h/week", low=2.0, high=12.0, source=ASSUMED, doc="the same, hands")
    weekly_know_how: float = parameter(3.0, unit="h/week", low=1.0, high=6.0, source=ASSUMED,
                                       doc="the same, know-how")
    site_equipment: float = parameter(0.3, unit="share", low=0.1, high=1.0, source=ASSUMED,
                                      doc="of that, what volunteers can do about housing and equipment")
    reserve_hours: float = parameter(3.0, unit="h/week", low=1.0, high=10.0, source=ASSUMED,
                                     doc="hours that a volunteer of a crisis reserve gives")
    reserve_matched: float = parameter(0.4, unit="share", low=0.2, high=0.8, source=ASSUMED,
                                       doc="of these, matched to a need that somebody voiced")
    group_joins: float = parameter(0.0018, unit="1/d", low=0.0006, high=0.006, grade="derived",
                                   source="Student Volunteer Army, Christchurch 2010: .7 % of the city in two weeks",
                                   doc="share of adults who join a group born of the crisis a day, at its peak")
    group_rise: float = parameter(7.0, unit="days", low=2.0, high=14.0, grade="derived", source=MUTUAL_AID_SOURCE,
                                  doc="days in which groups form")
    group_fall: float = parameter(10.0, unit="days", low=5.0, high=30.0, grade="derived", source=MUTUAL_AID_SOURCE,
                                  doc="days in which joining fades")
    group_stay: float = parameter(45.0, unit="days", low=20.0, high=90.0, grade="derived", source=MUTUAL_AID_SOURCE,
                                  doc="mean stay of a volunteer")
    group_core: float = parameter(0.05, unit="share", low=0.0, high=0.3, source=ASSUMED,
                                  doc="volunteers who stay on for years")
    group_core_hosted: float = parameter(0.20, unit="share", low=0.0, high=0.5, source=ASSUMED,
                                         doc="more of them where a site hosts the group")
    group_hosting: float = parameter(0.2, unit="share", low=0.0, high=0.5, source=ASSUMED,
                                     doc="sites that host a group of their own accord")
    group_core_days: float = parameter(1050.0, unit="days", low=365.0, high=2000.0, source=ASSUMED,
                                       doc="mean stay of these: half are gone in two years")
    group_hours: float = parameter(2.5, unit="h/week", low=1.0, high=5.0, source=ASSUMED,
                                   doc="hours that a volunteer of a group gives")
    group_known: float = parameter(0.25, unit="share", low=0.1, high=0.6,
                                   source="assumption; Maclean's 1998: offers of shelter exceed requests by far: "
                                   "knowing of help is the limit",
                                   doc="people in need who know of a group")
    group_known_hosted: float = parameter(0.15, unit="share", low=0.0, high=0.4, source=ASSUMED,
                                          doc="more of them where a site hosts the group")
