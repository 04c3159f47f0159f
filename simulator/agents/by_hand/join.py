"""Join, played resident by resident: here a researcher's own wants_to_join and wants_to_leave are asked."""

from __future__ import annotations

import numpy as np

from ...phases.join import WEEK, member_room, queue_number
from ...rules.belief import loss
from ...rules.binding import ADULT


def leave(model, world, now) -> np.ndarray:
    """bool[n]: members who leave."""
    out = np.zeros(len(world.people), np.bool_)
    for i in range(len(world.people)):
        if world.people.member[i] >= 0 and world.people.alive[i]:
            out[i] = model.residents[i].wants_to_leave()
    return out


def want(model, world, now) -> np.ndarray:
    """int32[n]: the site each resident would join soonest within the week, -1 for none."""
    people, sites = world.people, world.sites
    out = np.full(len(people), -1, np.int32)
    for i in range(len(people)):
        free = people.member[i] < 0 and people.waiting[i] < 0 and people.alive[i] and people.age[i] >= ADULT
        if not free or not people.aware[i]:
            continue
        soonest = float(WEEK)
        for k in range(people.candidate.shape[1]):
            s = int(people.candidate[i, k])
            if s >= 0 and sites.open[s] and people.aware[i] >> k & 1:
                days = model.residents[i].wants_to_join(s)
                if days < soonest:
                    soonest, out[i] = days, s
    return out


def depart(model, world, now, leaving) -> None:
    """Leavers go; those tired of waiting give up."""
    people, settings, ledger = world.people, world.settings, world.ledger
    for i in range(len(people)):
        if leaving[i]:
            people.member[i] = -1
            ledger.count("left")
        if people.waiting[i] >= 0 and now.day - people.waiting_since[i] >= settings.joining.patience:
            k = list(people.candidate[i]).index(people.waiting[i])
            people.host_trust[i, k] = loss(people.host_trust[i, k], settings.meeting.host_loss)
            people.waiting[i], people.waiting_since[i] = -1, -1
            ledger.count("turned_away")


def admit(model, world, now, wanted) -> None:
    """Each site gives its free places to its queue, then to newcomers, in the order of their numbers."""
    people, sites = world.people, world.sites
    room = member_room(world, now)
    for s in range(len(sites)):
        held = int((people.member == s).sum())
        queue = [i for i in range(len(people)) if people.alive[i] and people.waiting[i] == s]
        fresh = [i for i in range(len(people)) if people.alive[i] and people.waiting[i] < 0 and wanted[i] == s]
        for who in (queue, fresh):
            who.sort(key=lambda i: (int(queue_number(now.key, people.uid[i], sites.uid[s])), int(people.uid[i])))
        for i in queue + fresh:
            if held < room[s] and sites.open[s]:
                held += 1
                people.member[i], people.waiting[i], people.waiting_since[i] = s, -1, -1
                people.satisfaction[i] = world.settings.joining.first_satisfaction
                world.ledger.count("joined")
            elif people.waiting[i] < 0:
                people.waiting[i], people.waiting_since[i] = s, now.day
                world.ledger.count("queued")
    for s in range(len(sites)):
        sites.members[s] = (people.member == s).sum()


HAND = {"join.leave": leave, "join.want": want, "join.depart": depart, "join.admit": admit}
