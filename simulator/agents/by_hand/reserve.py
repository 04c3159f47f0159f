"""Reserve, commune by commune."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import RESERVE
from ...rules.need_domains import ASSISTANCE, DOMAINS, KNOW_HOW
from ...rules.relief import scale_amount
from .allocation import allocate_volunteer_time, to_row_arrays
from .queries import can_help, compute_spare_time, get_handle_value


def list_reserve_volunteers(world, context, c: int) -> dict[int, int]:
    """Volunteers of a commune who have time: row to half of what they could still give."""
    people, share, out = world.people, context.handles.resident("reserve"), {}
    for j in np.flatnonzero(people.commune == c).tolist():
        is_listed = draw_uniform(context.key, people.uid[j], 0, 0, RESERVE) < get_handle_value(share, j)
        if is_listed and can_help(world, j) and compute_spare_time(world, context, j) // 2 > 0:
            out[j] = compute_spare_time(world, context, j) // 2
    return out


def allocate_reserve_volunteers(model, world, context, rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours that each row gets; rows of the volunteers, and what each gives."""
    people, out = world.people, np.zeros((len(rows), len(DOMAINS)), np.int64)
    given: dict[int, int] = {}
    for c in range(len(world.communes)):
        lines = [(m, d) for m, i in enumerate(rows) for d in (ASSISTANCE, KNOW_HOW) if people.commune[i] == c
                 and people.backlog[i, d] > 0 and (people.asked[i] | people.detected[i]) >> d & 1]
        claims = [(int(rows[m]), d, int(people.backlog[rows[m], d])) for m, d in lines]
        offers = list_reserve_volunteers(world, context, c)
        usable = scale_amount(sum(offers.values()), world.settings.providing.reserve_matched)
        used = min(sum(amount for _, _, amount in claims), usable)
        received, from_volunteers = allocate_volunteer_time(world, context, claims, offers, used)
        given.update(from_volunteers)
        for (m, d), amount in zip(lines, received, strict=True):
            out[m, d] = amount
    return out, *to_row_arrays(given)


REFERENCE_STAGES = (allocate_reserve_volunteers,)
