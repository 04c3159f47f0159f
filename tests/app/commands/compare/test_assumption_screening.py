"""evidence.csv and lean= of `compare`, with the playing taken out."""

from __future__ import annotations

import csv

import pytest

from simulator.app.cli.main import main
from simulator.app.commands.compare import assumption_screening
from simulator.app.commands.compare.assumption_screening import write_evidence
from simulator.studies.store import Store
from tests.records.small_record import small_record
from tests.studies.test_verify import plain

WORDS = ("compare", "territory=village", "lever=[coordinator,fans]", "seeds=1", "lang=en")


@pytest.fixture
def settled(idle, tmp_path, monkeypatch):
    """A job and the store in which its runs are; what is played meanwhile, by key."""
    played: list[str] = []

    def keep(runs, store, **_):
        for run in store.missing(runs):
            played.append(run.id)
            store.keep(small_record(run.id, **plain(run)))

    monkeypatch.setattr(assumption_screening, "play_all", keep)

    def settle(*more):
        assert main([*WORDS, *more]) == 0
        job, store = idle[-1][0], Store(tmp_path / "mine")
        runs = [job.run(levers, seed) for seed in job.seeds for levers in job.arms().values()]
        keep(runs, store)
        played.clear()
        return job, store, store.opened(runs), played

    return settle


def test_numbers_are_listed_and_tried_beside_the_comparison(settled) -> None:
    job, store, opened, played = settled("lean=4")
    job.plain["lean"] = 0
    told = write_evidence(job, store, opened, "en")
    assert "assumed" in told and "lean=40" in told and not played and not (store.folder / "lean.csv").exists()
    with open(store.folder / "evidence.csv", encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert {"model.joining.rate", "lever.fans.cost", "crisis.heatwave.needs"} <= names
    job.plain["lean"] = 4
    told = write_evidence(job, store, opened, "en")
    before = {file.stem for file in store.runs.iterdir()}
    assert played and not before & set(played), "nothing twice, nothing among the comparison's own runs"
    assert {file.stem for file in (store.folder / "lean" / "runs").iterdir()} == set(played)
    assert len(played) <= 4 * 3 and "seeds):" in told.replace("\n", " ")
    assert len((store.folder / "lean.csv").read_text(encoding="utf-8").splitlines()) == 5
    played.clear()
    assert write_evidence(job, store, opened, "en") == told and not played, "looked up the second time"


@pytest.mark.parametrize("word", ["lean=-1", "lean=all"])
def test_what_lean_cannot_be(refused, word) -> None:
    assert "lean" in refused(*WORDS, word)
