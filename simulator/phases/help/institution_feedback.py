"""Feedback of aid from institutions, and of applications in vain, on trust in institutions (model 7.1)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...kernel.threads import max_chunks
from ...rules.belief import apply_gain, apply_loss
from ...rules.need_domains import DOMAIN_COUNT
from ...world.world import World
from ..step.columns import find_speaker, view_housing, view_residents
from ..step.context import StepContext
from ..step.household_order import end_of_household, first_household_of_chunk, sort_by_household

AIDED, DISAPPOINTED = 0, 1
"""Columns of a feedback int32[2]: needs first aided, applications in vain."""


def apply_institution_feedback(world: World, context: StepContext, rows: np.ndarray,
                               given: np.ndarray) -> tuple[int, int]:
    """Update trust in institutions after given int32[m, d] to the rows int32[m].

    Returns the number of needs first aided, and of residents disappointed. Aid counts once an episode; an application
    in vain once an episode, and once in let_down_days for each speaker.
    """
    people, settings, residents = world.people, world.settings, view_residents(world)
    feedback = np.zeros((max_chunks(), int(world.households.size.max(initial=1)), 2), np.int32)
    counts = np.zeros((max_chunks(), 2), np.int64)
    marks = (people.applied, people.aided, people.harmed)
    _apply_institution_feedback(*sort_by_household(rows, residents.uid, residents.household, given), context.day,
                                context.span, settings.functioning.min_need_days, settings.aiding.disappointment_days,
                                settings.meeting.numbers, residents, view_housing(world), people.backlog,
                                people.episode, marks, people.disappointed, people.trust_institutions, feedback, counts)
    aided, disappointed = counts.sum(axis=0)
    return int(aided), int(disappointed)


@parallel_kernel
def _apply_institution_feedback(rows, given, day, span, least, pause, p, residents, housing, backlog, episode, marks,
                                disappointed, trust, buffers, counts, chunk, chunks):
    """Each speaker gathers the feedback of those they speak for, who are of one household, and then changes trust once.

    buffers: zeros int32[chunks, residents of a household, 2]; counts: int64[chunks, 2]; both by AIDED and DISAPPOINTED.
    """
    feedback, last = buffers[chunk], rows.size - 1
    at = first_household_of_chunk(rows, residents.household, chunk, chunks)
    stop = chunk_range(rows.size, chunk, chunks).stop
    while at < stop:
        end = end_of_household(rows, at, residents.household)
        _prefetch_feedback(rows[min(end + PREFETCH_DISTANCE, last)], residents, backlog, marks)
        first = np.int64(housing.first[residents.household[rows[at]]])
        for m in range(at, end):
            s = find_speaker(rows[m], residents, housing)
            if s >= 0:
                _collect_feedback(rows[m], m, given, day, span, least, pause, backlog, episode, marks, disappointed[s],
                                  feedback[s - first])
        for m in range(at, end):
            s = find_speaker(rows[m], residents, housing)
            if s >= 0 and (feedback[s - first, AIDED] > 0 or feedback[s - first, DISAPPOINTED] > 0):
                own_feedback = feedback[s - first]
                trust[s] = institution_trust_after(np.float64(trust[s]), own_feedback[AIDED],
                                                   own_feedback[DISAPPOINTED], p)
                counts[chunk, AIDED] += own_feedback[AIDED]
                counts[chunk, DISAPPOINTED] += own_feedback[DISAPPOINTED]
                if own_feedback[DISAPPOINTED] > 0:
                    disappointed[s] = day
                own_feedback[:] = 0
        at = end


@rule
def institution_trust_after(trust, aided, disappointed, p):
    """Trust in institutions after so many needs first aided in a step; disappointed: 1 after an application in vain."""
    return apply_loss(apply_gain(trust, p.aid * aided), p.aid * p.asymmetry * disappointed)


@rule
def _collect_feedback(i, m, given, day, span, least, pause, backlog, episode, marks, disappointed, feedback):
    """Add to feedback what resident i got, given[m], or did not get; disappointed: day the speaker last was."""
    applied, aided, harmed = marks
    for d in range(DOMAIN_COUNT):
        if is_first_institution_aid(i, d, given[m, d], aided):
            aided[i] |= np.uint8(1 << d)
            feedback[AIDED] += 1
        elif (is_application_in_vain(i, d, given[m, d], backlog, applied, aided, harmed)
              and day - disappointed >= pause and day + span - episode[i, d] >= least):
            harmed[i] |= np.uint8(1 << (DOMAIN_COUNT + d))
            feedback[DISAPPOINTED] = 1


@rule
def is_first_institution_aid(i, domain, given, aided):
    """True when the institution gives for the first time in this episode."""
    return given > 0 and (aided[i] >> domain) & 1 == 0


@rule
def is_application_in_vain(i, domain, given, backlog, applied, aided, harmed):
    """True when an application has brought nothing in this episode, and this has not cost trust yet."""
    return (given == 0 and backlog[i, domain] > 0 and (applied[i] >> domain) & 1 == 1
            and (aided[i] >> domain) & 1 == 0 and (harmed[i] >> (DOMAIN_COUNT + domain)) & 1 == 0)


@rule
def _prefetch_feedback(i, residents, backlog, marks):
    applied, aided, harmed = marks
    prefetch(backlog, i)
    prefetch(applied, i)
    prefetch(aided, i)
    prefetch(harmed, i)
    prefetch(residents.age, i)
