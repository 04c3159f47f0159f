"""Flag isolated residents: those aged 15 and over with too few contacts a year."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import allocating_kernel
from ...rules.isolation import is_isolated
from ...rules.tie_formation import ADULT_AGE
from ..world import World


@allocating_kernel
def _flag_isolated(age, member, social_hours, degree, far_kin, far_other, contact, attendance):
    out = np.zeros(age.size, np.uint8)
    for i in range(age.size):
        ties = np.int64(degree[i]) + far_kin[i] + far_other[i]
        if age[i] >= ADULT_AGE and is_isolated(social_hours[i], ties, member[i] >= 0, contact, attendance):
            out[i] = 1
    return out


def flag_isolated_residents(world: World) -> np.ndarray:
    """uint8[n]: 1 for residents aged 15+ with fewer visits and sessions a year than contact.few_contacts."""
    p, s = world.people, world.settings
    return _flag_isolated(p.age, p.member, p.social_hours, world.ties.degree, p.far_kin, p.far_other,
                          s.contact.numbers, s.meeting.attendance)
