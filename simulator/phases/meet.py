"""Meet: sessions at sites: who works with whom, what they learn, what it does to ties, trust and power to act.

Each strand meets once a week on its own weekday; beliefs return towards their baselines once a week (model 7.1 to 7.6).
Reads the handles site.staff, site.places, site.hours, site.mixing, site.learning, site.cogoverned, site.opening,
territory.site_open, resident.at_site.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import at
from ..kernel.compiled import kernel, parallel, portion, rule
from ..kernel.prefetch import SOON
from ..kernel.random import uniform
from ..kernel.stream import ROSTER
from ..rules.belief import gain, loss, wear
from ..rules.kind import PROJECT
from ..rules.meeting import contentment
from ..world.ties.tie import Births, add_hours, columns, slot_of
from ..world.ties.tie_read import ahead_of, ahead_trusts
from ..world.world import World
from .projects.encounter import Encounters, pairs
from .projects.facilitation import site_quality
from .projects.session import Sessions, gather, living_members
from .step.columns import above, holding
from .step.context import WEEK, Moment
from .ties.tie_creation import bear, first_impressions

WRITES = ("people.agency", "people.agency_gain", "people.trust_institutions", "people.trust_general",
          "people.host_trust", "people.skill", "people.satisfaction", "people.load", "ties.degree", "ties.other",
          "ties.trust", "ties.mirror", "ties.kind")


def fade(world: World, now: Moment) -> None:
    """Beliefs and skills return towards their baselines, for 7 days."""
    people, p = world.people, world.settings.meeting
    for column, base, rate in (
        (people.agency, people.agency0, p.wear_agency),
        (people.trust_institutions, people.trust_institutions0, p.wear_institution),
        (people.trust_general, people.trust_general0, p.wear_general),
        (people.skill, people.skill0, p.wear_skill),
        (people.host_trust, world.settings.start.host_trust, p.wear_host),
    ):
        _fade(column.reshape(-1), np.asarray(base, np.float32).reshape(-1), rate)


@parallel
def _fade(values, base, rate, piece, pieces):
    for k in portion(values.size, piece, pieces):
        values[k] = wear(values[k], at(base, k), rate, WEEK)


@parallel
def _looked_up_to(rows, degree, other, mirror, strong, looks, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i, later = rows[m], rows[min(m + SOON, rows.size - 1)]
        ahead_of(degree, mirror, later)
        ahead_of(degree, other, later)
        for k in range(degree[i]):
            if mirror[i, k] >= strong:
                looks[other[i, k]] = 0  # whichever thread says so


@parallel
def _look_up(rows, gains, degree, other, trust, strong, share, agency, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        j, later, dose = rows[m], rows[min(m + SOON, rows.size - 1)], 0.0
        ahead_of(degree, trust, later)
        ahead_of(degree, other, later)
        for k in range(degree[j]):  # by uid: the order of summing is the same wherever they stand
            if trust[j, k] >= strong and gains[other[j, k]] > 0:
                dose += share * gains[other[j, k]]
        if dose != 0.0:
            agency[j] = gain(agency[j], dose)


def look_up(world: World, now: Moment) -> None:
    """Power to act grows a little with what strong ties gained last week (vicarious mastery, Bandura 1997)."""
    people, ties, p = world.people, world.ties, world.settings
    gained, looks = above(people.agency_gain, np.float32(0)), np.full(len(people), -1, np.int32)
    _looked_up_to(gained, ties.degree, ties.other, ties.mirror, p.binding.strong, looks)
    _look_up(holding(looks), people.agency_gain, ties.degree, ties.other, ties.trust, p.binding.strong,
             p.meeting.vicarious, people.agency)
    people.agency_gain[gained] = 0


@parallel
def _strengthen(ties, a, b, hours, p, piece, pieces):
    for k in portion(a.size, piece, pieces):  # nobody else writes of a pair, and it sits together once a step
        later = min(k + SOON, a.size - 1)
        for row in (a[later], b[later]):
            ahead_trusts(ties.degree, ties.other, ties.trust, ties.mirror, row)
        add_hours(ties, a[k], slot_of(ties, a[k], b[k]), hours[k], p)


def grow(world: World, now: Moment, seen: Encounters) -> None:
    """Hours go to ties that exist; pairs who met and were strangers propose a tie."""
    p, old = world.settings, seen.tied
    _strengthen(columns(world.ties), seen.a[old], seen.b[old], seen.hours[old], p.contact.numbers)
    a, b = seen.a[~old], seen.b[~old]
    trust = first_impressions(world, a)
    bear(world, Births(a, b, np.full(a.size, PROJECT, np.uint8), trust, seen.hours[~old]))
    world.ledger.count("met_pairs", int(seen.a.size))


@rule
def host_slot(candidate, row, site):
    """Which of a resident's candidates a site is, -1 if none."""
    for k in range(candidate.shape[1]):
        if candidate[row, k] == site:
            return k
    return -1


@parallel
def _experience(p, changes_beliefs, row, site, quality, governed, met, distance, learning, candidate, agency,
                agency_gain, institutions, general, host_trust, skill, satisfaction, piece, pieces):
    for m in portion(row.size, piece, pieces):  # nobody sits in two sessions of one step
        i, q = row[m], quality[site[m]]
        if changes_beliefs:
            dose = p.agency * p.length * q
            agency[i] = gain(agency[i], dose)
            agency_gain[i] = dose
            institutions[i] = gain(institutions[i], p.institution * p.length * governed[site[m]])
            general[i] = gain(general[i], p.general * p.length * q)
        k = host_slot(candidate, i, site[m])
        host_trust[i, k] = gain(host_trust[i, k], p.host * p.length * q)
        total = 0.0
        for c in range(skill.shape[1]):
            total += learning[m, c]
            skill[i, c] = min(1.0, skill[i, c] + learning[m, c])
        mean = distance[m] / max(1, met[m])
        target = contentment(q, met[m], 1.0 if total > 0.0 else 0.0, 0.0, mean, p)
        satisfaction[i] = satisfaction[i] + p.satisfaction * (target - satisfaction[i])


def experience(world: World, now: Moment, sessions: Sessions, seen: Encounters, quality: np.ndarray) -> None:
    """What a session leaves in those who came: power to act, trusts, skill, satisfaction."""
    people = world.people
    _experience(world.settings.meeting.numbers, world.settings.behaviour != "selection_only", sessions.row,
                sessions.site, quality, now.handles.site("cogoverned"), seen.met, seen.distance, seen.learning,
                people.candidate, people.agency, people.agency_gain, people.trust_institutions, people.trust_general,
                people.host_trust, people.skill, people.satisfaction)
    world.ledger.count("attended", int(sessions.row.size))


@kernel
def _turn_away(p, away, site, quality, candidate, host_trust, satisfaction):
    for m in range(away.size):
        i = away[m]
        k = host_slot(candidate, i, site[m])
        host_trust[i, k] = loss(host_trust[i, k], p.host_loss)
        target = contentment(quality[site[m]], 0, 0.0, 1.0, 0.0, p)
        satisfaction[i] = satisfaction[i] + p.satisfaction * (target - satisfaction[i])


def turn_away(world: World, now: Moment, sessions: Sessions, quality: np.ndarray) -> None:
    """Those who found the session full trust the host less and are less satisfied."""
    people = world.people
    _turn_away(world.settings.meeting.numbers, sessions.away, sessions.away_site, quality, people.candidate,
               people.host_trust, people.satisfaction)
    world.ledger.count("turned_away", int(sessions.away.size))


@parallel
def _roster(key, p, rows, uid, member, site_uid, out, piece, pieces):
    for k in portion(rows.size, piece, pieces):
        i = rows[k]
        out[k] = uniform(key, uid[i], site_uid[member[i]], 0, ROSTER) < p.roster


def burden(world: World, now: Moment) -> None:
    """Opening hours that no post can hold fall on the roster and add to its load (model 7.4)."""
    people, sites, p = world.people, world.sites, world.settings
    extra = np.maximum(0.0, now.handles.site("hours") - p.funding.hours_per_post * now.handles.site("staff"))
    extra *= sites.open
    rows = living_members(world, now)
    rows = rows[extra[people.member[rows]] > 0]
    on = np.zeros(rows.size, np.bool_)
    _roster(now.key, p.meeting.numbers, rows, people.uid, people.member, sites.uid, on)
    rows = rows[on]
    site = people.member[rows]
    share = extra / np.maximum(1, np.bincount(site, minlength=len(sites)))
    people.load[rows] += (share[site] * (1 - np.exp(-WEEK / p.aiding.load_days))).astype(np.float32)


def step(world: World, now: Moment) -> None:
    """Play the phase."""
    if now.weekly:
        now.stage("meet.fade", fade)(world, now)
        now.stage("meet.look_up", look_up)(world, now)
        now.stage("meet.burden", burden)(world, now)
    quality = site_quality(world, now)
    sessions = now.stage("meet.gather", gather)(world, now)
    seen = now.stage("meet.pairs", pairs)(world, now, sessions, quality)
    now.stage("meet.experience", experience)(world, now, sessions, seen, quality)
    now.stage("meet.turn_away", turn_away)(world, now, sessions, quality)
    now.stage("meet.grow", grow)(world, now, seen)
