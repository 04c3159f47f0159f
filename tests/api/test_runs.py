"""`run` and `run_many`: one run, and a frame with a row for each of many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simulator as sim
from tests.api.small import small


def most_members(view: Any) -> float:
    """An outcome of one's own."""
    return float(view.series["members"].max())


def test_a_run_and_its_tables() -> None:
    found = sim.run(small(), seed=3)
    assert found.id == small().run(3).id and found.run.seed == 3
    assert found["series"]["day"].is_monotonic_increasing and found.df("runs").shape[0] == 1
    assert 0 < found.outcomes["loss"] < 1 and set(found.outcomes) == set(sim.describe("outcomes")["name"])
    assert found.arrow("groups").num_rows == len(found["groups"]) > 10
    assert f"seed 3, loss {found.outcomes['loss']:.4g} person-days per resident" in repr(found)
    with pytest.raises(sim.SettingError, match="no table 'serie': expected series"):
        found["serie"]


def test_polars_frames_have_the_same_values() -> None:
    polars = pytest.importorskip("polars")
    found = sim.run(small())
    assert isinstance(found.polars("series"), polars.DataFrame)
    assert found.polars("series")["day"].to_list() == found["series"]["day"].tolist()


def test_a_row_for_each_run_with_settings_and_outcomes() -> None:
    points = sim.sample(small(), {"crisis.heatwave.severity": [0.5, 2.0]}, method="grid")
    frame = sim.run_many(points, seeds=[2, 5], levers=[None, ["fans", "outreach"]], workers=1,
                         outcomes=["loss", most_members])
    assert list(frame.columns[:4]) == ["run", "point", "arm", "seed"] and len(frame) == 8
    assert frame["arm"].tolist() == ["baseline"] * 2 + ["fans+outreach"] * 2 + ["baseline"] * 2 + ["fans+outreach"] * 2
    assert frame["crisis.heatwave.severity"].tolist() == [0.5] * 4 + [2.0] * 4
    assert frame["territory.residents"].unique().tolist() == [200]
    one = frame.iloc[5]
    alone = sim.run(points[1], seed=5)
    assert (one["run"], one["loss"], one["most_members"]) == (alone.id, alone.outcomes["loss"],
                                                              most_members(alone.view))


def test_a_store_is_filled_once(tmp_path, monkeypatch) -> None:
    first = sim.run_many(small(), seeds=2, workers=1, store=tmp_path / "store")
    with sim.open_results(tmp_path / "store") as results:
        assert results["kept"]["run"].tolist() == sorted(first["run"]) and "2 done" in repr(results)
    monkeypatch.setattr("simulator.engine.loop.Engine.step", None)
    again = sim.run_many(small(), seeds=2, workers=1, store=tmp_path / "store")
    assert again.equals(first)


def test_runs_may_be_given_as_they_are() -> None:
    chosen = small().run(4, levers=["fans"])
    frame = sim.run_many([chosen], workers=1)
    assert frame[["run", "arm", "seed"]].iloc[0].tolist() == [chosen.id, "fans", 4]


@pytest.mark.parametrize(("arguments", "text"), [
    ({"runs": []}, "at least one configuration"), ({"runs": "village"}, "expected configurations"),
    ({"seeds": 0}, "expected a number from 1"), ({"seeds": [1, 1]}, "listed twice"), ({"workers": 0}, "1 to 1024"),
    ({"levers": ["fan"]}, "expected: fans"), ({"levers": ["fans", ["fans"]]}, "listed twice"),
    ({"outcomes": ["los"]}, "expected: loss"), ({"outcomes": []}, "is not known"),
    ({"outcomes": ["loss", "loss"]}, "given twice")])
def test_bad_arguments_are_refused(arguments: dict, text: str) -> None:
    with pytest.raises(sim.SettingError, match=text):
        sim.run_many(**{"runs": small(), **arguments})


def test_failed_runs_are_told_once_the_others_are_done(tmp_path, monkeypatch) -> None:
    from simulator.engine.loop import Engine

    step = Engine.step

    def fail(engine: Engine) -> None:
        if engine.run.seed == 2:
            raise ArithmeticError("boom")
        step(engine)

    monkeypatch.setattr(Engine, "step", fail)
    with pytest.raises(sim.RunFailedError, match="1 of 3 runs failed; first: baseline, seed 2: ArithmeticError: boom"):
        sim.run_many(small(), seeds=3, workers=1, store=tmp_path)
    assert sorted(sim.open_results(tmp_path)["kept"]["seed"]) == [1, 3]


def test_two_workers_give_the_same_frame() -> None:
    frames = [sim.run_many(small(), seeds=4, levers=[None, "fans"], workers=workers) for workers in (1, 2)]
    assert frames[0].equals(frames[1])


def test_progress_is_shown_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    sim.run_many(small(), workers=1, progress=True)
    assert "1/1" in capsys.readouterr().err
    sim.run_many(small(), workers=1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("change", "text"), [
    ({"seed": "a"}, "seed = 'a'"), ({"levers": ["coordinator"]}, "expected Lever"),
    ({"observe": ("foo",)}, "no table foo"), ({"levers": None}, "a tuple of Lever cards"), ({"seed": -1}, "seed = -1")])
def test_a_run_built_by_hand_is_checked_before_it_is_played(change: dict, text: str) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match=text):
        sim.play(replace(small().run(), **change))


def test_parts_built_by_hand_are_checked(monkeypatch) -> None:
    model = sim.Model()
    with pytest.raises(AttributeError, match="has no number 'rat': expected one of rate"):
        model.joining.rat = 0.5
    model.joining.rate = 99
    village = sim.Territory("village", communes=["93071"], residents=200)
    for run, text in ((sim.Run(sim.Scenario(village), model=model), "model.joining.rate = 99"),
                      (sim.Run(sim.Scenario(village, calendar=sim.Calendar(start="2025-01-07"))), "a Monday"),
                      (sim.Run(sim.Scenario(village, calendar=sim.Calendar(levers="soon"))), "a date such as"),
                      (sim.Run(sim.Scenario(sim.Territory("v", communes=["93071"], residents=-5))), "0 or more"),
                      (sim.Run(sim.Scenario(sim.Territory("v", communes=93055))), "a list of INSEE codes")):
        with pytest.raises(ValueError, match=text):
            sim.play(run)


def test_results_do_not_shadow_open_and_refuse_other_folders(tmp_path) -> None:
    with pytest.raises(sim.SettingError, match="no results here"):
        sim.open_results(tmp_path)
    sim.run(small()).save(tmp_path)
    results = sim.open_results(tmp_path)
    assert np.isclose(results["runs"]["loss"][0], sim.run(small())["runs"]["loss"][0])
