"""Who learns of a site (model 7.4).

Source: SI contagion with loss; sizes assumed. Limits: stationary awareness, logistic spread (tests/science).
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule


@rule
def hearing_rate(visibility, member_share, word, p):
    """Rate of hearing of a site, 1/yr. member_share: of the building's adults; word: trust-weighted word of mouth."""
    return visibility + p.building * member_share + p.mouth * word


@rule
def happens(u, rate, days):
    """True if an event of `rate` per year falls within `days`, at luck u. Same as u < 1 - exp(-rate days / 365)."""
    x = rate * days / 365.0
    if u >= x:
        return False
    return u < 1.0 - math.exp(-x)
