"""Units of numbers of the model, of entries of cards and of handles, for the catalogue: errors show them translated."""

from __future__ import annotations

from .translation import mark

NUMBER_UNITS = (
    mark("-"), mark("1/d"), mark("1/h"), mark("1/km"), mark("1/week"), mark("1/yr"), mark("EUR"), mark("EUR/FTE/yr"),
    mark("EUR/yr"), mark("FTE"), mark("buildings"), mark("contacts/yr"), mark("days"), mark("days of income"),
    mark("degrees"), mark("dose"), mark("elasticity"), mark("event"), mark("events/d"), mark("frailty"), mark("h"),
    mark("h or unit/d"), mark("h or units"), mark("h or units per 1000 residents/d"), mark("h or units/d"), mark("h/d"),
    mark("h/h"), mark("h/week"), mark("h/week/FTE"), mark("households"), mark("kit-days/d"), mark("kits"), mark("km"),
    mark("log"), mark("log odds ratio"), mark("log ratio"), mark("log sd"), mark("logit"), mark("logit per h/week"),
    mark("members"), mark("members/FTE"), mark("members/place"), mark("odds ratio"), mark("partners"),
    mark("per 20 yr"), mark("per dose"), mark("per event"), mark("per frailty"), mark("per h/week"), mark("per log"),
    mark("per unit of q"), mark("per week"), mark("person-days"), mark("person-days/d"), mark("places/d"),
    mark("places/week"), mark("power"), mark("probability"), mark("q"), mark("residents"), mark("residents/km2"),
    mark("satisfaction"), mark("share"), mark("sites"), mark("skill"), mark("sum of trust"), mark("ties"),
    mark("trust"), mark("trust sd"), mark("weight"), mark("x"), mark("x group size"), mark("yr"), mark("yr of costs"),
    mark("yr sd"),
    mark("factor"), mark("functioning"), mark("income"), mark("persons"), mark("power to act"), mark("units/week"),
)
