"""Whom to turn to: the three best of one's ties and the stranger next door (model 7.7)."""

from __future__ import annotations

import numpy as np
from numba import prange

from ..kernel.compiled import parallel, rule
from ..kernel.draw import gumbel, uniform, unit, words
from ..kernel.stream import STRANGER, WHOM
from ..rules.asking import appeal
from ..rules.coping import able
from ..rules.domain import DOMAIN_COUNT
from ..world.world import World
from .folk import folk, homes, links, speakers
from .moment import Moment
from .request import ROUNDS, Requests


@rule
def distance(a, b, home):
    """Kilometres between two buildings."""
    dx = np.float64(home.x[a]) - np.float64(home.x[b])
    dy = np.float64(home.y[a]) - np.float64(home.y[b])
    return np.sqrt(dx * dx + dy * dy)


@rule
def next_door(i, s, key, day, who, home, tie, coping):
    """Row of one adult of s's building picked by luck, outside the household and no tie, able to help; -1 for none."""
    b = who.building[s]
    count = home.adults[b]
    if count == 0:
        return np.int64(-1)
    j = np.int64(home.roll[home.first_adult[b] + int(uniform(key, who.uid[i], 0, day, STRANGER) * count)])
    if who.household[j] == who.household[s] or not able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping):
        return np.int64(-1)
    for k in range(tie.degree[s]):
        if tie.other[s, k] == j:
            return np.int64(-1)
    return j


@rule
def rank(score, row, slot, scores, target, slots):
    """Put a candidate in its place among the best so far; equal scores keep the order in which they came."""
    if score <= scores[-1]:
        return
    at = scores.size - 1
    while at > 0 and score > scores[at - 1]:
        scores[at], target[at], slots[at] = scores[at - 1], target[at - 1], slots[at - 1]
        at -= 1
    scores[at], target[at], slots[at] = score, row, slot


@rule
def consider(i, j, slot, trust, km, wanted, key, day, p, who, scores, target, slots):
    """Score resident j for each domain wanted (bits) and rank it."""
    luck = words(key, who.uid[i], who.uid[j], day, WHOM)
    load = np.float64(who.load[j])
    for d in range(DOMAIN_COUNT):
        if wanted >> d & 1:
            score = appeal(trust, np.float64(who.skill[j, d]), km, load, p) + gumbel(unit(luck[d]))
            rank(score, j, slot, scores[d], target[d], slots[d])


@rule
def best(i, s, wanted, key, day, p, coping, who, home, tie, scores, target, slots):
    """The best targets of speaker s for resident i, one row of ROUNDS for each domain wanted (bits)."""
    for k in range(tie.degree[s]):
        trust = np.float64(tie.trust[s, k])
        j = np.int64(tie.other[s, k])
        if trust >= p.least_ask and able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping):
            km = distance(who.building[s], who.building[j], home)
            consider(i, j, k, trust, km, wanted, key, day, p, who, scores, target, slots)
    j = next_door(i, s, key, day, who, home, tie, coping)
    if j >= 0:
        consider(i, j, -1, p.stranger, 0.0, wanted, key, day, p, who, scores, target, slots)


@parallel
def _choose(rows, voices, wanted, key, day, p, coping, who, home, tie, scores, target, slots):
    for m in prange(rows.size):
        best(rows[m], voices[m], wanted[m], key, day, p, coping, who, home, tie, scores[m], target[m], slots[m])


def asking(world: World, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the rows int32[m] in need: those who ask or were found, who speaks for them, and bits of their domains."""
    people = world.people
    bits = people.voiced[rows] | people.found[rows]
    wanted = sum(((bits >> d & 1) * (people.backlog[rows, d] > 0)).astype(np.uint8) << d for d in range(DOMAIN_COUNT))
    rows, wanted = rows[wanted > 0], np.asarray(wanted)[wanted > 0]
    voices = speakers(world, rows)
    return rows[voices >= 0], voices[voices >= 0], wanted[voices >= 0]


def as_requests(world: World, rows: np.ndarray, voices: np.ndarray, wanted: np.ndarray, target: np.ndarray,
                slots: np.ndarray) -> Requests:
    """One request for each row and domain wanted: target int32[m, d, ROUNDS], slots int8[m, d, ROUNDS]."""
    people = world.people
    m, d = np.nonzero(wanted[:, None] >> np.arange(people.backlog.shape[1]) & 1)
    severity = people.backlog[rows[m], d] / np.maximum(people.need[rows[m], d], 1)
    return Requests(rows[m].astype(np.int32), voices[m].astype(np.int32), d.astype(np.int8),
                    severity.astype(np.float64), target[m, d], slots[m, d])


def choose(world: World, now: Moment, rows: np.ndarray) -> Requests:
    """The requests of the rows int32[m] in need, each with its three best targets, chosen once a step."""
    rows, voices, wanted = asking(world, rows)
    shape = (len(rows), world.people.backlog.shape[1], ROUNDS)
    target, slots = np.full(shape, -1, np.int32), np.full(shape, -1, np.int8)
    s = world.settings
    _choose(rows, voices, wanted, now.key, now.day, s.asking.numbers, s.coping.numbers, folk(world), homes(world),
            links(world), np.full(shape, -np.inf), target, slots)
    return as_requests(world, rows, voices, wanted, target, slots)
