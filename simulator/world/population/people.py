"""Tables of residents and of their ties."""

from __future__ import annotations

from ...kernel.table import Column, SlotColumn, Table
from ...rules.tie_kinds import MAX_TIES

CANDIDATES = 6
"""Number of candidate sites that a resident might join: at most eight, the bits of `People.aware`."""

MAX_PROMISES = 8
"""Promises of help that a resident can hold at a time."""

CRISIS_MARKS = ("hit", "beyond_own", "beyond_home", "asked", "found", "helped", "site", "institution", "group",
                "reserve", "harmed_food", "harmed_equipment", "harmed_assistance", "harmed_know_how")
"""Bits of People.crisis_marks, from the lowest: hit by the crisis; in need beyond own means, beyond those of the home;
asked; found in need by others; helped by a person, a site, an institution, a group, a reserve; a need of the domain has
cost power to act."""
(HIT, BEYOND_OWN, BEYOND_HOME, ASKED, FOUND, HELPED_BY_PERSON, HELPED_BY_SITE, HELPED_BY_INSTITUTION, HELPED_BY_GROUP,
 HELPED_BY_RESERVE) = (1 << bit for bit in range(10))
FIRST_HARM_BIT = 10
"""Bit of CRISIS_MARKS for harm from the first domain."""


class People(Table):
    """One row per resident. Rows never move during a run; the uid identifies a resident across runs."""

    # identity and traits
    uid = Column("u4", "permanent identity; random numbers are keyed by it, never by the row")
    household = Column("i4", "row of the household", low=0)
    building = Column("i4", "row of the building", low=0)
    neighbourhood = Column("i4", "row of the neighbourhood", low=0)
    commune = Column("i2", "row of the commune", low=0)
    age = Column("u1", "age", unit="yr", low=0, high=120)
    sex = Column("u1", "0 man, 1 woman", low=0, high=1)
    group = Column("u1", "abstract milieu for homophily, shared by the household", low=0, high=3)
    ses = Column("u1", "social class by thirds of position: 0 low, 1 middle, 2 high", low=0, high=2)
    diploma = Column("u1", "0 none, 1 secondary, 2 higher education", low=0, high=2)
    job = Column("u1", "0 inactive, 1 unemployed, 2 employed", low=0, high=2)
    frailty = Column("f4", "health fragility (phi)", low=0, high=1)
    social_hours = Column("f4", "social time outside the household (H)", unit="h/week", low=0)
    far_kin = Column("u1", "kin ties leaving the map")
    far_other = Column("u1", "other ties leaving the map")
    barrier = Column("f4", "barriers to joining: language, gender and care duties, culture, disability", width=4, low=0)
    consent = Column("u1", "1 if willing to be on a register", low=0, high=1)
    register_rank = Column("f4", "registered when this is below the register's coverage", low=0, high=1, fill=1)
    # beliefs and skills
    skill = Column("f4", "skill per domain", width=4, low=0, high=1)
    skill0 = Column("f4", "baseline that skill returns to", width=4, low=0, high=1)
    agency = Column("f4", "power to act (E)", low=0, high=1, fill=0.5)
    agency0 = Column("f4", "baseline that power to act returns to", low=0, high=1, fill=0.5)
    agency_gain = Column("f4", "gain of power to act in the last weekly step, which alters may learn from", low=0,
                         high=1)
    trust_institutions = Column("f4", "trust in public institutions (V)", low=0, high=1, fill=0.5)
    trust_institutions0 = Column("f4", "baseline that trust in institutions returns to", low=0, high=1, fill=0.5)
    trust_general = Column("f4", "generalised trust: most people can be trusted (W)", low=0, high=1, fill=0.3)
    trust_general0 = Column("f4", "baseline that generalised trust returns to", low=0, high=1, fill=0.3)
    # sites
    candidate = Column("i4", "rows of the sites one might join, -1 for none", width=CANDIDATES, low=-1, fill=-1)
    host_trust = Column("f4", "trust in the host of each candidate (A)", width=CANDIDATES, low=0, high=1, fill=0.4)
    aware = Column("u1", "bit k: has heard of candidate k", low=0, high=(1 << CANDIDATES) - 1)
    member = Column("i4", "row of the site one belongs to, -1 for none", low=-1, fill=-1)
    waiting = Column("i4", "row of the site one waits for, -1 for none", low=-1, fill=-1)
    waiting_since = Column("i4", "day the wait began, -1 for none", unit="day", low=-1, fill=-1)
    satisfaction = Column("f4", "satisfaction with the site", low=0, high=1, fill=0.5)
    # needs and help
    load = Column("f4", "helping load, 4-week moving average", unit="h/week", low=0)
    functioning = Column("f4", "functioning (F): 1 is one's own normal", low=0, high=1, fill=1)
    need = Column("i4", "need of this step, new and carried", unit="milli", width=4, low=0)
    backlog = Column("i4", "unmet part of the need", unit="milli", width=4, low=0)
    episode = Column("i4", "day the open need episode began, -1 for none", unit="day", width=4, low=-1, fill=-1)
    asked = Column("u1", "bit d: has asked for help in this episode of domain d", low=0, high=15)
    detected = Column("u1", "bit d: the need has been detected by someone in this episode", low=0, high=15)
    applied = Column("u1", "bit d: has applied to the institution in this episode", low=0, high=15)
    aided = Column("u1", "bit d: the institution has helped in this episode", low=0, high=15)
    harmed = Column("u1", "bit d: this episode has already cost power to act; bit 4+d: and trust in the institution")
    disappointed = Column("i4", "day of the last loss of trust in institutions", unit="day", fill=-100000)
    loan = Column("i4", "row of the site whose kit one has on loan, -1 for none", low=-1, fill=-1)
    time_given = Column("i4", "time given this step, to the household and to others", unit="milli h", low=0)
    lent = Column("i4", "part of it given to people outside the household", unit="milli h", low=0)
    alive = Column("u1", "1 while alive", low=0, high=1, fill=1)
    # needs of a crisis, and help with them
    crisis_need = Column("i4", "need of this step that a crisis causes, new and carried", unit="milli", width=4, low=0)
    crisis_backlog = Column("i4", "unmet part of it", unit="milli", width=4, low=0)
    crisis_marks = Column("u2", "bits of CRISIS_MARKS: what happened to the resident since the onset")
    asked_on = Column("i4", "day of the last asking in a crisis, -1 for none", unit="day", low=-1, fill=-1)
    times_asked = Column("u1", "times asked for help in a crisis")
    promise = Column("i4", "rows of those who promised help; -1 nobody, -2 kin and -3 others off the map",
                     width=MAX_PROMISES, low=-3, fill=-1)
    promise_hours = Column("u2", "hours a week promised", unit="milli h/week", width=MAX_PROMISES)
    promise_domains = Column("u1", "bit d: the promise holds in domain d", width=MAX_PROMISES, low=0, high=15)
    promise_source = Column("u1", "index in SOURCES of who promised", width=MAX_PROMISES)
    # totals since the onset of the crisis (zero before)
    loss_micro = Column("i4", "functioning lost since onset", unit="micro person-days", low=0)
    given_milli = Column("i4", "help given to people outside the household", unit="milli h or units", low=0)
    received_milli = Column("i4", "help received from outside the household", unit="milli h or units", low=0)
    first_need = Column("i4", "day of the first need beyond own means, -1 for none", unit="day", low=-1, fill=-1)
    first_contact = Column("i4", "day of the first help by a tie, a site or an institution, -1 for none", unit="day",
                           low=-1, fill=-1)
    # great heat
    strain = Column("f4", "heat strain: dose of the last days, with a lag", unit="dose", low=0)
    cooled = Column("i4", "last day spent in the cool room of a site, -1 for none", unit="day", low=-1, fill=-1)
    baseline_hazard = Column("f4", "expected usual deaths over the days of heat, summed", unit="deaths", low=0)
    excess_hazard = Column("f4", "expected excess hazard of death, summed", unit="deaths", low=0)
    home_hazard = Column("f4", "of it, at home, where help can change it", unit="deaths", low=0)


class Ties(Table):
    """One row per resident with MAX_TIES slots, packed from the left and sorted by the alter's uid.

    Each tie stands in the rows of both residents. `alter_trust` repeats the alter's trust, so that a loop over ties
    needs not search the alter's row: alter_trust[i, k] == trust[j, slot of i in row j].
    """

    degree = Column("u1", "number of ties", low=0, high=MAX_TIES)
    alter = SlotColumn("i4", "row of the alter, -1 in a free slot", width=MAX_TIES, low=-1, fill=-1)
    trust = SlotColumn("f4", "trust in the alter (T)", width=MAX_TIES, low=0, high=1)
    alter_trust = SlotColumn("f4", "the alter's trust in the resident", width=MAX_TIES, low=0, high=1)
    kind = SlotColumn("u1", "0 kin, 1 friend, 2 neighbour, 3 other, 4 project", width=MAX_TIES, low=0, high=4)
