"""Presets, and + before a card."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.config.cards.card_files import find_shipped_configs, list_config_folders
from simulator.config.compose import compose_config
from simulator.config.errors import UsageError
from simulator.config.experiment import expand_experiment_words, read_experiment
from simulator.config.job import Job, resolve_job


def job(*words: str, folders: tuple[str, ...] = ()) -> Job:
    """The job of `run`."""
    return resolve_job("run", compose_config("run", list(words), list(folders)))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a preset of one's own: nested and dotted names."""
    (tmp_path / "experiment").mkdir()
    (tmp_path / "experiment" / "mine.yaml").write_text(
        "label_en: Mine\nterritory: village\ncrisis: [flood]\nlever: fans\ncrisis.flood.severity: 0.5\n"
        "model:\n  asking:\n    ask: 0.5\ncalendar: {levers: 2025-03-03}\n", encoding="utf-8")
    return tmp_path


def test_a_preset_stands_for_its_settings(own: Path) -> None:
    made = job("experiment=mine", folders=(str(own),))
    plain = job("territory=village", "crisis=[flood]", "lever=fans", "crisis.flood.severity=0.5",
                "model.asking.ask=0.5", "calendar.levers=2025-03-03")
    assert made.run(made.levers, 1).id == plain.run(plain.levers, 1).id


def test_other_words_override_it_wherever_they_stand(own: Path) -> None:
    for words in (["model.asking.ask=0.7", "experiment=mine"], ["experiment=mine", "model.asking.ask=0.7"]):
        assert job(*words, folders=(str(own),)).baseline.model.asking.ask == 0.7


def test_every_shipped_preset_composes() -> None:
    files = sorted((find_shipped_configs() / "experiment").glob("*.yaml"))
    assert files
    for file in files:
        for command in ("run", "compare"):
            resolve_job(command, compose_config(command, [f"experiment={file.stem}"], []))
        assert read_experiment(file.stem, list_config_folders([]))


@pytest.mark.parametrize(("text", "says"), [
    ("defaults: [a]\n", "defaults is not for a preset to set"), ("experiment: other\n", "not for a preset to set"),
    ("model.asking.as: 1\n", "asking has no 'as'"), ("seeds: 3\n", "belongs to compare"), ("- a\n", "mine.yaml")])
def test_faulty_presets_are_refused(own: Path, text: str, says: str) -> None:
    (own / "experiment" / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        job("experiment=mine", folders=(str(own),))


def test_given_twice() -> None:
    with pytest.raises(UsageError, match="given twice"):
        expand_experiment_words(["experiment=a", "experiment=b"], [])


def test_plus_adds_a_card_to_the_choice() -> None:
    def crises(*words: str) -> list[str]:
        return sorted(card.id for card in job("territory=village", *words).baseline.scenario.crises)

    assert crises("+crisis=flood") == ["flood", "heatwave"]
    assert crises("+crisis=[flood,unrest]") == ["flood", "heatwave", "unrest"]
    assert crises("crisis=lockdown", "+crisis=flood") == crises("+crisis=flood", "crisis=lockdown") == [
        "flood", "lockdown"]
    assert crises("crisis=none", "+crisis=flood") == ["flood"]
    assert job("territory=village", "+lever=fans").levers[0].id == "fans"
    assert job("+crisis=flood", "crisis.flood.severity=0.5").baseline.scenario.crises[0].severity == 0.5
