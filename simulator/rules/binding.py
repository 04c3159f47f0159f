"""Who becomes acquainted with whom (model 5.4 and 7.3).

Source: foci of activity, Feld 1981, doi:10.1086/227352; like seeks like, McPherson, Smith-Lovin & Cook 2001,
doi:10.1146/annurev.soc.27.1.415.
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule

ADULT = 15
"""Age from which a resident has ties outside the household."""
GENERATION = 20.0
"""Years of age distance that count once."""


@rule
def distance(group_i, group_j, age_i, age_j, ses_i, ses_j, p):
    """Social distance of two residents: milieu, age, class. p: binding numbers."""
    apart = p.age * abs(float(age_i) - float(age_j)) / GENERATION
    if group_i != group_j:
        apart += p.group
    if ses_i != ses_j:
        apart += p.ses
    return apart


@rule
def acceptance(apart, homophily):
    """Probability that two residents at this social distance take to each other."""
    return math.exp(-homophily * apart)


@rule
def first_trust(climate, p):
    """Trust at first impression, higher where many have somebody to rely on."""
    return p.first_trust * (0.5 + climate)


@rule
def pick(u, count):
    """Index 0..count-1 from a uniform."""
    return min(int(u * count), count - 1)


@rule
def stays_on_map(u, stored, far):
    """True when a tie picked at luck u, among all one has, is one with somebody on the map."""
    return u * (float(stored) + float(far)) < float(stored)


@rule
def jump(x, y, u_length, u_angle, mean):
    """Point reached from (x, y) by an exponential jump of `mean` km in a random direction."""
    length = -mean * math.log(u_length)
    angle = 2.0 * math.pi * u_angle
    return x + length * math.cos(angle), y + length * math.sin(angle)


@rule
def same_person_or_home(i, j, household_i, household_j):
    """True when no tie can form: oneself, or one's household, which is linked anyway."""
    return i == j or household_i == household_j


@rule
def climate_of(sure, adults, p):
    """Climate of a neighbourhood: share of its adults with a tie they can rely on, never below a floor."""
    if adults == 0:
        return p.least_climate
    return max(p.least_climate, sure / adults)
