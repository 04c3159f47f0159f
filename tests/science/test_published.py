"""The default parameters against published patterns, and their steady state. Run with `pytest -m science_long`."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from simulator.app.cli.main import main
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine, set_num_threads
from simulator.scenario.run import Calendar, Run

pytestmark = pytest.mark.science_long

HELD_OUT_SEEDS = (61, 62, 63, 64, 65)
YEARS, ADULT = 2, 15


def test_the_defaults_meet_every_calibration_pattern(tmp_path):
    folder = tmp_path / "validation"
    assert main(["validate", f"seeds={list(HELD_OUT_SEEDS)}".replace(" ", ""), f"results={folder}", "lang=en"]) == 0
    rows = list(csv.DictReader((folder / "validation.csv").read_text(encoding="utf-8").splitlines()))
    missed = {row["pattern"]: row["median"] for row in rows if row["use"] == "calibration" and row["verdict"] != "pass"}
    assert rows and not missed


def calm(seed: int) -> Run:
    """The default territory without a crisis, for YEARS years."""
    base = resolve_job("run", compose_config("run", [], [])).baseline
    calendar = Calendar(start="2025-01-06", levers="2025-01-06", horizon_days=365 * YEARS)
    return replace(base, seed=seed, scenario=replace(base.scenario, crises=(), calendar=calendar))


def test_beliefs_start_in_their_steady_state():
    """Mean power to act and mean trust in institutions stay at their initial values without a crisis."""
    set_num_threads(2)
    engine = Engine(calm(HELD_OUT_SEEDS[0]))
    people = engine.world.people
    adult = people.age >= ADULT
    initial = {name: getattr(people, name)[adult].mean() for name in ("agency", "trust_institutions")}
    tolerance = {name: 0.05 * float(getattr(people, name)[adult].std()) for name in initial}
    while not engine.is_done:
        engine.step()
        for name, mean in initial.items():
            assert getattr(people, name)[adult].mean() == pytest.approx(mean, abs=tolerance[name]), name
