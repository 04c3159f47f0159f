"""Numbers of the population: who lives together, incomes, jobs, barriers (model sections 2.1, 5.6 and 5.7)."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

FILOSOFI = "INSEE-DGFiP Filosofi 2021"
COUNTED_SOURCE = "counted per adult in calm runs of three_sites with these defaults, so that beliefs start at rest"


@dataclass
class PopulationParameters(ParameterGroup):
    """What the commune's published counts leave open."""

    # neighbourhoods and buildings
    neighbourhood: float = parameter(2600.0, unit="residents", low=1000.0, high=5000.0,
                                     source="size of an IRIS; model 0.8",
                                     doc="residents per neighbourhood", grade="published")
    income_spread: float = parameter(0.25, unit="log sd", low=0.0, high=0.6, source="assumed",
                                     doc="spread of neighbourhood incomes within a commune")
    priority: float = parameter(0.42, unit="share", low=0.2, high=0.6, grade="published",
                                source="Préfecture 2024: 697 700 residents of 75 priority districts in about 1 655 000",
                                doc="residents of the département who live in a priority district")
    priority_commune: float = parameter(0.8, unit="weight", low=0.0, high=1.0,
                                        source="set so that about 35 of 40 communes have one (Préfecture 2024)",
                                        doc="weight of the commune's income in what is poor")
    building: float = parameter(20.0, unit="households", low=8.0, high=60.0, source="model 0.8",
                                doc="households a building")
    row: float = parameter(6.0, unit="households", low=1.0, high=12.0, source="assumed",
                           doc="households in a row of houses that know each other as one building")
    houses: float = parameter(0.27, unit="share", low=0.1, high=0.5, source="assumed; INSEE order of magnitude",
                              doc="households in houses at the département's mean density; inversely with density")
    max_houses: float = parameter(0.85, unit="share", low=0.5, high=1.0, source="assumed", doc="most of them anywhere")
    density: float = parameter(7119.0, unit="residents/km2", low=5000.0, high=9000.0, grade="published",
                               source="INSEE RP2022: 1 681 725 residents on 236.2 km2", doc="the département's density")
    social_priority: float = parameter(0.70, unit="share", low=0.4, high=0.9, grade="published",
                                       source="INSEE Analyses Ile-de-France 101: priority districts of Greater Paris",
                                       doc="social housing in priority districts")
    social_elsewhere: float = parameter(0.05, unit="share", low=0.0, high=0.3, grade="derived",
                                        source="so that 32.4 % are social tenants (INSEE RP2013)",
                                        doc="social housing elsewhere")
    lift: float = parameter(0.85, unit="share", low=0.5, high=1.0, source="assumed",
                            doc="buildings of 5 floors or more with lift")
    insulation: float = parameter(0.35, unit="share", low=0.1, high=0.6, source="assumed",
                                  doc="badly insulated buildings")
    heat_density: float = parameter(9000.0, unit="residents/km2", low=5000.0, high=15000.0, source="assumed",
                                    doc="a neighbourhood of a commune this dense is a heat island")
    feeder: float = parameter(8.0, unit="buildings", low=2.0, high=30.0, source="assumed",
                              doc="buildings on one power feeder")
    # households
    at_home: float = parameter(0.75, unit="share", low=0.5, high=0.95, source="assumed; INSEE order of magnitude",
                               doc="residents aged 18 to 24 who live as a child of the household")
    parent_gap: float = parameter(29.0, unit="yr", low=25.0, high=33.0, source="assumed; INSEE order of magnitude",
                                  doc="a parent's age at the birth of the eldest child")
    parent_spread: float = parameter(5.5, unit="yr sd", low=2.0, high=8.0, source="assumed", doc="spread of that age")
    sibling: float = parameter(3.0, unit="yr", low=1.0, high=6.0, source="assumed", doc="years between siblings")
    mothers: float = parameter(0.83, unit="share", low=0.7, high=0.95, source="INSEE order of magnitude",
                               doc="lone parents who are women")
    # income and class
    reference_income: float = parameter(19020.0, unit="EUR/yr", low=15000.0, high=25000.0, grade="published",
                                        source=FILOSOFI,
                                        doc="the département's median income per consumption unit: income 1")
    poverty_line: float = parameter(13890.0, unit="EUR/yr", low=12000.0, high=16000.0, grade="published",
                                    source=FILOSOFI + ": 60 % of the national median, 1 158 EUR a month",
                                    doc="poverty line per consumption unit")
    upper_spread: float = parameter(0.55, unit="log sd", low=0.3, high=0.9, source="assumed",
                                    doc="spread of incomes above the commune's median")
    income_noise: float = parameter(0.5, unit="log sd", low=0.1, high=1.0, source="assumed",
                                    doc="income differences within neighbourhood and kind of household")
    income_alone: float = parameter(-0.10, unit="log", low=-0.5, high=0.5, source="order: INSEE; size assumed",
                                    doc="one-person households against couples with children")
    income_couple: float = parameter(0.20, unit="log", low=-0.5, high=0.6, source="order: INSEE; size assumed",
                                     doc="couples without a child")
    income_lone: float = parameter(-0.30, unit="log", low=-0.8, high=0.0, doc="lone parents",
                                   source="order: INSEE (27.5 % of lone parents poor, 18.3 % of all)")
    class_noise: float = parameter(0.5, unit="log sd", low=0.0, high=1.5, source="assumed",
                                   doc="what class owes to something else than income")
    no_diploma: float = parameter(0.402, unit="share", low=0.2, high=0.6, grade="published", source="INSEE RP2013",
                                  doc="residents aged 15 and over without a diploma")
    higher: float = parameter(0.27, unit="share", low=0.1, high=0.5, source="assumed; INSEE order of magnitude",
                              doc="residents aged 15 and over with higher education")
    job_class: float = parameter(0.5, unit="weight", low=0.0, high=2.0, source="assumed",
                                 doc="how much unemployment falls on the lower classes")
    # persons
    frailty_base: float = parameter(0.115, unit="frailty", low=0.02, high=0.3, source="model 5.6",
                                    doc="mean frailty when young")
    frailty_age: float = parameter(0.60, unit="frailty", low=0.2, high=0.8, source="model 5.6",
                                   doc="more of it when old")
    frailty_turn: float = parameter(77.0, unit="yr", low=65.0, high=90.0, source="model 5.6",
                                    doc="age of half the rise")
    frailty_years: float = parameter(7.0, unit="yr", low=3.0, high=15.0, source="model 5.6", doc="breadth of the rise")
    frailty_spread: float = parameter(6.0, unit="-", low=2.0, high=20.0, source="model 5.6",
                                      doc="concentration of the Beta")
    skill_diploma: float = parameter(0.06, unit="skill", low=0.0, high=0.2, source="assumed",
                                     doc="skill shift per level of diploma, rights and languages twice that")
    commune_trust: float = parameter(0.03, unit="trust sd", low=0.0, high=0.15, source="assumed; model 5.6",
                                     doc="spread of communes' trust in institutions")
    culture: float = parameter(1.0, unit="-", low=0.0, high=1.5, source="model 5.6; calibrated to P11",
                               doc="mean barrier of shame and culture")
    language: float = parameter(0.3, unit="share", low=0.0, high=0.4, source="assumed; calibrated to P11",
                                doc="adults with a language barrier")
    language_weight: float = parameter(1.6, unit="-", low=0.0, high=2.0, source="assumed; calibrated to P11",
                                       doc="weight of that barrier")
    care: float = parameter(0.3, unit="-", low=0.0, high=1.5, source="assumed; sign: field reports on care duties",
                            doc="barrier of a woman living with children")
    disability: float = parameter(0.5, unit="per frailty", low=0.0, high=2.0, source="assumed",
                                  doc="barrier of the frail")
    cushion_spread: float = parameter(1.0, unit="log sd", low=0.0, high=2.0, source="assumed",
                                      doc="spread of cash cushions")
    # what happened before the start
    past_help: float = parameter(7.1, unit="1/yr", low=0.0, high=15.0, grade="derived", source=COUNTED_SOURCE,
                                 doc="help given or received before the start, for power to act")
    past_refusals: float = parameter(0.63, unit="1/yr", low=0.0, high=3.0, grade="derived", source=COUNTED_SOURCE,
                                     doc="refusals met before")
    past_aid: float = parameter(0.52, unit="1/yr", low=0.0, high=2.0, grade="derived", source=COUNTED_SOURCE,
                                doc="institutional aid received before")
    past_disappointments: float = parameter(0.0, unit="1/yr", low=0.0, high=1.0, grade="derived", source=COUNTED_SOURCE,
                                            doc="applications let down before")
    ties_trust: float = parameter(0.8, unit="sum of trust", low=0.0, high=5.0, source="assumed; model 7.2 and 7.4",
                                  doc="trust in ties near enough to share a site, for who knows of it at the start")
    members_start: float = parameter(1.6, unit="x", low=0.5, high=4.0, grade="derived",
                                     source="so that membership starts at rest in calm runs of three_sites and "
                                     "village: friends who are members draw people in and back",
                                     doc="odds of belonging to a site at the start, over those of joining it alone")
