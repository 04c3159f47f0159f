"""Default decisions of a resident: the same compiled rules as in the phases, called for one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..kernel import random_streams
from ..kernel.broadcast import value_at
from ..kernel.keyed_random import draw_uniform
from ..phases import ask
from ..phases.aftermath import asking_round
from ..phases.help import answers, helper_choice
from ..phases.help.requests import ROUNDS, get_helper_trust
from ..phases.projects import join_intent
from ..phases.step.columns import (
    HousingColumns,
    ResidentColumns,
    TieViews,
    find_speaker,
    view_housing,
    view_residents,
    view_ties,
)
from ..phases.step.context import WEEK
from ..rules.contact import contact_weight
from ..rules.hearing import event_occurs
from ..rules.joining import leaving_rate
from ..world.sites.member_traits import draw_restlessness

if TYPE_CHECKING:
    from .resident import Resident


class Request(NamedTuple):
    """A request for help, as the person who is asked sees it."""

    asker: Resident
    """Who needs help."""
    speaker: Resident
    """Who asks: the asker, or for a child an adult of its household. Trust is in the speaker."""
    domain: int
    """0 food, 1 equipment, 2 assistance, 3 know-how."""
    severity: float
    """Share of the need that is unmet, 0 to 1."""
    slot: int
    """Slot of the person asked among the speaker's ties; -1 for a stranger from the building."""
    draw: float
    """Keyed random number of this request, in (0, 1): by default it is accepted when below the probability."""


class DecisionColumns(NamedTuple):
    """Columns read by decisions about help."""

    residents: ResidentColumns
    housing: HousingColumns
    ties: TieViews


def get_decision_columns(resident: Resident) -> DecisionColumns:
    """The columns, collected once a stage and then cached."""
    world = resident.model.world
    return resident.model.cache_per_stage("help", lambda: DecisionColumns(
        view_residents(world), view_housing(world), view_ties(world)))


def compute_days_to_join(resident: Resident, site: int) -> float:
    """Days until the resident would join the site, by this week's keyed draw; inf where it is no candidate."""
    model, context = resident.model, resident.model.context
    slots = np.flatnonzero(model.world.people.candidate[resident.row] == site)
    if site < 0 or slots.size == 0:
        return float("inf")
    p, columns = model.cache_per_stage("join", lambda: (join_intent.get_joining_parameters(model.world),
                                                        join_intent.collect_join_columns(model.world, context)))
    return join_intent.draw_days_until_joining(context.key, context.day, resident.row, int(slots[0]), p, *columns)


def decide_leaving(resident: Resident) -> bool:
    """Whether a member leaves this week: a keyed draw against the rate of leaving."""
    model, context = resident.model, resident.model.context
    people, row = model.world.people, resident.row
    site = int(people.member[row])
    if site < 0:
        return False
    uid, site_uid, p = people.uid[row], model.world.sites.uid[site], resident.parameters.joining
    u = draw_uniform(context.key, uid, site_uid, context.day, random_streams.LEAVE)
    restless = draw_restlessness(context.key, uid, site_uid, p)
    rate = leaving_rate(people.satisfaction[row], people.load[row], restless, p)
    return bool(event_occurs(u, rate, WEEK))


def weigh_company(resident: Resident) -> np.ndarray:
    """float64[ties]: weight of each tie when social time is shared out, a power of trust."""
    ties, row, p = resident.model.world.ties, resident.row, resident.parameters.contact
    return np.array([contact_weight(np.float64(ties.trust[row, k]), p) for k in range(ties.degree[row])], np.float64)


def decide_asking(resident: Resident, need: int) -> bool:
    """Whether help is asked for: a keyed draw against the speaker's power to act.

    In everyday life for an episode that opens today; in a crisis once for the crisis and each domain.
    """
    context, columns = resident.model.context, get_decision_columns(resident)
    if resident.model.stage_name == asking_round.list_voices.__name__:
        numbers, row = resident.parameters.mutual_aid, resident.row
        reluctance = np.float64(value_at(context.handles.resident("reluctance"), row))
        asks = asking_round.has_voice(row, context.key, context.crisis_day, reluctance, numbers, columns.residents)
        voiced = asking_round.draw_voiced_domains(row, context.key, context.crisis_day, numbers, columns.residents)
        return bool(asks and voiced >> need & 1)
    return bool(ask.dares_to_ask(resident.row, need, context.key, context.day, resident.parameters.asking,
                                 columns.residents, columns.housing))


def choose_whom_to_ask(resident: Resident, need: int) -> list[int]:
    """Rows of the ROUNDS best helpers among the speaker's ties and one stranger of the building, best first."""
    context, p = resident.model.context, resident.parameters
    residents, housing, ties = get_decision_columns(resident)
    scores = np.full((1, ROUNDS), -np.inf)
    rows, slots = np.full((1, ROUNDS), -1, np.int32), np.full((1, ROUNDS), -1, np.int8)
    speaker = find_speaker(resident.row, residents, housing)
    if speaker >= 0:
        helper_choice.find_best_helpers(resident.row, speaker, 1 << need, context.key, context.day, p.asking, p.coping,
                                        residents, housing, ties, scores, rows, slots)
    return [int(row) for row in rows[0] if row >= 0]


def decide_accepting(resident: Resident, request: Any) -> bool:
    """Whether a request is accepted: a keyed draw against trust in the speaker, its severity and the helper's load."""
    columns, p = get_decision_columns(resident), resident.parameters
    trust = get_helper_trust(request.speaker.row, request.slot, columns.ties, p.asking.stranger)
    return bool(answers.accepts_request(resident.row, trust, request.severity, request.draw, columns.residents,
                                        p.aiding))
