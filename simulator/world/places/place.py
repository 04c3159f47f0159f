"""Tables of communes, neighbourhoods, buildings and households."""

from __future__ import annotations

from ...kernel.table import Column, Table


class Communes(Table):
    """One row per commune; its town hall and CCAS are its institution."""

    code = Column("i4", "INSEE code of the commune", source="INSEE")
    x = Column("f4", "east of the département's centre", unit="km")
    y = Column("f4", "north of the département's centre", unit="km")
    population = Column("i4", "residents simulated", low=0)
    seniors = Column("i4", "residents aged 65 and over", low=0)


class Neighbourhoods(Table):
    """One row per neighbourhood of IRIS size, about 2 600 residents. Rows of a commune are contiguous."""

    uid = Column("u4", "permanent identity")
    commune = Column("i4", "row of its commune")
    x = Column("f4", "east of the département's centre", unit="km")
    y = Column("f4", "north of the département's centre", unit="km")
    radius = Column("f4", "radius of a disc of its area", unit="km", low=0)
    income_effect = Column("f4", "log income against the commune's median")
    sociability = Column("f4", "random effect on log sociability (zeta)")
    priority = Column("u1", "1 in a priority district (QPV)", low=0, high=1)
    heat_island = Column("u1", "1 where summers are hotter", low=0, high=1)
    flood_zone = Column("u1", "1 in a flood-prone zone", low=0, high=1)
    support = Column("f4", "neighbourhood support: share of its adults with a strong tie, with a lower bound", low=0,
                     high=1, fill=0.5)
    first_building = Column("i4", "row of its first building", low=0)
    buildings = Column("i4", "number of its buildings, rows contiguous", low=0)
    adults = Column("i4", "residents aged 15 and over at the start", low=0)
    first_adult = Column("i4", "start of its adults in World.adults_by_neighbourhood", low=0)
    group_casual = Column("f8", "volunteers of the group born of a crisis who leave within months", unit="persons",
                          low=0)
    group_core = Column("f8", "its volunteers who stay on for years", unit="persons", low=0)


class Buildings(Table):
    """One row per building, about 20 households. Rows of a neighbourhood are contiguous."""

    uid = Column("u4", "permanent identity")
    neighbourhood = Column("i4", "row of its neighbourhood")
    x = Column("f4", "east of the département's centre", unit="km")
    y = Column("f4", "north of the département's centre", unit="km")
    floors = Column("u1", "floors above ground", unit="floors", low=0, high=40)
    lift = Column("u1", "1 with a lift", low=0, high=1)
    poor_insulation = Column("u1", "1 if badly insulated", low=0, high=1)
    failing = Column("u1", "1 in a failing co-ownership", low=0, high=1)
    feeder = Column("i4", "uid of the power feeder", low=0)
    first_household = Column("i4", "row of its first household", low=0)
    households = Column("i4", "number of its households, rows contiguous", low=0)
    first_adult = Column("i4", "start of its adults in World.adults_by_building", low=0)
    adults = Column("i4", "residents aged 15 and over at the start", low=0)


class Households(Table):
    """One row per household. Rows of its residents are contiguous, and so are those of a building's households."""

    uid = Column("u4", "permanent identity")
    building = Column("i4", "row of its building")
    first = Column("i4", "row of its first resident", low=0)
    size = Column("u1", "residents", unit="persons", low=1, high=30)
    kind = Column("u1", "0 one person, 1 couple, 2 couple with children, 3 lone parent, 4 other", low=0, high=4)
    floor = Column("u1", "floor it lives on", low=0, high=40)
    tenure = Column("u1", "0 owner, 1 social tenant, 2 private tenant", low=0, high=2)
    income = Column("f4", "income per consumption unit over the territory's median", low=0)
    quintile = Column("u1", "fifth of income per consumption unit in the simulated territory, 0 poorest", low=0, high=4)
    stock = Column("i4", "essentials at home", unit="milli person-days", low=0)
    stock_full = Column("i4", "stock that the household keeps when shops work", unit="milli person-days", low=0)
    kit = Column("u1", "bit k: it owns equipment of kind k of KIT_KINDS", low=0, high=31)
    kit_lent = Column("i4", "kit-days given to others this step", unit="milli kit-days", low=0)
    cushion = Column("f4", "days of income in hand", unit="days", low=0)
    cushion_given = Column("f4", "of it, brought by levers so far", unit="days", low=0)
    insulated = Column("u1", "1 once a lever has insulated the dwelling", low=0, high=1)
    aftermath = Column("i4", "what a crisis left to be made good, open", unit="milli", width=4, low=0)
    aftermath_made = Column("i4", "the same, all that arose so far", unit="milli", width=4, low=0)
    given_up = Column("i4", "the same, given up for good", unit="milli", width=4, low=0)
    aftermath_on = Column("i4", "day its first aftermath arose, -1 for none", unit="day", low=-1, fill=-1)
    displaced = Column("u1", "0 at home; out of it, lodged by 1 kin or friends, 2 an institution", low=0, high=2)
    first_lodging = Column("u1", "who lodged it first, as in displaced; 0 if it never had to leave", low=0, high=2)
    displaced_on = Column("i4", "day it had to leave its home, -1 for never", unit="day", low=-1, fill=-1)
    lead = Column("i4", "row of its reference adult, who acts for its children: smallest uid aged 18 or over", low=0)
