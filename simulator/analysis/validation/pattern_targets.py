"""The published patterns that the model is compared with: value, interval, source. Measured by patterns.py.

Targets of use "calibration" and "frozen" were used to set parameters; those of use "known" are only reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...i18n.translation import mark


@dataclass(frozen=True)
class PatternTarget:
    """One target: it passes if the median over seeds lies in [low, high].

    id: number in the published table. pattern: key of PATTERNS. label: what it is, to be translated. published: the
    value as its source gives it, in French notation. use: calibration (numbers were set to it by playing runs), frozen
    (numbers of heat were set to it on a frozen population) or known.
    """

    id: str
    pattern: str
    label: str
    published: str
    low: float
    high: float
    source: str
    use: str = "calibration"


SOURCE_ISOLATION = "Fondation de France, Solitudes 2023 et 2024 : 12 % ; 9 à 14 % selon les années"
SOURCE_TIES = "Ined, enquête Coconel, Population & Sociétés 578, 2020"
SOURCE_TRUST = "Cevipof, baromètre de la confiance politique, 2014–2024"
SOURCE_MEMBERSHIP = "Insee, 2013 : 42 % dans une association ; 22 % sans diplôme, 56 % diplômés du supérieur"
SOURCE_HEAT_DEATHS = "Bouchama et al. 2007, doi:10.1001/archinte.167.20.ira70009"

TARGETS = (
    PatternTarget("P1", "isolated", mark("isolated, 15 and over"), "12 %", 0.09, 0.16, SOURCE_ISOLATION),
    PatternTarget("P3", "near_kin", mark("know kin within 1 km"), "21 %", 0.15, 0.27, SOURCE_TIES),
    PatternTarget("P3", "near_friend", mark("know a friend within 1 km"), "31 %", 0.25, 0.37, SOURCE_TIES),
    PatternTarget("P3", "near_neighbour", mark("know a neighbour"), "45 %", 0.39, 0.51, SOURCE_TIES),
    PatternTarget("P3", "near_any", mark("know anybody within 1 km"), "66 %", 0.60, 0.72, SOURCE_TIES),
    PatternTarget("P4", "gave", mark("helped somebody in 8 weeks"), "40 %", 0.25, 0.45, SOURCE_TIES),
    PatternTarget("P4", "received", mark("were helped in 8 weeks"), "29 %", 0.20, 0.40, SOURCE_TIES),
    PatternTarget("P8", "seven_years", mark("close ties that last 7 years"), "48 %", 0.40, 0.58, "Mollenhorst 2009"),
    PatternTarget("P10", "trust_general", mark("most people can be trusted"), "24 %", 0.20, 0.35, SOURCE_TRUST),
    PatternTarget("P10", "trust_institutions", mark("trust local institutions"), "58–65 %", 0.45, 0.65, SOURCE_TRUST),
    PatternTarget("P11", "members", mark("belong to such a project"), "4–15 %", 0.04, 0.15, SOURCE_MEMBERSHIP),
    PatternTarget("P11", "gradient", mark("membership, higher education over no diploma"), "2,5", 1.5, 3.0,
                  SOURCE_MEMBERSHIP),
    PatternTarget("P11", "dropout", mark("members who leave within a year"), "1/3", 0.20, 0.45,
                  "CNCS 2008 ; Hager & Brudney"),
    PatternTarget("P12", "contact_ratio", mark("heat deaths at 65+, with a tie nearby over without"), "0,40 [0,2–0,8]",
                  0.2, 0.8, SOURCE_HEAT_DEATHS),
    PatternTarget("P12", "alone_ratio", mark("heat deaths at 65+, living alone over not"), "2,3", 1.5, 4.0,
                  "Semenza et al. 1996, doi:10.1056/NEJM199607113350203",
                  "frozen"),
    PatternTarget("P13", "heat_excess", mark("excess over usual deaths in a heat wave"), "16,7 % (2022)", 0.10, 0.25,
                  "Santé publique France 2022", "frozen"),
    PatternTarget("P19", "heat_age_ratio", mark("excess over usual deaths, 75–94 over 45–54"), "3,5", 2.8, 4.5,
                  "Fouillet et al. 2006, doi:10.1007/s00420-006-0089-4", "frozen"),
    PatternTarget("P20", "heat_isolated_ratio", mark("heat deaths at 65+, alone and isolated over not"),
                  "1,68 [1,28–2,22]", 1.2, 2.6, "Canouï-Poitrine et al. 2005, Paris 2003", "frozen"),
)
"""Ratios are of excess deaths at home, adjusted for age, sex and frailty. P4 is self-reported, in a lockdown."""
