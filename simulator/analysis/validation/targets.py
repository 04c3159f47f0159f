"""The published patterns the model is held against: value, interval, source. Measured by analysis.patterns.

Those of use "calibration" have been used to set numbers; "known" are measured and told, and set nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One pattern: passes if the median over seeds lies in [low, high]. published: as its source has it."""

    id: str
    pattern: str
    en: str
    fr: str
    published: str
    low: float
    high: float
    source: str
    use: str = "calibration"


FDF = "Fondation de France, Solitudes 2023 et 2024 : 12 % ; 9 à 14 % selon les années"
COCONEL = "Ined, enquête Coconel, Population & Sociétés 578, 2020"
CEVIPOF = "Cevipof, baromètre de la confiance politique, 2014–2024"
ASSOCIATIONS = "Insee, 2013 : 42 % dans une association ; 22 % sans diplôme, 56 % diplômés du supérieur"
HEAT = "Bouchama et al. 2007, doi:10.1001/archinte.167.20.ira70009"

TARGETS = (
    Target("P1", "isolated", "isolated, 15 and over", "isolés, 15 ans et plus", "12 %", 0.09, 0.16, FDF),
    Target("P3", "near_kin", "know kin within 1 km", "ont de la famille à moins de 1 km", "21 %", 0.15, 0.27, COCONEL),
    Target("P3", "near_friend", "know a friend within 1 km", "ont un ami à moins de 1 km", "31 %", 0.25, 0.37, COCONEL),
    Target("P3", "near_neighbour", "know a neighbour", "connaissent un voisin", "45 %", 0.39, 0.51, COCONEL),
    Target("P3", "near_any", "know anybody within 1 km", "connaissent quelqu'un à moins de 1 km", "66 %", 0.60, 0.72,
           COCONEL),
    Target("P4", "gave", "helped somebody in 8 weeks", "ont aidé quelqu'un en 8 semaines", "40 %", 0.25, 0.45, COCONEL),
    Target("P4", "received", "were helped in 8 weeks", "ont été aidés en 8 semaines", "29 %", 0.20, 0.40, COCONEL),
    Target("P8", "seven_years", "close ties that last 7 years", "liens proches qui durent 7 ans", "48 %", 0.40, 0.58,
           "Mollenhorst 2009"),
    Target("P10", "trust_general", "most people can be trusted", "on peut faire confiance à la plupart des gens",
           "24 %", 0.20, 0.35, CEVIPOF),
    Target("P10", "trust_institutions", "trust local institutions", "font confiance aux institutions locales",
           "58–65 %", 0.45, 0.65, CEVIPOF),
    Target("P11", "members", "belong to such a project", "sont membres d'un tel projet", "4–15 %", 0.04, 0.15,
           ASSOCIATIONS),
    Target("P11", "gradient", "membership, higher education over no diploma",
           "adhésion, diplômés du supérieur sur sans diplôme", "2,5", 1.5, 3.0, ASSOCIATIONS),
    Target("P11", "dropout", "members who leave within a year", "membres partis dans l'année", "1/3", 0.20, 0.45,
           "CNCS 2008 ; Hager & Brudney"),
    Target("P12", "contact_ratio", "heat deaths at 65+, with a tie nearby over without",
           "décès dus à la chaleur à 65 ans et plus, avec un lien proche sur sans", "0,40 [0,2–0,8]", 0.2, 0.8, HEAT),
    Target("P12", "alone_ratio", "heat deaths at 65+, living alone over not",
           "décès dus à la chaleur à 65 ans et plus, seuls sur non seuls", "2,3", 1.5, 4.0,
           "Semenza et al. 1996, doi:10.1056/NEJM199607113350203", "known"),
)
"""Ratios are of expected excess deaths, age and frailty being equal. P4 is self-reported, in a lockdown."""
