"""Functioning: it follows the ceiling that open needs, aftermath and displacement leave; helping loads.

Reads the handles resident.load_days, resident.load_sensitivity.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.table import read_only_view
from ..rules.accepting import load_retention, update_load
from ..rules.aftermath import saturating_share
from ..rules.functioning import LEAST_CEILING, daily_loss, follow_ceiling, lost_to_need
from ..rules.need_domains import DOMAIN_COUNT, DOMAINS, MILLI
from ..rules.needing import ADULT_AGE
from ..world.world import World
from .step.columns import find_acting_adult, view_housing, view_residents
from .step.context import StepContext
from .step.row_lists import list_in_need

WRITES = ("people.functioning", "people.loss_micro", "people.load")


def step(world: World, context: StepContext) -> None:
    """Functioning follows what is open; unmet everyday needs are counted; helping loads are updated."""
    unmet = world.people.backlog[list_in_need(world, context)].sum(axis=0, dtype=np.int64)
    world.ledger.unmet += unmet
    if context.is_after_onset:
        context.run_stage(update_everybodys_functioning, world)
    help_context = context.help_context
    if help_context is None:
        world.ledger.carried += unmet  # needs wait for the first day of the next week
    else:
        help_context.run_stage(update_helping_loads, world)


def update_everybodys_functioning(world: World, context: StepContext) -> None:
    """Functioning of all who live, towards their ceiling; what is lost of it since the onset is added up."""
    people, homes, p = world.people, world.households, world.settings.functioning
    _update_everybodys_functioning(view_residents(world), view_housing(world), get_functioning_weights(world),
                                   context.span, p.numbers, people.view("crisis_backlog"),
                                   tuple(homes.views(("aftermath", "given_up", "displaced"))), people.functioning,
                                   people.loss_micro)


def get_functioning_weights(world: World) -> np.ndarray:
    """float64[2, d]: weight of each domain in functioning, and scale of its aftermath, hours."""
    p = world.settings.functioning
    return np.array([[getattr(p, f"{kind}_{domain}") for domain in DOMAINS] for kind in ("weight", "scale")])


@parallel_kernel
def _update_everybodys_functioning(residents, housing, weights, span, p, backlog, homes, functioning, lost, chunk,
                                   chunks):
    aftermath, given_up, displaced = homes
    for i in chunk_range(residents.uid.size, chunk, chunks):
        h, carrier = residents.household[i], np.int64(i)
        if residents.age[i] < ADULT_AGE:
            carrier = find_acting_adult(h, residents, housing)
        if residents.alive[i] == 1 and (functioning[i] < 1.0 or is_touched(carrier, h, backlog, homes)):
            ceiling = compute_ceiling(carrier, h, backlog, aftermath, given_up, displaced, weights, p)
            level = np.float64(functioning[i])
            for _ in range(span):
                level = follow_ceiling(level, ceiling, p)
                lost[i] += daily_loss(level)
            functioning[i] = level


@rule
def is_touched(carrier, h, backlog, homes):
    """True when open needs of `carrier` (-1: nobody) or the state of home h lower functioning."""
    aftermath, given_up, displaced = homes
    total = displaced[h] > 0
    for d in range(DOMAIN_COUNT):
        total |= (aftermath[h, d] | given_up[h, d]) > 0 or (carrier >= 0 and backlog[carrier, d] > 0)
    return total


@rule
def compute_ceiling(carrier, h, backlog, aftermath, given_up, displaced, weights, p):
    """Functioning that open needs of `carrier` (-1: nobody) and the state of home h leave, 0.05 at least."""
    left = 1.0 - (p.displaced if displaced[h] > 0 else 0.0)
    for d in range(DOMAIN_COUNT):
        left -= weights[0, d] * (saturating_share(np.float64(aftermath[h, d]), weights[1, d])
                                 + saturating_share(np.float64(given_up[h, d]), weights[1, d]))
        if carrier >= 0:
            left -= lost_to_need(backlog[carrier, d] / MILLI, weights[0, d], p)
    return max(LEAST_CEILING, left)


def update_helping_loads(world: World, context: StepContext) -> None:
    """Update everybody's helping load, a moving average of the hours given to others."""
    people = world.people
    memory, felt = context.handles.resident("load_days"), context.handles.resident("load_sensitivity")
    _update_helping_loads(people.view("lent"), context.span, read_only_view(memory), read_only_view(felt),
                          people.load)


@parallel_kernel
def _update_helping_loads(lent, span, memory, felt, load, chunk, chunks):
    usual = load_retention(span, np.float64(memory[0]))
    rows = chunk_range(load.size, chunk, chunks)
    chunk_load, hours = load[rows.start:rows.stop], lent[rows.start:rows.stop]
    for m in range(chunk_load.size):  # for all residents, without a branch: a load of 0 without new hours stays 0
        i = rows.start + m
        keep = usual if memory.size == 1 else load_retention(span, np.float64(memory[i]))
        chunk_load[m] = update_load(np.float64(chunk_load[m]), hours[m] * np.float64(value_at(felt, i)), span, keep)
