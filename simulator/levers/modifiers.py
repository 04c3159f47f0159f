"""The effective values of handles in one step, after the modifiers of levers and crises: the algebra of model 8."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..world.world import World
from .active_lever import ActiveLever
from .handles import HANDLES, Handle

NO_SERVICE_FACTORS: Mapping[str, float] = {}


@dataclass(frozen=True)
class ModifierTerm:
    """A modifier that acts in a step. effective_dose: dose x ramp, above 0. rows: int64[...] of the handle's owner."""

    op: str
    value: float
    effective_dose: float
    rows: np.ndarray


class ModifierValues:
    """What phases read: value = clip((set or base) x product of scale^dose + sum of add x dose), per row.

    dose: the effective dose of each lever. levers: only resolved ones act. services: territory handle -> factor, from
    crises. local: (handle, factor, rows) of what crises take from some residents or sites only. A value is computed
    when it is first read and cached for the step. Rows without a modifier keep the base value bit for bit.
    KeyError for a name that is not in HANDLES.
    """

    def __init__(self, world: World, levers: Sequence[ActiveLever] = (),
                 services: Mapping[str, float] = NO_SERVICE_FACTORS, day: int = 0,
                 local: Sequence[tuple[str, float, np.ndarray]] = ()) -> None:
        self._world = world
        self._services = dict(services)
        self._terms = _collect_terms(world, levers, day)
        for name, factor, rows in local:
            self._terms.setdefault(name, []).append(ModifierTerm("scale", factor, 1.0, rows))
        self._cache: dict[str, np.ndarray] = {}

    def site(self, name: str) -> np.ndarray:
        """float64[sites]: effective values of a handle of sites."""
        whole = f"site.{name}"
        found = self._cache.get(whole)
        return self._compute_value(whole, self._world.sites.rows, np.float64) if found is None else found

    def resident(self, name: str) -> np.ndarray:
        """float32[residents]: effective values of a handle of residents; float32[1] when nothing modifies it."""
        whole = f"resident.{name}"
        found = self._cache.get(whole)
        if found is not None:
            return found
        return self._compute_value(whole, self._world.people.rows if whole in self._terms else 1, np.float32)

    def institution(self, name: str) -> np.ndarray:
        """float64[communes]: effective values of a handle of institutions."""
        whole = f"institution.{name}"
        found = self._cache.get(whole)
        return self._compute_value(whole, self._world.institutions.rows, np.float64) if found is None else found

    def territory(self, name: str) -> float:
        """Effective value of a handle of the whole territory."""
        whole = f"territory.{name}"
        if not self._is_modified(whole):
            return float(HANDLES[whole].base(self._world))
        return float(self._compute_value(whole, 1, np.float64)[0])

    def list_modified_handles(self) -> tuple[str, ...]:
        """Names of the handles that something modifies in this step, sorted."""
        return tuple(sorted({*self._terms, *(name for name, factor in self._services.items() if factor != 1.0)}))

    def _is_modified(self, name: str) -> bool:
        return name in self._terms or self._services.get(name, 1.0) != 1.0

    def _compute_value(self, name: str, rows: int, dtype: type) -> np.ndarray:
        handle = HANDLES[name]
        given = handle.base(self._world)
        if isinstance(given, float) and not self._is_modified(name):
            value = self._cache[name] = _fill_constant(given, rows, dtype)
            return value
        base = np.empty(rows)
        base[:] = given
        terms = list(self._terms.get(name, ()))
        if self._services.get(name, 1.0) != 1.0:
            terms.append(ModifierTerm("scale", self._services[name], 1.0, np.zeros(1, np.int64)))
        value = self._cache[name] = (apply_terms(base, handle, terms) if terms else base).astype(dtype)
        value.flags.writeable = False
        return value


@lru_cache(maxsize=1024)
def _fill_constant(value: float, rows: int, dtype: type) -> np.ndarray:
    """A read-only column of one value. Most handles are one in most steps: made once for all runs."""
    column: np.ndarray = np.full(rows, value).astype(dtype)
    column.flags.writeable = False
    return column


def apply_terms(base: np.ndarray, handle: Handle, terms: Sequence[ModifierTerm]) -> np.ndarray:
    """float64[rows]: base after all `set`, then `scale`, then `add` terms; modified rows are clipped to the range."""
    value = base.copy()
    modified = np.zeros(len(base), bool)
    for op in ("set", "scale", "add"):
        for term in terms:
            if term.op != op:
                continue
            modified[term.rows] = True
            if op == "set":
                value[term.rows] = term.value
            elif op == "scale":
                value[term.rows] *= term.value ** term.effective_dose
            else:
                value[term.rows] += term.value * term.effective_dose
    value[modified] = np.clip(value[modified], handle.low, handle.high)
    return value


def _collect_terms(world: World, levers: Iterable[ActiveLever], day: int) -> dict[str, list[ModifierTerm]]:
    """Handle name -> its terms, in the order of card ids, then of the card."""
    terms: dict[str, list[ModifierTerm]] = {}
    for active in sorted(levers, key=lambda each: each.lever.id):
        if active.reach is None or active.lever.dose == 0:
            continue
        dose = active.effective_dose(day)
        for modifier in active.lever.modifiers if dose > 0 else ():
            rows = active.reach.rows(HANDLES[modifier.handle].owner)
            if len(rows):
                term = ModifierTerm(modifier.op, modifier.value, dose, rows)
                terms.setdefault(modifier.handle, []).append(term)
        if active.ends_without_handover(day):
            for owner in ("site", "resident"):
                rows = active.list_disappointed_rows(owner, world)
                if len(rows):
                    terms.setdefault(f"{owner}.disappointed", []).append(ModifierTerm("add", 1.0, 1.0, rows))
    return terms
