"""The defaults against published patterns, and against what they say of the years before. `pytest -m science_long`."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from simulator.app.cli.main import main
from simulator.config.compose import compose
from simulator.config.resolve import settle
from simulator.engine.loop import Engine, use_threads
from simulator.scenario.run import Calendar, Run

pytestmark = pytest.mark.science_long

HELD_BACK = (61, 62, 63, 64, 65)
YEARS, ADULT = 2, 15


def test_the_defaults_meet_every_pattern_they_were_set_by(tmp_path):
    folder = tmp_path / "validation"
    assert main(["validate", f"seeds={list(HELD_BACK)}".replace(" ", ""), f"results={folder}", "lang=en"]) == 0
    rows = list(csv.DictReader((folder / "validation.csv").read_text(encoding="utf-8").splitlines()))
    missed = {row["pattern"]: row["median"] for row in rows if row["use"] == "calibration" and row["verdict"] != "pass"}
    assert rows and not missed


def calm(seed: int) -> Run:
    """The default territory without a crisis, for some years."""
    base = settle("run", compose("run", [], [])).baseline
    quiet = Calendar(start="2025-01-06", levers="2025-01-06", horizon_days=365 * YEARS)
    return replace(base, seed=seed, scenario=replace(base.scenario, crises=(), calendar=quiet))


def test_beliefs_start_at_rest():
    """Power to act and trust in institutions stay where they start: the years before were as these."""
    use_threads(2)
    engine = Engine(calm(HELD_BACK[0]))
    people = engine.world.people
    adult = people.age >= ADULT
    begun = {name: getattr(people, name)[adult].mean() for name in ("agency", "trust_institutions")}
    little = {name: 0.05 * float(getattr(people, name)[adult].std()) for name in begun}
    while not engine.done:
        engine.step()
        for name, mean in begun.items():
            assert getattr(people, name)[adult].mean() == pytest.approx(mean, abs=little[name]), name
