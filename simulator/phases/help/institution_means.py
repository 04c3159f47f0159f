"""What institutions can give in a step: to needs of a crisis first, then to everyday ones."""

from __future__ import annotations

import numpy as np

from ...rules.relief import institution_budget
from ...world.world import World
from ..step.context import StepContext

INSTITUTION_USED_CACHE_KEY = "institution_used"
"""Where StepContext.cache keeps what crisis needs have used of each institution's means in this step."""


def compute_institution_means(world: World, context: StepContext) -> np.ndarray:
    """int64[communes]: what each institution can still give in this step, thousandths of h or units."""
    capacity, residents = context.handles.institution("capacity"), world.institutions.residents
    service = context.handles.territory("institution_capacity")
    budget = np.array([institution_budget(capacity[c], residents[c], service, context.span)
                       for c in range(len(residents))], np.int64)
    return budget - context.cache.get(INSTITUTION_USED_CACHE_KEY, np.zeros_like(budget))
