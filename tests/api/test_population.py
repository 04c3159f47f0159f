"""A population of one's own: the same in every way of running, part of the id, compared with official counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

import simulator as sim
from simulator.app.cli.main import main
from simulator.engine.fork import play_arms
from simulator.studies.run_content import rebuild_run
from tests.api.small import small
from tests.config.population import made_files


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return made_files.write(tmp_path / "own", made_files.make_frames(made_files.synthetic()))


def equal_tables(one: Any, other: Any) -> bool:
    """True if two records hold the same values."""
    return all(np.array_equal(values, other.tables[table][name], equal_nan=values.dtype.kind == "f")
               for table, columns in one.tables.items() for name, values in columns.items())


def test_it_changes_id_and_outcome_and_is_named_in_the_record(folder: str) -> None:
    plain, own = sim.run(small()), sim.run(small(population=folder))
    assert plain.id != own.id and not equal_tables(plain.record, own.record)
    assert set(own.record.content["extensions"]["population"]) == {"digest"}
    assert int(own.record.tables["runs"]["n"][0]) == 200
    again = rebuild_run(own.record.content, own.id)
    with pytest.raises(ValueError, match="made with a population of one's own .* give the same to load it"):
        sim.play(again)


def test_the_id_depends_on_the_content_not_on_the_folder(folder: str, tmp_path: Path) -> None:
    first = small(population=folder).run(1).id
    Path(folder).rename(tmp_path / "moved")
    assert small(population=str(tmp_path / "moved")).run(1).id == first


def test_forks_workers_and_steps_give_the_same_bits(folder: str) -> None:
    own = small(population=folder)
    arms = [own.run(1), own.run(1, levers=["phone_tree_and_register"])]
    forked: dict[str, Any] = {}
    play_arms(arms, on_record=lambda run, record: forked.__setitem__(run.id, record))
    for run in arms:
        assert equal_tables(sim.run(run).record, forked[run.id])
    model = sim.TerritoryModel(own, seed=1)
    model.run_model()
    assert model.record.changes == [] and equal_tables(model.record, forked[arms[0].id])
    frame = sim.run_many(small(), seeds=2, levers=[None, "fans"], workers=2, population=folder)
    assert frame["run"][0] == arms[0].id and frame["loss"][0] == sim.run(arms[0]).outcomes["loss"]


def test_plain_python_plays_it_with_the_same_bits(folder: str) -> None:
    own = small(population=folder)
    by_hand = sim.TerritoryModel(own, seed=1, by_hand=True)
    compiled = sim.TerritoryModel(own, seed=1)
    for _ in range(4):
        by_hand.step()
        compiled.step()
    for name, values in compiled.world.people.arrays().items():
        assert np.array_equal(values, by_hand.world.people.arrays()[name]), name


def test_it_goes_with_a_network(folder: str) -> None:
    found = sim.run(small(population=folder, network="watts_strogatz:k=4,p=0.1"))
    assert set(found.record.content["extensions"]) == {"network", "population"}


def test_margins_stand_beside_the_official_counts(folder: str) -> None:
    frame = sim.check_population(folder, "village", territory__residents=200).set_index("measure")
    official = next(iter(small().run().scenario.territory.margins().values()))
    assert frame.loc["residents", "found"] == frame.loc["residents", "official"] == 200
    assert frame.loc["owner-occupiers", "official"] == official.owner_occupied / official.households
    assert frame.loc["aged 15 to 29", "found"] == pytest.approx(frame.loc["aged 15 to 29", "official"])
    assert not frame.loc[[name for name in frame.index if name.startswith("aged")], "telling"].any()
    people = pandas.read_csv(Path(folder) / "residents.csv")
    people["age"] = np.minimum(people["age"] + 20, 100)
    people.to_csv(Path(folder) / "residents.csv", index=False)
    older = sim.check_population(folder, "village", territory__residents=200).set_index("measure")
    assert older.loc["aged 0 to 14", "found"] == 0 and older.loc["aged 0 to 14", "telling"]


def test_refusals_are_setting_errors(folder: str) -> None:
    with pytest.raises(sim.SettingError, match="no such file or folder"):
        small(population="nowhere")
    with pytest.raises(sim.SettingError, match="no household in commune 93055"):
        small(population=folder, **{"territory.communes": ["93055"]})
    with pytest.raises(sim.SettingError, match="no such file or folder"):
        sim.check_population("nowhere", "village")


# commands
WORDS = ["experiment=small_heatwave", "territory.residents=200"]


@pytest.mark.usefixtures("in_english")
def test_the_command_checks(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "population", folder, *WORDS]) == 0
    out = capsys.readouterr().out
    assert "residents 200, households 68; drawn where missing: ses, group" in out
    assert "93071 Sevran" in out and "owner-occupiers" in out and out.rstrip().endswith("good")
    assert main(["check", "population", folder, "territory=pantin"]) == 2
    problem = capsys.readouterr().err
    assert "no household in commune 93055" in problem and problem.count("\n") == 1
    assert main(["check", "population"]) == 2 and "give a folder or a file" in capsys.readouterr().err


@pytest.mark.usefixtures("in_english")
def test_run_and_compare_play_it(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [*WORDS, f"population={folder}"]
    assert main(["run", *words, f"results={tmp_path / 'run'}"]) == 0
    assert main(["compare", "lever=fans", "seeds=1", "uncertainty=seeds", "workers=1", *words,
                 f"results={tmp_path / 'out'}"]) == 0
    stored = set(sim.open_results(tmp_path / "out")["kept"]["run"])
    assert small_run(folder).run(1).id in stored
    capsys.readouterr()
    assert main(["run", *WORDS, "population=nowhere", f"results={tmp_path / 'none'}"]) == 2
    assert "no such file or folder" in capsys.readouterr().err and not (tmp_path / "none").exists()


def small_run(folder: str) -> sim.Configuration:
    """The configuration of WORDS."""
    return sim.scenario(experiment="small_heatwave", population=folder, **{"territory.residents": 200})
