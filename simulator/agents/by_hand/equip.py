"""Equip, household by household."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import EQUIP
from ...phases.equip import FIRST_KIT_DRAW, INSULATION_DRAW, SHARE_STEPS, skill_after_training
from ...rules.need_domains import KIT_KINDS, KNOW_HOW
from .common.queries import get_handle_value


def get_household_maximum(world, handle, h: int) -> float:
    """The highest value of a handle among the living members of a household."""
    homes = world.households
    rows = range(homes.first[h], homes.first[h] + homes.size[h])
    return max((get_handle_value(handle, i) for i in rows if world.people.alive[i]), default=0.0)


def mark_served_households(world, context, name: str, column: np.ndarray, draw: int, bit: int = 1) -> None:
    """Set a bit of a column for the households served so far."""
    homes, handle = world.households, context.handles.resident(name)
    shares = {h: min(1.0, get_household_maximum(world, handle, h)) for h in range(len(homes))
              if get_household_maximum(world, handle, h) > 0}
    priority = {h: draw_uniform(context.key, homes.uid[h], 0, 0, EQUIP, draw) / share for h, share in shares.items()}
    count = (sum(int(share * SHARE_STEPS) for share in shares.values()) + SHARE_STEPS // 2) // SHARE_STEPS
    for h in sorted(priority, key=lambda h: (priority[h], int(homes.uid[h])))[:count]:
        column[h] |= bit


def give_kits(model, world, context) -> None:
    """Households get a kit of their own."""
    for k, kind in enumerate(KIT_KINDS):
        mark_served_households(world, context, f"kit_{kind}", world.households.kit, FIRST_KIT_DRAW + k, 1 << k)


def insulate_homes(model, world, context) -> None:
    """Dwellings are insulated."""
    mark_served_households(world, context, "insulation", world.households.insulated, INSULATION_DRAW)


def pay_cash_cushions(model, world, context) -> None:
    """Money adds to households' savings."""
    homes = world.households
    for h in range(len(homes)):
        total = get_household_maximum(world, context.handles.resident("cushion"), h)
        new = np.float32(max(0.0, total - float(homes.cushion_given[h])))
        homes.cushion[h] += new
        homes.cushion_given[h] += new


def train_residents(model, world, context) -> None:
    """A week of training."""
    people, hours = world.people, context.handles.resident("training_hours")
    for i in range(len(people)):
        if get_handle_value(hours, i) > 0 and people.alive[i]:
            skill = float(people.skill[i, KNOW_HOW])
            people.skill[i, KNOW_HOW] = skill_after_training(skill, get_handle_value(hours, i),
                                                             world.settings.providing.numbers)


REFERENCE_STAGES = (give_kits, insulate_homes, pay_cash_cushions, train_residents)
