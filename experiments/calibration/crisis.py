"""History matching of the numbers that decide crises: `python -m experiments.calibration.crisis wave|keep …`.

The numbers of mutual and collective aid, aftermath, displacement and functioning are varied together; each point plays
four crises that fork from one calm past. An emulator (Bayesian ridge on scaled numbers, scikit-learn) predicts the
patterns elsewhere in the space; sets whose predictions are all plausible are kept, with the calm numbers at their
defaults and all other assumed numbers drawn from their declared ranges.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from simulator.analysis.hindcast.measures import MEASURES, PlayedEvent
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine
from simulator.kernel.threads import set_num_threads
from simulator.parameters import Model
from simulator.scenario.run import Run

from .wave import read_rows

GROUPS = ("mutual_aid", "collective_aid", "aftermath", "displacement", "functioning")
NARROW = 0.5
"""Share of each declared range, around the default, that the first wave searches."""
AROUND_KM = 0.25
"""Radius around the three sites: some 10,500 residents of five communes."""
FIXED = ("functioning.well", "mutual_aid.usual_agency", "collective_aid.usual_trust")
"""Conventions of counting, which are not varied."""
CRISES: dict[str, tuple[str, ...]] = {
    "lockdown": ("crisis.lockdown.start=2025-08-04",),
    "flood": ("crisis.flood.start=2025-08-04", "crisis.flood.exposure.runoff_share=0.3", "calendar.horizon_days=400"),
    "price_shock": ("crisis.price_shock.start=2025-08-04", "calendar.horizon_days=365"),
    "housing_evacuation": ("crisis.housing_evacuation.start=2025-08-04",
                           "crisis.housing_evacuation.exposure.evacuated_share=0.5"),
}
"""Crises that each point plays: card to its settings. Shares are larger than on the cards, so that enough are hit."""
PATTERNS: dict[str, tuple[str, str, float, float, float, float]] = {
    "asked": ("lockdown", "needy_who_asked", 0.0, 65.0, 80.0, 3.0),
    "helped": ("lockdown", "askers_helped", 0.0, 88.0, 100.0, 2.0),
    "alone": ("lockdown", "needy_helped_by_nobody", 0.0, 20.0, 40.0, 3.0),
    "no_food_aid": ("price_shock", "needy_without_sites_and_institutions", 0.0, 44.0, 60.0, 4.0),
    "well_at_half_a_year": ("flood", "back_on_day", 182.0, 63.0, 79.0, 4.0),
    "lost_for_good": ("flood", "lost_something_for_good", 0.1, 0.0, 13.0, 2.0),
    "groups_after_90_days": ("lockdown", "group_activity_change", 90.0, -83.0, -67.0, 2.0),
    "volunteers": ("lockdown", "group_volunteers_peak", 0.0, 0.35, 1.4, 0.1),
    "out_on_day_20": ("housing_evacuation", "still_displaced_on_day", 20.0, 83.0, 99.0, 3.0),
    "out_after_three_years": ("housing_evacuation", "still_displaced_on_day", 1090.0, 25.0, 41.0, 6.0),
}
"""Pattern: crisis, measure, its argument, published interval, and the discrepancy admitted for one run of a small place
(one standard deviation, in the pattern's unit)."""
MAX_IMPLAUSIBILITY = 3.0
DRAWS = 200_000


def list_space() -> dict[str, tuple[float, float, float]]:
    """Number -> (default, low, high) of the first wave: half of the declared range around the default."""
    model, space = Model(), {}
    for group in GROUPS:
        for item in fields(getattr(model, group)):
            name = f"{group}.{item.name}"
            if "unit" in item.metadata and name not in FIXED:
                value, low, high = get_declared(model, group, item.name)
                space[name] = (value, value - NARROW * (value - low), value + NARROW * (high - value))
    return space


def get_declared(model: Model, group: str, name: str) -> tuple[float, float, float]:
    """Default and declared range of a number."""
    owner = getattr(model, group)
    meta = next(item.metadata for item in fields(owner) if item.name == name)
    return float(getattr(owner, name)), float(meta["low"]), float(meta["high"])


def sample_points(size: int, seed: int) -> np.ndarray:
    """float64[size, numbers]: a Latin hypercube, each number in 0 to 1 between its ends."""
    rng = np.random.default_rng(seed)
    cells = np.stack([rng.permutation(size) for _ in list_space()], axis=1)
    return (cells + rng.random(cells.shape)) / size


def to_values(position: np.ndarray) -> dict[str, float]:
    """Number -> its value at positions 0 to 1."""
    return {name: float(f"{low + u * (high - low):.4g}")
            for u, (name, (_, low, high)) in zip(position, list_space().items(), strict=True)}


def build_model(values: dict[str, float]) -> Model:
    """The model with these numbers."""
    model = Model()
    changes: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        group, _, number = name.partition(".")
        changes.setdefault(group, {})[number] = value
    model = replace(model, **{group: replace(getattr(model, group), **numbers) for group, numbers in changes.items()})
    model.check()
    return model


def build_run(crisis: str) -> Run:
    """The run of a crisis that all points modify."""
    words = [f"territory.around_km={AROUND_KM}", f"crisis={crisis}", "lever=none", "calendar.start=2025-02-03",
             "calendar.levers=2025-07-28", *CRISES[crisis]]
    return replace(resolve_job("run", compose_config("run", words, [])).baseline, observe=("people", "pairs"))


def play_past(run: Run) -> Engine:
    """The engine of a run on the eve of its crisis."""
    engine = Engine(run)
    while engine.onset is not None and engine.day + 7 <= engine.onset:
        engine.step()
    return engine


def measure_point(pasts: dict[str, Engine], model: Model) -> dict[str, float]:
    """Pattern -> its value, from one run of each crisis with these numbers from the eve of the crisis on."""
    played = {}
    for crisis, past in pasts.items():
        engine = past.fork(past.run)
        engine.run = replace(past.run, model=model)  # calm numbers are the same: the past is that of every point
        engine.world.settings = model
        while not engine.is_done:
            engine.step()
        tables = engine.finish_record().tables
        played[crisis] = PlayedEvent({name: values[0] for name, values in tables["runs"].items()}, tables["series"],
                                     tables["people"], tables["pairs"])
    return {name: MEASURES[measure](played[crisis], at)
            for name, (crisis, measure, at, *_) in PATTERNS.items()}


def play_wave(size: int, seed: int, table: Path, share: tuple[int, int]) -> None:
    """Play a wave; rows that the table has are not played again."""
    set_num_threads(1)
    pasts = {crisis: play_past(build_run(crisis)) for crisis in CRISES}
    names = list(list_space())
    done = {row["point"] for row in read_rows([table])} if table.exists() else set()
    for number, position in list(enumerate(sample_points(size, seed)))[share[0]::share[1]]:
        if str(number) in done:
            continue
        values = to_values(position)
        measured = measure_point(pasts, build_model(values))
        is_new = not table.exists()
        with open(table, "a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if is_new:
                writer.writerow(["point", *names, *PATTERNS])
            writer.writerow([number, *values.values(), *(f"{measured[name]:.5g}" for name in PATTERNS)])


def read_wave(tables: list[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Positions float64[points, numbers] and patterns float64[points, patterns] of waves."""
    rows, space = read_rows(tables), list_space()
    x = np.array([[(float(row[name]) - low) / (high - low) for name, (_, low, high) in space.items()] for row in rows])
    return x, np.array([[float(row[name]) for name in PATTERNS] for row in rows])


def keep_sets(tables: list[Path], count: int, seed: int, target: Path) -> None:
    """Write `count` plausible sets: crisis numbers by the emulator, other assumed numbers drawn from their ranges."""
    from sklearn.linear_model import BayesianRidge
    from sklearn.model_selection import cross_val_predict

    x, y = read_wave(tables)
    rng = np.random.default_rng(seed)
    draws = rng.random((DRAWS, x.shape[1]))
    worst = np.zeros(DRAWS)
    for k, (name, (_, _, _, low, high, discrepancy)) in enumerate(PATTERNS.items()):
        known = np.isfinite(y[:, k])
        model = BayesianRidge().fit(x[known], y[known, k])
        left = y[known, k] - cross_val_predict(BayesianRidge(), x[known], y[known, k], cv=10)
        error = float(np.sqrt(np.mean(left**2)))
        predicted = model.predict(draws)
        beyond = np.maximum(np.maximum(low - predicted, predicted - high), 0.0)
        worst = np.maximum(worst, beyond / np.sqrt(error**2 + discrepancy**2))
        inside = float(((y[known, k] >= low) & (y[known, k] <= high)).mean())
        print(f"{name}: {inside:.0%} of the points inside; the emulator explains "
              f"{1 - np.mean(left**2) / y[known, k].var():.0%}, error {error:.3g}")
    plausible = draws[worst == 0.0] if (worst == 0.0).sum() >= count else draws[worst <= MAX_IMPLAUSIBILITY]
    print(f"{(worst == 0.0).sum()} of {DRAWS} draws have every prediction inside, "
          f"{(worst <= MAX_IMPLAUSIBILITY).sum()} are not implausible; {count} are kept")
    others = list_other_assumed(set(list_space()))
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["member", *(f"model.{name}" for name in (*list_space(), *others))])
        for number, position in enumerate(plausible[:count], start=1):
            drawn = [f"{low + u * (high - low):.4g}" for u, (low, high) in zip(rng.random(len(others)), others.values(),
                                                                              strict=True)]
            writer.writerow([number, *to_values(position).values(), *drawn])


def list_other_assumed(constrained: set[str]) -> dict[str, tuple[float, float]]:
    """Number -> range from which it is drawn: assumed numbers that no pattern of crises constrains.

    A tenth of the declared range around the default: calm patterns hold there (see the README).
    """
    model, found = Model(), {}
    for group in fields(model):
        if group.name == "behaviour":
            continue
        for item in fields(getattr(model, group.name)):
            name = f"{group.name}.{item.name}"
            if item.metadata.get("grade") == "assumption" and name not in constrained and name not in FIXED:
                value, low, high = get_declared(model, group.name, item.name)
                found[name] = (value - 0.1 * (value - low), value + 0.1 * (high - value))
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("wave", "keep"))
    parser.add_argument("tables", nargs="*", type=Path)
    parser.add_argument("--size", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", default="0/1")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    first, _, all_shares = options.share.partition("/")
    if options.what == "wave":
        play_wave(options.size, options.seed, options.to, (int(first), int(all_shares)))
    else:
        keep_sets(options.tables, options.count, options.seed, options.to)


if __name__ == "__main__":
    main()
