"""How well a site's sessions are led, with the staff it has now (model 7.3). Reads the handle site.staff."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel
from ...rules.meeting import quality
from ...world.world import World
from ..step.columns import read
from ..step.context import Moment


@kernel
def _qualities(staff, members, p, out):
    for s in range(out.size):
        out[s] = quality(staff[s], members[s], p)


def site_quality(world: World, now: Moment) -> np.ndarray:
    """float64[s]: facilitation quality of each site with the staff it has now."""
    out = np.empty(len(world.sites))
    _qualities(read(now.handles.site("staff")), read(world.sites.members), world.settings.meeting.numbers, out)
    return out
