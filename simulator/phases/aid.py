"""Aid: those who ask, or were found, turn to three people in turn; who accepts gives what they have (model 7.7)."""

from __future__ import annotations

import numpy as np

from ..rules.domain import BY_KIN, DOMAINS, FOOD, STRANGER
from ..world.world import World
from .ask import counting
from .choose import choose
from .folk import in_need
from .give import give
from .moment import Moment
from .request import HELPED, NO_MEANS, NOT_ASKED, REFUSED, STRANGERS, Outcomes, Requests
from .thank import answers, thank

WRITES = ("people.backlog", "people.busy", "people.lent", "people.agency", "people.given", "people.received",
          "people.first_contact", "households.stock", "households.kit_lent", "ties.trust", "ties.mirror")


def sources(kind: np.ndarray, asker: np.ndarray, slot: np.ndarray) -> np.ndarray:
    """int64[k]: source of each help: the kind of its tie, or a stranger."""
    return np.where(slot >= 0, BY_KIN + kind[asker, np.maximum(slot, 0)].astype(np.int64), STRANGER)


def book(world: World, requests: Requests, outcomes: Outcomes, hours_given: np.ndarray) -> None:
    """Needs met by source and domain, hours given and received, and counts, into the ledger."""
    ledger, of = world.ledger, answers(requests, outcomes)
    source = sources(world.ties.kind, of["asker"], of["slot"])
    cell = source * len(DOMAINS) + of["domain"]
    np.add.at(ledger.met.reshape(-1), cell, of["amount"].astype(np.int64))
    kinds = np.where(of["slot"] >= 0, source - BY_KIN, STRANGERS)
    np.add.at(ledger.hours_received, kinds, of["hours"].astype(np.int64))
    ledger.hours_given += hours_given
    ledger.good("passed", int(of["amount"][of["domain"] == FOOD].sum(dtype=np.int64)))
    ledger.count("asked", int(np.count_nonzero(outcomes.status != NOT_ASKED)))
    ledger.count("refused", int(np.count_nonzero(outcomes.status == REFUSED)))
    ledger.count("accepted", int(np.count_nonzero((outcomes.status == HELPED) | (outcomes.status == NO_MEANS))))


def tally(world: World, now: Moment, requests: Requests, outcomes: Outcomes) -> None:
    """Who gave, who received, who was reached, since the first crisis began."""
    people, of = world.people, answers(requests, outcomes)
    np.add.at(people.given, of["donor"], of["amount"])
    np.add.at(people.received, of["row"], of["amount"])
    reached = of["row"][of["helped"]]
    people.first_contact[reached[people.first_contact[reached] < 0]] = now.day


def step(world: World, now: Moment) -> None:
    """Choose whom to ask, ask in three rounds, remember."""
    requests = now.stage("aid.choose", choose)(world, now, in_need(world))
    outcomes, hours = now.stage("aid.give", give)(world, now, requests)
    now.stage("aid.thank", thank)(world, now, requests, outcomes)
    book(world, requests, outcomes, hours)
    if counting(now):
        tally(world, now, requests, outcomes)
