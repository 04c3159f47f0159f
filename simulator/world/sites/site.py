"""Tables of project sites and of institutions."""

from __future__ import annotations

from ...kernel.table import Column, Table

HOSTS = ("association", "institution", "co-governed")


class Sites(Table):
    """One row per site. A site that a lever will open has a row before it opens, with open = 0."""

    uid = Column("u4", "permanent identity; 2^31 and above for sites made by a lever")
    host = Column("u1", "0 association, 1 institution, 2 co-governed", low=0, high=2)
    real = Column("u1", "1 for a site that exists and has a card, 0 for one laid out by rule", low=0, high=1)
    x = Column("f4", "east of the département's centre", unit="km")
    y = Column("f4", "north of the département's centre", unit="km")
    neighbourhood = Column("i4", "row of its neighbourhood", low=-1)
    commune = Column("i4", "row of its commune", low=-1)
    open = Column("u1", "1 while open", low=0, high=1)
    planned = Column("u1", "1 for a site a lever will open", low=0, high=1)
    opens = Column("i4", "day a planned site may open", unit="day", fill=1 << 30)
    closes = Column("i4", "day a planned site closes: with its lever, or at the end of its own term", unit="day",
                    fill=1 << 30)
    places = Column("f4", "places per week", unit="places/week", low=0, fill=90)
    group_size = Column("f4", "nominal size of a standing group", unit="members", low=2, fill=12)
    hours = Column("f4", "opening hours", unit="h/week", low=0, fill=30)
    staff = Column("f4", "posts funded", unit="FTE", low=0, fill=1.5)
    share = Column("f4", "share of posts that its money still pays", low=0, high=1, fill=1)
    profile = Column("f4", "shares of its activities per domain of need; they sum to 1", width=4, low=0, high=1,
                     fill=0.25)
    age_centre = Column("f4", "central age of its public", unit="yr", low=0, high=120, fill=40)
    age_width = Column("f4", "width of the age range of its public", unit="yr", low=1, high=200, fill=30)
    ses_centre = Column("f4", "central social class of its public, 0 to 2", low=0, high=2, fill=0.7)
    threshold = Column("f4", "symbolic threshold: weight of culture and language barriers, usually 1", low=0, high=3,
                       fill=1)
    pool = Column("i4", "goods to give", unit="milli person-days", low=0)
    kits = Column("i4", "kits on the shelf", unit="kits", low=0)
    kit_kinds = Column("u1", "bit k: its kits are good for needs of kind k of KIT_KINDS", low=0, high=31, fill=15)
    kits_given = Column("i4", "kits delivered by levers so far", unit="kits", low=0)
    members = Column("i4", "members", unit="persons", low=0)
    reserve = Column("i8", "money in hand", unit="milli EUR")
    grants = Column("u1", "bit k: grant k is running", low=0, high=7, fill=7)
    donated = Column("i8", "goods given to the pool since the start", unit="milli person-days", low=0)
    lost_kits = Column("i4", "kits lost since the start", unit="kits", low=0)


class Institutions(Table):
    """One row per commune: its town hall and CCAS (municipal social services)."""

    commune = Column("i4", "row of its commune")
    residents = Column("i4", "residents served", low=0)
