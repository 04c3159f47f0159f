"""Columns of residents, households and ties as tuples that compiled loops take whole, and who speaks for whom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.packed_tuple import pack_tuple
from ...kernel.slot_arrays import SlotArrays
from ...kernel.table import read_only_view
from ...rules.needing import ADULT_AGE
from ...world.world import World

UID_BITS = 32
"""Bits of a uid or a row in a sort key made of two of them."""


class ResidentColumns(NamedTuple):
    """Read-only views of columns of People that the phases of needs and help read."""

    uid: np.ndarray
    household: np.ndarray
    building: np.ndarray
    neighbourhood: np.ndarray
    commune: np.ndarray
    age: np.ndarray
    alive: np.ndarray
    frailty: np.ndarray
    functioning: np.ndarray
    agency: np.ndarray
    skill: np.ndarray
    load: np.ndarray
    far_kin: np.ndarray
    far_other: np.ndarray
    consent: np.ndarray
    register_rank: np.ndarray
    trust_institutions: np.ndarray
    member: np.ndarray
    candidate: np.ndarray
    aware: np.ndarray
    host_trust: np.ndarray


def view_residents(world: World) -> ResidentColumns:
    """The columns of residents, read-only."""
    return world.people.bundle(ResidentColumns)


class HousingColumns(NamedTuple):
    """Read-only views of columns of Households and Buildings, and of the list of adults by building.

    reference_adult is Households.lead, the resident who speaks for the household.
    """

    uid: np.ndarray
    first: np.ndarray
    size: np.ndarray
    reference_adult: np.ndarray
    kit: np.ndarray
    first_adult: np.ndarray
    adults: np.ndarray
    x: np.ndarray
    y: np.ndarray
    adults_by_building: np.ndarray


def view_housing(world: World) -> HousingColumns:
    """The columns of households and buildings, read-only."""
    return world.keep(HousingColumns, ("households", "buildings"), lambda: pack_tuple(HousingColumns(
        *world.households.views(("uid", "first", "size", "lead", "kit")),
        *world.buildings.views(("first_adult", "adults", "x", "y")),
        read_only_view(world.adults_by_building))))  # type: ignore[call-arg]


class TieViews(NamedTuple):
    """Read-only views of columns of Ties."""

    degree: np.ndarray
    alter: SlotArrays
    trust: SlotArrays
    alter_trust: SlotArrays
    kind: SlotArrays


def view_ties(world: World) -> TieViews:
    """The columns of ties, read-only."""
    return world.ties.bundle(TieViews)


@rule
def find_speaker(i, residents, housing):
    """Row of the resident who asks for i, -1 for nobody: an adult asks in person, for a child an adult of the home."""
    if residents.age[i] >= ADULT_AGE:
        return np.int64(i)
    return find_acting_adult(residents.household[i], residents, housing)


@rule
def find_acting_adult(h, residents, housing):
    """Row of who acts for household h, -1 for nobody: its reference adult, else its living adult of lowest uid."""
    lead = np.int64(housing.reference_adult[h])
    if residents.alive[lead] == 1 and residents.age[lead] >= ADULT_AGE:
        return lead
    best = np.int64(-1)
    for j in range(housing.first[h], housing.first[h] + housing.size[h]):
        if residents.alive[j] == 1 and residents.age[j] >= ADULT_AGE:
            if best < 0 or residents.uid[j] < residents.uid[best]:
                best = np.int64(j)
    return best


def find_speakers(world: World, rows: np.ndarray) -> np.ndarray:
    """int64[m]: row of who asks for each of the residents in rows int32[m], -1 for nobody."""
    out = np.empty(len(rows), np.int64)
    _find_speakers(rows, view_residents(world), view_housing(world), out)
    return out


@parallel_kernel
def _find_speakers(rows, residents, housing, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        out[m] = find_speaker(rows[m], residents, housing)


@parallel_kernel
def add_flag_bits(rows, bits, column, chunk, chunks):
    """Set bits u1[m] in a column u1[n] at the rows int32[m], each of which is listed once."""
    for m in chunk_range(rows.size, chunk, chunks):
        column[rows[m]] |= bits[m]
