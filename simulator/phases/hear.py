"""Hear: who learns of which site, through ties, the building or the site itself; awareness fades (model 7.4).

Weekly, for 7 days. Reads the handle site.visibility.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.prefetch import ahead
from ..kernel.random import decision, draw_two, draws_of, empty_draws, unit
from ..kernel.stream import FORGET, HEAR
from ..kernel.threads import most_pieces
from ..rules.belief import DAYS_A_YEAR
from ..rules.binding import ADULT
from ..rules.hearing import happens, hearing_rate
from ..world.population.people import CANDIDATES
from ..world.ties.tie_read import ahead_of
from ..world.world import World
from .step.columns import holding
from .step.context import WEEK, Moment

WRITES = ("people.aware",)
BLOCK = 256
"""Rows whose luck is drawn in one pass, several at a time."""


@rule
def word_of_mouth(row, site, degree, other, trust, member, candidate, aware, echo):
    """Trust-weighted share of a resident's ties that belong to a site, or (times echo) know of it."""
    total = 0.0
    for k in range(degree[row]):
        j = other[row, k]
        if member[j] == site:
            total += trust[row, k]
        elif aware[j]:
            for c in range(CANDIDATES):
                if candidate[j, c] == site and aware[j] >> c & 1:
                    total += echo * trust[row, k]
    return total


@rule
def member_share(row, site, building, adults, first_member, member_site):
    """Share of the adults of a resident's building who belong to a site."""
    b = building[row]
    count = 0
    for k in range(first_member[b], first_member[b + 1]):
        count += member_site[k] == site
    return count / max(1, adults[b])


@rule
def all_trust(row, degree, trust):
    """Sum of a resident's trust in their ties: what word of mouth would be if all of them were members."""
    total = 0.0
    for k in range(degree[row]):
        total += trust[row, k]
    return total


@rule
def too_late(u, bound):
    """True when an event of at most `bound` per year does not happen this week, at luck u."""
    return u >= bound * WEEK / DAYS_A_YEAR


@rule
def draw_luck(first, end, key, day, uid, candidate, before, site_uid, draws):
    """A word for each row from first to end and candidate: of forgetting it where it is known, else of hearing of it.

    The first candidates of all rows come first, then the second ones.
    """
    rows, whose, known = end - first, uid[first:end], before[first:end]
    for k in range(CANDIDATES):
        a, b, what = draws.a[k * rows:], draws.b[k * rows:], draws.what[k * rows:]
        for c in range(rows):
            a[c], b[c] = whose[c], site_uid[max(candidate[first + c, k], 0)]
        for c in range(rows):
            what[c] = decision(FORGET) if known[c] >> np.uint8(k) & np.uint8(1) else decision(HEAR)
    draw_two(rows * CANDIDATES, key, day, draws)


@rule
def list_lucky(first, end, p, before, degree, most_seen, luck, passes, lucky):
    """List the candidates of the rows first to end that luck lets through the widest bound. Returns how many."""
    rows, count, known, ties = end - first, 0, before[first:end], degree[first:end]
    for k in range(CANDIDATES):
        u, out = luck[k * rows:], passes[k * rows:]
        for c in range(rows):  # from 0 on, so that the processor compares several at a time
            bound = p.forget if known[c] >> np.uint8(k) & np.uint8(1) else most_seen + p.mouth * ties[c]
            out[c] = not too_late(unit(u[c]), bound)
    for at in range(CANDIDATES * rows):
        lucky[count] = at
        count += passes[at]
    return count


@rule
def ahead_of_listener(i, listeners, people, building, ties):
    """Ask for what decides whether resident i, whom luck lets through, has to ask around."""
    age, alive = listeners
    _, member, waiting = people
    degree, other, trust = ties
    ahead(age, i)
    ahead(alive, i)
    ahead(member, i)
    ahead(waiting, i)
    ahead(building, i)
    ahead_of(degree, trust, i)
    ahead_of(degree, other, i)


@rule
def ahead_of_word(i, people, homes, ties, before):
    """Ask for what resident i hears at home and from ties."""
    candidate, member, _ = people
    building, adults, first_member, _ = homes
    degree, other, _ = ties
    ahead(adults, building[i])
    ahead(first_member, building[i])
    for k in range(degree[i]):
        j = other[i, k]
        ahead(member, j)
        ahead(before, j)
        ahead(candidate, j)


@rule
def hears(i, s, u, before, people, homes, ties, visibility, p):
    """True when resident i hears of site s this week, at luck u."""
    candidate, member, _ = people
    building, adults, first_member, member_site = homes
    degree, other, trust = ties
    share = member_share(i, s, building, adults, first_member, member_site)
    word = word_of_mouth(i, s, degree, other, trust, member, candidate, before, p.echo)
    return happens(u, hearing_rate(visibility[s], share, word, p), WEEK)


@parallel
def _listen(key, day, p, uid, listeners, people, homes, ties, sites, most_seen, before, aware, rooms, flags, places,
            piece, pieces):
    candidate, member, waiting = people
    site_uid, site_open, visibility = sites
    age, alive = listeners
    draws, passes, lucky = draws_of(rooms, piece), flags[piece], places[piece]
    for b in portion((uid.size + BLOCK - 1) // BLOCK, piece, pieces):
        first, end, asking = b * BLOCK, min(uid.size, (b + 1) * BLOCK), 0
        draw_luck(first, end, key, day, uid, candidate, before, site_uid, draws)
        count, rows = list_lucky(first, end, p, before, ties[0], most_seen, draws.first, passes, lucky), end - first
        for c in range(count):
            ahead_of_listener(first + lucky[c] % rows, listeners, people, homes[0], ties)
        for c in range(count):
            i, k = first + lucky[c] % rows, lucky[c] // rows
            s, u = candidate[i, k], unit(draws.first[lucky[c]])
            if s < 0 or not site_open[s] or age[i] < ADULT or not alive[i]:
                continue
            if before[i] >> k & 1:
                if member[i] != s and waiting[i] != s and happens(u, p.forget, WEEK):
                    aware[i] &= ~(1 << k)
            # No rate can exceed this bound, so most need not look at the building, or at the others' members.
            elif not too_late(u, visibility[s] + p.building + p.mouth * all_trust(i, ties[0], ties[2])):
                ahead_of_word(i, people, homes, ties, before)
                lucky[asking] = lucky[c]
                asking += 1
        for c in range(asking):
            i, k = first + lucky[c] % rows, lucky[c] // rows
            u = unit(draws.first[lucky[c]])
            aware[i] |= hears(i, candidate[i, k], u, before, people, homes, ties, visibility, p) << k


def members_by_home(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Where the members who live in each building begin, int64[b + 1], in a list of the sites they belong to."""
    people = world.people
    rows = holding(people.member)
    home = people.building[rows]
    first = np.concatenate([[0], np.cumsum(np.bincount(home, minlength=len(world.buildings)))])
    return first, people.member[rows[np.argsort(home, kind="stable")]]


def listen(world: World, now: Moment) -> None:
    """Write people.aware: bit k set where a resident hears of candidate k, cleared where one forgets it."""
    people, ties, sites = world.people, world.ties, world.sites
    if not len(sites):
        return
    p, seen, most = world.settings.hearing.numbers, now.handles.site("visibility"), BLOCK * CANDIDATES
    _listen(now.key, now.day, p, people.uid, (people.age, people.alive),
            (people.candidate, people.member, people.waiting),
            (people.building, world.buildings.adults, *members_by_home(world)), (ties.degree, ties.other, ties.trust),
            (sites.uid, sites.open, seen), float(seen.max()) + p.building, people.aware.copy(), people.aware,
            empty_draws(most), np.empty((most_pieces(), most), np.uint8), np.empty((most_pieces(), most), np.uint32))


def step(world: World, now: Moment) -> None:
    """Play the phase."""
    if now.weekly:
        now.stage("hear.listen", listen)(world, now)
