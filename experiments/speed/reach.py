"""How far it goes: a whole département, and what a step costs from a thousand residents to all of them."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

import numpy as np

from simulator.config.catalogue import one
from simulator.config.source import home
from simulator.engine.loop import Engine, play, use_threads
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.places.territory import Territory

from .rates import stretch
from .town import heat_run, small_town, whole

EVERYONE = Territory("seine_saint_denis", communes=[])
SMALL = (1_000, 3_000, 10_000)
WHOLE = (("93014",), ("93055", "93051"), ("93001", "93005", "93048", "93051", "93066"))
"""Communes played whole: some 30,000, 100,000 and 500,000 residents."""
LONG_DAYS = 60


def timed(run: Run, threads: int) -> dict[str, float]:
    """Seconds to build, and medians of a calm week and a crisis day."""
    use_threads(threads)
    begun = time.perf_counter()
    engine = Engine(run)
    built = time.perf_counter() - begun
    taken: dict[str, list[float]] = {"calm week": [], "crisis day": []}
    for _, span, hit, _ in stretch(run):
        begun = time.perf_counter()
        engine.step()
        if span > 1 or hit:
            taken["calm week" if span > 1 else "crisis day"].append(time.perf_counter() - begun)
    return {"residents": engine.world.people.rows, "build": built, **{k: median(v) for k, v in taken.items()}}


def curve(largest: int) -> dict[str, dict[str, float]]:
    """After `rehearse`: cost by size and number of threads, and its slope on logarithmic scales: 1 is proportional."""
    territories = [small_town(n) for n in SMALL] + [whole(*codes) for codes in WHOLE] + [EVERYONE]
    found: dict[str, dict[str, float]] = {}
    for threads in (1, 2):
        rows = []
        for territory in territories:
            if rows and rows[-1]["residents"] * 3 > largest:
                break
            rows.append(timed(heat_run(territory), threads))
            found[f"{rows[-1]['residents']:.0f} residents, threads: {threads}"] = rows[-1]
        size = np.log([row["residents"] for row in rows])
        found[f"slope, threads: {threads}"] = {
            kind: float(np.polyfit(size, np.log([row[kind] for row in rows]), 1)[0])
            for kind in ("calm week", "crisis day")}
    return found


def idle(threads: int) -> dict[str, float]:
    """A calm week in Clichy-sous-Bois as usual, with half of what people do, and with next to none of it.

    Social time, everyday needs, new ties and word of mouth are scaled together. Residents stay the same; who goes out
    less has fewer ties.
    """
    found = {}
    for word, share in (("as usual", 1.0), ("half", 0.5), ("next to none", 0.02)):
        run = heat_run(whole("93014"))
        model = run.model
        less = replace(
            model, start=replace(model.start, social_hours=model.start.social_hours * share),
            needing=replace(model.needing, rate=model.needing.rate * share),
            binding=replace(model.binding, friend=model.binding.friend * share, other=model.binding.other * share))
        found[f"calm week, {word}"] = timed(replace(run, model=less), threads)["calm week"]
    return found


def long_run(threads: int) -> dict[str, float]:
    """The whole département: 104 calm weeks, sixty days of heat in daily weeks, recovery; seconds without building."""
    heat = replace(one("crisis", "heatwave", [home()]).card, start="2027-01-04", days=LONG_DAYS)
    calendar = Calendar(start="2025-01-06", recovery_days=14)
    run = Run(Scenario(EVERYONE, calendar=calendar, crises=(heat,)))
    use_threads(threads)
    begun = time.perf_counter()
    engine = Engine(run)
    built = time.perf_counter()
    while not engine.done:
        engine.step()
    loss = float(engine.finish().tables["runs"]["loss"][0])
    return {"residents": engine.world.people.rows, "build": built - begun, "play": time.perf_counter() - built,
            "steps": len(engine.steps), "weeks": engine.steps[-1][0] / 7, "loss": loss}


def rehearse() -> None:
    """Compile all that follows."""
    play(heat_run(small_town(500)))


def rehearsed_long_run(threads: int) -> dict[str, float]:
    """`long_run` after `rehearse`, for a process of its own, as whoever plays it would."""
    rehearse()
    return long_run(threads)
