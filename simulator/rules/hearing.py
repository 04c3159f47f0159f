"""Who learns of a site (model 7.4).

Source: SI contagion with forgetting; sizes assumed. Limit cases: stationary awareness, logistic spread (tests/science).
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule


@rule
def hearing_rate(visibility, member_share, word_of_mouth, p):
    """Rate of hearing of a site, 1/yr. member_share: of the building's adults; word_of_mouth: a sum of trust."""
    return visibility + p.building * member_share + p.word_of_mouth * word_of_mouth


@rule
def event_occurs(u, rate, days):
    """True if an event of `rate` per year occurs within `days`: u < 1 - exp(-rate days / 365). No exp for large u."""
    x = rate * days / 365.0
    if u >= x:
        return False
    return u < 1.0 - math.exp(-x)
