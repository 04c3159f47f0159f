"""What a resident decides by default: the very rules that the compiled stages use, for one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..kernel import stream
from ..kernel.random import uniform
from ..phases import ask
from ..phases.help import choose, give
from ..phases.help.request import ROUNDS, donors_trust
from ..phases.projects import join_intent
from ..phases.step.columns import Folk, Homes, Links, folk, homes, links, speaker
from ..phases.step.context import WEEK
from ..rules.contact import company as weight
from ..rules.hearing import happens
from ..rules.joining import leaving_rate

if TYPE_CHECKING:
    from .resident import Resident


class Request(NamedTuple):
    """A request for help as the person asked hears it."""

    asker: Resident
    """Who needs help."""
    speaker: Resident
    """Who asks: the same, or for a child an adult of its household. It is the speaker whom one trusts or not."""
    domain: int
    """0 food, 1 place and kit, 2 hands, 3 know-how."""
    severity: float
    """Share of the need that is unmet, 0 to 1."""
    slot: int
    """The slot one has among the speaker's ties, -1 for a stranger next door."""
    luck: float
    """Keyed luck of this request, in (0, 1): the default accepts when it is below the probability."""


class Known(NamedTuple):
    """Columns that decisions about help read."""

    who: Folk
    home: Homes
    tie: Links


def known(resident: Resident) -> Known:
    """The columns, put together once a stage."""
    world = resident.model.world
    return resident.model.note("known", lambda: Known(folk(world), homes(world), links(world)))


def days_till_joining(resident: Resident, site: int) -> float:
    """Days until the resident would join the site, at this week's luck; inf where it is no candidate."""
    model, now = resident.model, resident.model.now
    slots = np.flatnonzero(model.world.people.candidate[resident.row] == site)
    if site < 0 or slots.size == 0:
        return float("inf")
    p, columns = model.note("join", lambda: (join_intent.numbers(model.world), join_intent.columns(model.world, now)))
    return join_intent.days_till_joining(now.key, now.day, resident.row, int(slots[0]), p, *columns)


def leaves(resident: Resident) -> bool:
    """Whether a member leaves this week: a keyed draw against the rate of leaving."""
    model, now = resident.model, resident.model.now
    people, row = model.world.people, resident.row
    site = int(people.member[row])
    if site < 0:
        return False
    u = uniform(now.key, people.uid[row], model.world.sites.uid[site], now.day, stream.LEAVE)
    rate = leaving_rate(people.satisfaction[row], people.load[row], resident.rules.joining)
    return bool(happens(u, rate, WEEK))


def company(resident: Resident) -> np.ndarray:
    """float64[ties]: weight of each tie in the sharing of social time, a power of trust."""
    ties, row, p = resident.model.world.ties, resident.row, resident.rules.contact
    return np.array([weight(np.float64(ties.trust[row, k]), p) for k in range(ties.degree[row])], np.float64)


def asks(resident: Resident, need: int) -> bool:
    """Whether one asks in an episode that opens today: a keyed draw against the power to act of who speaks."""
    now, all_known = resident.model.now, known(resident)
    return bool(ask.dares(resident.row, need, now.key, now.day, resident.rules.asking, all_known.who, all_known.home))


def targets(resident: Resident, need: int) -> list[int]:
    """Rows of the best ROUNDS of the speaker's ties and the stranger next door, best first."""
    now, p, (who, home, tie) = resident.model.now, resident.rules, known(resident)
    scores = np.full((1, ROUNDS), -np.inf)
    rows, slots = np.full((1, ROUNDS), -1, np.int32), np.full((1, ROUNDS), -1, np.int8)
    s = speaker(resident.row, who, home)
    if s >= 0:
        choose.best(resident.row, s, 1 << need, now.key, now.day, p.asking, p.coping, who, home, tie, scores, rows,
                    slots)
    return [int(row) for row in rows[0] if row >= 0]


def accepts(resident: Resident, request: Any) -> bool:
    """Whether one accepts a request: its luck against trust in who asks, its severity and one's own load."""
    who, _, tie = known(resident)
    p = resident.rules
    trust = donors_trust(request.speaker.row, request.slot, tie, p.asking.stranger)
    return bool(give.willing(resident.row, trust, request.severity, request.luck, who, p.aiding))
