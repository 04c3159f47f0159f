"""Equip: what levers bring to homes and people: kits, insulation, money in hand, training (model 8).

Weekly. Reads the handles resident.kit, resident.insulation, resident.cushion, resident.lessons.
"""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import kernel, rule
from ..kernel.random import uniform
from ..kernel.stream import EQUIP
from ..rules.domain import KNOW
from ..world.world import World
from .step.context import Moment

WRITES = ("households.kit", "households.insulated", "households.cushion", "households.cushion_given", "people.skill")
FINE = 1 << 20
KIT_TURN, INSULATION_TURN = 0, 1
"""Luck of kits and of insulation is drawn apart."""


@rule
def taught_by(skill, hours, p):
    """Skill after so many hours with an instructor: part of the way to theirs, never back. p: providing numbers."""
    return skill + (1.0 - math.exp(-p.lesson * hours)) * max(0.0, p.instructor - skill)


def at_home(world: World, values: np.ndarray) -> np.ndarray:
    """float64[h]: the greatest value among the living of each household, 0 where nobody is reached."""
    people, out = world.people, np.zeros(len(world.households))
    np.maximum.at(out, people.household, values.astype(np.float64) * people.alive)
    return out


@kernel
def _turns(key, uid, share, turn, out):
    for h in range(uid.size):
        if share[h] > 0.0:
            out[h] = uniform(key, uid[h], 0, 0, EQUIP, turn) / share[h]


def served(world: World, now: Moment, values: np.ndarray, turn: int) -> np.ndarray:
    """int64[k]: households served when a share of those reached is: as many as are paid for, in an order of luck."""
    share = np.minimum(at_home(world, values), 1.0)
    order = np.full(len(share), np.inf)
    _turns(now.key, world.households.uid, share, turn, order)
    return np.lexsort((world.households.uid, order))[:paid_for(share)]


def paid_for(share: np.ndarray) -> int:
    """Households that shares float64[h] add up to, to the nearest whole number, whatever their order."""
    return (int((share * FINE).astype(np.int64).sum()) + FINE // 2) // FINE


def kits(world: World, now: Moment) -> None:
    """Households get a kit of their own; they keep it."""
    world.households.kit[served(world, now, now.handles.resident("kit"), KIT_TURN)] = 1


def insulate(world: World, now: Moment) -> None:
    """Dwellings are insulated, for good."""
    world.households.insulated[served(world, now, now.handles.resident("insulation"), INSULATION_TURN)] = 1


def pay_out(world: World, now: Moment) -> None:
    """Money that has come in since last time adds to households' savings."""
    homes = world.households
    new = np.maximum(0, at_home(world, now.handles.resident("cushion")) - homes.cushion_given).astype(np.float32)
    homes.cushion[:] += new
    homes.cushion_given[:] += new


@kernel
def _teach(hours, alive, p, skill, domain):
    for i in range(hours.size):
        if hours[i] > 0.0 and alive[i] == 1:
            skill[i, domain] = taught_by(np.float64(skill[i, domain]), np.float64(hours[i]), p)


def teach(world: World, now: Moment) -> None:
    """A week of training in know-how: rights, first aid, what to do in a crisis."""
    hours = np.ascontiguousarray(np.broadcast_to(now.handles.resident("lessons"), (len(world.people),)))
    _teach(hours, world.people.alive, world.settings.providing.numbers, world.people.skill, KNOW)


STAGES = {"kit": ("equip.kits", kits), "insulation": ("equip.insulate", insulate),
          "cushion": ("equip.pay_out", pay_out), "lessons": ("equip.teach", teach)}
"""Handle to the stage that acts on it."""


def step(world: World, now: Moment) -> None:
    """Play the stages whose handle somebody has turned."""
    if now.weekly:
        for handle, (name, stage) in STAGES.items():
            if (now.handles.resident(handle) > 0).any():
                now.stage(name, stage)(world, now)
