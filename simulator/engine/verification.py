"""The verification pack: conservation, closed forms, invariances and relations between runs, tried on small runs.

The tests try far more; this is what `resilience validate` shows anybody, on the machine at hand (model 10).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..kernel.graph import apart, join_pairs, largest
from ..kernel.slots import whole
from ..parameters import Model
from ..records.record import Record
from ..rules.belief import gain
from ..rules.domain import DOMAINS, SOURCES
from ..rules.functioning import excess_hazard, gompertz, next_day
from ..scenario.run import Run
from .loop import Engine

CLOSE = 1e-6


@dataclass(frozen=True)
class Check:
    """One check: its number in the model's list, what was to be seen in English and French, and whether it was."""

    id: str
    en: str
    fr: str
    good: bool


def played(run: Run) -> Engine:
    """The run, played to its end."""
    engine = Engine(run)
    while not engine.done:
        engine.step()
    engine.finish()
    return engine


NAMES = ("run", "context", "crises", "levers", "portfolio")
"""Columns that only say which run it was."""


def same(one: Record, other: Record) -> bool:
    """True if two records hold the same, names apart."""
    return all(np.array_equal(mine, other.tables[name][column], equal_nan=mine.dtype.kind == "f")
               for name, table in one.tables.items() for column, mine in table.items() if column not in NAMES)


def verified(run: Run) -> list[Check]:
    """Every check, on a run with a crisis and levers (small: it is played about six times)."""
    plain = replace(run, levers=(), observe=())
    engine, calm = played(run), played(plain)
    return [*conservation(engine), *closed_forms(run.model), *invariances(run, engine, calm), *relations(plain, calm)]


def conservation(engine: Engine) -> Iterator[Check]:
    """V1, V4, V5, V6: exact, in whole thousandths."""
    s, world = engine.record.tables["series"], engine.world
    given = [name for name in s if name.startswith("hours_given_")]
    yield Check("V1", "hours given are hours received, step by step, for each kind of helper",
                "heures données et reçues égales, à chaque pas, par type d'aidant",
                all(np.array_equal(s[name], s[name.replace("given", "received")]) for name in given))
    met = {d: sum(s[f"met_{source}_{d}"] for source in SOURCES) for d in DOMAINS}
    yield Check("V4", "every need is met once, at its source, or stays unmet and is carried on or fades",
                "chaque besoin est couvert une fois, ou reporté, ou s'éteint : rien ne se perd",
                all(np.array_equal(s[f"new_{d}"] + s[f"carried_{d}"], met[d] + s[f"unmet_{d}"]) for d in DOMAINS)
                and all(np.array_equal(s[f"unmet_{d}"][:-1], (s[f"carried_{d}"] + s[f"faded_{d}"])[1:])
                        for d in DOMAINS))
    alive = s["alive"] + np.cumsum(s["deaths"])
    yield Check("V5", "residents are alive or dead", "chaque habitant est vivant ou décédé",
                bool((alive == world.people.rows).all() and s["alive"][-1] == world.people.alive.sum()))
    yield Check("V6", "ties are held on both sides, with the other's trust",
                "chaque lien est tenu des deux côtés, avec la confiance de l'autre", _mirrored(engine))


def _mirrored(engine: Engine) -> bool:
    ties = engine.world.ties
    row, slot = np.nonzero(whole(ties.other) >= 0)
    other = ties.other[row, slot].astype(np.int64)
    here = np.lexsort((other, row))
    there = np.lexsort((row, other))
    return bool(np.array_equal(row[here], other[there]) and np.array_equal(other[here], row[there])
                and np.array_equal(ties.trust[row, slot][here], ties.mirror[row, slot][there]))


def closed_forms(model: Model) -> Iterator[Check]:
    """A1, A2, A4, A5, A13: what has an exact answer."""
    p = model.living.numbers
    up = p.recovery + p.recovery_covered
    lost = 0.5
    for _ in range(30):
        lost = 1.0 - next_day(1.0 - lost, 1.0, 0.0, p)
    yield Check("A1", "recovery with every need met is exponential", "rétablissement exponentiel, besoins couverts",
                abs(lost - 0.5 * (1.0 - up) ** 30) < CLOSE)
    f = 1.0
    for _ in range(400):
        f = next_day(f, 0.5, 0.2, p)
    rise = p.recovery + 0.5 * p.recovery_covered
    yield Check("A2", "functioning settles where recovery equals damage",
                "le fonctionnement se stabilise où rétablissement et dommage s'égalent",
                abs(f - rise / (rise + 0.1)) < CLOSE)
    hours = {50: 0.240, 90: 0.390, 200: 0.667}
    yield Check("A4", "50, 90 and 200 hours together make trust of 0.24, 0.39 and 0.67 (Hall 2019)",
                "50, 90 et 200 heures ensemble donnent une confiance de 0,24, 0,39 et 0,67 (Hall 2019)",
                all(abs(gain(0.0, math.log(3.0) / 200.0 * h) - t) < 5e-4 for h, t in hours.items()))
    yield Check("A5", "the largest component of a random graph is as Erdős and Rényi have it",
                "la plus grande composante d'un graphe aléatoire est celle d'Erdős et Rényi", _giant())
    rates = [gompertz(age, p) for age in (65, 75, 85)]
    expected = [p.gompertz * math.exp(p.gompertz_age * age) for age in (65, 75, 85)]
    yield Check("A13", "mortality follows Gompertz, with no excess where nothing is unmet",
                "mortalité de Gompertz, sans excès quand rien ne manque",
                bool(np.allclose(rates, expected, rtol=CLOSE)) and excess_hazard(80, 0.0, 1, p) == 0.0)


def _giant() -> bool:
    """S = 1 - exp(-2 S) is .7968 at a mean degree of 2."""
    nodes = 100_000
    ends, parent = np.random.default_rng(1).integers(0, nodes, (2, nodes)), apart(nodes)
    join_pairs(parent, ends[0], ends[1])
    return bool(abs(largest(parent, np.ones(nodes, bool)) / nodes - 0.7968) < 0.01)


def invariances(run: Run, engine: Engine, calm: Engine) -> Iterator[Check]:
    """I1 (repeat), I3, I6, and that watching changes nothing."""
    yield Check("I1", "the same run again is the same to the last bit", "la même simulation rejouée est identique",
                same(engine.record, played(run).record))
    idle = played(replace(run, levers=tuple(replace(lever, dose=0.0) for lever in run.levers)))
    yield Check("I3", "levers of dose 0 are no levers", "un levier de dose 0 est une absence de levier",
                same(calm.record, idle.record))
    first = Engine(replace(run, levers=()))
    while first.day < run.scenario.calendar.day(run.scenario.calendar.levers) // 7 * 7:
        first.step()
    fork = first.fork(run)
    while not fork.done:
        fork.step()
    fork.finish()
    yield Check("I6", "a run that forks from another's past is the run played straight",
                "une simulation qui bifurque est la même que jouée d'un trait", same(engine.record, fork.record))


def relations(plain: Run, calm: Engine) -> Iterator[Check]:
    """M1, M6, M8: what must follow when one thing changes."""
    harder = played(_severity(plain, 2.0))
    lost, more = (one.record.tables["runs"]["loss"][0] for one in (calm, harder))
    yield Check("M1", "a crisis twice as severe loses more", "une crise deux fois plus forte fait perdre davantage",
                bool(more > lost > 0))
    none = played(_severity(plain, 0.0))
    yield Check("M6", "a crisis of severity 0 takes nothing", "une crise de gravité 0 ne fait rien perdre",
                float(none.record.tables["runs"]["loss"][0]) == 0.0)
    place = replace(plain.scenario.territory, generic_sites_per_neighbourhood=0.0, sites=[], around_km=0.0)
    s = played(replace(plain, scenario=replace(plain.scenario, territory=place, sites=()))).record.tables["series"]
    yield Check("M8", "without sites nobody is a member and no site meets a need",
                "sans lieux, personne n'est membre et aucun lieu ne couvre de besoin",
                not s["members"].any() and not any(s[f"met_site_{d}"].sum() for d in DOMAINS))


def _severity(run: Run, factor: float) -> Run:
    crises = tuple(replace(one, severity=one.severity * factor) for one in run.scenario.crises)
    return replace(run, scenario=replace(run.scenario, crises=crises))
