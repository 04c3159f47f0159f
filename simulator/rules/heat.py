"""Deaths in great heat: strain that builds up and fades, usual deaths, the excess over them, and what protects.

Model 7.8. Deaths at home and elsewhere (hospitals, homes for the aged) are kept apart: neighbours, visits, cool rooms
and dwellings can change the first alone. Nobody is safe, and no protection takes a risk to zero.
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .needing import QUINTILES, YEAR

WOMAN = 1
"""Code of a woman in People.sex."""
REFERENCE_AGE = 50.0
"""Age, in years, at which vulnerability is 1 for a man of mean frailty."""


@rule
def heat_dose(first, rise, rise_days, day):
    """Dose of heat on a day of a wave, 0 the first: `first`, and `rise` more spread evenly over `rise_days` days."""
    if rise_days <= 0:
        return first + rise
    return first + rise * min(1.0, day / rise_days)


@rule
def update_strain(strain, dose, p):
    """Strain S a day later: S <- lag S + (1 - lag) dose. After n days of one dose: dose (1 - lag^n)."""
    return p.lag * strain + (1.0 - p.lag) * dose


@rule
def usual_hazard(age, sex, p):
    """Hazard of death without heat, 1/yr. Source: Gompertz 1825, fitted to published rates: parameters/heat.py."""
    if sex == WOMAN:
        return p.woman * math.exp(p.woman_age * age)
    return p.man * math.exp(p.man_age * age)


@rule
def income_factor(fifth, p):
    """Usual deaths at equal age and sex in a fifth of income, 0 the poorest, over the mean of the five fifths."""
    total = 0.0
    for other in range(QUINTILES):
        total += math.exp(p.income * (fifth - other) / QUINTILES)
    return QUINTILES / total


@rule
def usual_deaths_a_day(age, sex, by_income, p):
    """Expected deaths of one resident on a day without heat. by_income: factor, as `income_factor` gives it."""
    return usual_hazard(age, sex, p) * by_income / YEAR


@rule
def heat_vulnerability(age, sex, frailty, mean_frailty, p):
    """How much heat adds to usual deaths, against a man of 50 of mean frailty. mean_frailty: of the resident's age.

    The odds of frailty multiply, as in the case-control studies they come from.
    """
    factor = math.exp(p.age * (age - REFERENCE_AGE) + p.frailty * (frailty - mean_frailty))
    return factor * p.sex if sex == WOMAN else factor


@rule
def contact_rate_of_tie(trust, km, p):
    """Visits a day by a tie, who looks in more often the more it trusts the resident and the nearer it lives (km)."""
    return p.tie * trust * math.exp(-km / p.near)


@rule
def contact_probability(has_company, rate, age, p):
    """P(somebody able to act sees a resident on a hot day).

    has_company: another able adult lives there; rate: visits and calls a day by ties, kin and callers.
    """
    unseen = (1.0 - p.anyone) * math.exp(-rate)
    if has_company:
        unseen *= 1.0 - p.home
    old = min(1.0, max(0.0, (age - p.carers_age) / p.carers_years))
    return 1.0 - unseen * (1.0 - p.carers * old)


@rule
def contact_odds(contact, p):
    """Odds ratio of death at home for a probability of being seen. Source: Bouchama et al. 2007."""
    return math.exp(-p.contact * contact)


@rule
def cool_place_probability(share, frailty, floors, p):
    """P(a resident spends part of a hot day in a cool place). floors: to climb without a lift. Source: Yu et al. 2020.

    share: of those fit to go out; fitness falls with frailty to 0 at p.housebound.
    """
    probability = share * max(0.0, 1.0 - frailty / p.housebound)
    if probability >= 1.0:
        return 1.0
    odds = probability / (1.0 - probability) * p.floor**floors
    return odds / (1.0 + odds)


@rule
def combine_odds(first, second, third, p):
    """Odds ratio of several ways to get cool: the best counts in full, the others to the power p.further."""
    best = min(first, min(second, third))
    return best * (first * second * third / best) ** p.further


@rule
def cooling_odds(visit, has_air, has_fan, p):
    """Odds ratio of death at home by cool places (probability of a visit), air conditioning and fans."""
    air = p.air if has_air else 1.0
    fan = p.fan if has_fan else 1.0
    return visit * combine_odds(p.cool, air, fan, p) + (1.0 - visit) * combine_odds(1.0, air, fan, p)


@rule
def excess_at_home(usual, strain, vulnerability, odds, p):
    """Expected excess deaths at home on a day. usual: deaths a day; odds: all that protects or endangers at home."""
    return usual * p.at_home * strain * vulnerability * odds


@rule
def excess_elsewhere(usual, strain, vulnerability, p):
    """Expected excess deaths in hospitals and homes for the aged on a day."""
    return usual * p.elsewhere * strain * vulnerability


@rule
def death_probability(excess):
    """P(dying in a step) of an excess hazard over that step."""
    return -math.expm1(-excess)
