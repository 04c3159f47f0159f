"""Volunteers of sites and of the reserve: the time they can give, who gets it, what giving does (model 7.4, 7.7)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, kernel, parallel_kernel
from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import ROSTER
from ...rules.coping import is_able_to_help
from ...rules.need_domains import DOMAIN_COUNT, EQUIPMENT
from ...rules.relief import matched_share, scale_amount
from ...world.world import World
from ..projects.facilitation import compute_facilitation
from ..step.columns import find_speakers, view_residents
from ..step.context import StepContext
from ..step.row_lists import list_site_members
from .allocation import allocate_by_owner, draw_priorities
from .answers import remaining_help_time
from .help_feedback import apply_agency_feedback
from .requests import STRANGER_KIND

RELIEF_SHARE_CACHE_KEY = "relief_share"
"""Where StepContext.cache keeps which sites were open when the share was computed, and the share."""


def compute_relief_share(world: World, context: StepContext) -> np.ndarray:
    """float64[s]: share of each site's relief that is active, 0 to 1; 0 where the site is closed. Read-only."""
    open_sites = world.sites.open.tobytes()
    known = context.cache.get(RELIEF_SHARE_CACHE_KEY)
    if known is None or known[0] != open_sites:
        handles = context.handles
        share = handles.site("relief") * handles.territory("site_activity") * handles.site("activity")
        share = np.clip(np.where(world.sites.open > 0, share, 0.0), 0.0, 1.0)
        share.flags.writeable = False
        known = context.cache[RELIEF_SHARE_CACHE_KEY] = open_sites, share
    relief_share: np.ndarray = known[1]
    return relief_share


def allocate_site_volunteers(world: World, context: StepContext, rows: np.ndarray,
                             host: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours of volunteers that the rows int32[m] get from their host sites int32[m].

    Returns int64[m, d] hours given, rows of the volunteers int64[v], and what each gives int64[v]; thousandths.
    """
    people, p, sites = world.people, world.settings.aiding.numbers, len(world.sites)
    demand = people.backlog[rows].astype(np.int64)
    demand[:, :EQUIPMENT + 1] = 0
    m, d = np.nonzero(demand)
    if not len(m):
        return np.zeros_like(demand), np.zeros(0, np.int32), np.zeros(0, np.int64)
    wanted = np.zeros(sites, np.int64)
    np.add.at(wanted, host[m], demand[m, d])
    volunteers, offered = list_site_volunteers(world, context, wanted > 0)
    if not len(volunteers):
        return np.zeros_like(demand), volunteers, offered
    supply = np.zeros(sites, np.int64)
    np.add.at(supply, people.member[volunteers], offered)
    _limit_to_coordination(supply, compute_facilitation(world, context), compute_relief_share(world, context), p)
    used = np.minimum(wanted, supply)
    given = np.zeros_like(demand)
    given[m, d] = allocate_by_owner(host[m], demand[m, d], used,
                                    draw_priorities(context.key, context.day, d, people.uid, rows[m]))
    priorities = draw_priorities(context.key, context.day, np.full(len(volunteers), DOMAIN_COUNT), people.uid,
                                 volunteers)
    return given, volunteers, allocate_by_owner(people.member[volunteers], offered, used, priorities)


def list_site_volunteers(world: World, context: StepContext, wanted_sites: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Members on the roster of the sites bool[s] who have time: rows int64[v], and half of what they could still give.

    The time is int64[v], thousandths of an hour.
    """
    people, s = world.people, world.settings
    rows = list_site_members(world, context)
    rows = rows[wanted_sites[people.member[rows]]]
    out = np.zeros(len(rows), np.int64)
    _list_site_volunteers(rows, context.key, context.span, s.coping.numbers, s.aiding.numbers, s.meeting.roster,
                          people.view("time_given"), people.view("lent"),
                          world.sites.view("uid"), view_residents(world), out)
    return rows[out > 0], out[out > 0]


@parallel_kernel
def _list_site_volunteers(members, key, span, coping, aiding, roster, time_given, lent, site_uid, residents, out, chunk,
                          chunks):
    for m in chunk_range(members.size, chunk, chunks):
        j = members[m]
        is_able = is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping)
        if is_able and draw_uniform(key, residents.uid[j], site_uid[residents.member[j]], 0, ROSTER) < roster:
            out[m] = remaining_help_time(j, residents, time_given, lent, span, coping, aiding) // 2


@kernel
def _limit_to_coordination(hours, quality, relief_share, p):
    """Reduce the hours of each site's volunteers to what the site can coordinate."""
    for s in range(hours.size):
        hours[s] = scale_amount(hours[s], matched_share(quality[s], p) * relief_share[s])


def spend_volunteer_time(world: World, volunteers: np.ndarray, hours: np.ndarray) -> None:
    """The volunteers in rows int64[v] spend the hours int64[v], thousandths."""
    people = world.people
    people.time_given[volunteers] += hours.astype(np.int32)
    people.lent[volunteers] += hours.astype(np.int32)
    world.ledger.hours_given[STRANGER_KIND] += int(hours.sum())


def apply_volunteer_feedback(world: World, rows: np.ndarray, volunteers: np.ndarray, hours: np.ndarray) -> None:
    """Power to act grows for volunteers who gave hours int64[v] and for who speaks for those helped, rows int32[k]."""
    if not len(rows) and not len(volunteers):
        return
    speakers = find_speakers(world, rows)
    apply_agency_feedback(world, np.concatenate([volunteers[hours > 0], speakers[speakers >= 0]]))
