"""Joining, staying and leaving a site (model 7.4)."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import rule

NEVER = math.inf

AT_MOST = 1.0 + 1e-9
"""A rate worked out for more friends and trust, times this, is no less than the rate, however either is rounded."""


@rule
def affinity(age, ses, age_centre, age_width, ses_centre, width):
    """How far a site's public resembles a resident, -1 to 1: mean of the fit in age and in social class."""
    age_fit = 1.0 - 2.0 * min(1.0, abs(age - age_centre) / (age_width * width))
    ses_fit = 1.0 - min(2.0, abs(ses - ses_centre) / width)
    return 0.5 * (age_fit + ses_fit)


@rule
def barrier_total(language, duties, culture, disability, threshold, change):
    """What stands between a resident and a site: language and culture count by the site's threshold; never below 0."""
    return max(0.0, (language + culture) * threshold + duties + disability + change)


@rule
def joining_rate(distance, friends, agency, host, institution, trust, fit, barrier, quality, no_time, p):
    """Rate of joining of an aware resident, 1/yr. friends: members among one's ties; trust: mean trust in ties.

    Source: diminishing returns of friends, Backstrom et al. 2006; the rest assumed.
    """
    return p.rate * math.exp(
        -distance / p.distance
        + p.friends * math.log(1.0 + friends)
        + p.agency * (agency - 0.5)
        + p.host * (host - 0.5)
        + p.institution * (institution - 0.5)
        + p.trust * trust
        + p.affinity * fit
        - barrier * (p.welcome - quality)
        - no_time
    )


def highest_rate(ties, spare, welcome, p):
    """Rates of joining that nobody with so many ties exceeds, 1/yr, for one number of ties or many; inf where none is.

    spare: what having time may add at most; welcome: whether barriers hold people back at all sites, or draw them.
    """
    if not welcome:
        return np.full(np.shape(ties), NEVER)[()]
    return p.rate * np.exp(
        max(0.0, p.friends) * np.log(1.0 + ties) + 0.5 * (abs(p.agency) + abs(p.host) + abs(p.institution))
        + max(0.0, p.trust) + abs(p.affinity) + spare
    )


@rule
def waiting_time(u, rate):
    """Days until an event of `rate` per year, at luck u: the smallest over the options is the one chosen."""
    return -math.log(1.0 - u) * 365.0 / rate


@rule
def leaving_rate(satisfaction, load, p):
    """Rate of leaving of a member, 1/yr. load in h/week."""
    return p.leave * math.exp(
        -p.leave_satisfaction * (satisfaction - 0.5) + p.leave_load * max(0.0, load - p.bearable)
    )
