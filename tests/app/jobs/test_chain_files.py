import pytest

from simulator.app.jobs.chain_files import CHAIN_TABLES, format_chain_table, write_chain
from simulator.records.files.run_files import combine_records, save_record
from simulator.records.results import open as open_results
from tests.analysis.chain.chain_runs import chain_tables
from tests.analysis.fake_runs import fake_record, fake_study


def test_the_tables_and_the_figure_are_written_and_the_chain_is_printed(tmp_path):
    text = write_chain(chain_tables({("outreach",): {("all.all", "members"): 240}}), tmp_path, "en")
    assert "+10%" in text and "chain.csv" in text
    lines = (tmp_path / "chain.csv").read_text(encoding="utf-8").splitlines()
    head, row = lines[0].split(","), next(line for line in lines if ",all,join,members," in line and "outreach" in line)
    cells = dict(zip(head, row.split(",")))
    assert float(cells["difference"]) == 240 and cells["sign"] == "up" and cells["benefit"] == "1"
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"chain.png", "chain.svg"}
    assert not (tmp_path / "treated.csv").exists()


def test_runs_without_levers_write_nothing(tmp_path):
    assert write_chain(combine_records([fake_record((), 1)]), tmp_path, "en") == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", CHAIN_TABLES)
def test_a_folder_of_runs_gives_its_chain_again(name, tmp_path):
    for record in fake_study(2, ("outreach",)):
        save_record(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    with open_results(tmp_path) as results:
        plain, table = (format_chain_table(results, name, "en", markdown) for markdown in (False, True))
    if name == "chain":
        assert "person-days lost per resident" in plain and table.startswith("| context | levers |")
    else:
        assert "observe=[people,pairs,reached]" in plain
