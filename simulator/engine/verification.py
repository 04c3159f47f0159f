"""Verification on small runs: conservation, closed forms, invariances, metamorphic relations (model 10).

`resilience validate` shows these checks on the user's machine; the test suite covers far more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..i18n.translation import Message
from ..kernel.slot_arrays import to_dense_array
from ..kernel.union_find import largest_component_size, merge_pairs, singleton_components
from ..parameters import Model
from ..records.record import Record
from ..rules.belief import apply_gain
from ..rules.functioning import follow_ceiling
from ..rules.heat import excess_at_home, excess_elsewhere, update_strain, usual_hazard
from ..rules.need_domains import DOMAINS, SOURCES
from ..scenario.run import Run
from .loop import Engine

CLOSED_FORM_TOLERANCE = 1e-6


@dataclass(frozen=True)
class VerificationCheck:
    """One check: its id in the model's list, what must hold, and whether it does."""

    id: str
    text: Message
    passed: bool


def play_to_end(run: Run) -> Engine:
    """The run, played to its end."""
    engine = Engine(run)
    while not engine.is_done:
        engine.step()
    engine.finish_record()
    return engine


RUN_LABEL_COLUMNS = ("run", "context", "crises", "levers", "portfolio")
"""Columns that only identify the run."""


def are_records_equal(first: Record, second: Record) -> bool:
    """True if two records have the same values, apart from RUN_LABEL_COLUMNS."""
    return all(np.array_equal(values, second.tables[name][column], equal_nan=values.dtype.kind == "f")
               for name, table in first.tables.items() for column, values in table.items()
               if column not in RUN_LABEL_COLUMNS)


def run_verification(run: Run) -> list[VerificationCheck]:
    """All checks, on a run with a crisis and levers. The run should be small: it is played about six times."""
    plain = replace(run, levers=(), observe=())
    engine, calm = play_to_end(run), play_to_end(plain)
    return [*check_conservation(engine), *check_closed_forms(run.model), *check_invariances(run, engine, calm),
            *check_metamorphic_relations(plain, calm)]


def check_conservation(engine: Engine) -> Iterator[VerificationCheck]:
    """V1, V4, V5, V6: exact equality of integers (thousandths)."""
    s, world = engine.record.tables["series"], engine.world
    given = [name for name in s if name.startswith("hours_given_")]
    yield VerificationCheck("V1", Message("hours given are hours received, step by step, for each kind of helper"),
                            all(np.array_equal(s[name], s[name.replace("given", "received")]) for name in given))
    conserved = are_needs_conserved(s) and are_crisis_needs_conserved(s) and is_aftermath_conserved(s)
    yield VerificationCheck("V4", Message("every need is met once, at its source, or stays unmet and is carried on or "
                                          "fades; aftermath stays open until it is met or given up"), conserved)
    alive = s["alive"] + np.cumsum(s["deaths"])
    yield VerificationCheck("V5", Message("residents are alive or dead"),
                            bool((alive == world.people.rows).all() and s["alive"][-1] == world.people.alive.sum()))
    yield VerificationCheck("V6", Message("ties are held on both sides, with the other's trust"),
                            _are_ties_symmetric(engine))


def are_needs_conserved(s: Mapping[str, np.ndarray]) -> bool:
    """True if everyday needs balance in every step of a run's series, and from one step to the next."""
    met = {d: sum(s[f"met_{source}_{d}"] for source in SOURCES) for d in DOMAINS}
    split = all(np.array_equal(s[f"new_{d}"] + s[f"carried_{d}"], met[d] + s[f"unmet_{d}"]) for d in DOMAINS)
    return split and all(np.array_equal(s[f"unmet_{d}"][:-1], (s[f"carried_{d}"] + s[f"faded_{d}"])[1:])
                         for d in DOMAINS)


def are_crisis_needs_conserved(s: Mapping[str, np.ndarray]) -> bool:
    """The same for needs that crises cause, of which what fades is known at the end of the step itself."""
    met = {d: sum(s[f"crisis_met_{source}_{d}"] for source in SOURCES) for d in DOMAINS}
    split = all(np.array_equal(s[f"crisis_new_{d}"] + s[f"crisis_carried_{d}"], met[d] + s[f"crisis_unmet_{d}"])
                for d in DOMAINS)
    return split and all(np.array_equal((s[f"crisis_unmet_{d}"] - s[f"crisis_faded_{d}"])[:-1],
                                        s[f"crisis_carried_{d}"][1:]) for d in DOMAINS)


def is_aftermath_conserved(s: Mapping[str, np.ndarray]) -> bool:
    """True if the aftermath open is that of the step before, plus damage and scars, less what is met and given up."""
    for d in DOMAINS:
        gone = s[f"aftermath_given_up_{d}"] + sum(s[f"aftermath_met_{source}_{d}"] for source in SOURCES)
        change = s[f"aftermath_made_{d}"] + s[f"aftermath_scars_{d}"] - gone
        if not np.array_equal(np.cumsum(change), s[f"aftermath_open_{d}"]):
            return False
    return True


def _are_ties_symmetric(engine: Engine) -> bool:
    ties = engine.world.ties
    row, slot = np.nonzero(to_dense_array(ties.alter) >= 0)
    other = ties.alter[row, slot].astype(np.int64)
    forward, reverse = np.lexsort((other, row)), np.lexsort((row, other))
    return bool(np.array_equal(row[forward], other[reverse]) and np.array_equal(other[forward], row[reverse])
                and np.array_equal(ties.trust[row, slot][forward], ties.alter_trust[row, slot][reverse]))


def check_closed_forms(model: Model) -> Iterator[VerificationCheck]:
    """A1, A2, A4, A5, A13: rules that have a closed-form solution."""
    p = model.functioning.numbers
    low, high = 0.5, 1.0
    for _ in range(12):
        low, high = follow_ceiling(low, 1.0, p), follow_ceiling(high, 0.7, p)
    yield VerificationCheck("A1", Message("functioning climbs exponentially once nothing is open"),
                            abs(1.0 - low - 0.5 * math.exp(-12.0 * p.climb)) < CLOSED_FORM_TOLERANCE)
    yield VerificationCheck("A2", Message("functioning falls exponentially to the ceiling that open work leaves"),
                            abs(high - 0.7 - 0.3 * math.exp(-12.0 * p.fall)) < CLOSED_FORM_TOLERANCE)
    hours = {50: 0.240, 90: 0.390, 200: 0.667}
    yield VerificationCheck("A4", Message("50, 90 and 200 hours together make trust of 0.24, 0.39 and 0.67 (Hall "
                                          "2019)"),
                            all(abs(apply_gain(0.0, math.log(3.0) / 200.0 * h) - t) < 5e-4 for h, t in hours.items()))
    yield VerificationCheck("A5", Message("the largest component of a random graph is as Erdős and Rényi have it"),
                            _has_expected_giant_component())
    heat, strain = model.heat.numbers, 0.0
    for _ in range(5):
        strain = update_strain(strain, 1.5, heat)
    is_geometric = abs(strain - 1.5 * (1.0 - heat.lag**5)) < CLOSED_FORM_TOLERANCE
    growth = [math.log(usual_hazard(85.0, sex, heat) / usual_hazard(65.0, sex, heat)) / 20.0 for sex in (0, 1)]
    follows_gompertz = bool(np.allclose(growth, [heat.man_age, heat.woman_age], rtol=CLOSED_FORM_TOLERANCE))
    has_no_excess = excess_at_home(1.0, 0.0, 1.0, 1.0, heat) == 0.0 == excess_elsewhere(1.0, 0.0, 1.0, heat)
    yield VerificationCheck("A13", Message("usual mortality follows Gompertz, heat strain builds up geometrically, and "
                                           "without strain nobody dies of heat"),
                            is_geometric and follows_gompertz and has_no_excess)


def _has_expected_giant_component() -> bool:
    """The giant component holds a share S = 1 - exp(-2 S) of the nodes at a mean degree of 2: S = .7968."""
    nodes = 100_000
    ends, parent = np.random.default_rng(1).integers(0, nodes, (2, nodes)), singleton_components(nodes)
    merge_pairs(parent, ends[0], ends[1])
    return bool(abs(largest_component_size(parent, np.ones(nodes, bool)) / nodes - 0.7968) < 0.01)


def check_invariances(run: Run, engine: Engine, calm: Engine) -> Iterator[VerificationCheck]:
    """I1, I3, I6: a repeated run, levers of dose 0 and a fork give the same record. calm: the run without levers."""
    yield VerificationCheck("I1", Message("the same run again is the same to the last bit"),
                            are_records_equal(engine.record, play_to_end(run).record))
    idle = play_to_end(replace(run, levers=tuple(replace(lever, dose=0.0) for lever in run.levers)))
    yield VerificationCheck("I3", Message("levers of dose 0 are no levers"),
                            are_records_equal(calm.record, idle.record))
    first = Engine(replace(run, levers=()))
    while first.day < run.scenario.calendar.day(run.scenario.calendar.levers) // 7 * 7:
        first.step()
    fork = first.fork(run)
    while not fork.is_done:
        fork.step()
    fork.finish_record()
    yield VerificationCheck("I6", Message("a run that forks from another's past is the run played straight"),
                            are_records_equal(engine.record, fork.record))


def check_metamorphic_relations(plain: Run, calm: Engine) -> Iterator[VerificationCheck]:
    """M1, M6, M8: how results must change when one input changes. calm: the run `plain`, played."""
    harder = play_to_end(_scale_severity(plain, 2.0))
    lost, more = (engine.record.tables["runs"]["loss"][0] for engine in (calm, harder))
    yield VerificationCheck("M1", Message("a crisis twice as severe loses more"), bool(more > lost > 0))
    none = play_to_end(_scale_severity(plain, 0.0))
    yield VerificationCheck("M6", Message("a crisis of severity 0 takes nothing"),
                            float(none.record.tables["runs"]["loss"][0]) == 0.0)
    without_sites = replace(plain.scenario.territory, generic_sites_per_neighbourhood=0.0, sites=[], around_km=0.0)
    scenario = replace(plain.scenario, territory=without_sites, sites=())
    s = play_to_end(replace(plain, scenario=scenario)).record.tables["series"]
    yield VerificationCheck("M8", Message("without sites nobody is a member and no site meets a need"),
                            not s["members"].any() and not any(s[f"met_site_{d}"].sum() for d in DOMAINS))


def _scale_severity(run: Run, factor: float) -> Run:
    crises = tuple(replace(crisis, severity=crisis.severity * factor) for crisis in run.scenario.crises)
    return replace(run, scenario=replace(run.scenario, crises=crises))
