"""Numbers of local projects: hearing, joining, meeting, learning, trust in hosts and institutions, money."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter


@dataclass
class HearingParameters(ParameterGroup):
    """Who learns of a site, and forgets it (model 7.4)."""

    visibility: float = parameter(0.05, unit="1/yr", low=0.02, high=0.3, grade="derived",
                                  source="set so that 46 % of adults know one of their sites: 46 % have heard of the "
                                  "France services counters (OpinionWay 2023, territorial.zepros.fr)",
                                  doc="a site seen by itself")
    building: float = parameter(0.5, unit="1/yr", low=0.15, high=1.5, source="assumed",
                                doc="rate if everyone in the building were a member")
    word_of_mouth: float = parameter(0.45, unit="1/yr", low=0.15, high=1.35, source="assumed",
                                     doc="word of mouth per unit of trust in a member")
    nonmember_weight: float = parameter(0.2, unit="share", low=0.0, high=1.0, source="assumed",
                                        doc="a friend who only knows of the site counts this much of a member")
    forget: float = parameter(0.6, unit="1/yr", low=0.2, high=1.5, doc="awareness lost",
                              source="size assumed; half of those who have heard of France services no longer know "
                              "what it is (OpinionWay 2023, territorial.zepros.fr)")


@dataclass
class JoiningParameters(ParameterGroup):
    """Who joins, waits, stays and leaves (model 7.4)."""

    rate: float = parameter(0.36, unit="1/yr", low=0.05, high=0.5, source="calibrated to P11",
                            doc="joining of an aware resident, no distance, no barrier")
    distance: float = parameter(0.8, unit="km", low=0.4, high=2.0, source="assumed", doc="distance scale")
    reach: float = parameter(5.0, unit="km", low=2.0, high=20.0, source="assumed",
                             doc="a site farther from home is nobody's: not heard of, not joined, not turned to")
    friends: float = parameter(0.8, unit="per log", low=0.0, high=2.0,
                               source="sign: Backstrom et al. 2006, doi:10.1145/1150402.1150412; size assumed",
                               doc="weight of ln(1 + member friends)")
    agency: float = parameter(1.5, unit="-", low=0.0, high=2.0, doc="weight of power to act",
                              source="size assumed, within what half of managers and a quarter of workers in "
                              "associations allow (INSEE 2010, Observatoire des inégalités)")
    host: float = parameter(1.0, unit="-", low=0.0, high=2.0, source="assumed", doc="weight of trust in the host")
    institution: float = parameter(1.0, unit="-", low=0.0, high=2.0, source="assumed",
                                   doc="weight of trust in institutions")
    trust: float = parameter(0.5, unit="-", low=0.0, high=2.0, source="assumed", doc="weight of mean trust in ties")
    affinity: float = parameter(1.0, unit="-", low=0.0, high=2.0, doc="weight of the site's public",
                                source="size assumed; sport clubs, the most selective, count 3.4 times as many members "
                                "among holders of the bac as without diploma (INSEE 2008)")
    no_time: float = parameter(0.5, unit="-", low=0.0, high=2.0, source="assumed",
                               doc="penalty when less than 2 h a week are free")
    little_time: float = parameter(2.0, unit="h/week", low=0.0, high=6.0, source="assumed",
                                   doc="what counts as no time")
    members_per_place: float = parameter(1.6666666666666667, unit="members/place", low=1.0, high=3.0, grade="derived",
                                         source="1 / attendance",
                                         doc="members a site takes per weekly place")
    first_satisfaction: float = parameter(0.38, unit="satisfaction", low=0.0, high=1.0, grade="derived",
                                          source="mean satisfaction of members in calm runs of three_sites",
                                          doc="satisfaction of a new member")
    welcome: float = parameter(1.5, unit="-", low=1.0, high=2.0, source="assumed",
                               doc="barriers weigh (this - q): facilitation lowers them")
    patience: float = parameter(90.0, unit="days", low=14.0, high=365.0, source="assumed",
                                doc="days on a waiting list before one feels turned away")
    leave: float = parameter(0.35, unit="1/yr", low=0.2, high=0.5, grade="published",
                             source="about a third of US volunteers stop in a year (CNCS 2008)",
                             doc="members who leave")
    leave_spread: float = parameter(1.0, unit="log sd", low=0.0, high=1.5, grade="derived",
                                    source="set so that 67 % of newcomers stay half a year: 97 of 145 given a garden "
                                    "plot kept it all season (CAPS trial, doi:10.1038/s41598-024-63889-w)",
                                    doc="how members differ in leaving: newcomers leave sooner than members at large")
    leave_satisfaction: float = parameter(1.5, unit="-", low=0.0, high=3.0, source="assumed",
                                          doc="weight of satisfaction in staying")
    leave_load: float = parameter(0.3, unit="per h/week", low=0.0, high=1.0, source="assumed",
                                  doc="weight of overload in leaving")
    bearable_load: float = parameter(4.0, unit="h/week", low=0.0, high=20.0, source="assumed",
                                     doc="load that is no burden")


@dataclass
class MeetingParameters(ParameterGroup):
    """Sessions at sites: standing groups, shared work, learning (model 7.3, 7.5, 7.6)."""

    attendance: float = parameter(0.6, unit="share", low=0.3, high=0.9, source="assumed",
                                  doc="of those who come to sessions, share at one session")
    participation: float = parameter(0.48, unit="share", low=0.3, high=1.0, grade="published",
                                     source="CAPS trial of community gardens, doi:10.1038/s41598-024-63889-w: 48 % of "
                                     "gardeners came to an event in a season; 73 % of gardens hold some",
                                     doc="members who come to sessions; the others use the site alone")
    tie_share: float = parameter(0.1, unit="share", low=0.01, high=0.2,
                                 source="set so that members' ties are at rest at a few each; size assumed",
                                 doc="pairs who work together, without a tie, who begin one")
    group_size: float = parameter(12.0, unit="members", low=6.0, high=20.0, source="model 7.3",
                                  doc="nominal standing group")
    seats_per_member: float = parameter(1.5, unit="x group size", low=1.0, high=3.0, source="model 7.3",
                                        doc="seats of a session")
    length: float = parameter(2.5, unit="h", low=1.0, high=4.0, grade="derived",
                              source="90 minutes a week over .6 sessions: the median gardener of the CAPS trial, "
                              "doi:10.1038/s41598-024-63889-w", doc="length of a session")
    presence: float = parameter(0.25, unit="share", low=0.1, high=0.6, source="model 7.3",
                                doc="an hour in one room counts this much")
    intensity: float = parameter(0.75, unit="share", low=0.3, high=1.0, source="model 7.3",
                                 doc="an hour of shared work counts this much more")
    partners: float = parameter(6.0, unit="per unit of q", low=2.0, high=10.0, source="model 7.3",
                                doc="partners met per session and unit of facilitation")
    mixing: float = parameter(1.0, unit="-", low=0.0, high=2.0, source="model 7.3",
                              doc="homophily of meetings at a site without facilitated mixing")
    quality_base: float = parameter(0.35, unit="q", low=0.1, high=0.6, source="model 7.4", doc="facilitation, no staff")
    quality_staff: float = parameter(0.5, unit="q", low=0.1, high=0.65, source="model 7.4", doc="more with staff")
    members_per_staff: float = parameter(40.0, unit="members/FTE", low=10.0, high=120.0, source="model 7.4",
                                         doc="members for whom one post half suffices")
    learning: float = parameter(0.004, unit="1/h", low=0.001, high=0.01, source="model 7.5",
                                doc="skill taken from a peer")
    agency: float = parameter(0.004, unit="1/h", low=0.0, high=0.012, source="model 7.1",
                              doc="power to act per hour x q")
    event: float = parameter(0.02, unit="per event", low=0.0, high=0.06, source="model 7.1",
                             doc="power to act per help given or received")
    refusal: float = parameter(0.03, unit="per event", low=0.0, high=0.10, source="model 7.1",
                               doc="power to act lost per refusal or unmet crisis need")
    vicarious: float = parameter(0.25, unit="share", low=0.0, high=1.0, source="model 7.6; Bandura 1997",
                                 doc="share of a strong tie's gain in power to act")
    institution: float = parameter(0.0015, unit="1/h", low=0.0, high=0.0045, source="model 7.1",
                                   doc="trust in institutions per co-governed hour")
    general: float = parameter(0.001, unit="1/h", low=0.0, high=0.003, source="model 7.1",
                               doc="generalised trust per hour x q")
    host: float = parameter(0.01, unit="1/h", low=0.0, high=0.03, source="model 7.1",
                            doc="trust in the host per hour x q")
    host_loss: float = parameter(0.15, unit="per event", low=0.0, high=0.6, source="model 7.1",
                                 doc="trust in the host lost when turned away, or when it closes")
    aid: float = parameter(0.04, unit="per event", low=0.0, high=0.3, source="model 7.1; calibrated to P10",
                           doc="trust in institutions per aid received")
    asymmetry: float = parameter(3.0, unit="-", low=1.0, high=5.0,
                                 source="Slovic 1993; contested by Poortinga & Pidgeon 2004",
                                 doc="a loss of trust in institutions weighs so many gains")
    decay_agency: float = parameter(0.15, unit="1/yr", low=0.05, high=0.45, source="model 7.1",
                                    doc="return of power to act")
    decay_institution: float = parameter(0.15, unit="1/yr", low=0.05, high=0.45, source="model 7.1",
                                         doc="return of trust in institutions")
    decay_general: float = parameter(0.25, unit="1/yr", low=0.08, high=0.75, source="model 7.1",
                                     doc="return of generalised trust")
    decay_host: float = parameter(0.25, unit="1/yr", low=0.08, high=0.75, source="model 7.1",
                                  doc="return of host trust")
    decay_skill: float = parameter(0.05, unit="1/yr", low=0.01, high=0.2, source="model 7.1", doc="return of skill")
    satisfaction_rate: float = parameter(0.1, unit="per week", low=0.02, high=0.5, source="model 7.4",
                                         doc="how fast satisfaction follows experience")
    satisfaction_base: float = parameter(0.3, unit="satisfaction", low=0.0, high=0.6, source="model 7.4",
                                         doc="satisfaction when nobody was met")
    satisfaction_met: float = parameter(0.4, unit="satisfaction", low=0.0, high=0.7, source="model 7.4",
                                        doc="more, times q, when enough partners were met")
    satisfaction_learning: float = parameter(0.1, unit="satisfaction", low=0.0, high=0.3, source="model 7.4",
                                             doc="more when something was learned")
    satisfaction_turned_away: float = parameter(0.1, unit="satisfaction", low=0.0, high=0.3, source="model 7.4",
                                                doc="less when turned away")
    satisfaction_distance: float = parameter(0.2, unit="satisfaction", low=0.0, high=0.5, source="model 7.4",
                                             doc="less, times (1 - q), per unit of social distance to those met")
    enough_partners: float = parameter(2.0, unit="partners", low=1.0, high=6.0, source="model 7.4",
                                       doc="partners that suffice")
    roster: float = parameter(0.3, unit="share", low=0.05, high=0.8, grade="derived",
                              source="8 of 15.8 million members volunteer in their association, half of them regularly "
                              "(INSEE Première 1327, 2010): 25 %, rounded up",
                              doc="members on the volunteer roster")


@dataclass
class FundingParameters(ParameterGroup):
    """A site's money (model 7.10)."""

    post: float = parameter(48000.0, unit="EUR/FTE/yr", low=42000.0, high=58000.0,
                            source="30 EUR/h x 1 600 h, full employer cost; model 8", doc="cost of one post")
    overhead: float = parameter(0.4, unit="share", low=0.1, high=1.0, source="model 8 (L1)",
                                doc="rent and running costs over wages")
    own: float = parameter(0.5, unit="share", low=0.0, high=1.0, grade="published",
                           source="France Tiers-Lieux 2023: half of income is own", doc="own resources in income")
    renewal: float = parameter(0.88, unit="probability", low=0.7, high=0.98, grade="published",
                               source="so that 4 % of sites stop in a year: 3.9 % of associations do (3.4-4.4; "
                               "Recherches & Solidarités 2019), and of London's youth clubs (IFS 2019); about 10 % of "
                               "decided requests for grants are refused (Le Mouvement associatif 2025)",
                               doc="each of three grants renewed on 1 January")
    vacancy: float = parameter(180.0, unit="days", low=30.0, high=1460.0,
                               source="size assumed; associations created are 5.1 % of the stock a year, 3.9 % stop "
                               "(Recherches & Solidarités 2019)",
                               doc="days until a new team takes over a site that has closed")
    reserve: float = parameter(0.25, unit="yr of costs", low=0.0, high=1.0, source="model 7.10", doc="reserve at start")
    hours_per_post: float = parameter(20.0, unit="h/week/FTE", low=10.0, high=35.0, source="model 7.4",
                                      doc="opening hours one post can hold; the roster carries the rest")


@dataclass
class ProvidingParameters(ParameterGroup):
    """What levers bring to homes, people and networks of sites (model 8)."""

    network: float = parameter(3.0, unit="km", low=0.5, high=10.0, source="model 8 (L11)",
                               doc="networked sites this near to one another share their shelves")
    room_frailty: float = parameter(0.7, unit="frailty", low=0.3, high=1.0, source="assumed",
                                    doc="frailer residents do not come to a refuge room by themselves")
    instructor: float = parameter(0.8, unit="skill", low=0.5, high=1.0, source="model 7.5",
                                  doc="skill of an instructor")
    lesson: float = parameter(0.02, unit="1/h", low=0.005, high=0.05, source="assumed: five times a peer",
                              doc="share of the way to the instructor's skill made in an hour of training")
    reserve_matched: float = parameter(0.8, unit="share", low=0.3, high=1.0, source="assumed; Avignon: each of 14 "
                                       "reservists has a sector", doc="time offered by a crisis reserve that is used")
