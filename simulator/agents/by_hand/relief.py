"""Relief, played site by site."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import DONATE, LOAN_LOST, RELIEF, ROSTER
from ...phases.relief import ROOM
from ...rules.asking import over
from ...rules.coping import surplus
from ...rules.domain import CARE, DOMAINS, FOOD, KIT, KNOW, MILLI
from ...rules.meeting import quality
from ...rules.needing import WEEK, whole_flow
from ...rules.relief import matched_share, scaled
from .allocation import by_row, share, split
from .plain import can_help, spare_time, spokesman, value


def at_work(world, now, s: int) -> float:
    """Share of a site's relief that is at work."""
    if not world.sites.open[s]:
        return 0.0
    work = now.handles.site("relief")[s] * now.handles.territory("site_open") * now.handles.site("opening")[s]
    return min(1.0, max(0.0, work))


def skill_of(world, now, s: int) -> float:
    """Facilitation of a site."""
    return quality(float(now.handles.site("staff")[s]), float(world.sites.members[s]), world.settings.meeting.numbers)


def give_back(model, world, now) -> tuple[int, int]:
    """Kits that came back, kits lost."""
    people, sites, back, lost = world.people, world.sites, 0, 0
    for i in range(len(people)):
        s = people.loan[i]
        if s >= 0 and people.need[i, KIT] == 0:
            people.loan[i] = -1
            gone = uniform(now.key, people.uid[i], sites.uid[s], now.day, LOAN_LOST) < world.settings.aiding.loan_lost
            sites.lost_kits[s] += gone
            sites.kits[s] += not gone
            lost, back = lost + gone, back + (not gone)
    return back, lost


def donate(model, world, now) -> int:
    """What members brought to the pools."""
    people, homes, sites, p, total = world.people, world.households, world.sites, world.settings.aiding, 0
    for i in sorted(range(len(people)), key=lambda i: people.uid[i]):
        s, h = people.member[i], people.household[i]
        if s < 0 or not people.alive[i] or at_work(world, now, s) <= 0:
            continue
        chance = over(now.handles.site("donation")[s], now.span / WEEK)
        if uniform(now.key, people.uid[i], sites.uid[s], now.day, DONATE) < chance:
            amount = min(surplus(homes.stock[h], homes.size[h], p.reserve), int(p.act * MILLI))
            homes.stock[h] -= amount
            sites.pool[s] += amount
            sites.donated[s] += amount
            total += amount
    return total


def host_of(world, now, s: int, referred: bool) -> int:
    """Site that would serve resident s, -1 for none."""
    people, sites = world.people, world.sites
    if people.member[s] >= 0 and at_work(world, now, people.member[s]) > 0:
        return int(people.member[s])
    open_to = []
    for k, c in enumerate(people.candidate[s]):
        trust = float(people.host_trust[s, k])
        welcome = referred or (people.aware[s] >> k & 1 and trust >= world.settings.aiding.host_trust)
        if c >= 0 and welcome and at_work(world, now, c) > 0:
            open_to.append((-trust, int(sites.uid[c]), int(c)))
    return min(open_to)[-1] if open_to else -1


def match(model, world, now, rows) -> np.ndarray:
    """int32[m]: site that takes up one's needs."""
    people, out = world.people, np.full(len(rows), -1, np.int32)
    for m, i in enumerate(rows):
        s = spokesman(world, i)
        near = s >= 0 and value(now.handles.resident("at_site"), i) > 0
        site = host_of(world, now, s, value(now.handles.resident("referred"), i) > 0) if near else -1
        if site >= 0:
            luck = uniform(now.key, people.uid[i], world.sites.uid[site], now.day, RELIEF)
            out[m] = site if luck < over(skill_of(world, now, site), now.span) else -1
    return out


def goods(model, world, now, rows, host) -> np.ndarray:
    """int64[m, d]: essentials and kits handed out."""
    people, sites, out = world.people, world.sites, np.zeros((len(rows), len(DOMAINS)), np.int64)
    for s in range(len(sites)):
        served = [m for m in range(len(rows)) if host[m] == s]
        for d, shelf in ((FOOD, sites.pool[s]), (KIT, sites.kits[s])):
            wants = {m: int(people.backlog[rows[m], d]) for m in served}
            if d == KIT:
                wants = {m: int(want > 0 and people.loan[rows[m]] < 0) for m, want in wants.items()}
            lines = [m for m in served if wants[m]]
            claims = [(int(rows[m]), d, wants[m]) for m in lines]
            out[lines, d] = share(world, now, claims, scaled(int(shelf), at_work(world, now, s)))
    return out


def deliver(model, world, now) -> int:
    """What a fund brings to each pool."""
    total = 0
    for s in range(len(world.sites)) if now.hazards else ():
        came = int(whole_flow(now.handles.site("inflow")[s] * at_work(world, now, s) * MILLI, now.day, now.span))
        world.sites.pool[s] += came
        total += came
    return total


def rooms(model, world, now, rows, host) -> np.ndarray:
    """int64[m]: who spends the day in a site's room."""
    people, out = world.people, np.zeros(len(rows), np.int64)
    for s in range(len(world.sites)) if now.hazards else ():
        seats = int(now.handles.site("refuge")[s] * at_work(world, now, s))
        lines = [m for m, i in enumerate(rows) if host[m] == s and people.backlog[i, KIT] > 0 and people.loan[i] < 0
                 and people.frailty[i] < world.settings.providing.room_frailty]
        out[lines] = share(world, now, [(int(rows[m]), ROOM, 1) for m in lines], seats)
    return out


def volunteers(world, now, s: int) -> dict[int, int]:
    """Row to half the time each volunteer of a site could still give, where there is any."""
    people, offers = world.people, {}
    for j in np.flatnonzero(people.member == s).tolist():
        listed = uniform(now.key, people.uid[j], world.sites.uid[s], 0, ROSTER) < world.settings.meeting.roster
        if listed and can_help(world, j) and spare_time(world, now, j) // 2 > 0:
            offers[j] = spare_time(world, now, j) // 2
    return offers


def hands(model, world, now, rows, host) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours each row gets; volunteers by row, and what each gives."""
    people, out = world.people, np.zeros((len(rows), len(DOMAINS)), np.int64)
    given: dict[int, int] = {}
    for s in range(len(world.sites)):
        lines = [(m, d) for m in range(len(rows)) for d in (CARE, KNOW) if host[m] == s and people.backlog[rows[m], d]]
        claims = [(int(rows[m]), d, int(people.backlog[rows[m], d])) for m, d in lines]
        offers = volunteers(world, now, s) if claims else {}
        usable = matched_share(skill_of(world, now, s), world.settings.aiding.numbers) * at_work(world, now, s)
        used = min(sum(amount for _, _, amount in claims), scaled(sum(offers.values()), usable))
        served, theirs = split(world, now, claims, offers, used)
        given.update(theirs)
        for (m, d), amount in zip(lines, served, strict=True):
            out[m, d] = amount
    return out, *by_row(given)


HAND = {"relief.give_back": give_back, "relief.donate": donate, "relief.match": match, "relief.goods": goods,
        "relief.hands": hands, "relief.deliver": deliver, "relief.rooms": rooms}
