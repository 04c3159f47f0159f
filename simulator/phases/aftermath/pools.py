"""Pools of hours and units (of sites, reserves, groups, institutions) shared out among adults with something open."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.table import read_only_view
from ...rules.need_domains import DOMAIN_COUNT, DOMAINS, MILLI
from ...rules.needing import WEEK
from ...world.world import World
from ..help.allocation import allocate_by_owner, draw_priorities
from ..step.columns import view_residents
from ..step.context import StepContext
from .serving import OpenAdults, add_met_to_ledger, allocate_met, mark_reached, open_amount, serve_open

PRIORITY_STEP = 32
"""Keeps the priorities of each kind of pool apart from those of others and of everyday needs, by source."""


def get_weekly_limits(world: World, span: int) -> np.ndarray:
    """int64[d]: most that one adult, with the home's aftermath, gets from a pool in a step, thousandths."""
    p = world.settings.collective_aid
    return np.array([math.floor(getattr(p, f"weekly_{domain}") * span / WEEK * MILLI) for domain in DOMAINS], np.int64)


def share_out_pool(world: World, context: StepContext, adults: OpenAdults, users: np.ndarray, owner: np.ndarray,
                   supply: np.ndarray, limits: np.ndarray, source: int, mark: int) -> np.ndarray:
    """Share a pool out among its users; what they get serves needs, then aftermath.

    users: bool[m]; owner: int64[m], row of the owner whose supply int64[owners] they draw on; limits: int64[d]. Returns
    what was used of each owner's supply, int64[owners]; all in thousandths.
    """
    people, used = world.people, np.zeros(len(supply), np.int64)
    if not users.any() or not supply.any():
        return used
    claims = np.zeros((len(adults.rows), DOMAIN_COUNT), np.int64)
    aftermath = world.households.aftermath
    _list_pool_claims(adults.rows, adults.carries, users, limits, view_residents(world),
                      people.view("crisis_backlog"), read_only_view(aftermath), claims)
    m, d = np.nonzero(claims)
    given = np.zeros_like(claims)
    given[m, d] = allocate_by_owner(owner[m], claims[m, d], supply,
                                    draw_priorities(context.key, context.day, d + PRIORITY_STEP * source, people.uid,
                                                    adults.rows[m]))
    met = allocate_met()
    _serve_claims(adults.rows, adults.carries, given, source, view_residents(world), people.crisis_backlog, aftermath,
                  *met)
    add_met_to_ledger(world, met.add_up())
    received = given.sum(axis=1)
    mark_reached(world, context, adults.rows, received, mark)
    world.ledger.record_help(source, adults.rows[received > 0], received[received > 0])
    np.add.at(used, owner, received)
    return used


@parallel_kernel
def _list_pool_claims(rows, carries, users, limits, residents, backlog, aftermath, claims, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        if users[m]:
            h = residents.household[rows[m]]
            for d in range(DOMAIN_COUNT):
                claims[m, d] = min(limits[d], open_amount(rows[m], h, carries[m], d, backlog, aftermath))


@parallel_kernel
def _serve_claims(rows, carries, given, source, residents, backlog, aftermath, met_need, met_aftermath, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        h = residents.household[rows[m]]
        for d in range(DOMAIN_COUNT):
            if given[m, d] > 0:
                serve_open(rows[m], h, carries[m], d, given[m, d], source, backlog, aftermath, met_need[chunk],
                           met_aftermath[chunk])
