"""Aid: those who ask, or were found, turn to three people in turn; who accepts gives what they have (model 7.7)."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.prefetch import SOON, ahead
from ..kernel.threads import side_by_side
from ..rules.domain import BY_KIN, FOOD, STRANGER
from ..world.world import World
from .ask import counting
from .help.choose import choose
from .help.feedback import thank
from .help.give import give
from .help.request import HELPED, NO_MEANS, NOT_ASKED, OUTCOMES, REFUSED, ROUNDS, STRANGERS, Outcomes, Requests
from .step.columns import in_need, links
from .step.context import Moment

WRITES = ("people.backlog", "people.busy", "people.lent", "people.agency", "people.given", "people.received",
          "people.first_contact", "households.stock", "households.kit_lent", "ties.trust", "ties.mirror")


@kernel
def _book(requests, outcomes, kind, met, received, counts):
    """Needs met by source and domain, hours received by kind, and how often each outcome came."""
    for r in range(requests.row.size):
        ahead(kind, requests.speaker[min(r + SOON, requests.row.size - 1)])
        for turn in range(ROUNDS):
            came, slot = outcomes.status[r, turn], requests.slot[r, turn]
            counts[came] += 1
            if came == HELPED:
                tie = np.int64(kind[requests.speaker[r], slot]) if slot >= 0 else np.int64(STRANGERS)
                met[BY_KIN + tie if slot >= 0 else STRANGER, requests.domain[r]] += outcomes.amount[r, turn]
                received[tie] += outcomes.hours[r, turn]


def book(world: World, requests: Requests, outcomes: Outcomes, hours_given: np.ndarray) -> None:
    """Needs met by source and domain, hours given and received, and counts, into the ledger."""
    ledger, counts = world.ledger, np.zeros(OUTCOMES, np.int64)
    before = int(ledger.met[:, FOOD].sum())
    _book(requests, outcomes, links(world).kind, ledger.met, ledger.hours_received, counts)
    ledger.hours_given += hours_given
    ledger.good("passed", int(ledger.met[:, FOOD].sum()) - before)
    ledger.count("asked", int(counts.sum() - counts[NOT_ASKED]))
    ledger.count("refused", int(counts[REFUSED]))
    ledger.count("accepted", int(counts[HELPED] + counts[NO_MEANS]))
    if ledger.acts is not None:
        note(world, requests, outcomes)


def note(world: World, requests: Requests, outcomes: Outcomes) -> None:
    """Acts of help and refusals one by one, for the record; an empty-handed yes is neither."""
    r, turn = np.nonzero((outcomes.status == HELPED) | (outcomes.status == REFUSED))
    speaker, slot = requests.speaker[r], requests.slot[r, turn]
    tie = world.ties.kind[speaker, np.maximum(slot, 0)].astype(np.int64)
    world.ledger.act(np.where(slot >= 0, BY_KIN + tie, STRANGER), requests.row[r], outcomes.amount[r, turn],
                     giver=requests.target[r, turn], asker=speaker, domain=requests.domain[r])


@kernel
def _tally(requests, outcomes, day, given, received, first_contact):
    for r in range(requests.row.size):
        later = min(r + SOON, requests.row.size - 1)
        ahead(received, requests.row[later])
        ahead(first_contact, requests.row[later])
        for turn in range(ROUNDS):
            ahead(given, max(requests.target[later, turn], 0))
            if outcomes.status[r, turn] == HELPED:
                i = requests.row[r]
                given[requests.target[r, turn]] += outcomes.amount[r, turn]
                received[i] += outcomes.amount[r, turn]
                if first_contact[i] < 0:
                    first_contact[i] = day


def tally(world: World, now: Moment, requests: Requests, outcomes: Outcomes) -> None:
    """Who gave, who received, who was reached, since the first crisis began."""
    people = world.people
    if counting(now):
        _tally(requests, outcomes, now.day, people.given, people.received, people.first_contact)


def step(world: World, now: Moment) -> None:
    """Choose whom to ask, ask in three rounds, remember."""
    requests = now.stage("aid.choose", choose)(world, now, in_need(world, now))
    outcomes, hours = now.stage("aid.give", give)(world, now, requests)
    now.stage("aid.thank", thank)(world, now, requests, outcomes)
    side_by_side(len(world.people), lambda: book(world, requests, outcomes, hours),
                 lambda: tally(world, now, requests, outcomes))
