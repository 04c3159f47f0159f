"""Numbers of crisis needs and of the aftermath: what is lost, how fast it is made good, what is given up.

Domains of needs, in order: essentials (food), housing and equipment, hands (assistance), know-how. Amounts of aftermath
are hours of work or what an hour of work is worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

SANDY_SOURCE = ("AP-NORC 2013, Hurricane Sandy: 71 % of residents completely recovered after six months "
                "(twincities.com, 24 June 2013)")
MARSEILLE_SOURCE = "rue d'Aubagne, Marseille 2018-2021: about a third of the evacuated still out after three years"
ASSUMED = "assumption: no published figure found"


@dataclass
class AftermathParameters(ParameterGroup):
    """Aftermath of a household: made by damage and by needs that stayed unmet, served at a pace, in part given up."""

    scar: float = parameter(0.3, unit="share", low=0.0, high=0.6, source=ASSUMED,
                            doc="share of a crisis need that passed unmet which is left behind as aftermath")
    pace_food: float = parameter(0.3, unit="h/week", low=0.1, high=0.9, grade="derived", source=SANDY_SOURCE,
                                 doc="own pace on essentials, times (1 - frailty) F; set so that 71 % are back")
    pace_equipment: float = parameter(0.6, unit="h/week", low=0.2, high=1.8, grade="derived", source=SANDY_SOURCE,
                                      doc="own pace on housing and equipment; set so that 71 % are back")
    pace_assistance: float = parameter(1.2, unit="h/week", low=0.4, high=3.6, grade="derived", source=SANDY_SOURCE,
                                       doc="own pace on hands; set so that 71 % are back")
    pace_know_how: float = parameter(0.3, unit="h/week", low=0.1, high=0.9, grade="derived", source=SANDY_SOURCE,
                                     doc="own pace on papers and know-how; set so that 71 % are back")
    income_food: float = parameter(0.6, unit="h/week", low=0.2, high=1.8, source=ASSUMED,
                                   doc="more pace on essentials per unit of income above `income_floor`")
    income_equipment: float = parameter(1.8, unit="h/week", low=0.6, high=5.4, source=ASSUMED,
                                        doc="more pace on housing per unit of income above `income_floor`")
    income_floor: float = parameter(0.6, unit="income", low=0.3, high=1.0, source=ASSUMED,
                                    doc="income, over the median, below which nothing is left for repairs")
    skill: float = parameter(0.8, unit="-", low=0.0, high=1.5, source=ASSUMED,
                             doc="more own pace in a domain per unit of skill in it above `usual_skill`")
    usual_skill: float = parameter(0.45, unit="skill", low=0.3, high=0.6, grade="derived",
                                   source="mean of calm runs of three_sites", doc="skill that is usual")
    power: float = parameter(0.5, unit="-", low=0.0, high=1.0, source="assumption; sign: places whose residents expect "
                             "to control what happens expect to recover sooner (Cagney et al. 2016, "
                             "pmc.ncbi.nlm.nih.gov/articles/PMC5006987)",
                             doc="more own pace per unit of power to act above mutual_aid.usual_agency")
    home: float = parameter(0.6, unit="share", low=0.2, high=1.0, source=ASSUMED,
                            doc="of the own pace on hands and know-how that each other able adult at home adds")
    insured: float = parameter(0.7, unit="share", low=0.4, high=0.95, source="assumption (not everybody is insured); "
                               "times .6 + .4 income",
                               doc="households whose insurance pays for essentials, housing and equipment")
    insurance_wait: float = parameter(75.0, unit="days", low=14.0, high=365.0, source=ASSUMED,
                                      doc="days before insurance begins to pay")
    insurance_rate: float = parameter(0.04, unit="1/week", low=0.01, high=0.25, source=ASSUMED,
                                      doc="share of the aftermath once made that insurance pays a week")
    paper_gate: float = parameter(0.8, unit="share", low=0.0, high=1.0, source="assumption; sign: material help and "
                                  "support complement each other, ASCE Natural Hazards Review 2022, "
                                  "doi:10.1061/(ASCE)NH.1527-6996.0000548",
                                  doc="share of insurance and of rehousing that waits for papers not yet done")
    give_up: float = parameter(0.4, unit="1/yr", low=0.0, high=0.8, source="assumption; sign: food aid does not fall "
                               "back after a crisis (FFBA/CSA 2023)",
                               doc="rate at which aftermath that has waited too long is given up for good")
    wait: float = parameter(150.0, unit="days", low=60.0, high=365.0, source=ASSUMED,
                            doc="days before anything is given up")


@dataclass
class FunctioningParameters(ParameterGroup):
    """Functioning: the ceiling that open needs and work leave, and how fast it is reached."""

    weight_food: float = parameter(0.2, unit="weight", low=0.1, high=0.4, source=ASSUMED,
                                   doc="functioning lost when all essentials are open")
    weight_equipment: float = parameter(0.3, unit="weight", low=0.15, high=0.45, source=ASSUMED,
                                        doc="functioning lost when housing and equipment are open")
    weight_assistance: float = parameter(0.2, unit="weight", low=0.1, high=0.4, source=ASSUMED,
                                         doc="functioning lost when hands are wanting")
    weight_know_how: float = parameter(0.1, unit="weight", low=0.05, high=0.2, source=ASSUMED,
                                       doc="functioning lost when papers and know-how are wanting")
    scale_food: float = parameter(20.0, unit="h", low=10.0, high=40.0, source=ASSUMED,
                                  doc="aftermath of essentials that weighs half")
    scale_equipment: float = parameter(60.0, unit="h", low=30.0, high=120.0, source=ASSUMED,
                                       doc="aftermath of housing and equipment that weighs half")
    scale_assistance: float = parameter(20.0, unit="h", low=10.0, high=40.0, source=ASSUMED,
                                        doc="aftermath of hands that weighs half")
    scale_know_how: float = parameter(8.0, unit="h", low=4.0, high=16.0, source=ASSUMED,
                                      doc="aftermath of papers and know-how that weighs half")
    need_weight: float = parameter(0.5, unit="share", low=0.2, high=1.0, source=ASSUMED,
                                   doc="of the weights above, for a crisis need of `need_scale` or more that is open")
    need_scale: float = parameter(2.0, unit="h or units", low=1.0, high=5.0, source=ASSUMED,
                                  doc="open crisis need that weighs in full")
    displaced: float = parameter(0.25, unit="functioning", low=0.1, high=0.5, source=ASSUMED,
                                 doc="functioning lost while displaced")
    fall: float = parameter(0.5, unit="1/d", low=0.2, high=1.0, source=ASSUMED,
                            doc="how fast functioning falls to its ceiling")
    climb: float = parameter(0.5, unit="1/d", low=0.1, high=0.5, source="assumption; an ordinary power cut heals in "
                             "days (Enedis 2017: 67 % back within a day)",
                             doc="how fast functioning climbs to its ceiling")
    well: float = parameter(0.95, unit="functioning", low=0.9, high=0.99, source="a convention of the reports",
                            doc="functioning from which a resident counts as back")
    min_need_days: float = parameter(1.0, unit="days", low=1.0, high=7.0, source=ASSUMED,
                                     doc="an unmet need costs power to act from this age on")


@dataclass
class DisplacementParameters(ParameterGroup):
    """Households that a crisis puts out of their homes."""

    notice_return: float = parameter(0.0047, unit="1/d", low=0.001, high=0.02, grade="derived",
                                     source=MARSEILLE_SOURCE,
                                     doc="rate of return while orders are being lifted, the first `notice_days`")
    notice_days: float = parameter(20.0, unit="days", low=5.0, high=60.0, grade="derived", source=MARSEILLE_SOURCE,
                                   doc="days in which orders are lifted")
    own_return: float = parameter(0.00045, unit="1/d", low=0.0002, high=0.0009, grade="derived",
                                  source=MARSEILLE_SOURCE, doc="rate at which a household finds a home, times income")
    tie_return: float = parameter(0.00011, unit="1/d", low=0.00005, high=0.00022, grade="derived",
                                  source=MARSEILLE_SOURCE, doc="more for each trusted tie, up to six")
    institution_return: float = parameter(0.0007, unit="1/d", low=0.0003, high=0.0014, grade="derived",
                                          source=MARSEILLE_SOURCE,
                                          doc="more for who applies to the institution, from `rehousing_days` on")
    rehousing_days: float = parameter(60.0, unit="days", low=14.0, high=180.0, source=ASSUMED,
                                      doc="days before an institution rehouses anybody")
    strong_trust: float = parameter(0.4, unit="trust", low=0.25, high=0.6, source=ASSUMED,
                                    doc="a tie this strong lodges people and helps them to find a home")
    lodged: float = parameter(0.55, unit="share", low=0.2, high=0.9, source="assumption; public shelters took 17 % "
                              "of those displaced by the ice storm of 1998 (Radio-Canada)",
                              doc="displaced households with a strong tie or kin that these lodge")
    trust_loss: float = parameter(0.065, unit="trust", low=0.0, high=0.13, grade="derived",
                                  source="tsunami of 2011, Hikichi et al.: -.36 standard deviations after nine "
                                  "years; one is about .18 here",
                                  doc="generalised trust lost for good by who stays displaced")
    trust_days: float = parameter(90.0, unit="days", low=30.0, high=365.0, source=ASSUMED,
                                  doc="days out of home after which that trust is lost")
