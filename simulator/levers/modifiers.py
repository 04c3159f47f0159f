"""Handles as levers and crises have turned them for one step: the algebra of model 8."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..world.world import World
from .active import ActiveLever
from .catalogue import HANDLES, Handle

NONE: Mapping[str, float] = {}


@dataclass(frozen=True)
class Term:
    """One turn of one lever in this step. level: dose x ramp, above 0; rows: int64[...]."""

    op: str
    value: float
    level: float
    rows: np.ndarray


class Turned:
    """What phases read: value = clip((set or base) x product of scale^level + sum of add x level), per row.

    levers: resolved ones act, others do not. services: territory handle -> factor (crises). local: (handle, factor,
    rows) of what crises take from some residents or sites only. Values are worked out on
    first reading and kept for the step. Rows that nothing touches keep the base value bit for bit.
    KeyError for a name that is not in the catalogue.
    """

    def __init__(self, world: World, levers: Sequence[ActiveLever] = (), services: Mapping[str, float] = NONE,
                 day: int = 0, local: Sequence[tuple[str, float, np.ndarray]] = ()) -> None:
        self._world = world
        self._services = dict(services)
        self._terms = _terms(world, levers, day)
        for name, factor, rows in local:
            self._terms.setdefault(name, []).append(Term("scale", factor, 1.0, rows))
        self._kept: dict[str, np.ndarray] = {}

    def site(self, name: str) -> np.ndarray:
        """float64[sites]."""
        return self._value(f"site.{name}", self._world.sites.rows, np.float64)

    def resident(self, name: str) -> np.ndarray:
        """float32[residents], or float32[1] when no lever touches it."""
        rows = self._world.people.rows if f"resident.{name}" in self._terms else 1
        return self._value(f"resident.{name}", rows, np.float32)

    def institution(self, name: str) -> np.ndarray:
        """float64[communes]."""
        return self._value(f"institution.{name}", self._world.institutions.rows, np.float64)

    def territory(self, name: str) -> float:
        """One number."""
        return float(self._value(f"territory.{name}", 1, np.float64)[0])

    def touched(self) -> tuple[str, ...]:
        """Names of the handles that something turns in this step."""
        return tuple(sorted({*self._terms, *(name for name, by in self._services.items() if by != 1.0)}))

    def _value(self, name: str, rows: int, dtype: type) -> np.ndarray:
        if name not in self._kept:
            handle = HANDLES[name]
            base = np.empty(rows)
            base[:] = handle.base(self._world)
            terms = list(self._terms.get(name, ()))
            if self._services.get(name, 1.0) != 1.0:
                terms.append(Term("scale", self._services[name], 1.0, np.zeros(1, np.int64)))
            value: np.ndarray = (turn(base, handle, terms) if terms else base).astype(dtype)
            value.flags.writeable = False
            self._kept[name] = value
        return self._kept[name]


def turn(base: np.ndarray, handle: Handle, terms: Sequence[Term]) -> np.ndarray:
    """float64[rows]: base after the terms, each in the order given, clipped to the handle's range where touched."""
    value = base.copy()
    touched = np.zeros(len(base), bool)
    for op in ("set", "scale", "add"):
        for term in terms:
            if term.op != op:
                continue
            touched[term.rows] = True
            if op == "set":
                value[term.rows] = term.value
            elif op == "scale":
                value[term.rows] *= term.value ** term.level
            else:
                value[term.rows] += term.value * term.level
    value[touched] = np.clip(value[touched], handle.low, handle.high)
    return value


def _terms(world: World, levers: Iterable[ActiveLever], day: int) -> dict[str, list[Term]]:
    """Handle name to its terms, sorted by card id, then by place in the card."""
    terms: dict[str, list[Term]] = {}
    for active in sorted(levers, key=lambda one: one.lever.id):
        if active.reach is None or active.lever.dose == 0:
            continue
        level = active.level(day)
        for one in active.lever.turns if level > 0 else ():
            rows = active.reach.rows(HANDLES[one.handle].owner)
            if len(rows):
                terms.setdefault(one.handle, []).append(Term(one.op, one.value, level, rows))
        if active.lets_down(day):
            for owner in ("site", "resident"):
                rows = active.disappointed(owner, world)
                if len(rows):
                    terms.setdefault(f"{owner}.let_down", []).append(Term("add", 1.0, 1.0, rows))
    return terms
