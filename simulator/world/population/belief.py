"""What is within each resident at the start: frailty, social time, skills, beliefs, barriers (model 5.3 and 5.6)."""

from __future__ import annotations

import math

import numpy as np

from ...kernel import stream
from ...kernel.compiled import parallel, portion, rule
from ...kernel.random import Key, unit, words
from ...kernel.stream import CONSENT, PERSON, REGISTER
from ...parameters import Model
from .people import People
from .random_columns import beta_table, normals, quantile, uniforms

YOUNGEST = 15
"""Children under this age have no social time of their own, no ties and no site."""
AGES = 121


@rule
def at_rest(x0, gains, gain, losses, loss, wear):
    """Where a belief settles under yearly events that gain or lose. Source: closed form of model 7.1."""
    up, down = gains * (1.0 - math.exp(-gain)), losses * (1.0 - math.exp(-loss))
    return (up + wear * x0) / (up + down + wear)


def frailty_tables(settings: Model) -> np.ndarray:
    """float64[ages, points]: quantiles of frailty at each age."""
    p = settings.population
    age = np.arange(AGES)
    mean = p.frailty_base + p.frailty_age / (1 + np.exp(-(age - p.frailty_turn) / p.frailty_years))
    return np.stack([beta_table(p.frailty_spread * m, p.frailty_spread * (1 - m)) for m in mean])


@parallel
def _bodies(key, p, s, uid, age, zeta, table, frailty, social_hours, consent, register_rank, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        word = words(key, uid[i], 0, 0, PERSON, 2)
        frailty[i] = quantile(table[age[i]], unit(word[0]))
        social_hours[i] = 0.0 if age[i] < YOUNGEST else -s.social_hours * math.log(unit(word[1])) * math.exp(zeta[i])
        consent[i] = 1 if unit(words(key, uid[i], 0, 0, CONSENT)[0]) < s.consent else 0
        register_rank[i] = unit(words(key, uid[i], 0, 0, REGISTER)[0])


@parallel
def _minds(key, p, m, uid, diploma, shift, tables, skill, agency0, institutions0, general0, agency, institutions,
           piece, pieces):
    for i in portion(uid.size, piece, pieces):
        word = words(key, uid[i], 0, 0, PERSON, 3)
        for d in range(4):
            more = p.skill_diploma * diploma[i] * (2.0 if d == 3 else 1.0)
            skill[i, d] = min(1.0, quantile(tables[0], unit(word[d])) + more)
        word = words(key, uid[i], 0, 0, PERSON, 4)
        e0 = quantile(tables[1], unit(word[0]))
        v0 = min(1.0, max(0.0, quantile(tables[2], unit(word[1])) + shift[i]))
        agency0[i], institutions0[i], general0[i] = e0, v0, quantile(tables[3], unit(word[2]))
        agency[i] = at_rest(e0, p.helped, m.event, p.refused, m.refusal, m.wear_agency)
        institutions[i] = at_rest(v0, p.aided, m.aid, p.let_down, m.aid * m.asymmetry, m.wear_institution)


@parallel
def _barriers(key, p, uid, age, sex, diploma, ses, carer, frailty, barrier, piece, pieces):
    for i in portion(uid.size, piece, pieces):
        if age[i] < YOUNGEST:
            continue
        word = words(key, uid[i], 0, 0, PERSON, 5)
        spoken = p.language * (2.0 if diploma[i] == 0 else 0.33)
        barrier[i, 0] = p.language_weight if unit(word[0]) < spoken else 0.0
        barrier[i, 1] = p.care if carer[i] and sex[i] == 1 else 0.0
        barrier[i, 2] = -p.culture * math.log(unit(word[1])) * (1.3 - 0.3 * ses[i])
        barrier[i, 3] = p.disability * frailty[i]


def fill_persons(people: People, carer: np.ndarray, zeta: np.ndarray, commune_code: np.ndarray, settings: Model,
                 key: Key) -> None:
    """Write the columns that luck and a few traits decide. zeta float64[n]: sociability of the neighbourhood."""
    p, s, m = settings.population.numbers, settings.start.numbers, settings.meeting.numbers
    _bodies(key, p, s, people.uid, people.age, zeta, frailty_tables(settings), people.frailty, people.social_hours,
            people.consent, people.register_rank)
    tables = np.stack([beta_table(1.5, 4.0), beta_table(4.0, 4.0), beta_table(3.0, 3.0), beta_table(2.35, 4.0)])
    codes, where = np.unique(commune_code, return_inverse=True)
    shift = p.commune_trust * normals(uniforms(key, codes, stream.NEIGHBOURHOOD, 3)[:, 0])
    _minds(key, p, m, people.uid, people.diploma, shift[where], tables, people.skill, people.agency0,
           people.trust_institutions0, people.trust_general0, people.agency, people.trust_institutions)
    people.skill0[:] = people.skill
    people.trust_general[:] = people.trust_general0
    _barriers(key, p, people.uid, people.age, people.sex, people.diploma, people.ses, carer, people.frailty,
              people.barrier)
