"""`resilience reproduce` and `bundle` without simulation: what is played, what is compared, what is refused."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

from simulator.app.cli.main import main
from simulator.config.cards.card_files import find_shipped_configs
from simulator.records.files.ro_crate import CRATE_CONTEXT, METADATA_FILE
from simulator.studies.store import Store
from tests.app import short_study
from tests.app.drawn_play import draw_record
from tests.studies import fake_player

COMPARE = ["compare", "seeds=3", "lever=[outreach,coordinator]", "paths=[ties]", "workers=1", "results=mine", "lang=en"]


@pytest.fixture
def player(monkeypatch, tmp_path):
    """A current folder of its own; records are drawn, with `how` of each; list of the runs played."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    monkeypatch.setenv("RESILIENCE_LANG", "en")
    seen = DrawnRuns()
    monkeypatch.setattr("simulator.studies.task.load_default_player", lambda: seen.play)
    monkeypatch.setattr("simulator.studies.missing_runs.precompile_for_workers", lambda *_: None)
    return seen


class DrawnRuns(list):
    """Plays runs by drawing them. changed: seed whose runs come out differently. draw: the function that draws one."""

    changed: int | None = None
    draw = staticmethod(draw_record)

    def play(self, runs, *, on_record, threads=1, **_):
        for run in runs:
            self.append(run)
            on_record(run, self.draw(run, **({"strength": 0.5} if run.seed == self.changed else {})))


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A folder where COMPARE was played, once for all tests: they copy what they change."""
    folder = tmp_path_factory.mktemp("compared")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("RESILIENCE_TRACE", raising=False)
        patch.setattr("simulator.studies.task.load_default_player", lambda: DrawnRuns().play)
        patch.setattr("simulator.studies.missing_runs.precompile_for_workers", lambda *_: None)
        assert main(COMPARE) == 0
    return folder


@pytest.fixture
def mine(player, compared):
    """The current folder has the results of COMPARE in `mine`."""
    shutil.copytree(compared / "mine", "mine")


def test_a_comparison_is_played_again_and_found_the_same(player, capsys):
    assert main(COMPARE) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["replay it exactly: resilience reproduce mine", "mine"]
    count = len(player)
    assert main(["reproduce", "mine", "workers=1", "lang=en"]) == 0
    output = capsys.readouterr()
    assert len(player) == 2 * count == 36 and "9 runs to play again" in output.err
    assert "18 of 18 runs played again are the same to the byte" in output.out and "; 0 differ" in output.out
    assert output.out.splitlines()[-1] == "mine"


def test_the_runs_and_tables_that_differ_are_named(player, mine, capsys):
    player.changed = 2
    assert main(["reproduce", "mine", "workers=1", "lang=en", "into=again"]) == 1
    output = capsys.readouterr().out
    assert "16 of 18" not in output and "the bytes differ" in output and "and " in output
    assert output.splitlines()[-1] == "again" and (Path("again") / "figures" / "paths.svg").is_file()


def test_a_table_changed_by_hand_is_found(mine, capsys):
    with open("mine/paths.csv", "a", encoding="utf-8") as file:
        file.write("one,more\n")
    assert main(["reproduce", "mine", "workers=1", "lang=en"]) == 1
    assert "paths.csv  not the same" in capsys.readouterr().out


def test_cards_dates_arms_and_plausible_sets_come_back(player, capsys):
    """With a card of one's own that is gone when it is played again."""
    own = Path("cards") / "lever" / "door_bells.yaml"
    own.parent.mkdir(parents=True)
    text = (find_shipped_configs() / "lever" / "outreach.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("id: outreach", "id: door_bells"), encoding="utf-8")
    words = ["compare", "territory=village", "crisis=[flood,power_cut]", "crisis.flood.start=2027-11-03",
             "lever=[door_bells,fans]", "arms={A:{door_bells:2},B:[door_bells,fans]}", "ensemble=2", "seeds=[1,2,5]",
             "--config-dir", "cards", "workers=1", "results=mine", "lang=en"]
    seen = []
    player.draw = lambda run, **how: seen.append(run.id) or fake_player.record_of(run)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.app.commands.compare.command.report_comparison", lambda *_: None)
        assert main(words) == 0
        assert (Path("mine") / "cards" / "lever" / "door_bells.yaml").read_bytes() == own.read_bytes()
        recorded = yaml.safe_load(Path("mine/settings.yaml").read_text(encoding="utf-8"))
        assert recorded["arguments"] == [word for word in words[1:] if not word.startswith((
            "workers", "results", "--config", "cards"))]
        played = sorted(seen)
        shutil.rmtree("cards")
        seen.clear()
        capsys.readouterr()
        assert main(["reproduce", "mine", "workers=1", "lang=en"]) == 0
    assert sorted(seen) == played and len(played) == 9
    assert "9 of 9 runs" in capsys.readouterr().out


def test_a_bundle_is_whole_described_and_plays_elsewhere(mine, capsys, tmp_path):
    assert main(["bundle", "mine"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "mine.zip"
    first = Path("mine.zip").read_bytes()
    assert main(["bundle", "mine", "file=other.zip"]) == 0 and Path("other.zip").read_bytes() == first
    with zipfile.ZipFile("mine.zip") as archive:
        crate, names = json.loads(archive.read(METADATA_FILE)), set(archive.namelist())
    assert crate["@context"] == CRATE_CONTEXT
    by_id = {entity["@id"]: entity for entity in crate["@graph"]}
    assert by_id[METADATA_FILE]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert by_id[METADATA_FILE]["about"] == {"@id": "./"}
    root = by_id["./"]
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert {part["@id"] for part in root["hasPart"]} == names - {METADATA_FILE}
    assert all(by_id[name]["@type"] == "File" for name in names - {METADATA_FILE})
    assert by_id["#played"]["name"].startswith("resilience compare seeds=3")
    assert {"settings.yaml", "paths.csv"} <= names and any(name.startswith("paths/runs/") for name in names)
    references = json.dumps(crate)
    assert all(f'"@id": "{name}"' in references for name in by_id)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move("mine.zip", elsewhere / "sent.zip")
    shutil.rmtree("mine")
    assert main(["reproduce", str(elsewhere / "sent.zip"), "workers=1", "lang=en"]) == 0
    assert "18 of 18 runs" in capsys.readouterr().out


def test_a_study_s_folder_holds_its_card_settings_and_dictionary_and_is_played_again(player, capsys):
    player.draw = lambda run, **_: fake_player.record_of(run)
    card = short_study.write(Path.cwd() / "mine" / "my.yaml")
    assert main(["study", f"name={card}", "workers=1", "results=out", "seeds=1", "lang=en"]) == 0
    kept = Path("out") / "cards" / "study" / "my.yaml"
    assert kept.read_bytes() == card.read_bytes() and "| column |" in Path("out/columns.md").read_text("utf-8").lower()
    recorded = yaml.safe_load(Path("out/settings.yaml").read_text("utf-8"))
    assert (recorded["command"], recorded["name"]) == ("study", "my") and "seeds=1" in recorded["arguments"]
    card.unlink()
    capsys.readouterr()
    assert main(["reproduce", "out", "workers=1", "into=again", "lang=en"]) == 0
    assert "6 of 6 runs" in capsys.readouterr().out
    assert sorted(one.name for one in Path("again/plans").iterdir()) == ["my.parquet"]


def test_a_sweep_is_played_again(player, capsys):
    player.draw = lambda run, **_: fake_player.record_of(run)
    words = ["run", "-m", "territory=village", "lever=fans,outreach", "seed=1,2", "results=out", "workers=1", "lang=en"]
    assert main(words) == 0
    assert main(["reproduce", "out", "workers=1", "lang=en"]) == 0
    assert "4 of 4 runs" in capsys.readouterr().out


def test_a_second_study_in_a_folder_keeps_the_settings_of_the_first(player):
    player.draw = lambda run, **_: fake_player.record_of(run)
    for name in ("one", "two"):
        card = short_study.write(Path.cwd() / f"{name}.yaml")
        assert main(["study", f"name={card}", "workers=1", "results=out", "seeds=1"]) == 0
    assert yaml.safe_load(Path("out/settings.yaml").read_text("utf-8"))["name"] == "one"
    assert yaml.safe_load(Path("out/settings-two.yaml").read_text("utf-8"))["name"] == "two"


def test_code_that_a_folder_names_is_not_loaded(mine, capsys):
    file = Path("mine/settings.yaml")
    recorded = yaml.safe_load(file.read_text("utf-8"))
    recorded["settings"]["residents"] = "some_module_of_a_stranger:Resident"
    file.write_text(yaml.safe_dump(recorded), encoding="utf-8")
    assert main(["reproduce", "mine", "workers=1", "lang=en"]) == 0
    assert "tables and figures not made again: residents: code of one's own" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "message"), [
    (["reproduce"], "reproduce which results"), (["reproduce", "nowhere"], "no results here"),
    (["reproduce", "mine", "into=mine"], "into = mine: expected a new or an empty folder"),
    (["reproduce", "mine", "workers=0"], "workers = '0': expected a whole number"),
    (["reproduce", "mine", "speed=2"], "unknown setting 'speed'"),
    (["reproduce", "broken.zip"], "not a zip file"), (["reproduce", "empty.zip"], "no runs/ in the file"),
    (["reproduce", "bomb.zip"], "too large: at most 500 MB"),
    (["bundle"], "bundle which results"), (["bundle", "mine", "file=none/such.zip"], "cannot be written"),
    (["bundle", "mine", "other"], "unexpected word 'other'")])
def test_what_cannot_be_done_is_refused_in_one_line(player, capsys, tmp_path, words, message):
    Store(Path("mine")).save(fake_player.record_of(fake_player.a_run()))
    Path("broken.zip").write_bytes(b"PK\x03\x04 nothing")
    with zipfile.ZipFile("empty.zip", "w") as archive:
        archive.writestr("settings.yaml", "command: compare")
    if "bomb.zip" in words:  # half a second to write
        with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("runs/a.parquet", b"0" * (64 << 20))
    before = sorted(tmp_path.rglob("*"))
    capsys.readouterr()
    assert main([*words, "lang=en"]) == 2
    output = capsys.readouterr()
    assert message in output.err and output.err.count("\n") == 1 and not output.out
    assert sorted(tmp_path.rglob("*")) == before
