"""Joining, staying and leaving a site (model 7.4)."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import rule

UNBOUNDED = math.inf
"""What `max_joining_rate` returns where rates have no bound."""

ROUNDING_MARGIN = 1.0 + 1e-9
"""Factor on an upper bound of a rate, so that rounding never lifts the rate above the bound."""


@rule
def site_affinity(age, ses, age_centre, age_width, ses_centre, width):
    """How well a resident fits a site's public, -1 to 1: mean of the fit in age and in social class (ses)."""
    age_fit = 1.0 - 2.0 * min(1.0, abs(age - age_centre) / (age_width * width))
    ses_fit = 1.0 - min(2.0, abs(ses - ses_centre) / width)
    return 0.5 * (age_fit + ses_fit)


@rule
def total_barrier(language, duties, culture, disability, threshold, change):
    """Sum of a resident's barriers to a site, 0 or more. threshold: the site's weight of language and culture."""
    return max(0.0, (language + culture) * threshold + duties + disability + change)


@rule
def joining_rate(distance, friends, agency, host, institution, trust, fit, barrier, quality, no_time, p):
    """Rate at which an aware resident joins a site, 1/yr.

    friends: members among the resident's ties; trust: mean trust in ties; fit: `site_affinity`; barrier:
    `total_barrier`; quality: facilitation. Source: diminishing returns of friends, Backstrom et al. 2006; the rest
    assumed.
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


def max_joining_rate(ties, spare, welcome, p):
    """Upper bound of `joining_rate` for a resident with so many ties, 1/yr. ties: a number or an array of numbers.

    spare: the most that free time may add to the exponent; welcome: whether barriers lower the rate at every site. If
    they raise it somewhere, there is no bound: UNBOUNDED.
    """
    if not welcome:
        return np.full(np.shape(ties), UNBOUNDED)[()]
    return p.rate * np.exp(
        max(0.0, p.friends) * np.log(1.0 + ties) + 0.5 * (abs(p.agency) + abs(p.host) + abs(p.institution))
        + max(0.0, p.trust) + abs(p.affinity) + spare
    )


@rule
def time_to_event(u, rate):
    """Days until an event of `rate` per year, for a uniform u. Of several options, the earliest is taken."""
    return -math.log(1.0 - u) * 365.0 / rate


@rule
def leaving_rate(satisfaction, load, restlessness, p):
    """Rate at which a member leaves, 1/yr. load: helping load, h/week; restlessness: see `member_restlessness`."""
    return p.leave * restlessness * math.exp(
        -p.leave_satisfaction * (satisfaction - 0.5) + p.leave_load * max(0.0, load - p.bearable_load)
    )


@rule
def member_restlessness(normal, p):
    """Factor on the rate at which one member leaves one site, from a standard normal number: lognormal.

    Its harmonic mean is 1. In a site at rest members are there in proportion to 1 / rate, so their mean rate is
    p.leave, while newcomers leave exp(p.leave_spread^2) times as fast on average.
    """
    return math.exp(p.leave_spread * normal + 0.5 * p.leave_spread * p.leave_spread)
