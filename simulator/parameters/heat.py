"""Numbers of deaths in great heat, and of usual deaths to compare them with (model 7.8)."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

INED = ("Ined, mortality rates by sex and age, France 2015 (ined.fr, All about population, Data), deaths per 1,000 "
        "men: 1.8 at 40-44, 2.9, 4.5, 7.5, 11.1, 14.9 at 65-69, 26.7 at 70-79, 78 at 80-89, 217 at 90+; women: 0.9, "
        "1.5, 2.4, 3.5, 4.8, 6.7, 13.9, 51.1, 179; log rates on age, weighted by deaths, the last three bands at 74.5, "
        "84.3 and 93")
HEMON = "Hémon & Jougla, Inserm 2003, in Senate report 195 (2003-04), senat.fr/rap/r03-195/r03-19528.html"
FOUILLET = "Fouillet et al. 2006, doi:10.1007/s00420-006-0089-4"
BOUCHAMA = "Bouchama et al. 2007, doi:10.1001/archinte.167.20.ira70009, six case-control studies"
SEMENZA = "Semenza et al. 1996, doi:10.1056/NEJM199607113350203"
VANDENTORREN = "Vandentorren et al. 2006, doi:10.1093/eurpub/ckl063: a risk factor"
OPEN_SIZE = "; size assumed"


@dataclass
class HeatParameters(ParameterGroup):
    """Deaths in great heat."""

    # usual deaths
    man: float = parameter(2.8e-5, unit="1/yr", low=1e-6, high=1e-3, grade="derived", source=INED,
                           doc="usual hazard of death of a man, drawn out to age 0")
    man_age: float = parameter(0.0944, unit="1/yr", low=0.077, high=0.12, grade="derived", source=INED,
                               doc="its growth with age")
    woman: float = parameter(3.55e-6, unit="1/yr", low=1e-7, high=1e-3, grade="derived", source=INED,
                             doc="usual hazard of death of a woman, drawn out to age 0")
    woman_age: float = parameter(0.1147, unit="1/yr", low=0.077, high=0.13, grade="derived", source=INED,
                                 doc="its growth with age")
    income: float = parameter(1.13, unit="log ratio", low=0.8, high=1.4, grade="derived",
                              source="Blanpain, Insee Première 1687, 2018 (insee.fr/fr/statistiques/3319895): life "
                              "expectancy of the poorest and richest twentieth 71.7 and 84.4 years (men), 80.0 and "
                              "88.3 (women), times the growth with age, over .95 of the ranks",
                              doc="usual deaths at equal age and sex, log ratio of the poorest to the richest")
    # strain
    lag: float = parameter(0.7, unit="1/d", low=0.6, high=0.8, grade="derived",
                           source=f"{HEMON}: 3, 26, 72 and 100 % of the excess by days 1, 5, 9 and 17",
                           doc="share of yesterday's strain that is still there today")
    over: float = parameter(0.03, unit="dose", low=0.01, high=0.1, grade="derived",
                            source=f"{FOUILLET}: excess over 20 days, nine of them very hot",
                            doc="strain below which the heat is over")
    island: float = parameter(1.1, unit="x", low=1.0, high=1.5, source=VANDENTORREN + OPEN_SIZE,
                              doc="dose in a neighbourhood where summers are hotter")
    # excess over usual deaths
    at_home: float = parameter(0.2, unit="per dose", low=0.05, high=1.0, grade="derived",
                               source=f"{FOUILLET}: +55 % in August 2003, 36 % of it at home",
                               doc="excess over usual deaths, at home, of a man of 50 whom nobody sees")
    elsewhere: float = parameter(0.1, unit="per dose", low=0.05, high=0.5, grade="derived",
                                 source=f"{FOUILLET}: 64 % of the excess in hospitals and homes for the aged",
                                 doc="excess over usual deaths, away from home, of a man of 50")
    age: float = parameter(0.035, unit="1/yr", low=0.025, high=0.045, grade="derived",
                           source=f"{FOUILLET}: +20, 40, 70 and 120 % at 45-54, 55-74, 75-94 and 95+",
                           doc="growth of the excess over usual deaths with age")
    sex: float = parameter(1.35, unit="x", low=1.0, high=1.6, grade="derived",
                           source=f"{FOUILLET}: +70 % of women and +40 % of men; 1.15 at equal age",
                           doc="excess over usual deaths, women over men of the same age")
    frailty: float = parameter(5.0, unit="log odds ratio", low=2.0, high=7.0, grade="derived",
                               source=f"{SEMENZA}: confined to bed 5.5, unable to care for oneself 4.1",
                               doc="more for each unit of frailty above the mean of one's age")
    # whom others look after
    contact: float = parameter(1.8, unit="log odds ratio", low=0.9, high=2.0, grade="derived",
                               source=f"{BOUCHAMA}: 0.40 [0.2, 0.8] with more contact; Canouï-Poitrine et al. 2005, "
                               "Paris 2003: isolated 1.68 [1.28, 2.22]",
                               doc="protection at home of who is surely seen every day by somebody able to act")
    home: float = parameter(0.9, unit="1/d", low=0.6, high=1.0, source=f"assumed; {SEMENZA}: alone 2.3",
                            doc="seen by another able adult of the household")
    tie: float = parameter(0.6, unit="1/d", low=0.1, high=1.0, source="assumed",
                           doc="seen by a tie next door who trusts fully")
    near: float = parameter(3.0, unit="km", low=1.0, high=10.0, source="assumed",
                            doc="distance at which a tie looks in e times less often")
    far_kin: float = parameter(0.07, unit="1/d", low=0.0, high=0.2, source="assumed",
                               doc="rung up by kin off the map who raises the alarm")
    anyone: float = parameter(0.05, unit="1/d", low=0.0, high=0.2, source="assumed",
                              doc="seen by a shopkeeper, a caretaker, a doctor")
    carers: float = parameter(0.6, unit="1/d", low=0.0, high=0.8,
                              source="assumed; with 0 living alone at 75+ would count 2.5 times instead of the 1.6 to "
                              "2.2 of Fouillet et al. 2006",
                              doc="seen by paid carers and nurses, at carers_age + carers_years and above")
    carers_age: float = parameter(75.0, unit="yr", low=65.0, high=85.0, source="assumed",
                                  doc="age from which paid carers call")
    carers_years: float = parameter(20.0, unit="yr", low=5.0, high=30.0, source="assumed",
                                    doc="years over which their visits grow to the full rate")
    # cool air
    cool: float = parameter(0.34, unit="odds ratio", low=0.2, high=0.5, grade="published", source=BOUCHAMA,
                            doc="death at home of who visits a cool place")
    air: float = parameter(0.23, unit="odds ratio", low=0.1, high=0.6, grade="published", source=BOUCHAMA,
                           doc="death at home with air conditioning")
    fan: float = parameter(0.8, unit="odds ratio", low=0.4, high=1.1, source=f"{BOUCHAMA}: 0.60 [0.4, 1.1], not "
                           "significant; nearer to 1, as fans no longer cool above 35 °C",
                           doc="death at home with a fan")
    further: float = parameter(0.5, unit="power", low=0.0, high=1.0, source="assumed: the ways to get cool overlap",
                               doc="weight of a further way to get cool beside the best one")
    air_conditioned: float = parameter(0.15, unit="share", low=0.05, high=0.35, source="assumed",
                                       doc="homes with working air conditioning today")
    cool_visits: float = parameter(0.12, unit="share", low=0.0, high=0.4,
                                   source="assumed; New York 2013: few come, those who know the place (WNYC)",
                                   doc="residents fit to go out who spend part of a hot day in a cool place today")
    housebound: float = parameter(0.7, unit="frailty", low=0.5, high=1.0, source="assumed",
                                  doc="frailty from which one does not go out")
    floor: float = parameter(0.67, unit="odds ratio", low=0.5, high=0.9, grade="published",
                             source="Yu et al. 2020, 64 old residents of walk-up flats in Shanghai over 1,608 days",
                             doc="going out, for each floor above ground without a lift")
    insulation: float = parameter(1.6, unit="odds ratio", low=1.0, high=3.0, source=VANDENTORREN + OPEN_SIZE,
                                  doc="death at home in a badly insulated dwelling")
