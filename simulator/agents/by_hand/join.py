"""Join, resident by resident. Residents decide by their methods days_until_joining and wants_to_leave."""

from __future__ import annotations

import numpy as np

from ...phases.join import draw_queue_number
from ...phases.projects.join_intent import draw_joining_number
from ...phases.step.context import WEEK
from ...rules.belief import apply_loss
from ...rules.tie_formation import ADULT_AGE
from ...world.sites.membership import compute_member_capacity
from .common.decision_answers import check_days, check_yes_or_no


def find_leavers(model, world, context) -> np.ndarray:
    """bool[n]: members who leave this week."""
    out = np.zeros(len(world.people), np.bool_)
    for i in range(len(world.people)):
        if world.people.member[i] >= 0 and world.people.alive[i]:
            resident = model.residents[i]
            out[i] = check_yes_or_no(resident, "wants_to_leave", resident.wants_to_leave())
    return out


def find_join_intents(model, world, context) -> np.ndarray:
    """int32[n]: the site each resident would join soonest within the week, -1 for none."""
    people, sites = world.people, world.sites
    out = np.full(len(people), -1, np.int32)
    for i in range(len(people)):
        free = people.member[i] < 0 and people.waiting[i] < 0 and people.alive[i] and people.age[i] >= ADULT_AGE
        if not free or not people.aware[i]:
            continue
        soonest = float(WEEK)
        for k in range(people.candidate.shape[1]):
            s = int(people.candidate[i, k])
            if s >= 0 and sites.open[s] and people.aware[i] >> k & 1:
                resident = model.residents[i]
                days = check_days(resident, "days_until_joining", resident.days_until_joining(s))
                if days < soonest:
                    soonest, out[i] = days, s
    return choose_joiners_at_random(world, context, out) if world.settings.behaviour == "random_joining" else out


def choose_joiners_at_random(world, context, wanted) -> np.ndarray:
    """int32[n]: as many for each site as want to join it, site by site, the lowest numbers of those who know it."""
    people, sites, chosen = world.people, world.sites, {}
    for s in sorted(range(len(sites)), key=lambda row: int(sites.uid[row])):
        numbers = []
        for i in range(len(people)):
            free = people.member[i] < 0 and people.waiting[i] < 0 and people.alive[i] and people.age[i] >= ADULT_AGE
            knows = any(people.candidate[i, k] == s and people.aware[i] >> k & 1
                        for k in range(people.candidate.shape[1]))
            if free and knows and i not in chosen:
                number = int(draw_joining_number(context.key, context.day, people.uid[i], sites.uid[s]))
                numbers.append((number, int(people.uid[i]), i))
        for _, _, i in sorted(numbers)[: int((wanted == s).sum())]:
            chosen[i] = s
    return np.array([chosen.get(i, -1) for i in range(len(people))], np.int32)


def remove_leavers(model, world, context, leaving) -> None:
    """Leavers give up their place; those who waited too long give up."""
    people, settings, ledger = world.people, world.settings, world.ledger
    for i in range(len(people)):
        if leaving[i]:
            people.member[i] = -1
            ledger.count("left")
        if people.waiting[i] >= 0 and context.day - people.waiting_since[i] >= settings.joining.patience:
            k = list(people.candidate[i]).index(people.waiting[i])
            people.host_trust[i, k] = apply_loss(people.host_trust[i, k], settings.meeting.host_loss)
            people.waiting[i], people.waiting_since[i] = -1, -1
            ledger.count("turned_away")


def admit_members(model, world, context, intents) -> None:
    """Each site gives its free places to those who wait, then to those who want to join, by queue number."""
    people, sites = world.people, world.sites
    capacity = compute_member_capacity(context.handles.site("places"), world.settings)
    for s in range(len(sites)):
        member_count = int((people.member == s).sum())
        queue = [i for i in range(len(people)) if people.alive[i] and people.waiting[i] == s]
        newcomers = [i for i in range(len(people)) if people.alive[i] and people.waiting[i] < 0 and intents[i] == s]
        for rows in (queue, newcomers):
            rows.sort(key=lambda i: (int(draw_queue_number(context.key, people.uid[i], sites.uid[s])),
                                     int(people.uid[i])))
        for i in queue + newcomers:
            if member_count < capacity[s] and sites.open[s]:
                member_count += 1
                people.member[i], people.waiting[i], people.waiting_since[i] = s, -1, -1
                people.satisfaction[i] = world.settings.joining.first_satisfaction
                world.ledger.count("joined")
            elif people.waiting[i] < 0:
                people.waiting[i], people.waiting_since[i] = s, context.day
                world.ledger.count("queued")
    for s in range(len(sites)):
        sites.members[s] = (people.member == s).sum()


REFERENCE_STAGES = (find_leavers, find_join_intents, remove_leavers, admit_members)
