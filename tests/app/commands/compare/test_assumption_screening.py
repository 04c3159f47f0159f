"""evidence.csv and lean= of `compare`, without simulation."""

from __future__ import annotations

import csv

import pytest

from simulator.app.cli.main import main
from simulator.app.commands.compare import assumption_screening
from simulator.app.commands.compare.assumption_screening import write_evidence_tables
from simulator.studies.store import Store
from tests.records.small_record import small_record
from tests.studies.test_replay_check import plain

WORDS = ("compare", "territory=village", "crisis=heatwave", "lever=[coordinator,fans]", "seeds=1", "lang=en")


@pytest.fixture
def resolved(idle, tmp_path, monkeypatch):
    """Function to (job, store with its runs, their tables, ids of the runs played since)."""
    played: list[str] = []

    def keep(runs, store, *_):
        for run in store.list_missing_runs(runs):
            played.append(run.id)
            store.save(small_record(run.id, **plain(run)))

    monkeypatch.setattr(assumption_screening, "play_missing", keep)

    def resolve(*more):
        assert main([*WORDS, *more]) == 0
        job, store = idle[-1][0], Store(tmp_path / "mine")
        runs = [job.run(levers, seed) for seed in job.seeds for levers in job.arms().values()]
        keep(runs, store)
        played.clear()
        return job, store, store.opened(runs), played

    return resolve


def test_parameters_are_listed_and_screened_apart_from_the_comparison(resolved) -> None:
    job, store, opened, played = resolved("lean=4")
    job.settings["lean"] = 0
    text = write_evidence_tables(job, store, opened, "en")
    assert "assumed" in text and "lean=40" in text and not played and not (store.folder / "lean.csv").exists()
    with open(store.folder / "evidence.csv", encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert {"model.joining.rate", "lever.fans.cost", "crisis.heatwave.needs"} <= names
    job.settings["lean"] = 4
    text = write_evidence_tables(job, store, opened, "en")
    before = {file.stem for file in store.runs.iterdir()}
    assert played and not before & set(played), "nothing twice, nothing among the comparison's own runs"
    assert {file.stem for file in (store.folder / "lean" / "runs").iterdir()} == set(played)
    assert len(played) <= 4 * 3 and "seeds):" in text.replace("\n", " ")
    assert len((store.folder / "lean.csv").read_text(encoding="utf-8").splitlines()) == 5
    played.clear()
    assert write_evidence_tables(job, store, opened, "en") == text and not played, "looked up the second time"


@pytest.mark.parametrize("word", ["lean=-1", "lean=all"])
def test_lean_that_is_no_count_is_refused(refused, word) -> None:
    assert "lean" in refused(*WORDS, word)
