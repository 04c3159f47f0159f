"""Play every lever at several doses, in the crisis it is meant for and in a lockdown, and write doses.csv.

python -m experiments.doses [seeds=10] [levers=outreach,cash] [crises=meant,lockdown] [workers=2]. Runs of a seed and a
crisis fork from one past on the eve of the levers.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from io import StringIO
from itertools import pairwise, product
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from simulator.analysis.effects.paired_comparison import compute_t_interval
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine
from simulator.kernel.threads import set_num_threads
from simulator.levers.card import Lever
from simulator.report.sheets.analysis_sheet import write_text_atomic

MEANT = {
    "building_referents": "heatwave", "care_for_volunteers": "lockdown", "cash": "price_shock",
    "co_governance": "flood", "convivial_events": "flood", "coordinator": "flood", "emergency_fund": "price_shock",
    "fans": "heatwave", "group_hosting": "flood", "insertion_jobs": "price_shock", "institutional_capacity": "flood",
    "insulation": "heatwave", "know_how_exchange": "flood", "library_of_things": "flood", "longer_hours": "flood",
    "low_threshold_welcome": "price_shock", "micro_grants": "flood", "mixed_publics": "flood", "open_project": "flood",
    "outreach": "flood", "phone_tree_and_register": "heatwave", "preparedness_training": "storm_power_cut",
    "public_space": "flood", "refuge_rooms": "heatwave", "residents_room": "flood", "site_network": "flood",
    "solidarity_price": "price_shock", "stable_funding": "closure", "volunteer_reserve": "flood",
}
"""The crisis that each lever is meant for, by its card; a flood where the card names none, since losses are largest."""
EVERYWHERE = "lockdown"
FACTORS = (0.5, 1.0, 2.0)
"""Multiples of the card's dose; the card's highest dose is the limit."""
PLACE = ("territory=three_sites", "territory.around_km=0.15", "calendar.horizon_days=365", "uncertainty=seeds")
"""Three whole neighbourhoods, one around each site of the field study; storm water reaches all three."""
COLUMNS = ("crisis", "lever", "dose", "outcome", "seeds", "without", "saved", "low", "high", "more_saved", "more_low",
           "more_high")
LEVEL = 0.95
EXPOSURE = {"flood": ("crisis.flood.exposure.runoff_share=1.0",)}
"""Settings of a crisis."""


@dataclass(frozen=True)
class Job:
    """Levers to play in a crisis with one seed."""

    crisis: str
    seed: int
    levers: tuple[str, ...]


def list_doses(lever: Lever) -> list[float]:
    """Half the card's dose, the dose, and twice the dose or the highest one if that is less; rising, no dose twice."""
    highest = lever.dose if lever.dose_high is None else lever.dose_high
    return sorted({min(factor * lever.dose, highest) for factor in FACTORS})


def play(job: Job) -> list[tuple[str, float, dict[str, float]]]:
    """(lever, dose, outcomes) of each arm; the arm without a lever has the name "" and dose 0."""
    set_num_threads(1)
    words = [*PLACE, *EXPOSURE.get(job.crisis, ()), f"crisis={job.crisis}", f"seeds=[{job.seed}]",
             f"lever=[{','.join(job.levers)}]"]
    resolved = resolve_job("compare", compose_config("compare", words, []))
    none = replace(resolved.baseline, seed=job.seed, levers=())
    past, dates = Engine(none), none.scenario.calendar
    while past.day + 7 <= dates.day(dates.levers) // 7 * 7:
        past.step()
    found = [("", 0.0, finish(past.fork(none)))]
    for lever in resolved.levers:
        for dose in list_doses(lever):
            found.append((lever.id, dose, finish(past.fork(replace(none, levers=(replace(lever, dose=dose),))))))
    return found


def finish(engine: Engine) -> dict[str, float]:
    """Play to the end; person-days lost per resident, and deaths expected beyond the ordinary."""
    while not engine.is_done:
        engine.step()
    runs = engine.finish_record().tables["runs"]
    return {"loss": float(runs["loss"][0] / runs["n"][0]), "deaths_expected": float(runs["deaths_expected"][0])}


def summarise(crisis: str, outcome: str, lever: str, without: np.ndarray, by_dose: Mapping[float, np.ndarray],
              steps: int) -> Iterator[tuple[object, ...]]:
    """A row for each dose: what it saves, and what it saves more than the dose before, each with its interval.

    without float64[seeds]: the outcome with no lever; by_dose: dose -> float64[seeds]. The intervals of the steps hold
    together for as many steps as the whole table has (Bonferroni); a value is saved where the outcome is smaller.
    """
    doses = sorted(by_dose)
    for before, dose in pairwise((0.0, *doses)):
        saved, least = without - by_dose[dose], without - (by_dose[before] if before else without)
        yield (crisis, lever, dose, outcome, len(saved), float(without.mean()), *describe(saved, LEVEL),
               *describe(saved - least, 1 - (1 - LEVEL) / steps))


def describe(values: np.ndarray, level: float) -> tuple[float, float, float]:
    """Mean of float64[seeds] and its interval of Student's t."""
    return float(values.mean()), *compute_t_interval(float(values.mean()), float(values.std(ddof=1)), len(values),
                                                     level)


def main(words: Iterable[str]) -> None:
    """Play all and write the table beside this file."""
    settings = dict(word.split("=", 1) for word in words)
    levers = settings["levers"].split(",") if "levers" in settings else sorted(MEANT)
    kinds = settings.get("crises", f"meant,{EVERYWHERE}").split(",")
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, lever in product(kinds, levers):
        wanted[MEANT[lever] if kind == "meant" else kind].add(lever)
    seeds = range(1, int(settings.get("seeds", "10")) + 1)
    jobs = [Job(crisis, seed, tuple(sorted(names))) for crisis, names in sorted(wanted.items()) for seed in seeds]
    values: dict[tuple[str, str, str, float], list[float]] = defaultdict(list)
    with ProcessPoolExecutor(int(settings.get("workers", "2")), mp_context=get_context("spawn")) as pool:
        for job, played in zip(jobs, pool.map(play, jobs), strict=True):
            for (lever, dose, outcomes), name in product(played, ("loss", "deaths_expected")):
                values[job.crisis, name, lever, dose].append(outcomes[name])
            print(job.crisis, job.seed, file=sys.stderr, flush=True)
    write_table(Path(__file__).with_name("doses.csv"), values)


def write_table(file: Path, values: Mapping[tuple[str, str, str, float], list[float]]) -> None:
    """The table, written whole. Deaths are an outcome of heat waves only, where hardly anything else is lost."""
    kept = {key: np.array(found) for key, found in values.items()
            if (key[1] == "deaths_expected") == key[0].startswith("heatwave")}
    steps = sum(1 for key in kept if key[2])
    rows = [row for crisis, name, lever in sorted({key[:3] for key in kept if key[2]})
            for row in summarise(crisis, name, lever, kept[crisis, name, "", 0.0],
                                 {key[3]: found for key, found in kept.items() if key[:3] == (crisis, name, lever)},
                                 steps)]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([f"{value:.6g}" if isinstance(value, float) else value for value in row] for row in rows)
    write_text_atomic(file, text.getvalue())
