"""`resilience check`: a good card, a card with a fault, and one that reaches nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.app.cli.main import main
from simulator.app.commands.checks.check import describe_late_start

CONFIGS = Path(__file__).resolve().parents[4] / "configs"


@pytest.mark.parametrize(("kind", "name"), [("lever", "coordinator"), ("crisis", "heatwave")])
def test_a_shipped_card_is_good(idle, capsys, kind, name):
    assert main(["check", kind, name, "territory=village", "lang=en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 and f"{name}.yaml" in lines[0]


def test_a_fault_is_named_with_its_file(idle, capsys, tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    assert main(["check", "lever", "mine.yaml", "territory=village", "lang=en"]) == 2
    assert "mine.yaml" in capsys.readouterr().out


def test_a_lever_that_opens_after_the_onset_is_told_so(idle, capsys, tmp_path):
    """The residents' room starts a year before other levers: with their start it would open after the heat wave."""
    assert main(["check", "lever", "residents_room", "territory=village", "lang=en"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("good")
    shipped = (CONFIGS / "lever" / "residents_room.yaml").read_text(encoding="utf-8")
    (tmp_path / "late.yaml").write_text(shipped.replace('start: "2025-01-06"', "start: levers"), encoding="utf-8")
    assert main(["check", "lever", "late.yaml", "territory=village", "lang=en"]) == 0
    good, late = capsys.readouterr().out.splitlines()
    assert good.endswith("good") and "2027-09-05" in late and "heatwave (2027-08-04)" in late


def test_a_lever_that_waits_for_a_crisis_is_never_late(idle, tmp_path):
    shipped = (CONFIGS / "lever" / "residents_room.yaml").read_text(encoding="utf-8")
    for start, expected in (("start: levers", True), ("start: levers, trigger: crisis", False)):
        (tmp_path / "card.yaml").write_text(shipped.replace('start: "2025-01-06"', start), encoding="utf-8")
        assert (describe_late_start(tmp_path / "card.yaml") is not None) == expected


def test_a_lever_may_be_prepared_before_the_date_of_levers_but_not_act(idle, capsys):
    """The residents' room starts a year before other levers and acts after them; without lead time it is refused."""
    words = ["run", "territory=village", "lever=[residents_room]", "lang=en"]
    assert main([*words, "--cfg", "job"]) == 0
    assert main([*words, "lever.residents_room.window.lead_time_days=100", "--cfg", "job"]) == 2
    assert "no lever acts before calendar.levers" in capsys.readouterr().err
