"""Equip: levers bring kits, fans, insulation, savings and training to households and residents (model 8).

Weekly, for 7 days. Reads the handles resident.kit_cooling, resident.kit_power, resident.kit_shelter,
resident.kit_tools, resident.kit_digital, resident.insulation, resident.cushion, resident.training_hours.
"""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import kernel, rule
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import EQUIP
from ..rules.need_domains import KIT_KINDS, KNOW_HOW
from ..world.world import World
from .step.context import StepContext

WRITES = ("households.kit", "households.insulated", "households.cushion", "households.cushion_given",
          "people.skill")
SHARE_STEPS = 1 << 20
"""Steps in a share of 1 when shares are added up as whole numbers, so that their order does not matter."""
INSULATION_DRAW, FIRST_KIT_DRAW = 1, 2
"""Keys of the random numbers for insulation, and for kits of the first kind."""


def step(world: World, context: StepContext) -> None:
    """On weekly steps: run the stage of each handle that is above 0 for somebody."""
    if context.is_weekly:
        for handle, stage in STAGE_BY_HANDLE.items():
            if context.handles.resident(handle).any():  # none is below 0
                context.run_stage(stage, world)
        if any(context.handles.resident(f"kit_{kind}").any() for kind in KIT_KINDS):
            context.run_stage(give_kits, world)


def give_kits(world: World, context: StepContext) -> None:
    """Households get a kit of their own of each kind that levers bring, for good."""
    for k, kind in enumerate(KIT_KINDS):
        values = context.handles.resident(f"kit_{kind}")
        if (values > 0).any():
            world.households.kit[select_households(world, context, values, FIRST_KIT_DRAW + k)] |= np.uint8(1 << k)


def insulate_homes(world: World, context: StepContext) -> None:
    """Dwellings are insulated, for good."""
    served = select_households(world, context, context.handles.resident("insulation"), INSULATION_DRAW)
    world.households.insulated[served] = 1


def select_households(world: World, context: StepContext, values: np.ndarray, draw: int) -> np.ndarray:
    """int64[k]: rows of the households served, when the values [n] are the share of households to serve.

    As many as the shares add up to, in a random order that does not change from week to week.
    """
    share = np.minimum(get_household_maxima(world, values), 1.0)
    order = np.full(len(share), np.inf)
    _draw_household_order(context.key, world.households.uid, share, draw, order)
    return np.lexsort((world.households.uid, order))[:count_funded_households(share)]


def count_funded_households(share: np.ndarray) -> int:
    """Number of households that the shares float64[h] add up to, rounded."""
    return (int((share * SHARE_STEPS).astype(np.int64).sum()) + SHARE_STEPS // 2) // SHARE_STEPS


@kernel
def _draw_household_order(key, uid, share, draw, out):
    for h in range(uid.size):
        if share[h] > 0.0:
            out[h] = draw_uniform(key, uid[h], 0, 0, EQUIP, draw) / share[h]


def pay_cash_cushions(world: World, context: StepContext) -> None:
    """Money that has come in since the last week adds to households' savings, in days of income."""
    households = world.households
    total = get_household_maxima(world, context.handles.resident("cushion"))
    new = np.maximum(0, total - households.cushion_given).astype(np.float32)
    households.cushion[:] += new
    households.cushion_given[:] += new


def get_household_maxima(world: World, values: np.ndarray) -> np.ndarray:
    """float64[h]: the highest of the values [n] among the living members of each household, at least 0."""
    people, out = world.people, np.zeros(len(world.households))
    np.maximum.at(out, people.household, values.astype(np.float64) * people.alive)
    return out


def train_residents(world: World, context: StepContext) -> None:
    """A week of training in know-how: rights, first aid, what to do in a crisis."""
    hours = np.ascontiguousarray(np.broadcast_to(context.handles.resident("training_hours"), (len(world.people),)))
    _train_residents(hours, world.people.alive, world.settings.providing.numbers, world.people.skill, KNOW_HOW)


@kernel
def _train_residents(hours, alive, p, skill, domain):
    for i in range(hours.size):
        if hours[i] > 0.0 and alive[i] == 1:
            skill[i, domain] = skill_after_training(np.float64(skill[i, domain]), np.float64(hours[i]), p)


@rule
def skill_after_training(skill, hours, p):
    """Skill after so many hours with an instructor: part of the way up to the instructor's. p: providing parameters."""
    return skill + (1.0 - math.exp(-p.lesson * hours)) * max(0.0, p.instructor - skill)


STAGE_BY_HANDLE = {"insulation": insulate_homes, "cushion": pay_cash_cushions,
                   "training_hours": train_residents}
"""Handle of residents to the stage that acts on it."""
