"""Groups born of a crisis, one in each struck neighbourhood: who joins and leaves, who hosts and who knows them."""

from __future__ import annotations

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, kernel, parallel_kernel
from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import GROUP_HOSTED, GROUP_KNOWN
from ...rules.mutual_aid import group_joins
from ...world.population.people import HIT
from ...world.world import World
from ..help.volunteer_time import compute_relief_share
from ..step.columns import view_residents
from ..step.context import StepContext


def update_groups(world: World, context: StepContext) -> None:
    """Volunteers join and leave the group of each neighbourhood in which a crisis has hit somebody."""
    table, people, p = world.neighbourhoods, world.people, world.settings.collective_aid
    if context.is_cut("groups") or context.crisis_day is None:
        return
    adults = np.zeros(table.rows, np.int32)
    struck = people.neighbourhood[(people.crisis_marks & HIT) > 0]
    adults[struck] = table.adults[struck]
    _update_groups(context.day - context.crisis_day, context.span, p.numbers,
                   flag_hosted_neighbourhoods(world, context), adults,
                   context.handles.territory("group_joins"), table.group_casual, table.group_core)


def flag_hosted_neighbourhoods(world: World, context: StepContext) -> np.ndarray:
    """bool[z]: neighbourhoods with an active site that hosts their group; drawn once for a site."""
    sites, out = world.sites, np.zeros(world.neighbourhoods.rows, np.bool_)
    share, active = context.handles.site("group_hosting"), compute_relief_share(world, context) > 0
    for s in np.flatnonzero(active & (sites.neighbourhood >= 0)):
        if draw_uniform(context.key, sites.uid[s], 0, 0, GROUP_HOSTED) < share[s]:
            out[sites.neighbourhood[s]] = True
    return out


@kernel
def _update_groups(since, span, p, hosted, adults, joins, casual, core):
    for z in range(adults.size):
        share = p.group_core + (p.group_core_hosted if hosted[z] else 0.0)
        for day in range(span):
            new = joins * group_joins(np.float64(adults[z]), since + day, p)
            casual[z] += (1.0 - share) * new - casual[z] / p.group_stay
            core[z] += share * new - core[z] / p.group_core_days


def flag_who_knows_a_group(world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
    """bool[m]: which of the adults in rows int32[m] know of a group; drawn once for a person and a crisis."""
    p, hosted = world.settings.collective_aid, flag_hosted_neighbourhoods(world, context)
    out = np.zeros(len(rows), np.bool_)
    _find_who_knows_a_group(rows, context.key, context.crisis_day,
                            context.handles.resident("group_known"),
                            p.group_known_hosted * hosted[world.people.neighbourhood[rows]], view_residents(world), out)
    return out


@parallel_kernel
def _find_who_knows_a_group(rows, key, crisis_day, usual, more, residents, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        u = draw_uniform(key, residents.uid[rows[m]], 0, crisis_day, GROUP_KNOWN)
        out[m] = u < value_at(usual, rows[m]) + more[m]
