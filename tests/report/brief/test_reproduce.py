from simulator.records.folder import save
from simulator.records.results import open as open_results
from simulator.report.brief.case import case
from simulator.report.brief.reproduce import changed, command
from tests.analysis.fake_runs import fake_record


def told(folder, record):
    save(record, folder / "runs" / f"{record.run_id}.parquet")
    return command(case(open_results(folder), "en"))


def test_the_command_names_what_was_played(tmp_path):
    record = fake_record(("outreach",), 3)
    record.content["levers"][0]["dose"] = 2.0
    said = told(tmp_path / "card", record)
    assert said == "resilience run territory=three_sites crisis=heatwave lever=outreach seed=3"
    record.content["levers"][0]["dose"] = 1.5
    assert "lever.outreach.dose=1.5" in told(tmp_path / "dose", record)


def test_a_territory_out_of_files_is_named_by_its_communes(tmp_path):
    record = fake_record((), 1)
    record.content["scenario"]["territory"].update(communes=["69123"], land={"origin": [4.8, 45.7], "towns": []})
    assert "territory.data=FILES 'territory.communes=[69123]'" in told(tmp_path, record)


def test_only_numbers_that_differ_from_the_declared_ones_are_named():
    assert list(changed({"behaviour": "balanced", "joining": {}})) == []
    assert list(changed({"behaviour": "selection_only"})) == [("behaviour", "selection_only")]
