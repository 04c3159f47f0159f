"""without_sites= of `compare`, with runs that are played by a stand-in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.app.cli.main import main
from simulator.app.commands.compare import twin_worlds
from simulator.app.commands.compare.twin_worlds import build_twin_sheets, list_twin_runs, simulate_twin_runs
from simulator.records.schema import HIT_SCHEMA
from simulator.studies.store import Store
from tests.analysis.chain.people import make_people
from tests.app.drawn_play import draw_record

WORDS = ("compare", "territory=village", "lever=fans", "seeds=3", "lang=en", "without_sites=true")


def draw_people(run):
    """A drawn record with twenty members, who lose 2 person-days less where there are sites."""
    record = draw_record(run)
    has_sites = bool(run.scenario.sites)
    member = np.arange(40) < 20
    people = make_people(40, site=np.where(member & has_sites, 3, -1))
    del people["days_back"], people["away"], people["days"]
    record.tables["people"] = {"run": np.full(40, run.id, object), **people}
    hit = {name: np.zeros(40) for name in HIT_SCHEMA} | {"uid": np.arange(40), "hit": np.ones(40), "died": -np.ones(40)}
    hit |= {"loss": np.where(member & has_sites, 5.0, 7.0), "run": np.full(40, run.id, object)}
    record.tables["hit_residents"] = hit
    return record


@pytest.fixture
def job(idle, monkeypatch):
    played: list[str] = []

    def keep(job, store, runs, lang):
        for run in store.list_missing_runs(runs):
            played.append(run.id)
            store.save(draw_people(run))
        return []

    monkeypatch.setattr(twin_worlds, "simulate_batch", keep)
    assert main([*WORDS]) == 0
    return idle[-1][0], played


def test_twins_are_played_once_apart_from_the_comparison_and_told(job, tmp_path: Path, capsys) -> None:
    resolved, played = job
    store = Store(tmp_path / "mine")
    assert not simulate_twin_runs(resolved, store, "en") and len(played) == 2 * 3
    assert "2 worlds x 3 seeds = 6 runs, 6 to play" in capsys.readouterr().err
    assert {file.stem for file in (store.folder / "twin" / "runs").iterdir()} == set(played)
    simulate_twin_runs(resolved, store, "en")
    assert len(played) == 6, "nothing twice"
    members, effect = build_twin_sheets(resolved, store)
    assert "world that has never had a site" in " ".join(members.text.split())
    rows = {(row[3], row[5]): dict(zip(members.heads, row)) for row in members.rows}
    assert rows["participants", "loss"]["difference"] == -2 and rows["participants", "members"]["baseline"] == 0
    assert {row[3] for row in effect.rows} == {"members", "helped_by_members", "other_hit", "hit"}


def test_each_twin_is_the_same_seed_without_sites_and_levers(job) -> None:
    runs = list_twin_runs(job[0])
    assert [run.seed for run in runs] == [1, 1, 2, 2, 3, 3] and not any(run.levers for run in runs)
    assert [bool(run.scenario.sites) for run in runs] == [True, False] * 3
    assert all({"people", "pairs"} <= set(run.observe) for run in runs)


def test_without_the_setting_nothing_is_played(idle, tmp_path: Path) -> None:
    assert main([*WORDS[:-1]]) == 0
    assert not simulate_twin_runs(idle[-1][0], Store(tmp_path), "en") and not build_twin_sheets(idle[-1][0],
                                                                                                Store(tmp_path))
    assert not (tmp_path / "twin").exists()
