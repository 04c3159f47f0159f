"""`resilience report`: where the brief goes, and what it refuses."""

import sys

import pytest

from simulator.app.cli.main import main
from simulator.records.files.run_files import save_record
from tests.analysis.fake_runs import fake_record

ARMS = [fake_record(arm, seed) for seed in (1, 2) for arm in ((), ("outreach",))]


@pytest.fixture
def folder(tmp_path):
    for record in ARMS:
        save_record(record, tmp_path / "mine" / "runs" / f"{record.run_id}.parquet")
    return tmp_path / "mine"


def test_the_brief_goes_beside_the_runs_and_its_path_is_printed(folder, capsys):
    assert main(["report", str(folder), "lang=en"]) == 0
    file = folder / "brief_en.html"
    assert capsys.readouterr().out.splitlines()[-1] == str(file)
    assert "<html lang=\"en\">" in file.read_text(encoding="utf-8")
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize(("words", "says"), [
    (["lang=xx"], "lang"), (["to=doc"], "html or pdf"), (["kind=pdf"], "unknown setting"), (["study=none"], "study"),
    (["to=html", "to=pdf"], "twice"), (["more"], "unexpected word"), (["file=/proc/none/brief.html"], "written")])
@pytest.mark.usefixtures("in_english")
def test_wrong_words_are_refused_in_one_line_and_nothing_is_written(folder, capsys, words, says):
    before = sorted(folder.rglob("*"))
    assert main(["report", str(folder), *words]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1 and sorted(folder.rglob("*")) == before


@pytest.mark.usefixtures("in_english")
def test_without_the_extra_the_browser_is_named(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert main(["report", str(folder), "to=pdf"]) == 2
    assert "browser" in capsys.readouterr().err and not (folder / "brief_fr.pdf").exists()


def test_a_folder_without_results_is_refused(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == 2
    assert main(["report"]) == 2
    assert "resilience:" in capsys.readouterr().err
