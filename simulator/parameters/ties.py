"""Numbers of ties: time, trust, wear, endings and beginnings."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

HALL_SOURCE = "Hall 2019, doi:10.1177/0265407518761225: 50, 90, 200 h to casual friend, friend, close friend"
HOMOPHILY_SOURCE = "assumption: order after McPherson et al. 2001, doi:10.1146/annurev.soc.27.1.415; size not published"
DECAY_SOURCE = ("assumption: kin slower than friends, friends than others, after Burt 2000 and Roberts & Dunbar 2011; "
                "size not published")
MOLLENHORST = "48 % of close ties last 7 years (Mollenhorst 2009, quoted in coozer.blogspot.com/2009/06)"
COCONEL = ("Ined, enquête Coconel, Population & Sociétés 578, 2020: 21 % know kin within 1 km, 31 % a friend, 45 % a "
           "neighbour, 66 % anybody")
CREDOC = "Crédoc for Fondation de France 2020, observationsociete.fr/structures-familiales/qui_seul_pourquoi-2"
IFOP = "Ifop for Dépanneo, March 2020, cb-expert.fr/2020/03/30"


@dataclass
class ContactParameters(ParameterGroup):
    """How social time becomes hours together, and hours become trust."""

    gain: float = parameter(0.005493061443340548, unit="1/h", low=0.003, high=0.010, grade="derived",
                            source=HALL_SOURCE, doc="trust gained per shared hour: ln 3 / 200")
    loss: float = parameter(0.15, unit="per event", low=0.0, high=0.6, doc="trust lost per refusal or broken promise",
                            source="assumption: a refusal undoes some 30 hours together")
    help_hours: float = parameter(5.0, unit="h/h", low=1.0, high=10.0, doc="an hour of help received counts as so many "
                                  "hours together", source="assumption: help in need weighs more than company")
    donor_share: float = parameter(0.5, unit="share", low=0.0, high=1.0, doc="share of that gain felt by the donor",
                                   source="assumption: half, with the whole range open")
    concentration: float = parameter(1.0, unit="-", low=0.5, high=1.5, doc="how far time goes to the strongest ties",
                                     source="assumption: time in proportion to trust")
    visit: float = parameter(2.0, unit="h", low=1.0, high=3.0, doc="length of a visit",
                             source="assumption: an afternoon or an evening")
    min_free_share: float = parameter(0.2, unit="share", low=0.0, high=0.5, doc="share of social time that projects "
                                      "never take", source="assumption: members still see kin and friends")
    decay_kin: float = parameter(0.10, unit="1/yr", low=0.05, high=0.20, source=DECAY_SOURCE, doc="wear of trust, kin")
    decay_friend: float = parameter(0.25, unit="1/yr", low=0.125, high=0.5, source=DECAY_SOURCE,
                                    doc="wear of trust, friends")
    decay_neighbour: float = parameter(0.25, unit="1/yr", low=0.125, high=0.5, source=DECAY_SOURCE,
                                       doc="wear of trust, neighbours")
    decay_other: float = parameter(0.35, unit="1/yr", low=0.175, high=0.7, source=DECAY_SOURCE,
                                   doc="wear of trust, others")
    decay_project: float = parameter(0.35, unit="1/yr", low=0.175, high=0.7, source=DECAY_SOURCE,
                                     doc="wear of trust, co-participants")
    end_kin: float = parameter(0.02, unit="1/yr", low=0.01, high=0.04, grade="published",
                               source="Roy et al. 2022, doi:10.1038/s41598-022-15070-4: 1 to 4 % of the closest ties "
                               "change every year",
                               doc="life events end a kin tie")
    end_friend: float = parameter(0.09, unit="1/yr", low=0.045, high=0.18, grade="derived",
                                  source=MOLLENHORST + ": -ln(.48) / 7 = .105 a year, wear of trust included",
                                  doc="life events end a friendship")
    end_neighbour: float = parameter(0.10, unit="1/yr", low=0.05, high=0.20, grade="derived",
                                     source="INSEE, Analyses Ile-de-France 101, insee.fr/fr/statistiques/4192386: 10 % "
                                     "of residents of priority districts move in a year, 28 % of them within the "
                                     "district; one such tie in two ends when either side moves",
                                     doc="life events end a neighbour tie")
    end_other: float = parameter(0.36, unit="1/yr", low=0.09, high=2.3, grade="derived",
                                 source="Burt 2001, Bridge decay, quoted in vdocuments.site: nine in ten bridges "
                                 "between bankers end within a year (2.3 a year), four times the rate of friends here, "
                                 "the least for ties outside work",
                                 doc="life events end another tie")
    end_project: float = parameter(0.15, unit="1/yr", low=0.075, high=0.30, doc="life events end a co-participant tie",
                                   source="assumption: between a friend's and another tie's")
    few_contacts: float = parameter(20.0, unit="contacts/yr", low=5.0, high=50.0, grade="derived",
                                    source="a few a year in each of five networks; set so that about 12 % of adults "
                                    "are isolated (Crédoc for Fondation de France, Solitudes 2024, europe1.fr 4226592)",
                                    doc="visits and sessions a year below which an adult counts as isolated")
    min_trust: float = parameter(0.05, unit="trust", low=0.03, high=0.08, doc="below this on either side a tie is over",
                                 source="assumption: nine hours together, well under a casual friend's 50")


@dataclass
class TieFormationParameters(ParameterGroup):
    """Where new ties begin, and between whom."""

    building: float = parameter(0.09, unit="1/yr", low=0.02, high=0.6, doc="candidates met in one's building",
                                grade="derived",
                                source="calibrated, so that ties keep meeting " + COCONEL)
    friend: float = parameter(0.67, unit="1/yr", low=0.2, high=4.5, doc="candidates met through friends",
                              grade="derived",
                              source="calibrated, so that ties keep meeting " + COCONEL)
    other: float = parameter(0.53, unit="1/yr", low=0.12, high=1.2, doc="candidates met elsewhere (work, school)",
                             grade="derived",
                             source="calibrated, so that ties keep meeting " + COCONEL)
    first_trust: float = parameter(0.10, unit="trust", low=0.05, high=0.2, doc="trust at first impression, times .5 + "
                                   "neighbourhood support", source="assumption: that of some 20 hours together")
    homophily: float = parameter(1.0, unit="-", low=0.0, high=2.0, source=HOMOPHILY_SOURCE,
                                 doc="strength of like seeks like")
    group: float = parameter(0.7, unit="-", low=0.0, high=2.0, source=HOMOPHILY_SOURCE, doc="weight of another milieu")
    age: float = parameter(0.5, unit="per 20 yr", low=0.0, high=2.0, source=HOMOPHILY_SOURCE,
                           doc="weight of age distance")
    ses: float = parameter(1.1, unit="-", low=0.0, high=2.4, grade="derived",
                           source="Pan Ké Shon 1998, INSEE Première 613: friends of workers and employees in 1997, "
                           "ln(55.1 x 30.2 / (9.7 x 19.4)) / 2 = 1.09; workers and managers 2.37",
                           doc="weight of another social class")
    same_neighbourhood: float = parameter(0.035, unit="share", low=0.0, high=0.5, grade="derived",
                                          source="calibrated to " + COCONEL + "; at most the 40 % whose whole family "
                                          "lives in the region (Institut Paris Region, EFL 2011)",
                                          doc="kin and friends living in the same neighbourhood")
    same_neighbourhood_other: float = parameter(0.01, unit="share", low=0.0, high=0.5,
                                                source="assumption: calibrated to " + COCONEL,
                                                doc="other ties living in the same neighbourhood")
    mean_distance: float = parameter(14.4, unit="km", low=2.0, high=200.0, grade="derived",
                                     source="Rivière 2001, INSEE Économie et Statistique, quoted in pdfslide.fr: half "
                                     "of telephone contacts live within 10 km, 10 / ln 2; children who help a parent "
                                     "21.6 (DREES, CARE 2015)",
                                     doc="mean distance of a tie that leaves the neighbourhood (exponential)")
    strong_trust: float = parameter(0.25, unit="trust", low=0.05, high=0.4, doc="a tie this strong counts for "
                                    "neighbourhood support, and looks after the other", grade="derived",
                                    source=HALL_SOURCE + "; trust after 50 h is 1 - 3^(-50/200) = .24")
    min_neighbourhood_support: float = parameter(0.2, unit="share", low=0.0, high=1.0, doc="floor of a neighbourhood's "
                                                 "support", source="assumption: strangers help a little everywhere")


@dataclass
class StartParameters(ParameterGroup):
    """The state a run starts from. A share of people who say they trust is a share with a trust of .5 or more."""

    social_hours: float = parameter(6.0, unit="h/week", low=3.0, high=12.0, grade="derived",
                                    source="41 min a day socialising in the US, 4.8 h a week (quoted in Hall 2019, "
                                    "doi:10.1177/0265407518761225); above the two visits of 2 h of the 41 to 44 % who "
                                    "meet family and friends each week (INSEE, insee.fr/fr/statistiques/8242375), "
                                    "under 17 h of free time off screens (INSEE, Emploi du temps 2010)",
                                    doc="mean social time outside the household")
    sociability: float = parameter(0.30, unit="log sd", low=0.1, high=0.5, doc="spread of neighbourhood sociability",
                                   source="assumption: one neighbourhood in three a third above or below the mean")
    kin: float = parameter(1.15, unit="ties", low=0.3, high=4.0, grade="derived", doc="kin ties begun per adult",
                           source="calibrated to " + COCONEL + "; " + CREDOC + ": 16 % never or rarely meet family, "
                           "-ln(.16) / 2 = .92")
    friend: float = parameter(1.55, unit="ties", low=0.5, high=10.0, grade="derived",
                              source="calibrated to " + COCONEL + "; " + CREDOC + ": 15 % never or rarely meet "
                              "friends, -ln(.15) / 2 = .95; 6.2 friends, half of them within 10 km, give 1.5 (INSEE "
                              "Première 613)",
                              doc="friendships begun per adult")
    neighbour: float = parameter(0.52, unit="ties", low=0.2, high=3.0, grade="derived",
                                 source="calibrated to " + COCONEL + "; " + CREDOC + ": half have very few exchanges "
                                 "with neighbours, -ln(.5) / 2 = .35; .67 among those 60+ (Petits Frères des "
                                 "Pauvres 2025)",
                                 doc="neighbour ties begun per adult")
    other: float = parameter(0.65, unit="ties", low=0.3, high=6.0, grade="derived", doc="other ties begun per adult",
                             source=CREDOC + ": a quarter have no colleagues they meet, -ln(.25) / 2 = .69")
    project: float = parameter(3.0, unit="ties", low=0.0, high=8.0, grade="derived",
                               source="so that members' ties are at rest with meeting.tie_share and its wear",
                               doc="project ties of a member who comes to sessions")
    trust_project: float = parameter(0.12, unit="trust", low=0.06, high=0.4, grade="derived",
                                     source="mean trust of project ties in calm runs of three_sites",
                                     doc="mean trust of project ties at the start")
    trust_kin: float = parameter(0.70, unit="trust", low=0.4, high=0.94,
                                 source="assumption: a first guess; time together then sets trust, and 85 % of kin "
                                 "ties end at .5 or more; 94 % trust their family (Cevipof 2014, artdelaconfiance.fr)",
                                 doc="first guess of trust in kin, before the steady state is computed")
    trust_friend: float = parameter(0.50, unit="trust", low=0.2, high=0.8,
                                    grade="derived",
                                    source=HALL_SOURCE + "; trust of .39 and .67 after 90 and 200 h, and between",
                                    doc="first guess of trust in friends")
    trust_other: float = parameter(0.30, unit="trust", low=0.1, high=0.67,
                                   source="assumption: a first guess; time together then sets trust, and 57 % of "
                                   "neighbour ties end at .5 or more; 62 % trust neighbours (Observatoire "
                                   "Cetelem 2022)",
                                   doc="first guess of trust in neighbours and others")
    host_trust: float = parameter(0.57, unit="trust", low=0.1, high=0.87, grade="derived", doc="first trust in a host",
                                  source="66 % trust associations (Cevipof 2021, associationmodeemploi.fr 73757): the "
                                  "mean of the model's trust in institutions when 66 % are at .5 or more; .7 for the "
                                  "85 % of a small local one (TNS Sofres 2012)")
    stock: float = parameter(8.0, unit="person-days", low=2.0, high=12.0, grade="derived",
                             source="Agroscope 2017, Recherche Agronomique Suisse 9: two thirds of households hold 7 "
                             "days or more; " + IFOP + ": 62 % do",
                             doc="median household stock of essentials, per person")
    stock_spread: float = parameter(1.0, unit="log sd", low=0.0, high=1.7, grade="derived", doc="spread of stocks",
                                    source=IFOP + ": 38 % under 7 days, 56 % under 15, mean 12; .9 by the mean, 1.7 by "
                                    "the two shares")
    stock_income: float = parameter(0.0, unit="elasticity", low=-0.2, high=1.0, grade="derived",
                                    source=IFOP + ": 12.7 days among the poorest, 11.1 among the richest, an "
                                    "elasticity of -.12 a week into lockdown",
                                    doc="how stocks grow with income")
    kit_cooling: float = parameter(0.59, unit="share", low=0.3, high=0.9, grade="published",
                                   source="OpinionWay for France Energie, July 2021, consoglobe.com: 59 % of those "
                                   "too hot at home run a fan",
                                   doc="households with a fan or the like")
    kit_power: float = parameter(0.34, unit="share", low=0.2, high=0.7, grade="derived",
                                 source="CIS, May 2025, quoted in fuentesinformadas.com: 34 % had an emergency kit "
                                 "before Spain's blackout; 58 % water and a torch for three days in New York "
                                 "(Dominianni et al. 2018, doi:10.1007/s11524-018-0296-9)",
                                 doc="households with light and power of their own")
    kit_shelter: float = parameter(0.4, unit="share", low=0.1, high=0.8, source="assumption: no published figure found",
                                   doc="households with spare beds and blankets")
    kit_digital: float = parameter(0.85, unit="share", low=0.7, high=0.95, grade="published",
                                   source="INSEE Première 1780 (2019): about 15 % of adults do not use the internet",
                                   doc="households with a computer or smart telephone that they can use")
    kit: float = parameter(0.6, unit="share", low=0.3, high=0.8, source="assumption: no published figure found",
                           doc="poorest households with tools")
    kit_income: float = parameter(0.3, unit="share", low=0.1, high=0.4,
                                  source="assumption: as steep as for air conditioning, .2 to .3 (CODA Strategies for "
                                  "ADEME 2020, politiquedulogement.com)",
                                  doc="more of them at the top of the income scale")
    cushion: float = parameter(20.0, unit="days of income", low=5.0, high=120.0, grade="derived",
                               source="INSEE, SRCV 2019, in sputniknews.com: 31 % cannot meet an expense of "
                               "1 000 EUR, 11.3 days of the département's median household; 34 % here",
                               doc="median cash cushion")
    register: float = parameter(0.03, unit="share", low=0.01, high=0.15, grade="published",
                                source="Paris REFLEX: about 10 700 of 360 000 residents aged 65 and over (cnews.fr, 19 "
                                "July 2022); 2.2 % in 2019 (Le Monde, kelnews.fr/2019/06/29)",
                                doc="residents aged 65+ on the register of vulnerable persons")
    consent: float = parameter(0.6, unit="share", low=0.2, high=0.9, grade="derived",
                               source="Questions à domicile, Sarcelles 2023, questions-a-domicile.fr/cas-d-usage: 63 % "
                               "of those met at the door, of all ages, left an address or a telephone number",
                               doc="residents aged 65+ who agree to be listed when asked")
    places: float = parameter(90.0, unit="places/week", low=30.0, high=1300.0,
                              source="assumption: a small third place or garden of 150 members; the card of a social "
                              "centre has 750: 1 690 users a year (FCSF 2024)",
                              doc="weekly places of a generic site")
    kits: float = parameter(20.0, unit="kits", low=5.0, high=60.0, doc="kits a generic site lends",
                            source="assumption: a cupboard of tools and fans")
