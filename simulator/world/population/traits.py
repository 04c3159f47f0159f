"""Traits of residents at the start: frailty, social time, skills, beliefs and barriers (model 5.3 and 5.6)."""

from __future__ import annotations

import math

import numpy as np

from ...kernel import random_streams
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import RandomKey, draw_words, to_uniform
from ...kernel.random_streams import CONSENT, PERSON, REGISTER
from ...parameters import Model
from .people import People
from .random_columns import draw_uniform_columns, interpolate_quantile, normal_quantiles, tabulate_beta_quantiles

MIN_SOCIAL_AGE = 15
"""Children under this age have no social time of their own, no ties and no site."""
TABLE_AGES = 121
"""Ages 0 to 120 of the table of frailty."""
BELIEF_BETAS = ((1.5, 4.0), (4.0, 4.0), (3.0, 3.0), (2.35, 4.0))
"""Parameters (a, b) of the Beta distributions of skill, power to act, trust in institutions, generalised trust."""


@rule
def steady_state_belief(x0, gains, gain, losses, loss, wear):
    """Steady state of a belief under events that raise or lower it. Source: closed form of model 7.1.

    x0: baseline it returns to; gains, losses: events a year; gain, loss: doses of one event; wear: return rate a year.
    """
    up, down = gains * (1.0 - math.exp(-gain)), losses * (1.0 - math.exp(-loss))
    return (up + wear * x0) / (up + down + wear)


def tabulate_mean_frailty(settings: Model) -> np.ndarray:
    """float64[TABLE_AGES]: mean frailty at each age."""
    p = settings.population
    age = np.arange(TABLE_AGES)
    return p.frailty_base + p.frailty_age / (1 + np.exp(-(age - p.frailty_turn) / p.frailty_years))


def tabulate_frailty_quantiles(settings: Model) -> np.ndarray:
    """float64[TABLE_AGES, QUANTILE_STEPS + 1]: quantiles of frailty at each age."""
    spread = settings.population.frailty_spread
    return np.stack([tabulate_beta_quantiles(spread * mean, spread * (1 - mean))
                     for mean in tabulate_mean_frailty(settings)])


@parallel_kernel
def _draw_health_and_time(key, p, s, uid, age, zeta, table, frailty, social_hours, consent, register_rank, chunk,
                          chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        word = draw_words(key, uid[i], 0, 0, PERSON, 2)
        frailty[i] = interpolate_quantile(table[age[i]], to_uniform(word[0]))
        hours = -s.social_hours * math.log(to_uniform(word[1])) * math.exp(zeta[i])
        social_hours[i] = hours if age[i] >= MIN_SOCIAL_AGE else 0.0
        consent[i] = 1 if to_uniform(draw_words(key, uid[i], 0, 0, CONSENT)[0]) < s.consent else 0
        register_rank[i] = to_uniform(draw_words(key, uid[i], 0, 0, REGISTER)[0])


@parallel_kernel
def _draw_skills_and_beliefs(key, p, m, uid, diploma, shift, tables, skill, agency0, institutions0, general0, agency,
                             institutions, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        word = draw_words(key, uid[i], 0, 0, PERSON, 3)
        for d in range(4):
            more = p.skill_diploma * diploma[i] * (2.0 if d == 3 else 1.0)
            skill[i, d] = min(1.0, interpolate_quantile(tables[0], to_uniform(word[d])) + more)
        word = draw_words(key, uid[i], 0, 0, PERSON, 4)
        e0 = interpolate_quantile(tables[1], to_uniform(word[0]))
        v0 = min(1.0, max(0.0, interpolate_quantile(tables[2], to_uniform(word[1])) + shift[i]))
        agency0[i], institutions0[i], general0[i] = e0, v0, interpolate_quantile(tables[3], to_uniform(word[2]))
        agency[i] = steady_state_belief(e0, p.past_help, m.event, p.past_refusals, m.refusal, m.decay_agency)
        institutions[i] = steady_state_belief(v0, p.past_aid, m.aid, p.past_disappointments, m.aid * m.asymmetry,
                                              m.decay_institution)


@parallel_kernel
def _draw_barriers(key, p, uid, age, sex, diploma, ses, carer, frailty, barrier, chunk, chunks):
    for i in chunk_range(uid.size, chunk, chunks):
        if age[i] < MIN_SOCIAL_AGE:
            continue
        word = draw_words(key, uid[i], 0, 0, PERSON, 5)
        spoken = p.language * (2.0 if diploma[i] == 0 else 0.33)
        barrier[i, 0] = p.language_weight if to_uniform(word[0]) < spoken else 0.0
        barrier[i, 1] = p.care if carer[i] and sex[i] == 1 else 0.0
        barrier[i, 2] = -p.culture * math.log(to_uniform(word[1])) * (1.3 - 0.3 * ses[i])
        barrier[i, 3] = p.disability * frailty[i]


def assign_traits(people: People, carer: np.ndarray, zeta: np.ndarray, commune_code: np.ndarray, settings: Model,
                  key: RandomKey) -> None:
    """Write the columns of `people` that are drawn from a resident's age, sex, diploma, class and commune.

    carer: bool[residents], adult in a household with children; zeta: float64[residents], sociability of the
    neighbourhood; commune_code: int64[residents].
    """
    p, s, m = settings.population.numbers, settings.start.numbers, settings.meeting.numbers
    _draw_health_and_time(key, p, s, people.uid, people.age, zeta, tabulate_frailty_quantiles(settings), people.frailty,
                          people.social_hours, people.consent, people.register_rank)
    tables = np.stack([tabulate_beta_quantiles(a, b) for a, b in BELIEF_BETAS])
    codes, commune = np.unique(commune_code, return_inverse=True)
    shift = p.commune_trust * normal_quantiles(draw_uniform_columns(key, codes, random_streams.NEIGHBOURHOOD, 3)[:, 0])
    _draw_skills_and_beliefs(key, p, m, people.uid, people.diploma, shift[commune], tables, people.skill,
                             people.agency0, people.trust_institutions0, people.trust_general0, people.agency,
                             people.trust_institutions)
    people.skill0[:] = people.skill
    people.trust_general[:] = people.trust_general0
    _draw_barriers(key, p, people.uid, people.age, people.sex, people.diploma, people.ses, carer, people.frailty,
                   people.barrier)
