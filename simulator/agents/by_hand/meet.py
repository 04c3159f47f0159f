"""Meet, played resident by resident and pair by pair."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import MEET, ROSTER
from ...phases.projects.encounter import Encounters
from ...phases.projects.session import Sessions, attends, seat_number, seats, strand_count, strand_of, weekday_of
from ...phases.step.context import WEEK
from ...phases.ties.tie_creation import bear
from ...rules.belief import gain, loss, wear
from ...rules.binding import distance as social_distance
from ...rules.binding import first_trust
from ...rules.kind import PROJECT
from ...rules.meeting import contentment, learned, meeting_probability, session_hours
from ...world.ties.tie import Births, add_hours, columns, slot_of
from .plain import value


def fade(model, world, now) -> None:
    """Beliefs and skills of each resident return towards their baselines."""
    people, p = world.people, world.settings.meeting
    first = np.float32(world.settings.start.host_trust)
    beliefs = (("agency", p.wear_agency), ("trust_institutions", p.wear_institution),
               ("trust_general", p.wear_general))
    for i in range(len(people)):
        for name, rate in beliefs:
            column, base = getattr(people, name), getattr(people, name + "0")
            column[i] = wear(column[i], base[i], rate, WEEK)
        for d in range(people.skill.shape[1]):
            people.skill[i, d] = wear(people.skill[i, d], people.skill0[i, d], p.wear_skill, WEEK)
        for k in range(people.host_trust.shape[1]):
            people.host_trust[i, k] = wear(people.host_trust[i, k], first, p.wear_host, WEEK)


def look_up(model, world, now) -> None:
    """Those who gained power to act last week are looked up to by residents who trust them strongly."""
    people, ties, settings = world.people, world.ties, world.settings
    gainers = sorted((i for i in range(len(people)) if people.agency_gain[i] > 0), key=lambda i: int(people.uid[i]))
    dose: dict[int, float] = {}
    for i in gainers:
        for k in range(ties.degree[i]):
            if ties.mirror[i, k] >= settings.binding.strong:
                j = int(ties.other[i, k])
                dose[j] = dose.get(j, 0.0) + settings.meeting.vicarious * float(people.agency_gain[i])
    for j, total in dose.items():
        people.agency[j] = gain(people.agency[j], total)
    for i in gainers:
        people.agency_gain[i] = 0


def burden(model, world, now) -> None:
    """The roster of each site carries the opening hours that no post can hold."""
    people, sites, p = world.people, world.sites, world.settings
    hours, staff = now.handles.site("hours"), now.handles.site("staff")
    for s in range(len(sites)):
        extra = max(0.0, float(hours[s]) - p.funding.hours_per_post * float(staff[s])) if sites.open[s] else 0.0
        roster = [i for i in range(len(people)) if extra > 0 and people.member[i] == s and people.alive[i]
                  and uniform(now.key, people.uid[i], sites.uid[s], 0, ROSTER) < p.meeting.roster]
        for i in roster:
            people.load[i] += np.float32(extra / len(roster) * (1 - np.exp(-WEEK / p.aiding.load_days)))


def comers(world, now, site) -> dict[int, list[tuple[int, int]]]:
    """Strand to (row, day) of the members of a site who come to a session in this step."""
    people, sites = world.people, world.sites
    opening = float(sites.open[site]) * now.handles.territory("site_open") * float(now.handles.site("opening")[site])
    out: dict[int, list[tuple[int, int]]] = {}
    for i in range(len(people)):
        if people.member[i] != site or not people.alive[i]:
            continue
        g = int(strand_of(now.key, people.uid[i], sites.uid[site], strand_count(world, now)[site]))
        day = now.day + (weekday_of(now.key, sites.uid[site], g) - now.day) % WEEK
        attendance = world.settings.meeting.attendance * opening * value(now.handles.resident("at_site"), i)
        if day < now.day + now.span and attends(now.key, people.uid[i], sites.uid[site], day, attendance):
            out.setdefault(g, []).append((i, day))
    return out


def gather(model, world, now) -> Sessions:
    """Site by site, strand by strand: who comes, who finds a seat."""
    people, sites = world.people, world.sites
    seated: list[tuple[int, int, int, int]] = []
    away: list[tuple[int, int]] = []
    first = [0]
    for s in range(len(sites)):
        for g, who in sorted(comers(world, now, s).items()):
            who.sort(key=lambda c: (int(seat_number(now.key, people.uid[c[0]], sites.uid[s], c[1])),
                                    int(people.uid[c[0]])))
            room = int(seats(world)[s])
            away += [(i, s) for i, _ in who[room:]]
            seated += [(i, s, g, day) for i, day in sorted(who[:room], key=lambda c: int(people.uid[c[0]]))]
            first.append(len(seated))
    columns = np.array(seated, np.int64).reshape(-1, 4)
    gone = np.array(away, np.int64).reshape(-1, 2)
    return Sessions(columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3], np.array(first, np.int64), gone[:, 0],
                    gone[:, 1])


def holds(world, i, j) -> bool:
    """Do two residents have a tie?"""
    return int(j) in world.ties.other[i, : world.ties.degree[i]].tolist()


def pairs(model, world, now, sessions, quality) -> Encounters:
    """Every two residents of a session."""
    people, sites, p = world.people, world.sites, world.settings.meeting.numbers
    mixing, scale = now.handles.site("mixing"), now.handles.site("learning")
    size = len(sessions.row)
    met, distance, learning = np.zeros(size, np.int32), np.zeros(size), np.zeros((size, people.skill.shape[1]))
    shared: list[tuple[int, int, float, bool]] = []
    for begin, end in zip(sessions.first[:-1], sessions.first[1:], strict=True):
        for m in range(begin, end):
            for n in range(m + 1, end):
                i, j, s = int(sessions.row[m]), int(sessions.row[n]), int(sessions.site[m])
                d = social_distance(people.group[i], people.group[j], people.age[i], people.age[j], people.ses[i],
                                    people.ses[j], world.settings.binding.numbers)
                luck = uniform(now.key, people.uid[i], people.uid[j], sessions.day[m], MEET)
                together = luck < meeting_probability(quality[s], d, mixing[s], sites.strand[s], p)
                if together:
                    for one, peer, mine in ((i, j, m), (j, i, n)):
                        met[mine] += 1
                        distance[mine] += d
                        for c in range(people.skill.shape[1]):
                            learning[mine, c] += learned(people.skill[one, c], people.skill[peer, c],
                                                         sites.profile[s, c], scale[s], p)
                known = holds(world, i, j)
                if (together or known) and people.household[i] != people.household[j]:
                    shared.append((i, j, session_hours(known, together, quality[s], p), known))
    return Encounters(met, distance, learning, np.array([x[0] for x in shared], np.int32),
                      np.array([x[1] for x in shared], np.int32), np.array([x[2] for x in shared], np.float64),
                      np.array([x[3] for x in shared], np.bool_))


def grow(model, world, now, seen) -> None:
    """Hours for ties, first impressions for strangers; births are applied in order by the same books."""
    people, p = world.people, world.settings
    strangers = []
    for a, b, hours, tied in zip(seen.a, seen.b, seen.hours, seen.tied, strict=True):
        if tied:
            ties = columns(world.ties)
            add_hours(ties, a, slot_of(ties, a, b), hours, p.contact.numbers)
        else:
            climate = world.neighbourhoods.climate[people.neighbourhood[a]]
            strangers.append((a, b, first_trust(climate, p.binding.numbers), hours))
    made = [np.array([x[k] for x in strangers], kind) for k, kind in enumerate((np.int32, np.int32, float, float))]
    bear(world, Births(made[0], made[1], np.full(len(strangers), PROJECT, np.uint8), made[2], made[3]))
    world.ledger.count("met_pairs", len(seen.a))


def experience(model, world, now, sessions, seen, quality) -> None:
    """What each resident takes home."""
    people, p = world.people, world.settings.meeting
    governed = now.handles.site("cogoverned")
    for m, (i, s) in enumerate(zip(sessions.row, sessions.site, strict=True)):
        q = float(quality[s])
        if world.settings.behaviour != "selection_only":
            dose = p.agency * p.length * q
            people.agency[i] = gain(people.agency[i], dose)
            people.agency_gain[i] = dose
            people.trust_institutions[i] = gain(people.trust_institutions[i],
                                                p.institution * p.length * float(governed[s]))
            people.trust_general[i] = gain(people.trust_general[i], p.general * p.length * q)
        k = list(people.candidate[i]).index(s)
        people.host_trust[i, k] = gain(people.host_trust[i, k], p.host * p.length * q)
        total = 0.0
        for c in range(people.skill.shape[1]):
            total += seen.learning[m, c]
            people.skill[i, c] = min(1.0, float(people.skill[i, c]) + seen.learning[m, c])
        mean = float(seen.distance[m]) / max(1, int(seen.met[m]))
        target = contentment(q, seen.met[m], 1.0 if total > 0 else 0.0, 0.0, mean, p.numbers)
        before = float(people.satisfaction[i])
        people.satisfaction[i] = before + p.satisfaction * (target - before)
    world.ledger.count("attended", len(sessions.row))


def turn_away(model, world, now, sessions, quality) -> None:
    """Those for whom there was no seat."""
    people, p = world.people, world.settings.meeting
    for i, s in zip(sessions.away, sessions.away_site, strict=True):
        k = list(people.candidate[i]).index(s)
        people.host_trust[i, k] = loss(people.host_trust[i, k], p.host_loss)
        target = contentment(float(quality[s]), 0, 0.0, 1.0, 0.0, p.numbers)
        before = float(people.satisfaction[i])
        people.satisfaction[i] = before + p.satisfaction * (target - before)
    world.ledger.count("turned_away", len(sessions.away))


HAND = {"meet.fade": fade, "meet.look_up": look_up, "meet.burden": burden, "meet.gather": gather, "meet.pairs": pairs,
        "meet.experience": experience, "meet.turn_away": turn_away, "meet.grow": grow}
