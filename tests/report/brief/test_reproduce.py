import json
from dataclasses import asdict

import numpy as np

from simulator.parameters import Model
from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from simulator.report.brief.case import select_case
from simulator.report.brief.reproduce import command, list_changed_settings
from tests.analysis.fake_runs import fake_record
from tests.config.test_numbers_by_seed import compared


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


def command_for_comparison(folder, *words):
    """The command of the brief of a comparison whose seeds played the numbers that these words name."""
    job = compared("seeds=4", *words)
    for seed in job.seeds:
        model = asdict(job.run((), seed).model)
        for levers in ((), ("outreach",)):
            record = fake_record(levers, seed)
            record.content["model"] = model
            runs = {**record.tables["runs"], "context": np.array([json.dumps(model)], object),
                    "behaviour": np.array([model["behaviour"]], object)}
            record.tables = {**record.tables, "runs": runs}
            save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    settings = {name: job.settings[name] for name in ("uncertainty", "ensemble")}
    (folder / "settings.yaml").write_text(json.dumps({"command": "compare", "settings": settings}), encoding="utf-8")
    return command(select_case(open_results(folder), "en")).replace(" lever.outreach.dose=1", "")


def test_a_comparison_says_which_numbers_its_seeds_played(tmp_path):
    rate = Model().mutual_aid.never
    start = "resilience compare territory=three_sites crisis=heatwave lever=outreach"
    assert command_for_comparison(tmp_path / "doubt") == f"{start} seeds=4", "what compare does by default"
    given = command_for_comparison(tmp_path / "given", f"model.mutual_aid.never={rate}", "behaviour=balanced")
    assert given == f"{start} behaviour=balanced model.mutual_aid.never={rate} seeds=4", "defaults that were given"
    assert command_for_comparison(tmp_path / "luck", "uncertainty=seeds") == f"{start} uncertainty=seeds seeds=4"
    assert command_for_comparison(tmp_path / "sets", "ensemble=2") == f"{start} ensemble=2 seeds=4"
