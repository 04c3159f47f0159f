"""Old names and older results are refused in one line that says where they went, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.app.cli.main import main
from simulator.records.files.run_files import save_record
from tests.analysis.fake_runs import fake_study
from tests.app.test_bad_input import CARD

OLD_HANDLE = CARD.replace("site.staff, op: add", "site.mixing, op: scale")


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line that refuses a command."""
    assert main(list(words)) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize(("word", "new"), [
    ("model.binding.strong=0.3", "model.tie_formation.strong_trust"),
    ("model.meeting.wear_skill=0.1", "model.meeting.decay_skill"),
    ("crisis.heatwave.needs.kit.base=0.1", "crisis.heatwave.needs.equipment.base"),
    ("crisis.heatwave.services.institution.level=0.5", "crisis.heatwave.services.institution_capacity.level"),
    ("lever.coordinator.turns.0.value=2", "lever.coordinator.modifiers.0.value"),
    ("site.garden.strand=9", "site.garden.group_size")])
def test_settings(word: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("run", "territory=village", "lever=coordinator", word)
    assert f"renamed to {new} in 0.6.1; write that name" in refused(capsys, *words, "lang=en")
    assert f"réglage inconnu {word.partition('=')[0]!r} : renommé {new} en 0.6.1" in refused(capsys, *words, "lang=fr")


@pytest.mark.parametrize(("text", "new", "french"), [
    (OLD_HANDLE, "site.homophily", "poignée inconnue 'site.mixing' : renommée"),
    (CARD.replace("modifiers", "turns"), "modifiers", "turns n'est pas connu : renommé"),
    (CARD + "target: {neighbourhoods: {by: climate}}\n", "neighbourhood_support", "n'est pas connu : renommé")])
def test_cards(text: str, new: str, french: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "lever").mkdir()
    (tmp_path / "lever" / "mine.yaml").write_text(text, encoding="utf-8")
    words = ("run", "territory=village", "lever=mine", "--config-dir", str(tmp_path))
    assert f"renamed to {new} in 0.6.1" in refused(capsys, *words, "lang=en")
    assert french in refused(capsys, *words, "lang=fr")
    assert main(["check", "lever", str(tmp_path / "lever" / "mine.yaml"), "lang=en"]) != 0
    assert f"renamed to {new} in 0.6.1" in "".join(capsys.readouterr())


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder with two stored runs."""
    for record in fake_study(1, ("outreach",)):
        save_record(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    return tmp_path


def test_outcomes_and_columns(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(stored)
    for word in ("outcome=robustness", "satisfy=robustness>=0"):
        assert "renamed to lowest_functioning in 0.6.1" in refused(capsys, "analyse", folder, word, "lang=en")
        assert "résultat inconnu 'robustness' : renommé" in refused(capsys, "analyse", folder, word, "lang=fr")
    for old, new in (("met_site_care", "met_site_assistance"), ("born", "ties_created")):
        query = f"SELECT {old} FROM series"
        assert f"renamed to {new} in 0.6.1" in refused(capsys, "table", folder, "--sql", query, "lang=en")


def test_results_of_an_older_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    with monkeypatch.context() as older:
        older.setattr("simulator.records.files.run_files.SCHEMA_VERSION", 3)
        save_record(fake_study(1, ("outreach",))[0], tmp_path / "runs" / "a.parquet")
    for command in ("table", "report", "analyse", "map"):
        line = refused(capsys, command, str(tmp_path), "lang=en")
        assert "written by version 0.6.1 or earlier (schema 3): read it with that version, or play it again" in line
    assert "écrit par la version 0.6.1 ou une plus ancienne" in refused(capsys, "report", str(tmp_path), "lang=fr")
