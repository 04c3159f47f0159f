"""Numbers of ties: time, trust, wear, endings and beginnings (model sections 7.1 to 7.3)."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter

HALL_SOURCE = "Hall 2019, doi:10.1177/0265407518761225: 50, 90, 200 h to casual friend, friend, close friend"
HOMOPHILY_SOURCE = "order after McPherson et al. 2001, doi:10.1146/annurev.soc.27.1.415; size assumed"
DECAY_SOURCE = "order after Burt 2000 and Roberts & Dunbar 2011 (kin slower than friends); size assumed"
ENDING_SOURCE = "set so that about 48 % of close ties last 7 years (Mollenhorst 2009)"


@dataclass
class ContactParameters(ParameterGroup):
    """How social time becomes hours together, and hours become trust."""

    gain: float = parameter(0.005493061443340548, unit="1/h", low=0.003, high=0.010, grade="derived",
                            source=HALL_SOURCE, doc="trust gained per shared hour: ln 3 / 200")
    loss: float = parameter(0.15, unit="per event", low=0.0, high=0.6, source="model 7.1",
                            doc="trust lost per refusal or broken promise")
    help_hours: float = parameter(5.0, unit="h/h", low=1.0, high=10.0, source="model 7.1",
                                  doc="an hour of help received counts as so many hours together")
    donor_share: float = parameter(0.5, unit="share", low=0.0, high=1.0, source="model 7.1",
                                   doc="share of that gain felt by the donor")
    concentration: float = parameter(1.0, unit="-", low=0.5, high=1.5, source="model 7.2 (gamma)",
                                     doc="how far time goes to the strongest ties")
    visit: float = parameter(2.0, unit="h", low=1.0, high=3.0, source="model 7.2", doc="length of a visit")
    min_free_share: float = parameter(0.2, unit="share", low=0.0, high=0.5, source="model 7.2",
                                      doc="share of social time that projects never take")
    decay_kin: float = parameter(0.10, unit="1/yr", low=0.05, high=0.20, source=DECAY_SOURCE, doc="wear of trust, kin")
    decay_friend: float = parameter(0.25, unit="1/yr", low=0.125, high=0.5, source=DECAY_SOURCE,
                                    doc="wear of trust, friends")
    decay_neighbour: float = parameter(0.25, unit="1/yr", low=0.125, high=0.5, source=DECAY_SOURCE,
                                       doc="wear of trust, neighbours")
    decay_other: float = parameter(0.35, unit="1/yr", low=0.175, high=0.7, source=DECAY_SOURCE,
                                   doc="wear of trust, others")
    decay_project: float = parameter(0.35, unit="1/yr", low=0.175, high=0.7, source=DECAY_SOURCE,
                                     doc="wear of trust, co-participants")
    end_kin: float = parameter(0.02, unit="1/yr", low=0.01, high=0.04, source=ENDING_SOURCE,
                               doc="life events end a kin tie")
    end_friend: float = parameter(0.09, unit="1/yr", low=0.045, high=0.18, source=ENDING_SOURCE,
                                  doc="life events end a friendship")
    end_neighbour: float = parameter(0.10, unit="1/yr", low=0.05, high=0.20, source=ENDING_SOURCE,
                                     doc="life events end a neighbour tie")
    end_other: float = parameter(0.18, unit="1/yr", low=0.09, high=0.36, source=ENDING_SOURCE,
                                 doc="life events end another tie")
    end_project: float = parameter(0.15, unit="1/yr", low=0.075, high=0.30, source=ENDING_SOURCE,
                                   doc="life events end a co-participant tie")
    few_contacts: float = parameter(20.0, unit="contacts/yr", low=5.0, high=50.0,
                                    source="a few a year in each of five networks; set so that about 12 % of adults "
                                    "are isolated (Fondation de France 2024)",
                                    doc="visits and sessions a year below which an adult counts as isolated")
    min_trust: float = parameter(0.05, unit="trust", low=0.03, high=0.08, source="model 7.2",
                                 doc="below this on either side a tie is over")


@dataclass
class TieFormationParameters(ParameterGroup):
    """Where new ties begin, and between whom."""

    building: float = parameter(0.06, unit="1/yr", low=0.02, high=0.6, source="model 7.3; calibrated to P3",
                                doc="candidates met in one's building")
    friend: float = parameter(0.7, unit="1/yr", low=0.2, high=4.5, source="model 7.3; calibrated to P3",
                              doc="candidates met through friends")
    other: float = parameter(0.40, unit="1/yr", low=0.12, high=1.2, source="model 7.3; tuned to P3",
                             doc="candidates met elsewhere (work, school)")
    first_trust: float = parameter(0.10, unit="trust", low=0.05, high=0.2, source="model 7.3 (tau0)",
                                   doc="trust at first impression, times .5 + neighbourhood support")
    homophily: float = parameter(1.0, unit="-", low=0.0, high=2.0, source=HOMOPHILY_SOURCE,
                                 doc="strength of like seeks like")
    group: float = parameter(0.7, unit="-", low=0.0, high=2.0, source=HOMOPHILY_SOURCE, doc="weight of another milieu")
    age: float = parameter(0.5, unit="per 20 yr", low=0.0, high=2.0, source=HOMOPHILY_SOURCE,
                           doc="weight of age distance")
    ses: float = parameter(0.4, unit="-", low=0.0, high=2.0, source=HOMOPHILY_SOURCE,
                           doc="weight of another social class")
    same_neighbourhood: float = parameter(0.02, unit="share", low=0.0, high=0.5, source="model 5.4; calibrated to P3",
                                          doc="kin and friends living in the same neighbourhood")
    same_neighbourhood_other: float = parameter(0.01, unit="share", low=0.0, high=0.5,
                                                source="model 5.4; calibrated to P3",
                                                doc="other ties living in the same neighbourhood")
    mean_distance: float = parameter(11.0, unit="km", low=2.0, high=15.0, source="model 5.4; calibrated to P3",
                                     doc="mean distance of a tie that leaves the neighbourhood (exponential)")
    strong_trust: float = parameter(0.25, unit="trust", low=0.05, high=0.4, source="model 7.7 (theta_check)",
                                    doc="a tie this strong counts for neighbourhood support, and looks after the other")
    min_neighbourhood_support: float = parameter(0.2, unit="share", low=0.0, high=1.0, source="model 2.4",
                                                 doc="floor of a neighbourhood's support")


@dataclass
class StartParameters(ParameterGroup):
    """The state a run starts from (model section 5)."""

    social_hours: float = parameter(6.0, unit="h/week", low=4.0, high=10.0,
                                    source="model 5.3; about 41 min a day socialising in the US, quoted in Hall 2019",
                                    doc="mean social time outside the household")
    sociability: float = parameter(0.30, unit="log sd", low=0.1, high=0.5, source="model 5.2",
                                   doc="spread of neighbourhood sociability")
    kin: float = parameter(1.15, unit="ties", low=0.3, high=4.0, source="model 5.4; calibrated to P3",
                           doc="kin ties begun per adult")
    friend: float = parameter(1.55, unit="ties", low=0.5, high=10.0, source="model 5.4; calibrated to P3",
                              doc="friendships begun per adult")
    neighbour: float = parameter(0.48, unit="ties", low=0.2, high=3.0, source="model 5.4; calibrated to P3",
                                 doc="neighbour ties begun per adult")
    other: float = parameter(0.65, unit="ties", low=0.3, high=6.0, source="model 5.4; calibrated to P3",
                             doc="other ties begun per adult")
    project: float = parameter(3.0, unit="ties", low=0.0, high=8.0, grade="derived",
                               source="so that members' ties are at rest with meeting.tie_share and its wear",
                               doc="project ties of a member who comes to sessions")
    trust_project: float = parameter(0.12, unit="trust", low=0.06, high=0.4, grade="derived",
                                     source="mean trust of project ties in calm runs of three_sites",
                                     doc="mean trust of project ties at the start")
    trust_kin: float = parameter(0.70, unit="trust", low=0.4, high=0.9, source="model 5.4", doc="seed trust, kin")
    trust_friend: float = parameter(0.50, unit="trust", low=0.2, high=0.8, source="model 5.4",
                                    doc="seed trust, friends")
    trust_other: float = parameter(0.30, unit="trust", low=0.1, high=0.6, source="model 5.4", doc="seed trust, others")
    host_trust: float = parameter(0.4, unit="trust", low=0.1, high=0.7, source="model 5.5", doc="first trust in a host")
    stock: float = parameter(5.0, unit="person-days", low=2.0, high=10.0, source="model 5.7; three days are advised",
                             doc="median household stock of essentials, per person")
    stock_spread: float = parameter(0.6, unit="log sd", low=0.0, high=1.2, source="model 5.7", doc="spread of stocks")
    stock_income: float = parameter(0.3, unit="elasticity", low=0.0, high=1.0, source="model 5.7",
                                    doc="how stocks grow with income")
    kit: float = parameter(0.6, unit="share", low=0.4, high=0.8, source="model 5.7",
                           doc="poorest households with a kit")
    kit_income: float = parameter(0.3, unit="share", low=0.1, high=0.4, source="model 5.7",
                                  doc="more of them at the top of the income scale")
    cushion: float = parameter(30.0, unit="days of income", low=5.0, high=120.0, source="model 2.3",
                               doc="median cash cushion")
    register: float = parameter(0.03, unit="share", low=0.01, high=0.15, grade="published",
                                source="Paris REFLEX: about 10 700 of 360 000 residents aged 65 and over",
                                doc="residents aged 65+ on the register of vulnerable persons")
    consent: float = parameter(0.6, unit="share", low=0.2, high=0.9, source="assumed: registers are voluntary",
                               doc="residents aged 65+ who agree to be listed when asked")
    places: float = parameter(90.0, unit="places/week", low=30.0, high=300.0, source="model 5.5",
                              doc="weekly places of a generic site")
    kits: float = parameter(20.0, unit="kits", low=5.0, high=60.0, source="model 2.5", doc="kits a generic site lends")
