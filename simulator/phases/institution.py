"""Institution: residents apply for everyday needs to that of their commune, which gives what it can; trust follows.

Reads the handles institution.register, institution.capacity, institution.accessibility and
territory.institution_capacity.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.keyed_random import draw_uniform
from ..kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ..kernel.random_streams import APPLY
from ..kernel.threads import max_chunks
from ..rules.asking import application_probability, is_registered
from ..rules.need_domains import BY_INSTITUTION, DOMAIN_COUNT, DOMAINS, KNOW_HOW
from ..world.world import World
from .help.allocation import allocate_by_owner, draw_priorities
from .help.institution_feedback import apply_institution_feedback
from .help.institution_means import compute_institution_means
from .step.columns import add_flag_bits, find_speaker, view_housing, view_residents
from .step.context import StepContext
from .step.row_lists import list_in_need

WRITES = ("people.backlog", "people.applied", "people.aided", "people.harmed", "people.disappointed",
          "people.trust_institutions")


def step(world: World, context: StepContext) -> None:
    """Residents apply; each institution shares out what it can give; trust in institutions follows."""
    people, ledger = world.people, world.ledger
    if context.is_cut("institutions"):
        return
    rows = list_in_need(world, context)
    applying = context.run_stage(apply_for_aid, world, rows)
    add_flag_bits(rows, applying, people.applied)
    ledger.count("applied", int(np.bitwise_count(applying).sum()))
    claimed = context.run_stage(list_claims, world, rows)
    given = context.run_stage(ration_claims, world, rows, claimed)
    give_institution_aid(world, context, rows, given)
    aided, disappointed = context.run_stage(apply_institution_feedback, world, rows, given)
    ledger.count("aid_granted", aided)
    ledger.count("disappointed", disappointed)


def apply_for_aid(world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
    """u1[m]: bit d for the rows int32[m] who apply now. Each decides once an episode, on its first day."""
    people = world.people
    out = np.zeros(len(rows), np.uint8)
    _apply_for_aid(rows, context.key, context.day, context.handles.institution("accessibility"),
                   world.settings.aiding.numbers, view_residents(world), view_housing(world),
                   people.view("backlog"), people.view("episode"), out)
    return out


@parallel_kernel
def _apply_for_aid(rows, key, day, linked, p, residents, housing, backlog, episode, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i, later = rows[m], rows[min(m + PREFETCH_DISTANCE, rows.size - 1)]
        prefetch(backlog, later)
        prefetch(episode, later)
        for d in range(DOMAIN_COUNT):
            opens_now = backlog[i, d] > 0 and episode[i, d] == day
            if opens_now and decides_to_apply(i, d, key, day, linked[residents.commune[i]], p, residents, housing):
                out[m] |= np.uint8(1 << d)


@rule
def decides_to_apply(i, domain, key, day, linked, p, residents, housing):
    """True when resident i applies in an episode that opens on this day; an adult applies for a child."""
    s = find_speaker(i, residents, housing)
    if s < 0:
        return False
    probability = application_probability(np.float64(residents.trust_institutions[s]),
                                          np.float64(residents.skill[s, KNOW_HOW]), linked, p)
    return draw_uniform(key, residents.uid[i], 0, day, APPLY, domain) < probability


def list_claims(world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
    """int32[m, d]: claims of the rows int32[m], thousandths: unmet needs of who is registered or has applied."""
    people, handles = world.people, context.handles
    out = np.zeros((len(rows), len(DOMAINS)), np.int32)
    _list_claims(rows, handles.institution("register"), view_residents(world),
                 people.view("backlog"), people.view("applied"), out)
    return out


@parallel_kernel
def _list_claims(rows, register, residents, backlog, applied, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = rows[m]
        c = residents.commune[i]
        on_register = is_registered(residents.age[i], residents.consent[i], np.float64(residents.register_rank[i]),
                                    register[c])
        for d in range(DOMAIN_COUNT):
            if on_register or applied[i] >> d & 1:
                out[m, d] = backlog[i, d]


def ration_claims(world: World, context: StepContext, rows: np.ndarray, claimed: np.ndarray) -> np.ndarray:
    """int32[m, d]: what the rows int32[m] are given of their claims int32[m, d], within the means of their communes."""
    people = world.people
    m, d = np.nonzero(claimed)
    priority = draw_priorities(context.key, context.day, d, people.view("uid"), rows[m])
    given = np.zeros_like(claimed)
    given[m, d] = allocate_by_owner(people.commune[rows[m]], claimed[m, d], compute_institution_means(world, context),
                                    priority)
    return given


def give_institution_aid(world: World, context: StepContext, rows: np.ndarray, given: np.ndarray) -> None:
    """What the rows int32[m] are given, int32[m, d], meets their needs; the ledger counts it."""
    people, ledger, met = world.people, world.ledger, np.zeros((max_chunks(), len(DOMAINS)), np.int64)
    _give_institution_aid(rows, given, people.backlog, met)
    ledger.met[BY_INSTITUTION] += met.sum(axis=0)
    if ledger.help_events is not None:
        helped = given.any(axis=1)
        ledger.record_help(BY_INSTITUTION, rows[helped], given[helped].sum(axis=1))


@parallel_kernel
def _give_institution_aid(rows, given, backlog, met, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        for d in range(DOMAIN_COUNT):
            backlog[rows[m], d] -= given[m, d]
            met[chunk, d] += given[m, d]
