"""Columns of residents, and of their ties."""

from __future__ import annotations

from ...kernel.table import Column, SlotColumn, Table
from ...rules.kind import SLOTS

CANDIDATES = 3
"""Sites one might join."""


class People(Table):
    """One row per resident. Rows never move during a run; identity is the uid."""

    # who
    uid = Column("u4", "permanent identity, the only thing luck is keyed on")
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
    skill0 = Column("f4", "skill it returns to", width=4, low=0, high=1)
    agency = Column("f4", "power to act (E)", low=0, high=1, fill=0.5)
    agency0 = Column("f4", "power to act it returns to", low=0, high=1, fill=0.5)
    agency_gain = Column("f4", "gain of power to act in the last weekly step, for those who look up to it", low=0,
                         high=1)
    trust_institutions = Column("f4", "trust in public institutions (V)", low=0, high=1, fill=0.5)
    trust_institutions0 = Column("f4", "trust in institutions it returns to", low=0, high=1, fill=0.5)
    trust_general = Column("f4", "most people can be trusted (W)", low=0, high=1, fill=0.3)
    trust_general0 = Column("f4", "generalised trust it returns to", low=0, high=1, fill=0.3)
    # sites
    candidate = Column("i4", "rows of the sites one might join, -1 for none", width=CANDIDATES, low=-1, fill=-1)
    host_trust = Column("f4", "trust in the host of each candidate (A)", width=CANDIDATES, low=0, high=1, fill=0.4)
    aware = Column("u1", "bit k: has heard of candidate k", low=0, high=7)
    member = Column("i4", "row of the site one belongs to, -1 for none", low=-1, fill=-1)
    waiting = Column("i4", "row of the site one waits for, -1 for none", low=-1, fill=-1)
    waiting_since = Column("i4", "day the wait began, -1 for none", unit="day", low=-1, fill=-1)
    satisfaction = Column("f4", "satisfaction with the site", low=0, high=1, fill=0.5)
    # needs and help
    load = Column("f4", "helping load, 4-week moving average", unit="h/week", low=0)
    functioning = Column("f4", "functioning (F): 1 is one's own normal", low=0, high=1, fill=1)
    need = Column("i4", "need of this step, new and carried", unit="milli", width=4, low=0)
    backlog = Column("i4", "what of it is unmet", unit="milli", width=4, low=0)
    episode = Column("i4", "day the open need episode began, -1 for none", unit="day", width=4, low=-1, fill=-1)
    voiced = Column("u1", "bit d: asks in this episode of domain d", low=0, high=15)
    found = Column("u1", "bit d: found by someone in this episode", low=0, high=15)
    applied = Column("u1", "bit d: applied to the institution in this episode", low=0, high=15)
    aided = Column("u1", "bit d: the institution has helped in this episode", low=0, high=15)
    hurt = Column("u1", "bit d: this episode has already cost power to act; bit 4+d: and trust in the institution")
    let_down = Column("i4", "day of the last loss of trust in institutions", unit="day", fill=-100000)
    loan = Column("i4", "row of the site whose kit one has on loan, -1 for none", low=-1, fill=-1)
    busy = Column("i4", "time given to the household and to others this step", unit="milli h", low=0)
    lent = Column("i4", "of it, time given to people outside the household", unit="milli h", low=0)
    alive = Column("u1", "1 while alive", low=0, high=1, fill=1)
    # tallies since the crisis began (all zero before)
    loss = Column("i4", "functioning lost since onset", unit="micro person-days", low=0)
    given = Column("i4", "help given to people outside the household", unit="milli h or units", low=0)
    received = Column("i4", "help received from outside the household", unit="milli h or units", low=0)
    first_need = Column("i4", "day of the first need beyond own means, -1 for none", unit="day", low=-1, fill=-1)
    first_contact = Column("i4", "day first reached by a tie, a site or an institution, -1 for none", unit="day",
                           low=-1, fill=-1)
    excess_hazard = Column("f4", "expected excess hazard of death, summed", unit="deaths", low=0)


class Ties(Table):
    """One row per resident, SLOTS ties a row, packed from the left and sorted by the other's uid.

    A tie exists iff both sides hold it. `mirror` is the other's trust in me, kept here so that no pass searches the
    other's row: mirror[i, k] == trust[j, slot of i in j] always.
    """

    degree = Column("u1", "ties held", low=0, high=SLOTS)
    other = SlotColumn("i4", "row of the other resident", width=SLOTS, low=-1, fill=-1)
    trust = SlotColumn("f4", "trust in the other (T)", width=SLOTS, low=0, high=1)
    mirror = SlotColumn("f4", "the other's trust in me", width=SLOTS, low=0, high=1)
    kind = SlotColumn("u1", "kin, friend, neighbour, other, project", width=SLOTS, low=0, high=4)
