"""Reserve: in a crisis trained volunteers meet needs of their commune that were asked or detected (model 8, L13).

Reads the handle resident.reserve.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import RESERVE
from ..kernel.table import read_only_view
from ..rules.coping import is_able_to_help
from ..rules.need_domains import ASSISTANCE, BY_STRANGER, DOMAIN_COUNT
from ..rules.relief import scale_amount
from ..world.world import World
from .help.allocation import allocate_by_owner, draw_priorities
from .help.answers import remaining_help_time
from .help.requests import STRANGER_KIND
from .help.volunteer_time import apply_volunteer_feedback, spend_volunteer_time
from .step.columns import view_residents
from .step.context import StepContext
from .step.row_lists import list_in_need

WRITES = ("people.backlog", "people.time_given", "people.lent", "people.agency", "people.given_milli",
          "people.received_milli", "people.first_contact")


def step(world: World, context: StepContext) -> None:
    """While a crisis lasts, volunteers of the reserve give time to known needs of their commune."""
    if not context.hazards or not (context.handles.resident("reserve") > 0).any():
        return
    people, ledger = world.people, world.ledger
    rows = list_in_need(world, context)
    received, volunteers, given = context.run_stage(allocate_reserve_volunteers, world, rows)
    people.backlog[rows] -= received.astype(np.int32)
    ledger.met[BY_STRANGER] += received.sum(axis=0)
    ledger.hours_received[STRANGER_KIND] += int(received.sum())
    spend_volunteer_time(world, volunteers, given)
    received_total = received.sum(axis=1)
    helped = received_total > 0
    ledger.record_help(BY_STRANGER, rows[helped], received_total[helped])
    apply_volunteer_feedback(world, context, rows[helped], received_total[helped], volunteers, given)


def allocate_reserve_volunteers(world: World, context: StepContext,
                                rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours that the rows int32[m] get from volunteers of their commune.

    Returns int64[m, d] hours received, rows of the volunteers int64[v], and what each gives int64[v]; thousandths.
    """
    people, communes = world.people, len(world.communes)
    demand = compute_known_needs(world, rows)
    volunteers, offered = list_reserve_volunteers(world, context)
    m, d = np.nonzero(demand)
    wanted, supply = np.zeros(communes, np.int64), np.zeros(communes, np.int64)
    np.add.at(wanted, people.commune[rows[m]], demand[m, d])
    np.add.at(supply, people.commune[volunteers], offered)
    usable = np.array([scale_amount(int(hours), world.settings.providing.reserve_matched) for hours in supply],
                      np.int64)
    used = np.minimum(wanted, usable)
    given = np.zeros_like(demand)
    given[m, d] = allocate_by_owner(people.commune[rows[m]], demand[m, d], used,
                                    draw_priorities(context.key, context.day, d, people.uid, rows[m]))
    priorities = draw_priorities(context.key, context.day, np.full(len(volunteers), DOMAIN_COUNT), people.uid,
                                 volunteers)
    return given, volunteers, allocate_by_owner(people.commune[volunteers], offered, used, priorities)


def compute_known_needs(world: World, rows: np.ndarray) -> np.ndarray:
    """int64[m, d]: unmet assistance and know-how, asked or detected, of the rows int32[m]; thousandths of an hour."""
    people = world.people
    known = people.asked[rows] | people.detected[rows]
    demand = people.backlog[rows].astype(np.int64) * (known[:, None] >> np.arange(DOMAIN_COUNT) & 1)
    demand[:, :ASSISTANCE] = 0
    return demand


def list_reserve_volunteers(world: World, context: StepContext) -> tuple[np.ndarray, np.ndarray]:
    """Volunteers of the reserve who have time: rows int64[v], and half of what they could still give int64[v].

    In thousandths of an hour.
    """
    people, s = world.people, world.settings
    reserve_share = np.broadcast_to(context.handles.resident("reserve"), (len(people),))
    rows = np.flatnonzero(reserve_share > 0)
    out = np.zeros(len(rows), np.int64)
    _list_reserve_volunteers(rows, reserve_share[rows].astype(np.float64), context.key, context.span, s.coping.numbers,
                             s.aiding.numbers, read_only_view(people.time_given), read_only_view(people.lent),
                             view_residents(world), out)
    return rows[out > 0], out[out > 0]


@kernel
def _list_reserve_volunteers(rows, reserve_share, key, span, coping, aiding, time_given, lent, residents, out):
    for m in range(rows.size):
        j = rows[m]
        is_able = is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping)
        if is_able and draw_uniform(key, residents.uid[j], 0, 0, RESERVE) < reserve_share[m]:
            out[m] = remaining_help_time(j, residents, time_given, lent, span, coping, aiding) // 2
