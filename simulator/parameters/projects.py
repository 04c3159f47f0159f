"""Numbers of local projects: hearing, joining, meeting, learning, trust in hosts and institutions, money."""

from __future__ import annotations

from dataclasses import dataclass

from .parameter import ParameterGroup, parameter


@dataclass
class HearingParameters(ParameterGroup):
    """Who learns of a site, and forgets it."""

    visibility: float = parameter(0.05, unit="1/yr", low=0.02, high=0.3, grade="derived",
                                  source="set so that 46 % of adults know one of their sites: 46 % have heard of the "
                                  "France services counters (OpinionWay 2023, territorial.zepros.fr)",
                                  doc="a site seen by itself")
    building: float = parameter(0.5, unit="1/yr", low=0.15, high=1.5,
                                source="assumption: as fast as word of mouth from one friend",
                                doc="rate if everyone in the building were a member")
    word_of_mouth: float = parameter(0.45, unit="1/yr", low=0.15, high=1.35,
                                     source="assumption: a trusted member tells within some two years",
                                     doc="word of mouth per unit of trust in a member")
    nonmember_weight: float = parameter(0.2, unit="share", low=0.0, high=1.0,
                                        source="assumption: who only knows of a site speaks of it less than a member",
                                        doc="a friend who only knows of the site counts this much of a member")
    forget: float = parameter(0.6, unit="1/yr", low=0.2, high=1.5, grade="derived",
                              source="OpinionWay for Le Sens du service public 2023, territorial.zepros.fr: half of "
                              "those who have heard of France services no longer know what it is, ln 2 = .69 "
                              "if in a year",
                              doc="awareness lost")


@dataclass
class JoiningParameters(ParameterGroup):
    """Who joins, waits, stays and leaves."""

    rate: float = parameter(0.36, unit="1/yr", low=0.05, high=0.5,
                            grade="derived",
                            source="calibrated to membership of 4 to 15 %, a tenth to a third of the 42 % in any "
                            "association: INSEE, SRCV 2013, archive.associations-citoyennes.net 7215",
                            doc="joining of an aware resident, no distance, no barrier")
    distance: float = parameter(0.8, unit="km", low=0.4, high=2.0,
                                source="assumption: half as many come from 550 m as from next door",
                                doc="distance scale")
    reach: float = parameter(5.0, unit="km", low=2.0, high=20.0,
                             source="assumption: an hour's walk",
                             doc="a site farther from home is nobody's: not heard of, not joined, not turned to")
    friends: float = parameter(0.8, unit="per log", low=0.0, high=2.0,
                               source="assumption: sign of Backstrom et al. 2006, doi:10.1145/1150402.1150412; size "
                               "not published",
                               doc="weight of ln(1 + member friends)")
    agency: float = parameter(1.5, unit="-", low=0.0, high=2.0,
                              source="assumption: the weights together give members 50 % among managers, 26 % among "
                              "workers (INSEE 2010, inequalitywatch.eu), log odds 1.05",
                              doc="weight of power to act")
    host: float = parameter(1.0, unit="-", low=0.0, high=2.0,
                            source="assumption: from no trust to full trust, e times more join",
                            doc="weight of trust in the host")
    institution: float = parameter(1.0, unit="-", low=0.0, high=2.0,
                                   source="assumption: as trust in the host",
                                   doc="weight of trust in institutions")
    trust: float = parameter(0.5, unit="-", low=0.0, high=2.0,
                             source="assumption: half of trust in the host",
                             doc="weight of mean trust in ties")
    affinity: float = parameter(1.0, unit="-", low=0.0, high=2.0, grade="derived",
                                source="INSEE 2008, quoted in inequalitywatch.eu: members of sport clubs 16.9 % with "
                                "the bac or more, 4.9 % without diploma, a log ratio of 1.24 for the most "
                                "selective kind of place",
                                doc="weight of the site's public")
    no_time: float = parameter(0.5, unit="-", low=0.0, high=2.0,
                               source="assumption: those without time join .6 times as often",
                               doc="penalty when less than 2 h a week are free")
    little_time: float = parameter(2.0, unit="h/week", low=0.0, high=6.0,
                                   source="assumption: social time, not free time, of which every group has 23 to 35 "
                                   "h (INSEE, Emploi du temps 2010)",
                                   doc="what counts as no time")
    members_per_place: float = parameter(1.6666666666666667, unit="members/place", low=1.0, high=3.0, grade="derived",
                                         source="1 / meeting.attendance, after the CAPS trial (Litt et al. 2024, "
                                         "doi:10.1038/s41598-024-63889-w)",
                                         doc="members a site takes per weekly place")
    first_satisfaction: float = parameter(0.38, unit="satisfaction", low=0.0, high=1.0, grade="derived",
                                          source="mean satisfaction of members in calm runs of three_sites",
                                          doc="satisfaction of a new member")
    welcome: float = parameter(1.5, unit="-", low=1.0, high=2.0,
                               source="assumption: barriers weigh in full at q = .5",
                               doc="barriers weigh (this - q): facilitation lowers them")
    patience: float = parameter(90.0, unit="days", low=14.0, high=365.0,
                                source="assumption: a season",
                                doc="days on a waiting list before one feels turned away")
    leave: float = parameter(0.35, unit="1/yr", low=0.2, high=0.5, grade="published",
                             source="a third of US volunteers stop in a year (CNCS 2008); -ln(1 - .26 .. .40) = .30 "
                             "to .51 in a library of 497 members (L'Union 2013 to 2015, pdfslide.fr)",
                             doc="members who leave")
    leave_spread: float = parameter(1.0, unit="log sd", low=0.0, high=1.5, grade="derived",
                                    source="set so that 67 % of newcomers stay half a year: 97 of 145 given a garden "
                                    "plot kept it all season (CAPS trial, doi:10.1038/s41598-024-63889-w)",
                                    doc="how members differ in leaving: newcomers leave sooner than members at large")
    leave_satisfaction: float = parameter(1.5, unit="-", low=0.0, high=3.0,
                                          source="assumption: who is displeased leaves twice as often",
                                          doc="weight of satisfaction in staying")
    leave_load: float = parameter(0.3, unit="per h/week", low=0.0, high=1.0,
                                  source="assumption: sign: burnout ends volunteering; size not published",
                                  doc="weight of overload in leaving")
    bearable_load: float = parameter(4.0, unit="h/week", low=0.0, high=20.0, grade="derived",
                                     source="IFOP for France Bénévolat 2016, letowski.fr: 3.3 h a week, the mean of "
                                     "regular volunteers, rounded up",
                                     doc="load that is no burden")


@dataclass
class MeetingParameters(ParameterGroup):
    """Sessions at sites: standing groups, shared work, learning."""

    attendance: float = parameter(0.6, unit="share", low=0.3, high=0.9, grade="derived",
                                  source="with a length of 2.5 h, 90 minutes a week: the median in the CAPS trial of "
                                  "gardens (Litt et al. 2024, doi:10.1038/s41598-024-63889-w, read in its "
                                  "summary)",
                                  doc="members at a session")
    participation: float = parameter(0.48, unit="share", low=0.3, high=1.0, grade="derived",
                                     source="CAPS trial of community gardens, quoted from doi:10.1038/s41598-024-63889-"
                                     "w: 48 % of gardeners came to an event in a season; 73 % of gardens hold some",
                                     doc="members who come to sessions; the others use the site alone")
    tie_share: float = parameter(0.1, unit="share", low=0.01, high=0.2,
                                 source="assumption: so that members' ties are at rest at a few each",
                                 doc="pairs who work together, without a tie, who begin one")
    group_size: float = parameter(12.0, unit="members", low=6.0, high=20.0,
                                  source="assumption: a table or a workshop; 50 to 100 members in local exchange "
                                  "systems meet in parts",
                                  doc="nominal standing group")
    seats_per_member: float = parameter(1.5, unit="x group size", low=1.0, high=3.0,
                                        source="assumption: a session holds half as many again",
                                        doc="seats of a session")
    length: float = parameter(2.5, unit="h", low=1.0, high=4.0, grade="derived",
                              source="with an attendance of .6, 90 minutes a week: the median in the CAPS trial of "
                              "gardens (Litt et al. 2024, doi:10.1038/s41598-024-63889-w, read in its summary)",
                              doc="length of a session")
    presence: float = parameter(0.25, unit="share", low=0.1, high=0.6,
                                source="assumption: being in one room is not being together",
                                doc="an hour in one room counts this much")
    intensity: float = parameter(0.75, unit="share", low=0.3, high=1.0,
                                 source="assumption: shared work counts as leisure, more than work, after Hall 2019, "
                                 "doi:10.1177/0265407518761225",
                                 doc="an hour of shared work counts this much more")
    partners: float = parameter(6.0, unit="per unit of q", low=2.0, high=10.0,
                                source="assumption: half of a group of twelve at best",
                                doc="partners met per session and unit of facilitation")
    mixing: float = parameter(1.0, unit="-", low=0.0, high=2.0,
                              source="assumption: as elsewhere",
                              doc="homophily of meetings at a site without facilitated mixing")
    quality_base: float = parameter(0.35, unit="q", low=0.1, high=0.6,
                                    source="assumption: members lead themselves, one time in three well",
                                    doc="facilitation, no staff")
    quality_staff: float = parameter(0.5, unit="q", low=0.1, high=0.65,
                                     source="assumption: with ample staff .85; 69 % of third places have a "
                                     "facilitator (France Tiers-Lieux 2021)",
                                     doc="more with staff")
    members_per_staff: float = parameter(40.0, unit="members/FTE", low=10.0, high=120.0,
                                         source="assumption: one facilitator for some three groups",
                                         doc="members for whom one post half suffices")
    learning: float = parameter(0.004, unit="1/h", low=0.001, high=0.01,
                                source="assumption: a tenth of the gap in 26 hours",
                                doc="skill taken from a peer")
    agency: float = parameter(0.004, unit="1/h", low=0.0, high=0.012,
                              source="assumption: sign: participation and self-efficacy, Bandura 1997; size not "
                              "published",
                              doc="power to act per hour x q")
    event: float = parameter(0.02, unit="per event", low=0.0, high=0.06,
                             source="assumption: sign: mastery experience, Bandura 1997; size not published",
                             doc="power to act per help given or received")
    refusal: float = parameter(0.03, unit="per event", low=0.0, high=0.10,
                               source="assumption: a failure weighs half as much again as a success",
                               doc="power to act lost per refusal or unmet crisis need")
    vicarious: float = parameter(0.25, unit="share", low=0.0, high=1.0,
                                 source="assumption: sign: vicarious experience, Bandura 1997; size not published",
                                 doc="share of a strong tie's gain in power to act")
    institution: float = parameter(0.0015, unit="1/h", low=0.0, high=0.0045,
                                   source="assumption: small: adult experience moves trust little and not for long",
                                   doc="trust in institutions per co-governed hour")
    general: float = parameter(0.001, unit="1/h", low=0.0, high=0.003,
                               source="assumption: a high value; adult experiences move trust little and for a time "
                               "(Political Studies 2024, doi:10.1177/00323217231224971); 50 h a year move it by 5 %",
                               doc="generalised trust per hour x q")
    host: float = parameter(0.01, unit="1/h", low=0.0, high=0.03,
                            source="assumption: a regular member's trust moves half-way in a year or two",
                            doc="trust in the host per hour x q")
    host_loss: float = parameter(0.15, unit="per event", low=0.0, high=0.6,
                                 source="assumption: as a refusal by a friend",
                                 doc="trust in the host lost when turned away, or when it closes")
    aid: float = parameter(0.04, unit="per event", low=0.0, high=0.3, grade="derived",
                           source="calibrated so that 58 to 65 % trust local institutions (Cevipof 2014 to 2026): "
                           "history matching leaves .031 to .045 (experiments/calibration)",
                           doc="trust in institutions per aid received")
    asymmetry: float = parameter(3.0, unit="-", low=1.0, high=5.0,
                                 source="assumption: sign: Slovic 1993, Zhu et al. 2023; contested by Poortinga & "
                                 "Pidgeon 2004; size not published",
                                 doc="a loss of trust in institutions weighs so many gains")
    decay_agency: float = parameter(0.15, unit="1/yr", low=0.05, high=0.45,
                                    source="assumption: as trust in institutions",
                                    doc="return of power to act")
    decay_institution: float = parameter(0.15, unit="1/yr", low=0.05, high=0.5,
                                         source="assumption: slower than the .25 to .5 of political change (Devine & "
                                         "Valgardsson 2023, EJPR: back in a few years)",
                                         doc="return of trust in institutions")
    decay_general: float = parameter(0.25, unit="1/yr", low=0.08, high=0.75, grade="derived",
                                     source="Sociology 2017, doi:10.1177/0038038517718991: changes of generalised "
                                     "trust are temporary, with rapid decay; .25 a year is the floor",
                                     doc="return of generalised trust")
    decay_host: float = parameter(0.25, unit="1/yr", low=0.08, high=0.75,
                                  source="assumption: as generalised trust",
                                  doc="return of host trust")
    decay_skill: float = parameter(0.05, unit="1/yr", low=0.01, high=2.3,
                                   source="assumption: everyday know-how, which its use keeps; trained first aid "
                                   "wears at .36 to 2.3 a year (AED Challenge review 2010; Wilson et al. 1983)",
                                   doc="return of skill")
    satisfaction_rate: float = parameter(0.1, unit="per week", low=0.02, high=0.5,
                                         source="assumption: ten weeks' memory",
                                         doc="how fast satisfaction follows experience")
    satisfaction_base: float = parameter(0.3, unit="satisfaction", low=0.0, high=0.6,
                                         source="assumption: a visit for nothing",
                                         doc="satisfaction when nobody was met")
    satisfaction_met: float = parameter(0.4, unit="satisfaction", low=0.0, high=0.7,
                                        source="assumption: company is most of what is sought",
                                        doc="more, times q, when enough partners were met")
    satisfaction_learning: float = parameter(0.1, unit="satisfaction", low=0.0, high=0.3,
                                             source="assumption: a quarter of what company gives",
                                             doc="more when something was learned")
    satisfaction_turned_away: float = parameter(0.1, unit="satisfaction", low=0.0, high=0.3,
                                                source="assumption: as much as learning gives",
                                                doc="less when turned away")
    satisfaction_distance: float = parameter(0.2, unit="satisfaction", low=0.0, high=0.5,
                                             source="assumption: half of what company gives, unless facilitated",
                                             doc="less, times (1 - q), per unit of social distance to those met")
    enough_partners: float = parameter(2.0, unit="partners", low=1.0, high=6.0,
                                       source="assumption: two people to talk with",
                                       doc="partners that suffice")
    roster: float = parameter(0.3, unit="share", low=0.05, high=0.8, grade="derived",
                              source="INSEE Première 1327, 2008: half of members volunteer in a year, half of them "
                              "regularly, .25; IFOP 2023: 9 % of adults weekly over 40 % members, .22",
                              doc="members on the volunteer roster")


@dataclass
class FundingParameters(ParameterGroup):
    """A site's money."""

    post: float = parameter(48000.0, unit="EUR/FTE/yr", low=25000.0, high=58000.0,
                            source="assumption: 30 EUR/h x 1 600 h, a facilitator's full employer cost; 25 089 at "
                            "the minimum wage (adulte-relais, Préfecture de la Moselle 2021: 20 071 is 80 % "
                            "of it)",
                            doc="cost of one post")
    overhead: float = parameter(0.4, unit="share", low=0.1, high=1.0,
                                source="assumption: rent and running costs in kind or by the town are left out",
                                doc="rent and running costs over wages")
    own: float = parameter(0.5, unit="share", low=0.0, high=1.0, grade="published",
                           source="France Tiers-Lieux 2021, letowski.fr: 50 % public grants; a social centre has at "
                           "most .22 (FCSF 2024, lagazettefrancaise.fr)",
                           doc="own resources in income")
    renewal: float = parameter(0.88, unit="probability", low=0.7, high=0.98, grade="derived",
                               source="so that 4 % of sites stop in a year: 3.9 % of associations do (3.4-4.4; "
                               "Recherches & Solidarités 2019); about 10 % of decided requests for grants are refused "
                               "(Le Mouvement associatif 2025)",
                               doc="each of three grants renewed on 1 January")
    vacancy: float = parameter(180.0, unit="days", low=30.0, high=1460.0,
                               source="assumption: associations created are 5.1 % of the stock a year, 3.9 % stop "
                               "(Recherches & Solidarités 2019)",
                               doc="days until a new team takes over a site that has closed")
    reserve: float = parameter(0.25, unit="yr of costs", low=0.0, high=1.0, grade="derived",
                               source="Mouvement associatif, March 2025, carenews.com: 31 % of associations under 3 "
                               "months of cash, 61 % under 6; the third with least, as sites are",
                               doc="reserve at start")
    hours_per_post: float = parameter(20.0, unit="h/week/FTE", low=10.0, high=35.0,
                                      source="assumption: half of a post's hours with the public",
                                      doc="opening hours one post can hold; the roster carries the rest")


@dataclass
class ProvidingParameters(ParameterGroup):
    """What levers bring to homes, people and networks of sites."""

    network: float = parameter(3.0, unit="km", low=0.5, high=10.0,
                               source="assumption: half an hour by cargo bike",
                               doc="networked sites this near to one another share their shelves")
    room_frailty: float = parameter(0.7, unit="frailty", low=0.3, high=1.0,
                                    source="assumption: the frailest do not leave home by themselves",
                                    doc="frailer residents do not come to a refuge room by themselves")
    instructor: float = parameter(0.8, unit="skill", low=0.5, high=1.0,
                                  source="assumption: a professional, not an expert of the place",
                                  doc="skill of an instructor")
    lesson: float = parameter(0.02, unit="1/h", low=0.005, high=0.05,
                              source="assumption: five times a peer",
                              doc="share of the way to the instructor's skill made in an hour of training")
