"""Meet: members work together in sessions at sites, learn, and gain ties, trust and power to act (model 7.1 to 7.6).

Each strand meets once a week on its own weekday. Once a week beliefs and skills decay towards their baselines.
Reads the handles site.staff, site.places, site.hours, site.homophily, site.learning, site.cogoverned, site.activity,
territory.site_activity, resident.site_access.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, kernel, parallel_kernel
from ..kernel.keyed_random import draw_uniform
from ..kernel.prefetch import PREFETCH_DISTANCE
from ..kernel.random_streams import ROSTER, SESSION_TIE
from ..rules.belief import apply_gain, apply_loss, decay_to_baseline
from ..rules.meeting import target_satisfaction
from ..rules.tie_kinds import PROJECT
from ..world.sites.candidate import find_candidate_slot
from ..world.ties.tie import TieProposals, add_contact_hours, find_tie_slot, get_tie_columns
from ..world.ties.tie_access import prefetch_slots, prefetch_ties
from ..world.world import World
from .projects.encounters import Encounters, list_encounters
from .projects.facilitation import compute_facilitation
from .projects.sessions import Sessions, form_sessions, list_living_members
from .step.context import WEEK, StepContext
from .step.frozen_columns import are_ties_frozen
from .step.row_lists import list_assigned_rows, list_rows_above
from .ties.tie_creation import assign_first_trust, create_ties

WRITES = ("people.agency", "people.agency_gain", "people.trust_institutions", "people.trust_general",
          "people.host_trust", "people.skill", "people.satisfaction", "people.load", "ties.degree", "ties.alter",
          "ties.trust", "ties.alter_trust", "ties.kind")


def step(world: World, context: StepContext) -> None:
    """Once a week beliefs decay and loads grow; in every step sessions are held and have their effects."""
    if context.is_weekly:
        context.run_stage(decay_beliefs_and_skills, world)
        context.run_stage(apply_vicarious_gains, world)
        context.run_stage(add_roster_load, world)
    quality = compute_facilitation(world, context)
    sessions = context.run_stage(form_sessions, world)
    encounters = context.run_stage(list_encounters, world, sessions, quality)
    context.run_stage(apply_session_effects, world, sessions, encounters, quality)
    context.run_stage(apply_turned_away_effects, world, sessions, quality)
    context.run_stage(update_session_ties, world, encounters)


def decay_beliefs_and_skills(world: World, context: StepContext) -> None:
    """Beliefs and skills decay towards their baselines, for 7 days."""
    people, p = world.people, world.settings.meeting
    for column, base, rate in (
        (people.agency, people.agency0, p.decay_agency),
        (people.trust_institutions, people.trust_institutions0, p.decay_institution),
        (people.trust_general, people.trust_general0, p.decay_general),
        (people.skill, people.skill0, p.decay_skill),
        (people.host_trust, world.settings.start.host_trust, p.decay_host),
    ):
        _decay_values(column.reshape(-1), np.asarray(base, np.float32).reshape(-1), rate)


@parallel_kernel
def _decay_values(values, base, rate, chunk, chunks):
    for k in chunk_range(values.size, chunk, chunks):
        values[k] = decay_to_baseline(values[k], value_at(base, k), rate, WEEK)


def apply_vicarious_gains(world: World, context: StepContext) -> None:
    """Power to act grows with what strong ties gained in sessions last week (vicarious experience, Bandura 1997)."""
    people, ties, p = world.people, world.ties, world.settings
    gained = list_rows_above(people.agency_gain, np.float32(0))
    if not len(gained):
        return
    observes = np.full(len(people), -1, np.int32)
    _mark_observers(gained, ties.degree, ties.alter, ties.alter_trust, p.tie_formation.strong_trust, observes)
    _apply_vicarious_gains(list_assigned_rows(observes), people.agency_gain, ties.degree, ties.alter, ties.trust,
                           p.tie_formation.strong_trust, p.meeting.vicarious, people.agency)
    people.agency_gain[gained] = 0


@parallel_kernel
def _mark_observers(rows, degree, other, alter_trust, strong, observes, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i, later = rows[m], rows[min(m + PREFETCH_DISTANCE, rows.size - 1)]
        prefetch_slots(degree, alter_trust, later)
        prefetch_slots(degree, other, later)
        for k in range(degree[i]):
            if alter_trust[i, k] >= strong:
                observes[other[i, k]] = 0  # several threads may write the same value


@parallel_kernel
def _apply_vicarious_gains(rows, gains, degree, other, trust, strong, share, agency, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        j, later, dose = rows[m], rows[min(m + PREFETCH_DISTANCE, rows.size - 1)], 0.0
        prefetch_slots(degree, trust, later)
        prefetch_slots(degree, other, later)
        for k in range(degree[j]):  # ties are sorted by uid, so rows do not change the sum
            if trust[j, k] >= strong and gains[other[j, k]] > 0:
                dose += share * gains[other[j, k]]
        if dose != 0.0:
            agency[j] = apply_gain(agency[j], dose)


def add_roster_load(world: World, context: StepContext) -> None:
    """Opening hours beyond what posts can cover add to the load of the members on the roster (model 7.4)."""
    people, sites, p = world.people, world.sites, world.settings
    extra = np.maximum(0.0, context.handles.site("hours") - p.funding.hours_per_post * context.handles.site("staff"))
    extra *= sites.open
    rows = list_living_members(world, context)
    rows = rows[extra[people.member[rows]] > 0]
    if not len(rows):
        return
    is_on_roster = np.zeros(rows.size, np.bool_)
    _draw_roster(context.key, p.meeting.numbers, rows, people.uid, people.member, sites.uid, is_on_roster)
    rows = rows[is_on_roster]
    site = people.member[rows]
    share = extra / np.maximum(1, np.bincount(site, minlength=len(sites)))
    people.load[rows] += (share[site] * (1 - np.exp(-WEEK / p.aiding.load_days))).astype(np.float32)


@parallel_kernel
def _draw_roster(key, p, rows, uid, member, site_uid, out, chunk, chunks):
    for k in chunk_range(rows.size, chunk, chunks):
        i = rows[k]
        out[k] = draw_uniform(key, uid[i], site_uid[member[i]], 0, ROSTER) < p.roster


def apply_session_effects(world: World, context: StepContext, sessions: Sessions, encounters: Encounters,
                          quality: np.ndarray) -> None:
    """What a session does to those who attend: power to act, three kinds of trust, skill, satisfaction."""
    people = world.people
    changes_beliefs = world.settings.behaviour != "selection_only"
    _apply_session_effects(world.settings.meeting.numbers, changes_beliefs, sessions.row, sessions.site, quality,
                           context.handles.site("cogoverned"), encounters.met, encounters.distance, encounters.learning,
                           people.candidate, people.agency, people.agency_gain, people.trust_institutions,
                           people.trust_general, people.host_trust, people.skill, people.satisfaction)
    world.ledger.count("attendances", int(sessions.row.size))


@parallel_kernel
def _apply_session_effects(p, changes_beliefs, row, site, quality, governed, met, distance, learning, candidate, agency,
                           agency_gain, institutions, general, host_trust, skill, satisfaction, chunk, chunks):
    for m in chunk_range(row.size, chunk, chunks):  # nobody attends two sessions of one step
        i, q = row[m], quality[site[m]]
        if changes_beliefs:
            dose = p.agency * p.length * q
            agency[i] = apply_gain(agency[i], dose)
            agency_gain[i] = dose
            institutions[i] = apply_gain(institutions[i], p.institution * p.length * governed[site[m]])
            general[i] = apply_gain(general[i], p.general * p.length * q)
        k = find_candidate_slot(candidate, i, site[m])
        host_trust[i, k] = apply_gain(host_trust[i, k], p.host * p.length * q)
        total = 0.0
        for c in range(skill.shape[1]):
            total += learning[m, c]
            skill[i, c] = min(1.0, skill[i, c] + learning[m, c])
        mean = distance[m] / max(1, met[m])
        target = target_satisfaction(q, met[m], 1.0 if total > 0.0 else 0.0, 0.0, mean, p)
        satisfaction[i] = satisfaction[i] + p.satisfaction_rate * (target - satisfaction[i])


def apply_turned_away_effects(world: World, context: StepContext, sessions: Sessions, quality: np.ndarray) -> None:
    """Those turned away from a full session trust the host less and are less satisfied."""
    if not len(sessions.turned_away):
        return
    people = world.people
    _apply_turned_away_effects(world.settings.meeting.numbers, sessions.turned_away, sessions.turned_away_site, quality,
                               people.candidate, people.host_trust, people.satisfaction)
    world.ledger.count("turned_away", int(sessions.turned_away.size))


@kernel
def _apply_turned_away_effects(p, rows, site, quality, candidate, host_trust, satisfaction):
    for m in range(rows.size):
        i = rows[m]
        k = find_candidate_slot(candidate, i, site[m])
        host_trust[i, k] = apply_loss(host_trust[i, k], p.host_loss)
        target = target_satisfaction(quality[site[m]], 0, 0.0, 1.0, 0.0, p)
        satisfaction[i] = satisfaction[i] + p.satisfaction_rate * (target - satisfaction[i])


def update_session_ties(world: World, context: StepContext, encounters: Encounters) -> None:
    """Hours together strengthen existing ties; of the pairs without one, a few who worked together propose a tie."""
    world.ledger.count("pairs_met", int(encounters.a.size))
    if are_ties_frozen(world):
        return
    p, old = world.settings, encounters.tied
    if old.any():
        _add_session_hours(get_tie_columns(world.ties), encounters.a[old], encounters.b[old], encounters.hours[old],
                           p.contact.numbers)
    new = np.flatnonzero(~old)
    if not len(new):
        return
    is_kept = np.zeros(new.size, np.bool_)
    week = context.day - context.day % WEEK  # a pair meets once a week, whatever the steps
    _draw_session_ties(context.key, week, p.meeting.tie_share, world.people.uid, encounters.a[new], encounters.b[new],
                       is_kept)
    new = new[is_kept]
    if not len(new):
        return
    a, b = encounters.a[new], encounters.b[new]
    trust = assign_first_trust(world, a)
    create_ties(world, TieProposals(a, b, np.full(a.size, PROJECT, np.uint8), trust, encounters.hours[new]))


@kernel
def _draw_session_ties(key, week, share, uid, a, b, out):
    for k in range(a.size):
        out[k] = draw_uniform(key, uid[a[k]], uid[b[k]], week, SESSION_TIE) < share


@parallel_kernel
def _add_session_hours(ties, a, b, hours, p, chunk, chunks):
    for k in chunk_range(a.size, chunk, chunks):  # a pair meets at most once a step: no other thread writes it
        later = min(k + PREFETCH_DISTANCE, a.size - 1)
        for row in (a[later], b[later]):
            prefetch_ties(ties.degree, ties.alter, ties.trust, ties.alter_trust, row)
        add_contact_hours(ties, a[k], find_tie_slot(ties, a[k], b[k]), hours[k], p)
