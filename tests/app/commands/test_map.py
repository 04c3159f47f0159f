"""`resilience map`: where maps go, and what it refuses."""

import pytest

from simulator.app.cli.main import main
from simulator.records.files.run_files import save_record
from tests.app.commands.test_report import ARMS


@pytest.fixture
def folder(tmp_path):
    for record in ARMS:
        save_record(record, tmp_path / "mine" / "runs" / f"{record.run_id}.parquet")
    return tmp_path / "mine"


def test_maps_go_into_a_folder_of_their_own(folder, capsys):
    assert main(["map", str(folder), "lang=en"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(folder / "maps")
    assert {"map_loss.png", "map_loss.svg", "map_loss.csv", "map_loss_change.png", "map_ties.svg", "map_ties.csv"} <= {
        file.name for file in (folder / "maps").iterdir()}


@pytest.mark.parametrize(("words", "says"), [
    (["outlines=none.geojson"], "cannot be read"), (["to=pdf"], "unknown setting")])
@pytest.mark.usefixtures("in_english")
def test_a_map_that_cannot_be_drawn_is_refused_in_one_line(folder, capsys, words, says):
    assert main(["map", str(folder), *words]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1 and not (folder / "maps").exists()
