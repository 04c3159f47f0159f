"""New ties: social distance, acceptance, first trust (model 5.4 and 7.3).

Source: foci of activity, Feld 1981, doi:10.1086/227352; homophily, McPherson, Smith-Lovin & Cook 2001,
doi:10.1146/annurev.soc.27.1.415.
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule

ADULT_AGE = 15
"""Age from which a resident has ties outside the household."""
GENERATION_YEARS = 20.0
"""Difference in age, in years, that has weight 1 in social distance."""


@rule
def social_distance(group_i, group_j, age_i, age_j, ses_i, ses_j, p):
    """Social distance of two residents: by milieu (group), age and class (ses). p: numbers of tie formation."""
    apart = p.age * abs(float(age_i) - float(age_j)) / GENERATION_YEARS
    if group_i != group_j:
        apart += p.group
    if ses_i != ses_j:
        apart += p.ses
    return apart


@rule
def tie_acceptance_probability(apart, homophily):
    """P(two residents accept a tie) at this social distance."""
    return math.exp(-homophily * apart)


@rule
def first_trust(support, p):
    """Initial trust of a new tie, higher with neighbourhood support."""
    return p.first_trust * (0.5 + support)


@rule
def pick_index(u, count):
    """Index 0 … count - 1 from a uniform."""
    return min(int(u * count), count - 1)


@rule
def is_tie_on_map(u, stored, far):
    """True if the tie that u picks among a resident's ties is on the map. stored: ties on the map; far: off it."""
    return u * (float(stored) + float(far)) < float(stored)


@rule
def displace_point(x, y, u_length, u_angle, mean):
    """Point at an exponential distance (mean in km) from (x, y), in a random direction; u_length, u_angle: uniforms."""
    length = -mean * math.log(u_length)
    angle = 2.0 * math.pi * u_angle
    return x + length * math.cos(angle), y + length * math.sin(angle)


@rule
def is_same_person_or_household(i, j, household_i, household_j):
    """True if i and j are one resident or one household: no tie can form, since households are linked anyway."""
    return i == j or household_i == household_j


@rule
def neighbourhood_support(supported, adults, p):
    """Neighbourhood support: share of adults with a tie they can rely on, never below p.min_neighbourhood_support."""
    if adults == 0:
        return p.min_neighbourhood_support
    return max(p.min_neighbourhood_support, supported / adults)
