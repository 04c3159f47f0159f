"""Who is isolated now: residents aged 15 and over with too few contacts a year."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import making_kernel
from ...rules.binding import ADULT
from ...rules.isolation import is_isolated
from ..world import World


@making_kernel
def _isolated(age, member, social_hours, degree, far_kin, far_other, contact, attendance):
    out = np.zeros(age.size, np.uint8)
    for i in range(age.size):
        ties = np.int64(degree[i]) + far_kin[i] + far_other[i]
        if age[i] >= ADULT and is_isolated(social_hours[i], ties, member[i] >= 0, contact, attendance):
            out[i] = 1
    return out


def isolated(world: World) -> np.ndarray:
    """u1[n]: 1 for residents aged 15+ with fewer contacts a year than contact.few, visits and sessions together."""
    p, s = world.people, world.settings
    return _isolated(p.age, p.member, p.social_hours, world.ties.degree, p.far_kin, p.far_other, s.contact.numbers,
                     s.meeting.attendance)
