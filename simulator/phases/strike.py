"""Strike: on its first day a crisis damages homes, which leaves aftermath, and puts households out of them."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.keyed_random import draw_uniform, draw_words, normal_quantile, to_uniform
from ..kernel.name_hash import hash31
from ..kernel.random_streams import DAMAGE, DAMAGE_SIZE, LODGED
from ..rules.need_domains import DOMAIN_COUNT
from ..rules.needing import to_thousandths
from ..world.population.people import HIT
from ..world.world import World
from .aftermath.rehousing import count_trusted
from .step.columns import view_housing, view_residents
from .step.context import Hazard, StepContext

WRITES = ("households.aftermath", "households.aftermath_made", "households.aftermath_on", "households.displaced",
          "households.first_lodging", "households.displaced_on", "people.crisis_marks", "people.asked_on",
          "people.times_asked", "people.promise")
MAX_DAMAGE = 2_000_000
"""Aftermath of one home and domain at most, thousandths: it is held in 32 bits, and sums of several must fit."""
LEAVES_HOME = 1
"""Keys of the draws about a home, besides 0: whether it must be left."""


def step(world: World, context: StepContext) -> None:
    """Each crisis that begins in this step: damage, then who has to leave. Everybody may ask anew."""
    if any(hazard.started for hazard in context.hazards):
        end_promises_without_use(world)
        forget_finished_aftermath(world)
        world.people.asked_on[:], world.people.times_asked[:] = -1, 0
    for hazard in sorted(context.hazards, key=lambda hazard: hazard.card.id):
        card = hazard.card
        if hazard.started and (card.damage.homes > 0 or card.displaced > 0):
            exposure = compute_home_exposure(world, hazard)
            before = world.households.aftermath_made.sum(axis=1, dtype=np.int64)
            world.ledger.aftermath_made += context.run_stage(damage_homes, world, card, exposure)
            restart_waiting(world, before, context.day)
            context.run_stage(displace_households, world, card, exposure)


def end_promises_without_use(world: World) -> None:
    """Promises of an earlier crisis are over, but for those who still have something open of it."""
    people, homes = world.people, world.households
    is_open = people.crisis_backlog.any(axis=1) | homes.aftermath.any(axis=1)[people.household]
    people.promise[~is_open] = -1


def forget_finished_aftermath(world: World) -> None:
    """Households with nothing left open begin anew: what an earlier crisis made is no part of the next one."""
    homes = world.households
    done = (homes.aftermath_on >= 0) & ~homes.aftermath.any(axis=1)
    homes.aftermath_on[done] = -1
    homes.aftermath_made[done] = 0


def restart_waiting(world: World, before: np.ndarray, day: int) -> None:
    """A household that is damaged again waits anew before it gives up. before: int64[h], all aftermath made so far."""
    homes = world.households
    homes.aftermath_on[homes.aftermath_made.sum(axis=1, dtype=np.int64) > before] = day


def compute_home_exposure(world: World, hazard: Hazard) -> np.ndarray:
    """float64[h]: exposure of each household, that of its most exposed living member."""
    out = np.zeros(world.households.rows)
    np.maximum.at(out, world.people.household, hazard.exposure.astype(np.float64) * (world.people.alive == 1))
    return out


def damage_homes(world: World, context: StepContext, card, exposure: np.ndarray) -> np.ndarray:
    """Homes are damaged; whoever lives there is hit. Returns the aftermath made, int64[d], thousandths."""
    homes, people, sizes = world.households, world.people, card.damage.sizes()
    made = np.zeros(DOMAIN_COUNT, np.int64)
    _damage_homes(context.key, context.day, hash31(card.id), card.damage.homes,
                  np.array([size.median for size in sizes]), np.array([size.spread for size in sizes]), exposure,
                  homes.view("uid"), homes.view("first"), homes.view("size"),
                  people.view("alive"), homes.aftermath, homes.aftermath_made, homes.aftermath_on,
                  people.crisis_marks, made)
    return made


@kernel
def _damage_homes(key, day, code, share, median, spread, exposure, uid, first, size, alive, aftermath, all_made, since,
                  marks, made):
    for h in range(uid.size):
        if exposure[h] > 0.0 and draw_uniform(key, uid[h], code, day, DAMAGE) < share:
            for d in range(DOMAIN_COUNT):
                amount = draw_damage(key, uid[h], code, day, d, median[d], spread[d], exposure[h])
                aftermath[h, d] += amount
                all_made[h, d] += amount
                made[d] += amount
            since[h] = day if since[h] < 0 else since[h]
            for i in range(first[h], first[h] + size[h]):
                marks[i] |= np.uint16(HIT * alive[i])


@kernel
def draw_damage(key, uid, code, day, domain, median, spread, exposure):
    """Aftermath that damage makes for the home `uid` in a domain, thousandths: log-normal, times exposure."""
    if median <= 0.0:
        return 0
    z = normal_quantile(to_uniform(draw_words(key, uid, code, day, DAMAGE_SIZE, domain)[0]))
    return min(MAX_DAMAGE, to_thousandths(median * math.exp(spread * z) * exposure))


def displace_households(world: World, context: StepContext, card, exposure: np.ndarray) -> None:
    """Households have to leave; kin or friends lodge some of those who have any, an institution the others."""
    homes, people = world.households, world.people
    if card.displaced <= 0:
        return
    p = world.settings.displacement
    lodged = card.lodged if card.lodged >= 0 else p.lodged
    _displace_households(context.key, context.day, hash31(card.id), card.displaced, lodged, p.strong_trust,
                         not context.is_cut("ties"), not context.is_cut("far_ties"), exposure,
                         view_residents(world), view_housing(world), world.ties.view("degree"),
                         world.ties.view("trust"), homes.displaced, homes.first_lodging,
                         homes.displaced_on, people.crisis_marks)


@kernel
def _displace_households(key, day, code, share, lodged, strong, ties_help, far_help, exposure, residents, housing,
                         degree, trust, displaced, first, since, marks):
    for h in range(exposure.size):
        if exposure[h] > 0.0 and draw_uniform(key, housing.uid[h], code, day, DAMAGE, LEAVES_HOME) < share:
            has_host = False
            for i in range(housing.first[h], housing.first[h] + housing.size[h]):
                marks[i] |= np.uint16(HIT * residents.alive[i])
                trusted = count_trusted(i, strong, residents, degree, trust, ties_help, far_help)
                has_host |= residents.alive[i] == 1 and trusted > 0
            is_lodged = has_host and draw_uniform(key, housing.uid[h], code, day, LODGED) < lodged
            displaced[h] = first[h] = 1 if is_lodged else 2
            since[h] = day
