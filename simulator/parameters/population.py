"""Numbers of the population: who lives together, incomes, jobs, barriers."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

FILOSOFI = "INSEE-DGFiP, Filosofi 2021"
ERFS_2018 = "INSEE, ERFS 2018, insee.fr/fr/statistiques/5371225: median living standard"
ERFS_2021 = "INSEE, ERFS 2021, insee.fr/fr/statistiques/7941375"
SHARE = "SHARE, Fried phenotype, hal-04701334 (27 % frail at 75+); SHARE, mysprintt.eu (17 % at 65+)"
CENSUS_2013 = "INSEE, RP2013, in Profession Banlieue, professionbanlieue.org/La-Seine-Saint-Denis-en-un-clic"
MEMBERSHIP = "INSEE, SRCV 2013: members of an association, 22 % without diploma, 56 % with higher education"
COUNTED_SOURCE = ("counted per adult in calm runs of three_sites with these defaults, so that beliefs start at rest: "
                  "they follow from the model's own rates of needs and help")


@dataclass
class PopulationParameters(ParameterGroup):
    """What the commune's published counts leave open."""

    # neighbourhoods and buildings
    neighbourhood: float = parameter(2600.0, unit="residents", low=1000.0, high=5000.0, grade="derived",
                                     source="INSEE, definition of an IRIS, insee.fr/fr/metadonnees/definition/c1523: "
                                     "1 800 to 5 000 residents; the département's are nearer the low end",
                                     doc="residents per neighbourhood")
    income_spread: float = parameter(0.25, unit="log sd", low=0.0, high=0.6, doc="spread of neighbourhood incomes "
                                     "within a commune", source="assumption: half of the spread within a "
                                     "neighbourhood; official files of an IRIS replace it")
    priority: float = parameter(0.42, unit="share", low=0.2, high=0.6, grade="published",
                                source="Préfecture 2024, aulnaycap.com/2024/01/08: 697 700 residents of 75 priority "
                                "districts in about 1 655 000",
                                doc="residents of the département who live in a priority district")
    priority_commune: float = parameter(0.8, unit="weight", low=0.0, high=1.0, grade="derived",
                                        source="set so that about 35 of 40 communes have one (Préfecture 2024, "
                                        "aulnaycap.com/2024/01/08)",
                                        doc="weight of the commune's income in what is poor")
    building: float = parameter(20.0, unit="households", low=8.0, high=60.0, grade="published",
                                source="Agence parisienne du climat 2022, apc-paris.com: 2.1 million dwellings in some "
                                "100 000 co-ownerships of Greater Paris, 21 each",
                                doc="households a building")
    row: float = parameter(6.0, unit="households", low=1.0, high=12.0, doc="households in a row of houses that know "
                           "each other as one building", source="assumption: three houses on either side")
    houses: float = parameter(0.27, unit="share", low=0.1, high=0.5, doc="households in houses at the département's "
                              "mean density; inversely with density",
                              source="assumption: order of magnitude of the census, no figure read; official files of "
                              "an IRIS replace it")
    max_houses: float = parameter(0.85, unit="share", low=0.5, high=1.0, doc="most of them anywhere",
                                  source="assumption: every commune has some flats")
    density: float = parameter(7119.0, unit="residents/km2", low=5000.0, high=9000.0, grade="published",
                               source="INSEE, RP2022: 1 681 725 residents on 236.2 km2",
                               doc="the département's density")
    social_priority: float = parameter(0.70, unit="share", low=0.4, high=0.9, grade="published",
                                       source="INSEE, Analyses Ile-de-France 101, insee.fr/fr/statistiques/4192386: "
                                       "priority districts of Greater Paris",
                                       doc="social housing in priority districts")
    social_elsewhere: float = parameter(0.05, unit="share", low=0.0, high=0.3, grade="derived",
                                        source="so that 32.4 % are social tenants: " + CENSUS_2013,
                                        doc="social housing elsewhere")
    lift: float = parameter(0.85, unit="share", low=0.5, high=1.0, grade="derived",
                            source="Fédération des ascenseurs and Ipsos 2019, france-handicap-info.com: about 8 in 10 "
                            "new buildings of three floors have one; more where there are five floors",
                            doc="buildings of 5 floors or more with lift")
    insulation: float = parameter(0.35, unit="share", low=0.1, high=0.6, grade="derived",
                                  source="SDES and Apur 2021 to 2023, in 119e Congrès des notaires, "
                                  "rapport-congresdesnotaires.fr: 17 % of main homes in classes F and G, 39 to 50 % in "
                                  "E to G; between the two",
                                  doc="badly insulated buildings")
    heat_density: float = parameter(7250.0, unit="residents/km2", low=5000.0, high=15000.0, grade="derived",
                                    source="set so that 65 % of the département's residents live in such communes "
                                    "(INSEE, RP2022): 63 % of the inner ring are in a medium to strong night heat "
                                    "island, Institut Paris Region 2023, affiches-parisiennes.com",
                                    doc="a neighbourhood of a commune this dense is a heat island")
    feeder: float = parameter(100.0, unit="buildings", low=2.0, high=150.0, grade="published",
                              source="Ecowatt, December 2022, in nextinpact.com/lebrief/70601: areas cut "
                              "together hold 2 000 customers on one line, 100 buildings of 20",
                              doc="buildings on one power feeder; 8 would be a low-voltage cabinet of 160 homes")
    # households
    at_home: float = parameter(0.75, unit="share", low=0.5, high=0.95, grade="derived",
                               source="INSEE, à la page 390, 2013: at 20, 12 % have a home and 11 % are in between; "
                               "IAU Ile-de-France, francestrategie.eu/portail/?p=5066: at 25, 52 % at home",
                               doc="residents aged 18 to 24 who live as a child of the household")
    parent_gap: float = parameter(29.0, unit="yr", low=25.0, high=33.0, grade="derived",
                                  source="INSEE, bilan démographique 2019, in ASH 3142: mean age of mothers "
                                  "30.7, less half of the spacing of siblings",
                                  doc="a parent's age at the birth of the eldest child")
    parent_spread: float = parameter(5.5, unit="yr sd", low=2.0, high=8.0, doc="spread of that age",
                                     source="assumption: two parents in three within 5.5 years of the mean")
    sibling: float = parameter(3.0, unit="yr", low=1.0, high=6.0, doc="years between siblings",
                               source="assumption: the usual spacing; ages of children matter little")
    mothers: float = parameter(0.85, unit="share", low=0.7, high=0.95, grade="published",
                               source="INSEE Première 1539, insee.fr/fr/statistiques/1283845, 2011: families of "
                               "a minor",
                               doc="lone parents who are women")
    # income and class
    reference_income: float = parameter(19020.0, unit="EUR/yr", low=15000.0, high=25000.0, grade="published",
                                        source=FILOSOFI,
                                        doc="the département's median income per consumption unit: income 1")
    poverty_line: float = parameter(13890.0, unit="EUR/yr", low=12000.0, high=16000.0, grade="published",
                                    source=FILOSOFI + ": 60 % of the national median, 1 158 EUR a month",
                                    doc="poverty line per consumption unit")
    upper_spread: float = parameter(0.46, unit="log sd", low=0.3, high=0.9, grade="derived",
                                    source=ERFS_2021 + ": ninth decile 41 870, median 23 160 EUR, "
                                    "ln(41 870 / 23 160) / 1.2816",
                                    doc="spread of incomes above the commune's median")
    income_noise: float = parameter(0.45, unit="log sd", low=0.1, high=1.0, grade="derived",
                                    source=ERFS_2021 + ": first decile 12 290, median 23 160 EUR, ln(23 160 / 12 290) "
                                    "/ 1.2816 = .49, of which place and kind of household explain a part",
                                    doc="income differences within neighbourhood and kind of household")
    income_alone: float = parameter(-0.15, unit="log", low=-0.5, high=0.5, grade="published",
                                    source=ERFS_2018 + " alone 18 940, couple with children 21 900 EUR",
                                    doc="one-person households against couples with children")
    income_couple: float = parameter(0.19, unit="log", low=-0.5, high=0.6, grade="published",
                                     source=ERFS_2018 + " without child 26 470, with children 21 900 EUR",
                                     doc="couples without a child")
    income_lone: float = parameter(-0.37, unit="log", low=-0.8, high=0.0, grade="published", doc="lone parents",
                                   source=ERFS_2018 + " lone parents 15 140, couples with children 21 900 EUR")
    class_noise: float = parameter(0.5, unit="log sd", low=0.0, high=1.5, doc="what class owes to something else than "
                                   "income", source="assumption: as much as to income")
    no_diploma: float = parameter(0.402, unit="share", low=0.2, high=0.6, grade="published", source=CENSUS_2013,
                                  doc="residents aged 15 and over without a diploma")
    higher: float = parameter(0.27, unit="share", low=0.1, high=0.5, grade="derived",
                              source=CENSUS_2013 + ": 41.6 % hold at least the bac, some 16 points of it the bac "
                              "alone; two points more since",
                              doc="residents aged 15 and over with higher education")
    job_class: float = parameter(0.5, unit="weight", low=0.0, high=2.0, doc="how much unemployment falls on the lower "
                                 "classes", source="assumption: one class lower, half a standard deviation of risk")
    # persons
    frailty_base: float = parameter(0.115, unit="frailty", low=0.02, high=0.3, grade="derived", doc="mean frailty when "
                                    "young",
                                    source="with frailty_age, so that 17 % of those 65+ are above .5, the cut between "
                                    "frail and not: " + SHARE)
    frailty_age: float = parameter(0.43, unit="frailty", low=0.2, high=0.8, grade="derived", doc="more of it when old",
                                   source="with frailty_years, so that 17 % of those 65+ and 27 % of those 75+ are "
                                   "above .5, the cut between frail and not (.6 made it 28 and 52 %): " + SHARE)
    frailty_turn: float = parameter(77.0, unit="yr", low=65.0, high=90.0, grade="derived", doc="age of half the rise",
                                    source="frailty is rare before 75 and above one in four after: " + SHARE)
    frailty_years: float = parameter(11.0, unit="yr", low=3.0, high=15.0, grade="derived",
                                     source="with frailty_age, so that 17 % of those 65+ and 27 % of those 75+ are "
                                     "above .5: " + SHARE,
                                     doc="breadth of the rise")
    frailty_spread: float = parameter(6.0, unit="-", low=2.0, high=20.0, doc="concentration of the Beta",
                                      source="assumption: at a mean of .4, two in three between .2 and .6")
    skill_diploma: float = parameter(0.06, unit="skill", low=0.0, high=0.2, doc="skill shift per level of diploma, "
                                     "rights and languages twice that", source="assumption: sign published, size not")
    commune_trust: float = parameter(0.03, unit="trust sd", low=0.0, high=0.15, doc="spread of communes' trust in "
                                     "institutions", source="assumption: small beside the spread of residents")
    culture: float = parameter(1.0, unit="-", low=0.0, high=1.5, doc="mean barrier of shame and culture",
                               source="assumption: calibrated with the two numbers of language to " + MEMBERSHIP + "; "
                               "shame is 16 % of the reasons not to claim (DREES, Études et résultats 1263, 2021), "
                               "which bounds its share of all barriers, not its size")
    language: float = parameter(0.22, unit="share", low=0.0, high=0.4, grade="derived",
                                source="INSEE, IVQ 2011, 20minutes.fr/societe/1256173: 13 % of 16 to 65 in difficulty "
                                "with writing in Ile-de-France, .17 to .22 with the "
                               "département's share of immigrants",
                                doc="adults with a language barrier")
    language_weight: float = parameter(2.5, unit="-", low=0.0, high=3.0, doc="weight of that barrier",
                                       source="assumption: calibrated to " + MEMBERSHIP)
    care: float = parameter(0.3, unit="-", low=0.0, high=1.5, grade="derived",
                            source="INSEE, Emploi du temps 2010: free time of women in a couple 4 h 21 without child, "
                            "3 h 25 with two, ln = .24; men .14, set to 0",
                            doc="barrier of a woman living with children")
    disability: float = parameter(0.5, unit="per frailty", low=0.0, high=2.0, doc="barrier of the frail",
                                  source="assumption: frail residents join .6 times as often")
    cushion_spread: float = parameter(1.0, unit="log sd", low=0.0, high=2.0, grade="derived",
                                      source="INSEE 2017, in Observatoire des inégalités, cbanque.com/84373: "
                                      "the poorest fifth saves 2.7 % of its income, the richest 28 %, which gives .84 "
                                      "from income alone",
                                      doc="spread of cash cushions")
    # what happened before the start
    past_help: float = parameter(7.1, unit="1/yr", low=0.0, high=20.0, grade="derived", source=COUNTED_SOURCE,
                                 doc="help given or received before the start, for power to act; surveys count 18 acts "
                                 "a year (Prouteau & Wolff, insee.fr/fr/statistiques/2122348), small services included")
    past_refusals: float = parameter(0.63, unit="1/yr", low=0.0, high=3.0, grade="derived", source=COUNTED_SOURCE,
                                     doc="refusals met before")
    past_aid: float = parameter(0.52, unit="1/yr", low=0.0, high=2.0, grade="derived", source=COUNTED_SOURCE,
                                doc="institutional aid received before")
    past_disappointments: float = parameter(0.0, unit="1/yr", low=0.0, high=1.0, grade="derived",
                                            source=COUNTED_SOURCE,
                                            doc="applications let down before; 11 to 13 % of users are a year (DITP "
                                            "2025), but while capacity is not exhausted in calm times none is here")
    ties_trust: float = parameter(0.8, unit="sum of trust", low=0.0, high=5.0, doc="trust in ties near enough to share "
                                  "a site, for who knows of it at the start",
                                  source="assumption: one tie of a friend's trust")
    members_start: float = parameter(1.6, unit="x", low=0.5, high=4.0, grade="derived",
                                     source="so that membership starts at rest in calm runs of three_sites and "
                                     "village: friends who are members draw people in and back",
                                     doc="odds of belonging to a site at the start, over those of joining it alone")
