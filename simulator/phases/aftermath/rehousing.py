"""Who helps displaced people to find a home: trusted ties, and the institution for who applies to it."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import APPLY_IN_CRISIS
from ...rules.mutual_aid import crisis_application_probability


@kernel
def count_trusted(i, strong, residents, degree, trust, ties_help, far_help):
    """Ties of resident i who lodge people and help them to find a home: trusted enough, or kin off the map.

    ties_help, far_help: False where the channel of that name is switched off.
    """
    count = np.int64(residents.far_kin[i]) if far_help else np.int64(0)
    for k in range(degree[i] if ties_help else 0):
        count += trust[i, k] >= strong
    return count


@rule
def applies_in_crisis(i, key, crisis_day, linked, p, residents):
    """True when adult i would apply to the institution in this crisis: drawn once for a person and a crisis."""
    probability = crisis_application_probability(np.float64(residents.trust_institutions[i]), linked, p)
    return draw_uniform(key, residents.uid[i], 0, crisis_day, APPLY_IN_CRISIS) < probability
