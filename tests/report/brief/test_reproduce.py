from simulator.records.results import open as open_results
from simulator.records.run_files import save_record
from simulator.report.brief.case import select_case
from simulator.report.brief.reproduce import command, list_changed_settings
from tests.analysis.fake_runs import fake_record


def command_for(folder, record):
    """The command of the brief of a folder with one record."""
    save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    return command(select_case(open_results(folder), "en"))


def test_the_command_names_what_was_played(tmp_path):
    record = fake_record(("outreach",), 3)
    record.content["levers"][0]["dose"] = 2.0
    line = command_for(tmp_path / "card", record)
    assert line == "resilience run territory=three_sites crisis=heatwave lever=outreach seed=3"
    record.content["levers"][0]["dose"] = 1.5
    assert "lever.outreach.dose=1.5" in command_for(tmp_path / "dose", record)


def test_a_territory_from_official_files_is_named_by_its_communes(tmp_path):
    record = fake_record((), 1)
    official = {"origin": [4.8, 45.7], "communes": []}
    record.content["scenario"]["territory"].update(communes=["69123"], official_data=official)
    assert "territory.data=FILES 'territory.communes=[69123]'" in command_for(tmp_path, record)


def test_only_numbers_that_differ_from_the_declared_ones_are_named():
    assert list(list_changed_settings({"behaviour": "balanced", "joining": {}})) == []
    assert list(list_changed_settings({"behaviour": "selection_only"})) == [("behaviour", "selection_only")]
