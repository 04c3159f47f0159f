"""`resilience publish`: where the page goes, and what is refused."""

from __future__ import annotations

import pytest

pytest.importorskip("bokeh")

from simulator.app.cli.main import main
from simulator.records.files.run_files import save_record
from tests.analysis.fake_runs import fake_record


@pytest.fixture
def folder(tmp_path):
    for record in [fake_record(arm, seed) for seed in (1, 2) for arm in ((), ("outreach",))]:
        save_record(record, tmp_path / "mine" / "runs" / f"{record.run_id}.parquet")
    return tmp_path / "mine"


def test_the_page_goes_beside_the_runs_or_where_it_is_asked_for(folder, capsys, tmp_path):
    assert main(["publish", str(folder), "lang=en"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(folder / "site" / "index.html")
    for _ in range(2):
        assert main(["publish", str(folder), f"to={tmp_path / 'handed'}"]) == 0
    assert '<html lang="fr">' in (tmp_path / "handed" / "index.html").read_text(encoding="utf-8")
    assert main(["publish", str(folder), "lang=en"]) == 0, "a folder with a page in it is still a folder of results"


@pytest.mark.usefixtures("in_english")
def test_a_folder_with_other_files_is_left_alone(folder, capsys, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    assert main(["publish", str(folder), f"to={tmp_path / 'full'}"]) == 2
    assert main(["publish", str(folder), f"to={tmp_path / 'full' / 'letter.txt'}"]) == 2
    assert capsys.readouterr().err.count("something else than a published page") == 2
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(("words", "says"), [
    (["lang=xx"], "lang"), (["too=site"], "unknown setting"), (["to=a", "to=b"], "twice"),
    (["more"], "unexpected word"), (["to=/proc/none/site"], "written")])
@pytest.mark.usefixtures("in_english")
def test_wrong_words_are_refused_in_one_line_and_nothing_is_written(folder, capsys, words, says):
    before = sorted(folder.rglob("*"))
    assert main(["publish", str(folder), *words]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1 and sorted(folder.rglob("*")) == before


@pytest.mark.usefixtures("in_english")
def test_a_folder_without_a_comparison_is_refused_in_one_line(tmp_path, capsys):
    record = fake_record((), 1)
    save_record(record, tmp_path / "alone" / "runs" / f"{record.run_id}.parquet")
    assert main(["publish", str(tmp_path / "alone")]) == 2
    error = capsys.readouterr().err
    assert "no comparison here" in error and error.count("\n") == 1 and not (tmp_path / "alone" / "site").exists()
    assert main(["publish", str(tmp_path)]) == 2
