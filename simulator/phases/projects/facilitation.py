"""Facilitation: how well the staff of a site lead its sessions (model 7.3). Reads the handle site.staff."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel
from ...rules.meeting import facilitation_quality
from ...world.world import World
from ..step.context import StepContext


def compute_facilitation(world: World, context: StepContext) -> np.ndarray:
    """float64[s]: quality of facilitation at each site, 0 to 1, with the staff of this step."""
    out = np.empty(len(world.sites))
    _compute_facilitation(context.handles.site("staff"), world.sites.view("members"),
                          world.settings.meeting.numbers, out)
    return out


@kernel
def _compute_facilitation(staff, members, p, out):
    for s in range(out.size):
        out[s] = facilitation_quality(staff[s], members[s], p)
