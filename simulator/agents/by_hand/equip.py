"""Equip, played household by household."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import EQUIP
from ...phases.equip import FINE, INSULATION_TURN, KIT_TURN, taught_by
from ...rules.domain import KNOW
from .plain import value


def at_home(world, handle, h: int) -> float:
    """The greatest value among the living of a household."""
    homes = world.households
    rows = range(homes.first[h], homes.first[h] + homes.size[h])
    return max((value(handle, i) for i in rows if world.people.alive[i]), default=0.0)


def serve(world, now, name: str, column: np.ndarray, turn: int) -> None:
    """Mark the households served so far."""
    homes, handle = world.households, now.handles.resident(name)
    shares = {h: min(1.0, at_home(world, handle, h)) for h in range(len(homes)) if at_home(world, handle, h) > 0}
    luck = {h: uniform(now.key, homes.uid[h], 0, 0, EQUIP, turn) / share for h, share in shares.items()}
    many = (sum(int(share * FINE) for share in shares.values()) + FINE // 2) // FINE
    for h in sorted(luck, key=lambda h: (luck[h], int(homes.uid[h])))[:many]:
        column[h] = 1


def kits(model, world, now) -> None:
    """Kits of one's own."""
    serve(world, now, "kit", world.households.kit, KIT_TURN)


def insulate(model, world, now) -> None:
    """Insulation."""
    serve(world, now, "insulation", world.households.insulated, INSULATION_TURN)


def pay_out(model, world, now) -> None:
    """Money in hand."""
    homes = world.households
    for h in range(len(homes)):
        new = np.float32(max(0.0, at_home(world, now.handles.resident("cushion"), h) - float(homes.cushion_given[h])))
        homes.cushion[h] += new
        homes.cushion_given[h] += new


def teach(model, world, now) -> None:
    """A week of training."""
    people, hours = world.people, now.handles.resident("lessons")
    for i in range(len(people)):
        if value(hours, i) > 0 and people.alive[i]:
            skill = float(people.skill[i, KNOW])
            people.skill[i, KNOW] = taught_by(skill, value(hours, i), world.settings.providing.numbers)


HAND = {"equip.kits": kits, "equip.insulate": insulate, "equip.pay_out": pay_out, "equip.teach": teach}
