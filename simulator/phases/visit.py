"""Visit: residents share their social time among their ties; trust grows and wears; some ties end (model 7.2).

Weekly, for 7 days. Reads the handles territory.visits (factor on visits except inside a building), resident.contact
(factor on visits, the smaller of both sides), and territory.site_activity, site.activity and resident.site_access: time
for sessions that are not held or out of reach is spent with ties.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, parallel_kernel
from ..kernel.packed_tuple import pack_tuple
from ..kernel.prefetch import PREFETCH_DISTANCE
from ..kernel.scratch import get_scratch
from ..kernel.slot_arrays import INLINE_SLOTS
from ..kernel.threads import max_chunks
from ..rules.contact import (
    WEEK,
    contact_rate,
    contact_weight,
    decay_by_kind,
    ending_probability_by_kind,
    free_hours,
    missing_trust_left_by_visits,
    off_map_weights,
)
from ..world.places.row_offsets import compute_building_offsets
from ..world.ties.tie import get_tie_columns
from ..world.ties.tie_access import prefetch_rest_slots
from ..world.world import World
from .step.context import StepContext
from .step.frozen_columns import are_ties_frozen
from .ties.neighbourhood_support import measure_neighbourhood_support
from .ties.tie_buffer import allocate_tie_buffers
from .ties.tie_week import TieWeekTables, VisitLimits, simulate_tie_week

WRITES = ("ties.degree", "ties.alter", "ties.trust", "ties.alter_trust", "ties.kind", "neighbourhoods.support")


def step(world: World, context: StepContext) -> None:
    """On weekly steps: a week of visits; then each neighbourhood's support is measured anew."""
    if not context.is_weekly:
        return
    rate = context.run_stage(compute_visit_rates, world)
    if not are_ties_frozen(world):
        world.ledger.count("ties_ended", context.run_stage(update_ties_over_week, world, rate))
    world.neighbourhoods.support[:] = context.run_stage(measure_neighbourhood_support, world)


def compute_visit_rates(world: World, context: StepContext) -> np.ndarray:
    """float32[n]: hours a week that each resident spends per unit of trust in a tie; ties off the map count too."""
    people, settings = world.people, world.settings
    own = (people.social_hours, people.member, people.far_kin, people.far_other, people.alive)
    p = settings.contact.numbers
    site_access = context.handles.resident("site_access")
    rate = np.empty(people.rows, np.float32)
    _compute_visit_rates(get_tie_columns(world.ties), own, compute_weekly_session_hours(world, context), site_access,
                         off_map_weights(settings.start, p), p, rate)
    return rate


@parallel_kernel
def _compute_visit_rates(t, people, session_hours, site_access, far, p, rate, chunk, chunks):
    """Write rate float32[n]: free social time over the sum of weights of one's ties. far: weights of off-map ties."""
    hours, member, far_kin, far_other, alive = people
    for i in chunk_range(hours.size, chunk, chunks):
        prefetch_rest_slots(t.degree, t.trust, min(i + PREFETCH_DISTANCE, hours.size - 1))
        weights, degree = far_kin[i] * far[0] + far_other[i] * far[1], np.int64(t.degree[i])
        for k in range(INLINE_SLOTS):
            weights += contact_weight(np.float64(t.trust[i, k]), p) * (k < degree)
        for k in range(INLINE_SLOTS, degree):
            weights += contact_weight(np.float64(t.trust[i, k]), p)
        free = free_hours(np.float64(hours[i]), session_hours[member[i]] * np.float64(value_at(site_access, i)), p)
        rate[i] = contact_rate(free, weights) if alive[i] and hours[i] > 0.0 else 0.0


def compute_weekly_session_hours(world: World, context: StepContext) -> np.ndarray:
    """float64[s + 1]: hours a week that each site takes of its members' social time; the last, of no site, is 0."""
    meeting, activity = world.settings.meeting, context.handles.territory("site_activity")
    return np.append(meeting.length * meeting.attendance * activity * context.handles.site("activity"), 0.0)


def update_ties_over_week(world: World, context: StepContext, rate: np.ndarray) -> int:
    """A week of visits, wear and endings on every tie; rate: see compute_visit_rates. Returns the number that ended."""
    uid_view = np.empty((world.people.rows, 2), np.uint32)
    rate_view = uid_view.view(np.float32)
    _interleave_uid_and_rate(world.people.view("uid"), rate, uid_view, rate_view)
    sides, p = np.zeros(max_chunks(), np.int64), world.settings.contact.numbers
    simulate_tie_week(get_tie_columns(world.ties), uid_view, rate_view, build_visit_limits(world, context),
                      build_tie_week_tables(p), context.key, context.day, p, get_scratch(allocate_tie_buffers), sides)
    return int(sides.sum()) // 2


@lru_cache
def build_tie_week_tables(p: Any) -> TieWeekTables:
    """What one week does to a tie, by kind of tie and by number of visits. p: contact parameters."""
    tables: TieWeekTables = pack_tuple(TieWeekTables(decay_by_kind(p, WEEK), ending_probability_by_kind(p, WEEK),
                                                     missing_trust_left_by_visits(p)))
    return tables


def build_visit_limits(world: World, context: StepContext) -> VisitLimits:
    """The handles that limit visits; offsets of buildings are computed only when the factor outside them matters."""
    factor = context.handles.territory("visits")
    edges = np.zeros(1, np.int64) if factor == 1 else compute_building_offsets(world.people, world.buildings)
    return VisitLimits(factor, edges, world.people.building, context.handles.resident("contact"))


@parallel_kernel
def _interleave_uid_and_rate(uid, rate, uid_view, rate_view, chunk, chunks):
    """Put uid and rate, which are read together, side by side. uid_view uint32[n, 2], rate_view float32: one memory."""
    for i in chunk_range(uid.size, chunk, chunks):
        uid_view[i, 0], rate_view[i, 1] = uid[i], rate[i]
