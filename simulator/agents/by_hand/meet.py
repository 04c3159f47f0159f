"""Meet, resident by resident and pair by pair."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import MEET, ROSTER, SESSION_TIE
from ...phases.projects.encounters import Encounters
from ...phases.projects.sessions import (
    Sessions,
    assign_weekday,
    attends_session,
    compute_session_capacity,
    count_strands,
    draw_seat_number,
)
from ...phases.step.context import WEEK
from ...phases.ties.tie_creation import create_ties
from ...rules.belief import apply_gain, apply_loss, decay_to_baseline
from ...rules.meeting import meeting_probability, skill_learned, target_satisfaction, tie_session_hours
from ...rules.tie_formation import first_trust, social_distance
from ...rules.tie_kinds import PROJECT
from ...world.sites.member_traits import takes_part
from ...world.sites.strand import assign_strand
from ...world.ties.tie import TieProposals, add_contact_hours, find_tie_slot, get_tie_columns
from .common.queries import get_handle_value


def decay_beliefs_and_skills(model, world, context) -> None:
    """Beliefs and skills of each resident decay towards their baselines."""
    people, p = world.people, world.settings.meeting
    first = np.float32(world.settings.start.host_trust)
    beliefs = (("agency", p.decay_agency), ("trust_institutions", p.decay_institution),
               ("trust_general", p.decay_general))
    for i in range(len(people)):
        for name, rate in beliefs:
            column, base = getattr(people, name), getattr(people, name + "0")
            column[i] = decay_to_baseline(column[i], base[i], rate, WEEK)
        for d in range(people.skill.shape[1]):
            people.skill[i, d] = decay_to_baseline(people.skill[i, d], people.skill0[i, d], p.decay_skill, WEEK)
        for k in range(people.host_trust.shape[1]):
            people.host_trust[i, k] = decay_to_baseline(people.host_trust[i, k], first, p.decay_host, WEEK)


def apply_vicarious_gains(model, world, context) -> None:
    """Residents gain power to act from what those they trust strongly gained last week."""
    people, ties, settings = world.people, world.ties, world.settings
    gainers = sorted((i for i in range(len(people)) if people.agency_gain[i] > 0), key=lambda i: int(people.uid[i]))
    gains: dict[int, float] = {}
    for i in gainers:
        for k in range(ties.degree[i]):
            if ties.alter_trust[i, k] >= settings.tie_formation.strong_trust:
                j = int(ties.alter[i, k])
                gains[j] = gains.get(j, 0.0) + settings.meeting.vicarious * float(people.agency_gain[i])
    for j, total in gains.items():
        people.agency[j] = apply_gain(people.agency[j], total)
    for i in gainers:
        people.agency_gain[i] = 0


def add_roster_load(model, world, context) -> None:
    """Opening hours beyond what posts can cover add to the load of the members on the roster."""
    people, sites, p = world.people, world.sites, world.settings
    hours, staff = context.handles.site("hours"), context.handles.site("staff")
    for s in range(len(sites)):
        extra = max(0.0, float(hours[s]) - p.funding.hours_per_post * float(staff[s])) if sites.open[s] else 0.0
        roster = [i for i in range(len(people)) if extra > 0 and people.member[i] == s and people.alive[i]
                  and draw_uniform(context.key, people.uid[i], sites.uid[s], 0, ROSTER) < p.meeting.roster]
        for i in roster:
            people.load[i] += np.float32(extra / len(roster) * (1 - np.exp(-WEEK / p.aiding.load_days)))


def list_attendees(world, context, site) -> dict[int, list[tuple[int, int]]]:
    """Strand to (row, day) of the members of a site who come to a session in this step."""
    people, sites, handles = world.people, world.sites, context.handles
    opening = float(sites.open[site]) * handles.territory("site_activity") * float(handles.site("activity")[site])
    out: dict[int, list[tuple[int, int]]] = {}
    for i in range(len(people)):
        if people.member[i] != site or not people.alive[i]:
            continue
        g = int(assign_strand(context.key, people.uid[i], sites.uid[site], count_strands(world, context)[site]))
        day = context.day + (assign_weekday(context.key, sites.uid[site], g) - context.day) % WEEK
        access = get_handle_value(handles.resident("site_access"), i)
        probability = world.settings.meeting.attendance * opening * access
        comes = attends_session(context.key, people.uid[i], sites.uid[site], day, probability)
        joins_in = takes_part(context.key, people.uid[i], sites.uid[site], world.settings.meeting.participation)
        if day < context.day + context.span and joins_in and comes:
            out.setdefault(g, []).append((i, day))
    return out


def form_sessions(model, world, context) -> Sessions:
    """Site by site, strand by strand: who comes, and who finds a seat."""
    people, sites = world.people, world.sites
    seated: list[tuple[int, int, int, int]] = []
    away: list[tuple[int, int]] = []
    first = [0]
    for s in range(len(sites)):
        for g, attendees in sorted(list_attendees(world, context, s).items()):
            attendees.sort(key=lambda c: (int(draw_seat_number(context.key, people.uid[c[0]], sites.uid[s], c[1])),
                                          int(people.uid[c[0]])))
            seats = int(compute_session_capacity(world)[s])
            away += [(i, s) for i, _ in attendees[seats:]]
            seated += [(i, s, g, day) for i, day in sorted(attendees[:seats], key=lambda c: int(people.uid[c[0]]))]
            first.append(len(seated))
    columns = np.array(seated, np.int64).reshape(-1, 4)
    turned_away = np.array(away, np.int64).reshape(-1, 2)
    return Sessions(columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3], np.array(first, np.int64),
                    turned_away[:, 0], turned_away[:, 1])


def have_tie(world, i, j) -> bool:
    """True when two residents have a tie."""
    return int(j) in world.ties.alter[i, : world.ties.degree[i]].tolist()


def list_encounters(model, world, context, sessions, quality) -> Encounters:
    """The encounters of every pair in every session."""
    people, sites, p = world.people, world.sites, world.settings.meeting.numbers
    mixing, scale = context.handles.site("homophily"), context.handles.site("learning")
    size = len(sessions.row)
    met, distance, learning = np.zeros(size, np.int32), np.zeros(size), np.zeros((size, people.skill.shape[1]))
    shared: list[tuple[int, int, float, bool]] = []
    for begin, end in zip(sessions.first[:-1], sessions.first[1:], strict=True):
        for m in range(begin, end):
            for n in range(m + 1, end):
                i, j, s = int(sessions.row[m]), int(sessions.row[n]), int(sessions.site[m])
                d = social_distance(people.group[i], people.group[j], people.age[i], people.age[j], people.ses[i],
                                    people.ses[j], world.settings.tie_formation.numbers)
                random_number = draw_uniform(context.key, people.uid[i], people.uid[j], sessions.day[m], MEET)
                together = random_number < meeting_probability(quality[s], d, mixing[s], sites.group_size[s], p)
                if together:
                    for learner, partner, place in ((i, j, m), (j, i, n)):
                        met[place] += 1
                        distance[place] += d
                        for c in range(people.skill.shape[1]):
                            learning[place, c] += skill_learned(people.skill[learner, c], people.skill[partner, c],
                                                                sites.profile[s, c], scale[s], p)
                known = have_tie(world, i, j)
                if (together or known) and people.household[i] != people.household[j]:
                    shared.append((i, j, tie_session_hours(known, together, quality[s], p), known))
    kinds = (np.int32, np.int32, np.float64, np.bool_)
    pairs: list[np.ndarray] = [np.array([pair[k] for pair in shared], kind) for k, kind in enumerate(kinds)]
    return Encounters(met, distance, learning, *pairs)


def update_session_ties(model, world, context, encounters) -> None:
    """Hours together strengthen existing ties; pairs without one propose a tie."""
    people, p = world.people, world.settings
    world.ledger.count("pairs_met", len(encounters.a))
    if p.behaviour == "frozen_ties":
        return
    strangers = []
    week = context.day - context.day % WEEK
    for a, b, hours, tied in zip(encounters.a, encounters.b, encounters.hours, encounters.tied, strict=True):
        if tied:
            ties = get_tie_columns(world.ties)
            add_contact_hours(ties, a, find_tie_slot(ties, a, b), hours, p.contact.numbers)
        elif draw_uniform(context.key, people.uid[a], people.uid[b], week, SESSION_TIE) < p.meeting.tie_share:
            support = world.neighbourhoods.support[people.neighbourhood[a]]
            strangers.append((a, b, first_trust(support, p.tie_formation.numbers), hours))
    kinds = (np.int32, np.int32, float, float)
    row_i, row_j, trust, hours = (np.array([pair[k] for pair in strangers], kind) for k, kind in enumerate(kinds))
    create_ties(world, TieProposals(row_i, row_j, np.full(len(strangers), PROJECT, np.uint8), trust, hours))


def apply_session_effects(model, world, context, sessions, encounters, quality) -> None:
    """What a session does to each resident who attends."""
    people, p = world.people, world.settings.meeting
    governed = context.handles.site("cogoverned")
    for m, (i, s) in enumerate(zip(sessions.row, sessions.site, strict=True)):
        q = float(quality[s])
        if world.settings.behaviour != "selection_only":
            dose = p.agency * p.length * q
            people.agency[i] = apply_gain(people.agency[i], dose)
            people.agency_gain[i] = dose
            people.trust_institutions[i] = apply_gain(people.trust_institutions[i],
                                                      p.institution * p.length * float(governed[s]))
            people.trust_general[i] = apply_gain(people.trust_general[i], p.general * p.length * q)
        k = list(people.candidate[i]).index(s)
        people.host_trust[i, k] = apply_gain(people.host_trust[i, k], p.host * p.length * q)
        total = 0.0
        for c in range(people.skill.shape[1]):
            total += encounters.learning[m, c]
            people.skill[i, c] = min(1.0, float(people.skill[i, c]) + encounters.learning[m, c])
        mean = float(encounters.distance[m]) / max(1, int(encounters.met[m]))
        target = target_satisfaction(q, encounters.met[m], 1.0 if total > 0 else 0.0, 0.0, mean, p.numbers)
        before = float(people.satisfaction[i])
        people.satisfaction[i] = before + p.satisfaction_rate * (target - before)
    world.ledger.count("attendances", len(sessions.row))


def apply_turned_away_effects(model, world, context, sessions, quality) -> None:
    """Those turned away from a full session trust the host less and are less satisfied."""
    people, p = world.people, world.settings.meeting
    for i, s in zip(sessions.turned_away, sessions.turned_away_site, strict=True):
        k = list(people.candidate[i]).index(s)
        people.host_trust[i, k] = apply_loss(people.host_trust[i, k], p.host_loss)
        target = target_satisfaction(float(quality[s]), 0, 0.0, 1.0, 0.0, p.numbers)
        before = float(people.satisfaction[i])
        people.satisfaction[i] = before + p.satisfaction_rate * (target - before)
    world.ledger.count("turned_away", len(sessions.turned_away))


REFERENCE_STAGES = (decay_beliefs_and_skills, apply_vicarious_gains, add_roster_load, form_sessions, list_encounters,
                    apply_session_effects, apply_turned_away_effects, update_session_ties)
