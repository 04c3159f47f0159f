"""Scaling: seconds of a step from a thousand residents to a whole département, and by how much residents do."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

import numpy as np

from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.catalogue import find_card
from simulator.engine.loop import Engine, play, set_num_threads
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.places.territory import Territory

from .rates import list_measured_steps
from .town import build_heat_run, build_small_town, build_whole_communes

DEPARTEMENT = Territory("seine_saint_denis", communes=[])
SMALL = (1_000, 3_000, 10_000)
WHOLE = (("93014",), ("93055", "93051"), ("93001", "93005", "93048", "93051", "93066"))
"""INSEE codes of whole communes: some 30,000, 100,000 and 500,000 residents."""
LONG_DAYS = 60
"""Days of heat in `measure_long_run`."""


def time_run(run: Run, threads: int) -> dict[str, float]:
    """Seconds to build, and median seconds of a calm week and a crisis day."""
    set_num_threads(threads)
    started = time.perf_counter()
    engine = Engine(run)
    built = time.perf_counter() - started
    taken: dict[str, list[float]] = {"calm week": [], "crisis day": []}
    for _, span, in_crisis, _ in list_measured_steps(run):
        started = time.perf_counter()
        engine.step()
        if span > 1 or in_crisis:
            taken["calm week" if span > 1 else "crisis day"].append(time.perf_counter() - started)
    return {"residents": engine.world.people.rows, "build": built, **{k: median(v) for k, v in taken.items()}}


def measure_by_size(largest: int) -> dict[str, dict[str, float]]:
    """Seconds by size and number of threads, and their slope on logarithmic scales (1: proportional to residents).

    largest: sizes stop where three times the number of residents exceeds this. Call `compile_all` first.
    """
    territories = [*map(build_small_town, SMALL), *(build_whole_communes(*codes) for codes in WHOLE), DEPARTEMENT]
    found: dict[str, dict[str, float]] = {}
    for threads in (1, 2):
        rows = []
        for territory in territories:
            if rows and rows[-1]["residents"] * 3 > largest:
                break
            rows.append(time_run(build_heat_run(territory), threads))
            found[f"{rows[-1]['residents']:.0f} residents, threads: {threads}"] = rows[-1]
        size = np.log([row["residents"] for row in rows])
        found[f"slope, threads: {threads}"] = {
            kind: float(np.polyfit(size, np.log([row[kind] for row in rows]), 1)[0])
            for kind in ("calm week", "crisis day")}
    return found


def measure_by_activity(threads: int) -> dict[str, float]:
    """Seconds of a calm week in Clichy-sous-Bois with usual activity, half of it, and almost none.

    Social time, everyday needs and new ties are scaled together. Residents stay the same; with less social time they
    have fewer ties.
    """
    found = {}
    for label, share in (("as usual", 1.0), ("half", 0.5), ("next to none", 0.02)):
        run = build_heat_run(build_whole_communes("93014"))
        model = run.model
        scaled = replace(
            model, start=replace(model.start, social_hours=model.start.social_hours * share),
            needing=replace(model.needing, rate=model.needing.rate * share),
            tie_formation=replace(model.tie_formation, friend=model.tie_formation.friend * share,
                                  other=model.tie_formation.other * share))
        found[f"calm week, {label}"] = time_run(replace(run, model=scaled), threads)["calm week"]
    return found


def measure_long_run(threads: int) -> dict[str, float]:
    """Seconds for the whole département: 104 calm weeks, sixty days of heat in daily steps, recovery."""
    heat = replace(find_card("crisis", "heatwave", [find_shipped_configs()]).card, start="2027-01-04", days=LONG_DAYS)
    calendar = Calendar(start="2025-01-06", recovery_days=14)
    run = Run(Scenario(DEPARTEMENT, calendar=calendar, crises=(heat,)))
    set_num_threads(threads)
    started = time.perf_counter()
    engine = Engine(run)
    built = time.perf_counter()
    while not engine.is_done:
        engine.step()
    loss = float(engine.finish_record().tables["runs"]["loss"][0])
    return {"residents": engine.world.people.rows, "build": built - started, "play": time.perf_counter() - built,
            "steps": len(engine.steps), "weeks": engine.steps[-1][0] / 7, "loss": loss}


def compile_all() -> None:
    """Compile everything that the other functions run, by playing a small run."""
    play(build_heat_run(build_small_town(500)))


def compile_and_measure_long_run(threads: int) -> dict[str, float]:
    """`measure_long_run` after `compile_all`, for a process of its own."""
    compile_all()
    return measure_long_run(threads)
