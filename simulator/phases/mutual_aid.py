"""Mutual aid: in a crisis residents ask people they know, and an acquaintance; a yes is a promise of hours that tires.

Whom one never asks, and whether one asks at all, is a trait of a person for a whole crisis. Promises are kept within
the hours that each helper can spare. Reads the handles territory.visits, territory.phone, resident.contact,
resident.check_rate, resident.neighbour_check, resident.reluctance, institution.register, institution.call_rate.
"""

from __future__ import annotations

import numpy as np

from ..rules.need_domains import BY_KIN, BY_STRANGER
from ..rules.tie_kinds import NEIGHBOUR
from ..world.population.people import HELPED_BY_PERSON
from ..world.ties.tie import TieProposals
from ..world.world import World
from .aftermath.asking_round import Answers, ask_for_promises, list_voices
from .aftermath.promises import KeptPromises, keep_promises
from .aftermath.serving import OpenAdults, add_met_to_ledger, list_open_adults, mark_reached
from .help.help_feedback import REFUSAL, apply_agency_feedback, update_help_trust
from .help.requests import STRANGER_KIND
from .step.columns import UID_BITS
from .step.context import StepContext
from .ties.tie_creation import TIE_COLUMNS, assign_first_trust, create_ties

WRITES = ("people.crisis_backlog", "people.crisis_marks", "people.asked_on", "people.times_asked", "people.promise",
          "people.promise_hours", "people.promise_domains", "people.promise_source", "people.agency", "people.lent",
          "people.time_given", "people.given_milli", "people.received_milli", "people.first_contact",
          "households.aftermath", *TIE_COLUMNS)


def step(world: World, context: StepContext) -> None:
    """Who has something open and a voice asks; promises are kept; trust, power to act and ties follow."""
    adults = list_open_adults(world, context)
    if not len(adults.rows):
        return
    voices = context.run_stage(list_voices, world, adults)
    answers = context.run_stage(ask_for_promises, world, adults, voices)
    count_answers(world, answers)
    kept = context.run_stage(keep_promises, world, adults)
    record_kept_promises(world, context, adults, kept)
    learn_from_answers(world, context, adults, answers, kept)
    befriend_acquaintances(world, context, adults, answers)


def count_answers(world: World, answers: Answers) -> None:
    """Count askings and what came of them."""
    asked = answers.target != -1
    yes = asked & (answers.domains > 0)
    world.ledger.count("crisis_asked", int(asked.sum()))
    world.ledger.count("crisis_accepted", int(yes.sum()))


def record_kept_promises(world: World, context: StepContext, adults: OpenAdults, kept: KeptPromises) -> None:
    """Tallies and ledger of what was given, received and met."""
    people, ledger = world.people, world.ledger
    add_met_to_ledger(world, kept.met)
    received = kept.given.sum(axis=1)
    mark_reached(world, context, adults.rows, received, HELPED_BY_PERSON)
    m, slot = np.nonzero(kept.given)
    helper, source, amount = kept.helper[m, slot], kept.source[m, slot], kept.given[m, slot]
    on_map = helper >= 0
    for column in (people.lent, people.time_given, people.given_milli):
        np.add.at(column, helper[on_map], amount[on_map].astype(column.dtype))
    kind = np.where(source[on_map] == BY_STRANGER, STRANGER_KIND, source[on_map].astype(np.int64) - BY_KIN)
    hours = np.bincount(kind, weights=amount[on_map], minlength=STRANGER_KIND + 1).astype(np.int64)
    ledger.hours_given += hours
    ledger.hours_received += hours
    if ledger.help_events is not None:
        ledger.record_help(source.astype(np.int64), adults.rows[m], amount, giver=np.where(on_map, helper, -1))


def learn_from_answers(world: World, context: StepContext, adults: OpenAdults, answers: Answers,
                       kept: KeptPromises) -> None:
    """Hours received and refusals move trust; yes and no move power to act, once for each asking."""
    m, turn = np.nonzero(answers.target >= 0)
    asker, helper, yes = adults.rows[m], answers.target[m, turn], answers.domains[m, turn] > 0
    apply_agency_feedback(world, np.concatenate([asker[yes], helper[yes]]), asker[~yes])
    if context.is_cut("trust"):
        return
    refused = ~yes & (answers.slot[m, turn] >= 0)
    k, slot = np.nonzero((kept.given > 0) & (kept.helper >= 0) & (kept.source != BY_STRANGER))
    askers = np.concatenate([adults.rows[k], asker[refused]]).astype(np.int64)
    helpers = np.concatenate([kept.helper[k, slot], helper[refused]]).astype(np.int64)
    amounts = np.concatenate([kept.given[k, slot], np.full(int(refused.sum()), REFUSAL)])
    if len(askers):
        uid = world.people.uid
        asker_first = uid[askers] < uid[helpers]
        low, high = np.where(asker_first, askers, helpers), np.where(asker_first, helpers, askers)
        keys = low.astype(np.uint64) << np.uint64(UID_BITS) | high.astype(np.uint64)
        act = np.column_stack([np.where(asker_first, 0, 1), amounts]).astype(np.int32)
        order = np.argsort(keys, kind="stable")
        update_help_trust(world, keys[order], order, act)


def befriend_acquaintances(world: World, context: StepContext, adults: OpenAdults, answers: Answers) -> None:
    """An acquaintance who said yes becomes a neighbour whom one knows."""
    m, turn = np.nonzero((answers.target >= 0) & (answers.slot < 0) & (answers.domains > 0))
    asker, helper = adults.rows[m], answers.target[m, turn]
    if context.is_cut("bridging"):
        alike = world.people.group[asker] == world.people.group[helper]
        asker, helper = asker[alike], helper[alike]
    if len(asker):
        create_ties(world, TieProposals(asker, helper, np.full(len(asker), NEIGHBOUR, np.uint8),
                                        assign_first_trust(world, asker), np.zeros(len(asker))))
