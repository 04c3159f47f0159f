"""Aid: those who asked or were detected turn to three helpers, one after the other; who accepts gives (model 7.7)."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ..rules.need_domains import BY_KIN, BY_STRANGER, FOOD
from ..world.world import World
from .help.answers import answer_requests
from .help.help_feedback import apply_help_feedback
from .help.helper_choice import choose_helpers
from .help.requests import (
    HELPED,
    NO_MEANS,
    NOT_ASKED,
    OUTCOME_COUNT,
    REFUSED,
    ROUNDS,
    STRANGER_KIND,
    Outcomes,
    Requests,
)
from .step.columns import view_ties
from .step.context import StepContext
from .step.row_lists import list_in_need

WRITES = ("people.backlog", "people.time_given", "people.lent", "people.agency", "households.stock",
          "households.kit_lent", "ties.trust", "ties.alter_trust")


def step(world: World, context: StepContext) -> None:
    """Residents choose whom to ask, ask in three rounds, and remember what came of it."""
    requests = context.run_stage(choose_helpers, world, list_in_need(world, context))
    remove_cut_targets(world, context, requests)
    outcomes, hours = context.run_stage(answer_requests, world, requests)
    context.run_stage(apply_help_feedback, world, requests, outcomes)
    record_help(world, requests, outcomes, hours)


def remove_cut_targets(world: World, context: StepContext, requests: Requests) -> None:
    """Nobody is asked over a channel that is switched off; who is left is asked in the first rounds."""
    target, slot = requests.target, requests.slot
    if not context.cuts & {"ties", "strangers", "bridging"}:
        return
    if context.is_cut("ties"):
        target[slot >= 0] = -1
    if context.is_cut("strangers"):
        target[slot < 0] = -1
    if context.is_cut("bridging"):
        group = world.people.group
        target[(target >= 0) & (group[target] != group[requests.speaker][:, None])] = -1
    order = np.argsort(target < 0, axis=1, kind="stable")  # a request ends with the first round that asks nobody
    target[:], slot[:] = np.take_along_axis(target, order, axis=1), np.take_along_axis(slot, order, axis=1)
    slot[target < 0] = -1


def record_help(world: World, requests: Requests, outcomes: Outcomes, hours_given: np.ndarray) -> None:
    """Add needs met, hours given and received, and counts of outcomes to the ledger. hours_given: int64[kinds + 1]."""
    ledger, counts = world.ledger, np.zeros(OUTCOME_COUNT, np.int64)
    before = int(ledger.met[:, FOOD].sum())
    _sum_help(requests, outcomes, view_ties(world).kind, ledger.met, ledger.hours_received, counts)
    ledger.hours_given += hours_given
    ledger.add_goods("shared", int(ledger.met[:, FOOD].sum()) - before)
    ledger.count("asked", int(counts.sum() - counts[NOT_ASKED]))
    ledger.count("refused", int(counts[REFUSED]))
    ledger.count("accepted", int(counts[HELPED] + counts[NO_MEANS]))
    if ledger.help_events is not None:
        record_help_events(world, requests, outcomes)


@kernel
def _sum_help(requests, outcomes, kind, met, received, counts):
    """Add up needs met by source and domain, hours received by kind of tie, and the number of each outcome."""
    for r in range(requests.row.size):
        prefetch(kind, requests.speaker[min(r + PREFETCH_DISTANCE, requests.row.size - 1)])
        for round_index in range(ROUNDS):
            status, slot = outcomes.status[r, round_index], requests.slot[r, round_index]
            counts[status] += 1
            if status == HELPED:
                tie = np.int64(kind[requests.speaker[r], slot]) if slot >= 0 else np.int64(STRANGER_KIND)
                met[BY_KIN + tie if slot >= 0 else BY_STRANGER, requests.domain[r]] += outcomes.amount[r, round_index]
                received[tie] += outcomes.hours[r, round_index]


def record_help_events(world: World, requests: Requests, outcomes: Outcomes) -> None:
    """Record each act of help and each refusal; who accepts without having anything to give is neither."""
    r, round_index = np.nonzero((outcomes.status == HELPED) | (outcomes.status == REFUSED))
    speaker, slot = requests.speaker[r], requests.slot[r, round_index]
    tie = world.ties.kind[speaker, np.maximum(slot, 0)].astype(np.int64)
    source = np.where(slot >= 0, BY_KIN + tie, BY_STRANGER)
    world.ledger.record_help(source, requests.row[r], outcomes.amount[r, round_index],
                             giver=requests.target[r, round_index], asker=speaker, domain=requests.domain[r])
